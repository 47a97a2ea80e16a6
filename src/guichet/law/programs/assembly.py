"""A plan in LLVM's assembly: one function, whose loops have no branch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import numpy as np

from guichet.law.programs.graph import CONSTANT, SCALAR, Node, value_of
from guichet.law.programs.machine import BOOL, COMPARISONS, F64, I64, NEIGHBOURS, Dtype, Lines
from guichet.law.programs.patches import PERSON
from guichet.law.programs.plan import ADDED_UP, ENTITIES, GROUPS, OF_ONE, Last, Plan, Row
from guichet.law.programs.program import dtype_of

BYTE = np.dtype("u1")


class Assembly:
    """The function `run(pointers, largest, cuts, blocks)`.

    `pointers`: what is on the shelves, array by array, then the results, then the scratch. `largest`: the members of each
    entity in the largest block. `cuts`: where each block begins, by entity, and the end of the last one.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines = Lines()
        on_shelves = [(name, shelf.dtype) for shelf in (*plan.shelves, *plan.results) for name in shelf.names]
        self.place = {name: (place, dtype) for place, (name, dtype) in enumerate(on_shelves)}
        """The rank of an array among the pointers, and its type."""
        self.start: dict[str, str] = {}
        self.count: dict[str, str] = {}
        self.region: dict[str, tuple[str, str]] = {}
        """The scratch of each entity, and the bytes of one value of one byte for a block."""
        self._labels = 0

    def text(self) -> str:
        lines = self.lines
        scratch = self.pointer(len(self.place))
        for rank, entity in enumerate(ENTITIES):
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
        _Loop(self, PERSON).looks_for_members()
        for stage in range(max(self.plan.stage.values(), default=0) + 1):
            for entity in GROUPS:
                _Loop(self, entity).computes(self.plan.loops.get((stage, entity), []))
            _Loop(self, PERSON).computes(self.plan.loops.get((stage, PERSON), []), self.plan.rows.get(stage, []))
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
        self._seen: dict[Any, str] = {}
        self._found: dict[Last, tuple[str, str]] = {}
        self._totals: dict[Row, list[str]] = {}
        self._pointers: dict[Any, str] = {}
        self._before: list[str] = []

    def computes(self, numbers: Collection[int], rows: Collection[Row] = ()) -> None:
        with self._body([*numbers, *rows], NEIGHBOURS):
            for number in numbers:
                self.values[number] = self._operation(number, self.plan.nodes[number], self.plan.dtype(number))
                if number in self.plan.stored:
                    self.lines.store(
                        self.values[number], self._here(number, self.plan.dtype(number)), self.plan.dtype(number)
                    )
            for row in rows:
                self._add_up(row)

    def starts_from_nobody(self) -> None:
        """What groups are told by their members, before any of them is seen."""
        rows = [row for rows in self.plan.rows.values() for row in rows if row.entity == self.entity]
        last = [last for last in self.plan.last if last.entity == self.entity]
        with self._body([*rows, *last], NEIGHBOURS):
            for name in last:
                self.lines.store(self.lines.literal(-1, I64), self._here(name, I64), I64)
            for row in rows:
                first = self.lines.in_row(self._pointer(row), "%INDEX", row.dtype)
                for rank in range(NEIGHBOURS):
                    place = self.lines.in_row(first, str(rank), row.dtype)
                    self.lines.store(self.lines.literal(row.nobody, row.dtype), place, row.dtype)

    def looks_for_members(self) -> None:
        """The last member of each group whom operations on one member look at, person by person."""
        with self._body(self.plan.last, 1):
            for last in self.plan.last:
                place = self.lines.at(self._pointer(last), self._group(last.entity), I64)
                is_seen = self.lines.load(self._here((last.entity, last.which), BOOL), BOOL)
                self.lines.store(self.lines.choose(is_seen, "%INDEX", self.lines.load(place, I64), I64), place, I64)

    @contextlib.contextmanager
    def _body(self, what: Collection[Any], width: int) -> Iterator[None]:
        """What is written within is done for each member, `width` at a time; the pointers it asks for come before."""
        if not what:
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
            self.values[number] = self.lines.load(self._here(number, source), source)
        return self.lines.cast(self.values[number], source, dtype)

    def _here(self, name: Any, dtype: Dtype) -> str:
        return self.lines.at(self._pointer(name), "%INDEX", dtype)

    def _group(self, entity: str) -> str:
        """The rank in the block of the group of a person; of one beyond the block, of some group in it."""
        if entity not in self.values:
            with self._ahead():
                last_of_all = self.lines.set(f"sub i64 {self.assembly.count[entity]}, 1")
            first, last = self.lines.spread(self.assembly.start[entity]), self.lines.spread(last_of_all)
            rank = self.lines.binary("subtract", self.lines.load(self._here(entity, I64), I64), first, I64)
            self.values[entity] = self.lines.at_most(rank, last)
        return self.values[entity]

    def _is_seen(self, entity: str, which: Any) -> str:
        """Whether persons are in the block, and are those whom an operation on members looks at."""
        if None not in self._seen:
            left = self.lines.set(f"sub i64 {self.assembly.count[PERSON]}, %INDEX")
            self._seen[None] = self.lines.compare("less", self.lines.ranks(), self.lines.spread(left), I64)
        if which is None:
            return self._seen[None]
        if (entity, which) not in self._seen:
            chosen = self.lines.load(self._here((entity, which), BOOL), BOOL)
            self._seen[entity, which] = self.lines.binary("logical_and", chosen, self._seen[None], BOOL)
        return self._seen[entity, which]

    def _pointer(self, name: Any) -> str:
        """Where the values of the block begin, found once before the loop."""
        if name not in self._pointers:
            with self._ahead():
                if name in self.assembly.place:
                    place, dtype = self.assembly.place[name]
                    entity = self.plan.entity[name] if isinstance(name, int) else PERSON
                    first = self.assembly.pointer(place)
                    self._pointers[name] = self.lines.at(first, self.assembly.start[entity], dtype)
                else:
                    entity, bytes_before = self.plan.kept[name]
                    region, size = self.assembly.region[entity]
                    offset = self.lines.set(f"mul i64 {size}, {bytes_before}")
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

    def _operation(self, number: int, node: Node, dtype: Dtype) -> str:
        if node.op in ADDED_UP:
            return self._added_up(number)
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
        return self.lines.pick(self._pointer(node.args[0]), self._group(node.params[0]), dtype)

    def _of_one(self, node: Node, dtype: Dtype) -> str:
        """The value of one member, where there is one."""
        lines, (number, nobody) = self.lines, node.args
        exists, place = self._last(self.plan.last_seen(node))
        if self.plan.is_constant(number):
            value = self._value(number, dtype)
        else:
            source = self.plan.dtype(number)
            value = lines.cast(lines.pick(self._pointer(number), place, source), source, dtype)
        return lines.choose(exists, value, self._value(nobody, dtype), dtype)

    def _last(self, last: Last) -> tuple[str, str]:
        """Whether groups have such a member, and the rank of the last one, else 0."""
        if last not in self._found:
            rank, zero = self.lines.load(self._here(last, I64), I64), self.lines.literal(0, I64)
            exists = self.lines.compare("greater_equal", rank, zero, I64)
            self._found[last] = exists, self.lines.choose(exists, rank, zero, I64)
        return self._found[last]

    def _added_up(self, number: int) -> str:
        """The total of a group, in its row."""
        row, rank = self.plan.place_in_row[number]
        if row not in self._totals:
            first = self.lines.in_row(self._pointer(row), "%INDEX", row.dtype)
            groups = (self.lines.in_row(first, str(each), row.dtype) for each in range(NEIGHBOURS))
            self._totals[row] = self.lines.turned([self.lines.load(group, row.dtype) for group in groups], row.dtype)
        return self._totals[row][rank]

    def _add_up(self, row: Row) -> None:
        """Add persons to the totals of their groups, one after the other: neighbours may belong to one group."""
        lines, nobody = self.lines, self.lines.literal(row.nobody, row.dtype)
        values = [nobody] * NEIGHBOURS
        for rank, number in enumerate(row.numbers):
            value = self._value(self.plan.nodes[number].args[0], row.dtype)
            values[rank] = lines.choose(self._is_seen(*self.plan.mask(self.plan.nodes[number])), value, nobody, row.dtype)
        groups = lines.one_by_one(self._group(row.entity))
        for group, person in zip(groups, lines.turned(values, row.dtype), strict=True):
            total = lines.in_row(self._pointer(row), group, row.dtype)
            lines.store(lines.binary(row.op, lines.load(total, row.dtype), person, row.dtype), total, row.dtype)

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


OF_THEIR_OWN: dict[str, Callable[[_Loop, Node, Dtype], str]] = {
    "project": _Loop._project,
    **dict.fromkeys(OF_ONE, _Loop._of_one),
    "cast": _Loop._cast,
    "where": _Loop._where,
    "take": _Loop._take,
    "scale": _Loop._scale,
    "isnan": _Loop._is_nan,
}
