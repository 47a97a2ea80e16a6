"""A plan in LLVM's assembly: one function, whose loops have no branch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import numpy as np

from guichet.law.programs.graph import CONSTANT, SCALAR, Node, value_of
from guichet.law.programs.machine import BOOL, COMPARISONS, F64, I64, Dtype, Lines
from guichet.law.programs.patches import PERSON
from guichet.law.programs.plan import ENTITIES, GROUPS, Plan
from guichet.law.programs.program import dtype_of

BYTE = np.dtype("u1")
NEIGHBOURS = 8
"""Values in a register: those that the widest processors compute at once."""


class Assembly:
    """The function `run(pointers, largest, cuts, blocks)`.

    `pointers`: the shelves, those of the results, the scratch. `largest`: the members of each entity in the largest
    block. `cuts`: where each block begins, by entity, and the end of the last one.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines = Lines()
        self.shelf: dict[Any, tuple[int, int]] = {}
        """The place of an array: its shelf, and its rank on it."""
        for place, shelf in enumerate((*plan.shelves, *plan.results)):
            self.shelf |= {name: (place, rank) for rank, name in enumerate(shelf.names)}
        self.total: dict[str, str] = {}
        self.start: dict[str, str] = {}
        self.count: dict[str, str] = {}
        self.region: dict[str, tuple[str, str]] = {}
        """The scratch of each entity, and the bytes of one value of one byte for a block."""
        self._labels = 0

    def text(self) -> str:
        lines = self.lines
        last = lines.set("shl i64 %blocks, 2")
        scratch = self.pointer(len(self.plan.shelves) + len(self.plan.results))
        for rank, entity in enumerate(ENTITIES):
            self.total[entity] = lines.load(lines.at("%cuts", lines.set(f"add i64 {last}, {rank}"), I64), I64)
            size = lines.load(lines.at("%largest", str(rank), I64), I64)
            self.region[entity] = scratch, size
            scratch = lines.at(scratch, lines.set(f"mul i64 {size}, {self.plan.scratch[entity]}"), BYTE)
        lines.do("br label %block")
        lines.label("block")
        lines.do("%b = phi i64 [0, %entry], [%next, %end]")
        row = lines.set("shl i64 %b, 2")
        for rank, entity in enumerate(ENTITIES):
            here = lines.at("%cuts", lines.set(f"add i64 {row}, {rank}"), I64)
            self.start[entity] = lines.load(here, I64)
            self.count[entity] = lines.set(f"sub i64 {lines.load(lines.at(here, '4', I64), I64)}, {self.start[entity]}")
        for entity in GROUPS:
            _Loop(self, entity).starts_from_nobody()
        for stage in range(max(self.plan.stage.values(), default=0) + 1):
            for entity in (*GROUPS, PERSON):
                _Loop(self, entity).computes(self.plan.loops.get((stage, entity), []))
            _Loop(self, PERSON).adds_up(self.plan.gathered.get(stage, []))
        lines.do("br label %end")
        lines.label("end")
        lines.do("%next = add i64 %b, 1")
        lines.do("%more = icmp slt i64 %next, %blocks")
        lines.do("br i1 %more, label %block, label %out")
        lines.label("out")
        lines.do("ret void")
        body = "\n".join(lines.text)
        head = "define void @run(ptr %pointers, ptr %largest, ptr %cuts, i64 %blocks) {\nentry:"
        return "\n".join((*lines.globals, head, body, "}"))

    def pointer(self, place: int) -> str:
        return self.lines.set(f"load ptr, ptr {self.lines.at('%pointers', str(place), I64)}")

    def new_label(self) -> str:
        self._labels += 1
        return f"l{self._labels}"


