"""What a compiled program does, in which order: loops over the members of an entity, and arrays in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from guichet.law.programs.graph import CONSTANT, INPUT, SCALAR, Node, value_of
from guichet.law.programs.machine import BOOL, I64, NEIGHBOURS, Dtype, Uncompilable
from guichet.law.programs.patches import PERSON
from guichet.law.programs.program import Program

GROUPS = ("famille", "foyer_fiscal", "menage")
ENTITIES = (PERSON, *GROUPS)
ADDED_UP = frozenset(("sum_members", "reduce_members"))
OF_ONE = frozenset(("of_role", "of_place"))
NUMPY_DOES = frozenset((INPUT, "has_role", "count_members", "busday_count"))


class Shelf(NamedTuple):
    """Arrays of one type over one entity, one after the other in memory: nodes, or who is looked at, or groups."""

    entity: str
    dtype: Dtype
    names: tuple[Any, ...]


class Row(NamedTuple):
    """What some nodes add up of the members of a group, side by side: a person is added to all of them at once.

    `op`: how a person is added; `nobody`: the value before anyone is.
    """

    entity: str
    op: str
    dtype: Dtype
    nobody: Any
    numbers: tuple[int, ...]


class Last(NamedTuple):
    """The rank in the block of the last member of a group whom an operation looks at; -1 when there is none."""

    kind: str
    entity: str
    which: Any


class Plan:
    """Which loop computes each node: at a stage, over an entity.

    A stage begins with its loops over groups, then has that over persons, which also adds up (`rows`) what the groups
    of the next stage read.
    """

    def __init__(self, program: Program) -> None:
        self.nodes = program.nodes
        ends = [node for node, _ in program.outputs.values()]
        before = _before(program.nodes)
        self.entity: dict[int, str] = {}
        self.stage: dict[int, int] = {}
        self.loops: dict[tuple[int, str], list[int]] = {}
        self.rows: dict[int, list[Row]] = {}
        self.place_in_row: dict[int, tuple[Row, int]] = {}
        given = set()
        for number, node in enumerate(self.nodes):
            args = self.variable(node)
            if number in before:
                if node.entity not in ENTITIES:
                    raise Uncompilable(f"{node.op} of {node.entity}")
                self.entity[number], self.stage[number] = node.entity, 0
            elif not self.is_constant(number):
                given |= before & set(args)
                self._place(number, node, args)
        self.given = sorted(given | (before & set(ends)))
        self.outputs = sorted({node for node in ends if node in self.stage} - before)
        self._add_up()
        told = [self.nodes[n] for n in self._computed() if self.nodes[n].op in ADDED_UP | OF_ONE]
        looked_at = {self.mask(node) for node in told} - {(entity, None) for entity in GROUPS}
        people = [Shelf(PERSON, BOOL, tuple(sorted(looked_at, key=str))), Shelf(PERSON, I64, GROUPS)]
        self.last = sorted({self.last_seen(node) for node in told if node.op in OF_ONE}, key=str)
        self.shelves = [*self._shelves(self.given), *people]
        self.results = self._shelves(self.outputs)
        self.scratch = dict.fromkeys(ENTITIES, 0)
        self.kept: dict[Any, tuple[str, int]] = {}
        """The entity of what is kept in memory, and the bytes before it, for one member."""
        stored = self._read_elsewhere() - before
        for name, entity, size in sorted(self._in_memory(stored - set(self.outputs)), key=lambda each: -each[2]):
            self.kept[name] = entity, self.scratch[entity]
            self.scratch[entity] += size
        self.stored = {*stored, *self.outputs}

    def _place(self, number: int, node: Node, args: list[int]) -> None:
        stage = max((self.stage[arg] for arg in args), default=0)
        if node.op in ADDED_UP | OF_ONE:
            stage, entities = stage + 1, {node.params[0]}
        else:
            entities = {PERSON} if node.op == "project" else {self.entity[arg] for arg in args}
        if len(entities) != 1:
            raise Uncompilable(f"{node.op} of {', '.join(sorted(entities))}")
        self.entity[number], self.stage[number] = entities.pop(), stage
        self.loops.setdefault((stage, self.entity[number]), []).append(number)

    def _add_up(self) -> None:
        """Lay what is added up in rows."""
        alike: dict[Any, list[int]] = {}
        for number in self._computed():
            node = self.nodes[number]
            if node.op in ADDED_UP:
                op, nobody = ("add", 0) if node.op == "sum_members" else (node.params[2], value_of(self.nodes[node.args[1]]))
                alike.setdefault((self.stage[number] - 1, node.params[0], op, self.dtype(number), nobody), []).append(number)
        for (stage, entity, op, dtype, nobody), numbers in alike.items():
            for begin in range(0, len(numbers), NEIGHBOURS):
                row = Row(entity, op, dtype, nobody, tuple(numbers[begin : begin + NEIGHBOURS]))
                self.rows.setdefault(stage, []).append(row)
                self.place_in_row |= {number: (row, rank) for rank, number in enumerate(row.numbers)}

    def _computed(self) -> list[int]:
        return [number for numbers in self.loops.values() for number in numbers]

    def is_constant(self, number: int) -> bool:
        return self.nodes[number].op in (CONSTANT, SCALAR)

    def variable(self, node: Node) -> list[int]:
        return [arg for arg in node.args if not self.is_constant(arg)]

    def dtype(self, number: int) -> Dtype:
        return np.dtype(self.nodes[number].dtype)

    def mask(self, node: Node) -> tuple[str, Any]:
        """Whom an operation on members looks at."""
        entity, which, *_ = node.params
        return entity, which

    def last_seen(self, node: Node) -> Last:
        return Last("last", *self.mask(node))

    def _in_memory(self, numbers: Iterable[int]) -> Iterator[tuple[Any, str, int]]:
        """What is kept: its name, its entity, the bytes for one member."""
        for row in (row for rows in self.rows.values() for row in rows):
            yield row, row.entity, NEIGHBOURS * row.dtype.itemsize
        for last in self.last:
            yield last, last.entity, I64.itemsize
        for number in sorted(numbers):
            yield number, self.entity[number], self.dtype(number).itemsize

    def _shelves(self, numbers: Iterable[int]) -> list[Shelf]:
        kinds: dict[tuple[str, Dtype], list[int]] = {}
        for number in numbers:
            kinds.setdefault((self.entity[number], self.dtype(number)), []).append(number)
        return [Shelf(*kind, tuple(some)) for kind, some in kinds.items()]

    def _read_elsewhere(self) -> set[int]:
        found: set[int] = set()
        for number, node in enumerate(self.nodes):
            if number not in self.stage:
                continue
            # A person is added up in the loop that computes what is added.
            home = (self.stage[number] - 1, PERSON) if node.op in ADDED_UP else (self.stage[number], self.entity[number])
            found |= {arg for arg in self.variable(node) if (self.stage[arg], self.entity[arg]) != home}
        return found


def _before(nodes: tuple[Node, ...]) -> set[int]:
    """What NumPy computes: inputs, who has which role, calendars and texts, and all that they need."""
    needed: set[int] = set()
    to_see = [number for number, node in enumerate(nodes) if node.op in NUMPY_DOES or _has_no_words(node, nodes)]
    while to_see:
        number = to_see.pop()
        if number not in needed and nodes[number].op not in (CONSTANT, SCALAR):
            needed.add(number)
            to_see += nodes[number].args
    return needed


def _has_no_words(node: Node, nodes: tuple[Node, ...]) -> bool:
    """Whether it is about texts, or the calendar."""
    read = [np.dtype(nodes[arg].dtype).kind for arg in node.args]
    return "S" in read or (node.op == "cast" and "M" in read)
