"""What a compiled program does, in which order: loops over the members of an entity, and arrays in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from guichet.law.programs.graph import CONSTANT, INPUT, SCALAR, Node
from guichet.law.programs.machine import BOOL, I64, Dtype, Uncompilable
from guichet.law.programs.patches import PERSON
from guichet.law.programs.program import Program

GROUPS = ("famille", "foyer_fiscal", "menage")
ENTITIES = (PERSON, *GROUPS)
TO_GROUPS = frozenset(("sum_members", "reduce_members", "of_role", "of_place"))
NUMPY_DOES = frozenset((INPUT, "has_role", "count_members", "busday_count"))


class Shelf(NamedTuple):
    """Arrays of one type over one entity, one after the other in memory: nodes, or who is looked at, or groups."""

    entity: str
    dtype: Dtype
    names: tuple[Any, ...]


class Plan:
    """Which loop computes each node: at a stage, over an entity.

    A stage begins with its loops over groups, then has that over persons, which also adds up what the groups of the
    next stage read.
    """

    def __init__(self, program: Program) -> None:
        self.nodes = program.nodes
        ends = [node for node, _ in program.outputs.values()]
        before = _before(program.nodes)
        self.entity: dict[int, str] = {}
        self.stage: dict[int, int] = {}
        self.loops: dict[tuple[int, str], list[int]] = {}
        self.gathered: dict[int, list[int]] = {}
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
        looked_at = {self.mask(number) for gathered in self.gathered.values() for number in gathered}
        people = [Shelf(PERSON, BOOL, tuple(sorted(looked_at, key=str))), Shelf(PERSON, I64, GROUPS)]
        self.shelves = [*self._shelves(self.given), *people]
        self.results = self._shelves(self.outputs)
        self.scratch = dict.fromkeys(ENTITIES, 0)
        self.kept: dict[int, int] = {}
        for n in sorted(self._read_elsewhere() - before - set(self.outputs), key=lambda n: (-self.dtype(n).itemsize, n)):
            self.kept[n] = self.scratch[self.entity[n]]
            self.scratch[self.entity[n]] += self.dtype(n).itemsize
        self.stored = {*self.kept, *self.outputs}

    def _place(self, number: int, node: Node, args: list[int]) -> None:
        stage = max((self.stage[arg] for arg in args), default=0)
        if node.op in TO_GROUPS:
            self.gathered.setdefault(stage, []).append(number)
            self.entity[number], self.stage[number] = node.params[0], stage + 1
            return
        entities = {PERSON} if node.op == "project" else {self.entity[arg] for arg in args}
        if len(entities) != 1:
            raise Uncompilable(f"{node.op} of {', '.join(sorted(entities))}")
        self.entity[number], self.stage[number] = entities.pop(), stage
        self.loops.setdefault((stage, self.entity[number]), []).append(number)

    def is_constant(self, number: int) -> bool:
        return self.nodes[number].op in (CONSTANT, SCALAR)

    def variable(self, node: Node) -> list[int]:
        return [arg for arg in node.args if not self.is_constant(arg)]

    def dtype(self, number: int) -> Dtype:
        return np.dtype(self.nodes[number].dtype)

    def mask(self, number: int) -> tuple[str, Any]:
        """Whom an operation on members looks at."""
        entity, which, *_ = self.nodes[number].params
        return entity, which

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
            home = None if node.op in TO_GROUPS else (self.stage[number], self.entity[number])
            found |= {arg for arg in self.variable(node) if (self.stage[arg], self.entity[arg]) != home}
            found |= {number} if home is None else set()
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