class _Loop:
    """A loop over the members of an entity in a block. Its body has no branch."""

    def __init__(self, assembly: Assembly, entity: str) -> None:
        self.assembly = assembly
        self.plan = assembly.plan
        self.lines = assembly.lines
        self.entity = entity
        self.values: dict[Any, str] = {}
        self._pointers: dict[Any, str] = {}
        self._before: list[str] = []

    def computes(self, numbers: Collection[int]) -> None:
        with self._body(numbers, NEIGHBOURS):
            for number in numbers:
                self.values[number] = self._operation(self.plan.nodes[number], self.plan.dtype(number))
                if number in self.plan.stored:
                    self.lines.store(self.values[number], self._here(number), self.plan.dtype(number))

    def adds_up(self, gathered: Collection[int]) -> None:
        """What the groups are told by their members, one by one: neighbours may belong to one group."""
        with self._body(gathered, 1):
            for number in gathered:
                self._gather(number, self.plan.nodes[number], self.plan.dtype(number))

    def starts_from_nobody(self) -> None:
        """What is read from members, before any of them is seen."""
        gathered = [n for some in self.plan.gathered.values() for n in some if self.plan.entity[n] == self.entity]
        with self._body(gathered, NEIGHBOURS):
            for number in gathered:
                args, dtype = self.plan.nodes[number].args, self.plan.dtype(number)
                nobody = value_of(self.plan.nodes[args[1]]) if len(args) > 1 else 0
                self.lines.store(self.lines.literal(nobody, dtype), self._here(number), dtype)

    @contextlib.contextmanager
    def _body(self, numbers: Collection[int], width: int) -> Iterator[None]:
        """What is written within is done for each member, `width` at a time; the pointers it asks for come before."""
        if not numbers:
            yield
            return
        head, loop, after = (self.assembly.new_label() for _ in range(3))
        outside, self.lines.text, self.lines.width = self.lines.text, [], width
        yield
        inside, self.lines.text, self.lines.width = self.lines.text, outside, 1
        outside += [f"br label %{head}", f"{head}:", *self._before, f"br label %{loop}", f"{loop}:"]
        outside += [f"%{loop}i = phi i64 [0, %{head}], [%{loop}n, %{loop}]"]
        outside += [line.replace("%INDEX", f"%{loop}i") for line in inside]
        outside += [f"%{loop}n = add i64 %{loop}i, {width}"]
        outside += [f"%{loop}c = icmp slt i64 %{loop}n, {self.assembly.count[self.entity]}"]
        outside += [f"br i1 %{loop}c, label %{loop}, label %{after}", f"{after}:"]

    # Values

    def _value(self, number: int, dtype: Dtype) -> str:
        """The register of a node, in `dtype`."""
        if self.plan.is_constant(number):
            return self.lines.literal(value_of(self.plan.nodes[number]), dtype)
        source = self.plan.dtype(number)
        if number not in self.values:
            self.values[number] = self.lines.load(self._here(number), source)
        return self.lines.cast(self.values[number], source, dtype)

    def _here(self, name: Any) -> str:
        dtype = self.plan.dtype(name) if isinstance(name, int) else BOOL if isinstance(name, tuple) else I64
        return self.lines.at(self._pointer(name, dtype), "%INDEX", dtype)

    def _group(self, entity: str) -> str:
        """The rank in the block of the group of a person; of one beyond the block, of some group in it."""
        if entity not in self.values:
            first, last = self._outside(entity)
            rank = self.lines.binary("subtract", self.lines.load(self._here(entity), I64), first, I64)
            self.values[entity] = self.lines.at_most(rank, last)
        return self.values[entity]

    def _outside(self, entity: str) -> tuple[str, str]:
        """The first group of the block, and the rank in the block of its last one, as wide as a register."""
        with self._ahead():
            last = self.lines.set(f"sub i64 {self.assembly.count[entity]}, 1")
        both = (self.assembly.start[entity], last)
        if self.lines.width == 1:
            return both
        kind = self.lines.type(I64)
        one = [self.lines.set(f"insertelement {kind} poison, i64 {each}, i64 0") for each in both]
        zeros = f"<{self.lines.width} x i32> zeroinitializer"
        first, last = (self.lines.set(f"shufflevector {kind} {each}, {kind} poison, {zeros}") for each in one)
        return first, last

    def _pointer(self, name: Any, dtype: Dtype) -> str:
        """Where the values of the block begin, found once before the loop."""
        if name not in self._pointers:
            with self._ahead():
                entity = self.plan.entity[name] if isinstance(name, int) else PERSON
                if name in self.assembly.shelf:
                    place, rank = self.assembly.shelf[name]
                    room = NEIGHBOURS if place >= len(self.plan.shelves) else 0
                    size = self.lines.set(f"add i64 {self.assembly.total[entity]}, {room}")
                    before = self.lines.set(f"mul i64 {size}, {rank}")
                    place_in_shelf = self.lines.set(f"add i64 {before}, {self.assembly.start[entity]}")
                    self._pointers[name] = self.lines.at(self.assembly.pointer(place), place_in_shelf, dtype)
                else:
                    region, size = self.assembly.region[entity]
                    offset = self.lines.set(f"mul i64 {size}, {self.plan.kept[name]}")
                    self._pointers[name] = self.lines.at(region, offset, BYTE)
        return self._pointers[name]

    @contextlib.contextmanager
    def _ahead(self) -> Iterator[None]:
        """What is written within is done before the loop."""
        body, width = self.lines.text, self.lines.width
        self.lines.text, self.lines.width = self._before, 1
        yield
        self.lines.text, self.lines.width = body, width

    # Operations

    def _operation(self, node: Node, dtype: Dtype) -> str:
        if node.op in OF_THEIR_OWN:
            return OF_THEIR_OWN[node.op](self, node, dtype)
        if node.op in COMPARISONS:
            common = self._common(node.args)
            x, y = (self._value(arg, common) for arg in node.args)
            return self.lines.compare(node.op, x, y, common)
        if len(node.args) == 1:
            return self.lines.unary(node.op, self._value(node.args[0], dtype), dtype)
        x, y = (self._value(arg, dtype) for arg in node.args)
        return self.lines.binary(node.op, x, y, dtype)

    def _project(self, node: Node, dtype: Dtype) -> str:
        return self.lines.pick(self._pointer(node.args[0], dtype), self._group(node.params[0]), dtype)

    def _cast(self, node: Node, dtype: Dtype) -> str:
        return self._value(node.args[0], dtype)

    def _where(self, node: Node, dtype: Dtype) -> str:
        condition, (yes, no) = self._value(node.args[0], BOOL), (self._value(arg, dtype) for arg in node.args[1:])
        return self.lines.choose(condition, yes, no, dtype)

    def _take(self, node: Node, dtype: Dtype) -> str:
        return self.lines.taken(node.params[0], self._value(node.args[0], I64), dtype)

    def _scale(self, node: Node, dtype: Dtype) -> str:
        factor = self._value(node.args[1], F64) if len(node.args) > 1 else self.lines.literal(1, F64)
        return self.lines.scale(node.params, self._value(node.args[0], F64), factor)

    def _is_nan(self, node: Node, dtype: Dtype) -> str:
        source = self.plan.dtype(node.args[0])
        return self.lines.is_nan(self._value(node.args[0], source), source)

    def _common(self, args: Iterable[int]) -> Dtype:
        """The type in which NumPy compares."""
        nodes = [self.plan.nodes[arg] for arg in args]
        common: Dtype = np.result_type(*(dtype_of(n, nodes) if n.op in (CONSTANT, SCALAR) else n.dtype for n in nodes))
        return common

    def _gather(self, number: int, node: Node, dtype: Dtype) -> None:
        """Add a person to what is known of the group."""
        lines, (entity, which) = self.lines, self.plan.mask(number)
        if (entity, which) not in self.values:
            self.values[entity, which] = lines.load(self._here((entity, which)), BOOL)
        is_seen = self.values[entity, which]
        place = lines.at(self._pointer(number, dtype), self._group(entity), dtype)
        value = self._value(node.args[0], dtype)
        if node.op == "sum_members":
            total = lines.load(place, dtype)
            value = lines.binary("add", total, lines.choose(is_seen, value, lines.literal(0, dtype), dtype), dtype)
        else:
            known = lines.load(place, dtype)
            if node.op == "reduce_members":
                value = lines.binary(node.params[2], known, value, dtype)
            value = lines.choose(is_seen, value, known, dtype)
        lines.store(value, place, dtype)


OF_THEIR_OWN: dict[str, Callable[[_Loop, Node, Dtype], str]] = {
    "project": _Loop._project,
    "cast": _Loop._cast,
    "where": _Loop._where,
    "take": _Loop._take,
    "scale": _Loop._scale,
    "isnan": _Loop._is_nan,
}
