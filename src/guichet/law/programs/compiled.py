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
        self._scratch = [plan.scratch[entity] for entity in ENTITIES]
        constant = {name: end for name, end in program.outputs.items() if plan.is_constant(end[0])}
        self._constant = {name: (np.array([program.start[node]]), entity) for name, (node, entity) in constant.items()}
        self._variable = [(name, node) for name, (node, _) in program.outputs.items() if name not in constant]
        self._engine, self._run = _machine_code(Assembly(plan).text())

    def run(self, given: Mapping[tuple[str, str], Array], households: Households) -> dict[Any, Array]:
        """See `Program.run`."""
        known = self._before.run(given, households) if self._before.outputs else {}
        known |= {node: whole_input(given, key, each, households) for node, (key, each) in self._read.items()}
        cuts, largest = households.blocks(PERSONS_OF_A_BLOCK)
        arrays = [_side_by_side(shelf, known, households) for shelf in self._shelves]
        results = [
            np.empty((len(shelf.names), households.size(shelf.entity) + NEIGHBOURS), shelf.dtype) for shelf in self._results
        ]
        scratch = np.empty(int(largest @ self._scratch) + CACHE_LINE, "u1")
        addresses = [_address(array) for array in (*arrays, *results, scratch[-_address(scratch) % CACHE_LINE :])]
        pointers = np.array(addresses)
        self._run(_address(pointers), _address(largest), _address(cuts), len(cuts) - 1)
        for shelf, rows in zip(self._results, results, strict=True):
            known.update(zip(shelf.names, rows[:, : households.size(shelf.entity)], strict=True))
        answer = {name: known[node] for name, node in self._variable}
        for name, (value, entity) in self._constant.items():
            answer[name] = value.repeat(households.size(entity))
        return answer


def _side_by_side(shelf: Shelf, known: Mapping[int, Array], households: Households) -> Array:
    """The arrays of a shelf, and some room: the last loop reads a whole register."""
    arrays = [_found(name, known, households) for name in shelf.names]
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
