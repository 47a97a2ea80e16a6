"""A program compiled by LLVM, in memory: the operations of NumPy's replay, without its calls and its arrays.

Operations on the same entity that wait for nothing are one loop; loops follow one another (`plan.py`, `assembly.py`,
`machine.py`). What another loop reads goes through memory, the rest stays in registers. The households are taken some at
a time (`Households.blocks`), few enough for the processor's cache. Calendars and texts are few, and near the inputs:
NumPy computes them before.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any

import llvmlite.binding as llvm
import numpy as np

from guichet.law.programs.assembly import Assembly
from guichet.law.programs.graph import Array
from guichet.law.programs.machine import NEIGHBOURS
from guichet.law.programs.plan import ENTITIES, Plan, Shelf
from guichet.law.programs.program import Households, Program, part, whole_input

PERSONS_OF_A_BLOCK = 128
CACHE_LINE = 64
"""Bytes."""
EFFORT = 0
"""LLVM's: more takes four times as long, and the code is no faster."""

llvm.initialize_native_target()
llvm.initialize_native_asmprinter()


class Compiled:
    """What `program` answers, faster. Raises Uncompilable."""

    def __init__(self, program: Program) -> None:
        plan = Plan(program)
        read = {known.node: (key, known) for key, known in program.inputs.items()}
        self._read = {node: read[node] for node in plan.given if node in read}
        self._before = part(program, [node for node in plan.given if node not in read])
        self._shelves = plan.shelves
        self._results = plan.results
        numbers = [*(len(shelf.names) for shelf in (*plan.shelves, *plan.results)), 1]
        self._shelf_of = np.repeat(np.arange(len(numbers)), numbers)
        self._rank_of = np.concatenate([np.arange(number) for number in numbers])
        self._scratch = [plan.scratch[entity] for entity in ENTITIES]
        constant = {name: end for name, end in program.outputs.items() if plan.is_constant(end[0])}
        self._constant = {name: (np.array([program.start[node]]), entity) for name, (node, entity) in constant.items()}
        self._variable = [(name, node) for name, (node, _) in program.outputs.items() if name not in constant]
        self._engine, self._run = _machine_code(Assembly(plan).text())

    def run(self, given: Mapping[tuple[str, str], Array], households: Households) -> dict[Any, Array]:
        """See `Program.run`."""
        known = self._before.run(given, households) if self._before.outputs else {}
        known |= {node: whole_input(given, key, each, households) for node, (key, each) in self._read.items()}
        arrays = [[_found(name, known, households) for name in shelf.names] for shelf in self._shelves]
        results = [
            np.empty((len(shelf.names), households.size(shelf.entity) + NEIGHBOURS), shelf.dtype) for shelf in self._results
        ]
        cuts, largest = households.blocks(PERSONS_OF_A_BLOCK)
        scratch = np.empty(int(largest @ self._scratch) + CACHE_LINE, "u1")
        # A loop ends with a whole register, which reads on in the next block; the last blocks are copied, with some room.
        followed = _followed(cuts)
        begins = [int(cuts[followed, ENTITIES.index(shelf.entity)]) for shelf in self._shelves]
        copies = [_side_by_side(*each) for each in zip(self._shelves, arrays, begins, strict=True)]
        pointers = self._pointers(copies, begins, results, scratch)
        if followed:
            whole = [
                np.ascontiguousarray(a, shelf.dtype) for shelf, some in zip(self._shelves, arrays, strict=True) for a in some
            ]
            in_place = np.concatenate([[_address(array) for array in whole], pointers[len(whole) :]])
            self._run(_address(in_place), _address(largest), _address(cuts), followed)
        self._run(_address(pointers), _address(largest), _address(cuts[followed:]), len(cuts) - 1 - followed)
        for shelf, rows in zip(self._results, results, strict=True):
            known.update(zip(shelf.names, rows[:, : households.size(shelf.entity)], strict=True))
        answer = {name: known[node] for name, node in self._variable}
        for name, (value, entity) in self._constant.items():
            answer[name] = value.repeat(households.size(entity))
        return answer

    def _pointers(self, copies: list[Array], begins: list[int], results: list[Array], scratch: Array) -> Array:
        """The address of each array, as if those of a shelf had been copied whole, then of the scratch."""
        firsts, steps = [], []
        for copy, begin, shelf in zip(copies, begins, self._shelves, strict=True):
            firsts.append(_address(copy) - begin * copy.itemsize)
            steps.append((len(copy) - NEIGHBOURS) // max(len(shelf.names), 1) * copy.itemsize)
        firsts += [*map(_address, results), _address(scratch) + -_address(scratch) % CACHE_LINE]
        steps += [*(rows.strides[0] for rows in results), 0]
        addresses: Array = np.array(firsts)[self._shelf_of] + np.array(steps)[self._shelf_of] * self._rank_of
        return addresses


def _followed(cuts: Array) -> int:
    """How many blocks have at least a register of each entity after them."""
    return max(int((cuts[-1] - cuts >= NEIGHBOURS).all(axis=1).sum()) - 1, 0) if len(cuts) > 2 else 0


def _side_by_side(shelf: Shelf, arrays: list[Array], begin: int) -> Array:
    """What the arrays of a shelf have from `begin` on, one after the other."""
    arrays = [array[begin:] for array in arrays] if begin else arrays
    return np.concatenate([*arrays, np.zeros(NEIGHBOURS, shelf.dtype)], dtype=shelf.dtype, casting="unsafe")


def _found(name: Any, known: Mapping[int, Array], households: Households) -> Array:
    if isinstance(name, int):
        return known[name]
    return households.group_of(name) if isinstance(name, str) else households.chosen(*name)


def _address(array: Array) -> int:
    return array.__array_interface__["data"][0]  # type: ignore[no-any-return]


def _machine_code(assembly: str) -> tuple[Any, Any]:
    """The function, and the engine that owns its code."""
    module = llvm.parse_assembly(assembly)
    module.verify()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=EFFORT
    )
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    pointer = ctypes.c_void_p
    return engine, ctypes.CFUNCTYPE(None, pointer, pointer, pointer, ctypes.c_int64)(engine.get_function_address("run"))
