"""A program: the graph of a calculation, ready to be replayed with NumPy on any number of households."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from guichet.law.columns import Shape
from guichet.law.programs.graph import CONSTANT, INPUT, SCALAR, Array, Graph, Node, kept, number, value_of
from guichet.law.programs.patches import PERSON, scale_values
from guichet.law.programs.traced import UFUNCS


class Input(NamedTuple):
    """What a program reads: its node, its NumPy type, its entity, and the value when it is not given."""

    node: int
    dtype: str
    entity: str
    default: Any

    @property
    def value(self) -> Any:
        """The default, in the type of the input."""
        dtype = np.dtype(self.dtype)
        return (
            np.array(self.default, "int64").view(dtype)[()]
            if dtype.kind == "M"
            else np.array(self.default).astype(dtype)[()]
        )


class Households:
    """Who belongs where, as index arrays; the selections that operations ask for are found once."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.persons = len(shape["famille"].ranks)
        self._found: dict[Any, Any] = {}

    def size(self, entity: str) -> int:
        return self.persons if entity == PERSON else self.shape[entity].count

    def group_of(self, entity: str) -> Array:
        return self.shape[entity].ranks

    def has_role(self, entity: str, roles: tuple[str, ...] | None) -> Array:
        key = (entity, roles)
        if key not in self._found:
            if roles is None:
                self._found[key] = np.ones(self.persons, bool)
            elif len(roles) == 1:
                self._found[key] = self.shape[entity].holds(roles[0])
            else:  # NumPy's isin takes twenty times as long for a handful of roles and persons
                self._found[key] = np.logical_or.reduce([self.has_role(entity, (role,)) for role in roles])
        return self._found[key]  # type: ignore[no-any-return]

    def members(self, entity: str, which: Any) -> tuple[Array | slice, Array]:
        """The persons of some roles (texts), or at a place (a number), of their group: who, and in which group."""
        key = ("members", entity, which)
        if key not in self._found:
            if which is None:
                self._found[key] = slice(None), self.group_of(entity)
            else:
                who = np.flatnonzero(self.chosen(entity, which))
                self._found[key] = who, self.group_of(entity)[who]
        return self._found[key]  # type: ignore[no-any-return]

    def ordered_members(self, entity: str, roles: tuple[str, ...] | None) -> tuple[Array, Array, Array]:
        """The persons of some roles, group after group; where each group begins among them; and these groups."""
        key = ("ordered", entity, roles)
        if key not in self._found:
            who, groups = self.members(entity, roles)
            order = np.argsort(groups, kind="stable")
            present, starts = np.unique(groups[order], return_index=True)
            self._found[key] = np.arange(self.persons)[who][order], starts, present
        return self._found[key]  # type: ignore[no-any-return]

    def chosen(self, entity: str, which: Any) -> Array:
        """Whether each person is one of `members`."""
        return self._places(entity) == which if isinstance(which, int) else self.has_role(entity, which)

    def blocks(self, persons: int) -> tuple[Array, Array]:
        """Cuts between households, some `persons` apart, and the most that a block has, by entity, rounded up to 8.

        A cut is where each entity begins: persons, families, tax households, dwellings. No group lies on two sides.
        """
        key = ("blocks", persons)
        if key not in self._found and self.persons <= persons:
            sizes = [self.persons, *(group.count for group in self.shape.values())]
            self._found[key] = np.array([[0] * len(sizes), sizes]), (np.array(sizes) + 7) // 8 * 8
        if key not in self._found:
            last = [np.maximum.accumulate(group.ranks) for group in self.shape.values()]
            first = [np.minimum.accumulate(group.ranks[::-1])[::-1] for group in self.shape.values()]
            free = np.logical_and.reduce([x[:-1] < y[1:] for x, y in zip(last, first, strict=True)])
            possible = np.flatnonzero(free) + 1
            wanted = np.searchsorted(possible, np.arange(persons, self.persons, persons))
            begins = np.unique(possible[wanted[wanted < len(possible)]])
            cuts = [np.concatenate(([0], begins, [self.persons]))]
            for x, group in zip(last, self.shape.values(), strict=True):
                cuts.append(np.concatenate(([0], x[begins - 1] + 1, [group.count])))
            table = np.ascontiguousarray(np.array(cuts, "i8").T)
            self._found[key] = table, (np.diff(table, axis=0).max(axis=0) + 7) // 8 * 8
        return self._found[key]  # type: ignore[no-any-return]

    def _places(self, entity: str) -> Array:
        """The rank of each person among the members of the group, from 0."""
        key = ("places", entity)
        if key not in self._found:
            groups = self.group_of(entity)
            order = np.argsort(groups, kind="stable")
            starts = np.searchsorted(groups[order], np.arange(self.size(entity)))
            places = np.empty(self.persons, "int64")
            places[order] = np.arange(self.persons) - starts[groups[order]]
            self._found[key] = places
        return self._found[key]  # type: ignore[no-any-return]


class Step(NamedTuple):
    """`values[out] = function(values[x], values[y], values[z])`, where `y` and `z` may be None."""

    out: int
    function: Callable[..., Any]
    x: Any
    y: Any
    z: Any


class Block(NamedTuple):
    """Some steps in a row, and the values that nobody needs after them."""

    steps: tuple[Step, ...]
    done: tuple[int, ...]


STEPS_OF_A_BLOCK = 64


@dataclass(frozen=True, slots=True)
class Program:
    """`inputs` by (variable, period); `outputs` by name: (node, entity). The nodes are in the order of calculation."""

    nodes: tuple[Node, ...]
    inputs: Mapping[tuple[str, str], Input]
    outputs: Mapping[Any, tuple[int, str]]
    reads: tuple[tuple[tuple[str, str], Input], ...]
    blocks: tuple[Block, ...]
    start: tuple[Any, ...]

    @classmethod
    def of(cls, graph: Graph, inputs: Mapping[tuple[str, str], Input], outputs: Mapping[Any, tuple[int, str]]) -> Program:
        """What `outputs` need of `graph`; an input that nothing reads is known, and has no node (-1)."""
        nodes, numbers = kept(graph.nodes, (node for node, _ in outputs.values()))
        inputs = {key: known._replace(node=numbers.get(known.node, -1)) for key, known in inputs.items()}
        ends = {name: (numbers[node], entity) for name, (node, entity) in outputs.items()}
        return cls.ready(tuple(nodes), inputs, ends)

    @classmethod
    def ready(cls, nodes: tuple[Node, ...], inputs: Any, outputs: Any) -> Program:
        """The steps of the nodes. Raises ValueError for an operation that is not known."""
        steps, start = _steps(nodes)
        reads = {known.node: (key, known) for key, known in inputs.items() if known.node >= 0}
        kept = {node for node, _ in outputs.values()}
        return cls(nodes, inputs, outputs, tuple(reads.values()), _blocks(steps, kept), tuple(start))

    @property
    def steps(self) -> list[Step]:
        return [step for block in self.blocks for step in block.steps]

    def run(self, given: Mapping[tuple[str, str], Array], households: Households) -> dict[Any, Array]:
        """The outputs for `households`, of whom `given` is known, and nothing else: the rest is at its default."""
        values = list(self.start)
        values[HOUSEHOLDS] = households
        for key, known in self.reads:
            values[known.node] = whole_input(given, key, known, households)
        with np.errstate(all="ignore"):
            for steps, done in self.blocks:
                for out, function, x, y, z in steps:
                    if z is not None:
                        values[out] = function(values[x], values[y], values[z])
                    elif y is not None:
                        values[out] = function(values[x], values[y])
                    else:
                        values[out] = function(values[x])
                for finished in done:
                    values[finished] = None
        return {name: self.whole(values[node], node, households, entity) for name, (node, entity) in self.outputs.items()}

    def whole(self, value: Any, node: int, households: Households, entity: str) -> Array:
        """The value of a node as an array: a constant is the same for all."""
        if isinstance(value, np.ndarray) and value.ndim:
            return value
        return np.full(households.size(entity), value, self.nodes[node].dtype)


def whole_input(given: Mapping[Any, Array], key: tuple[str, str], known: Input, households: Households) -> Array:
    """What is given, or the default for everyone."""
    array = given.get(key)
    return np.full(households.size(known.entity), known.value) if array is None else array.view(np.ndarray)


def part(program: Program, wanted: Sequence[int]) -> Program:
    """The part of `program` that computes the nodes `wanted`: its outputs, by their numbers."""
    nodes, numbers = kept(program.nodes, wanted)
    inputs = {key: known._replace(node=numbers.get(known.node, -1)) for key, known in program.inputs.items()}
    ends = {number: (numbers[number], program.nodes[number].entity or PERSON) for number in wanted}
    return Program.ready(tuple(nodes), inputs, ends)


# Steps

HOUSEHOLDS = -1
"""The place of the households among the values."""


def _steps(nodes: tuple[Node, ...]) -> tuple[list[Step], list[Any]]:
    """The steps of the nodes, and the values before the first one: constants where they stand.

    A constant that meets an array is an array of one: NumPy takes twice as long with a number.
    """
    start: list[Any] = [value_of(node) if node.op in (CONSTANT, SCALAR) else None for node in nodes]
    places: dict[tuple[int, str], int] = {}

    def array_of(constant: int, dtype: np.dtype[Any]) -> int:
        """The place of a constant as an array of one."""
        place = places.setdefault((constant, dtype.str), len(start))
        if place == len(start):
            start.append(np.full(1, start[constant], dtype))
        return place

    steps = []
    for rank, node in enumerate(nodes):
        if node.op in (CONSTANT, SCALAR, INPUT):
            continue
        function, needs_households = function_of(node)
        args = list(node.args)
        if node.op in UFUNCS or node.op == "where":
            operands = [nodes[arg] for arg in args]
            for place, (arg, operand) in enumerate(zip(node.args, operands, strict=True)):
                if operand.op in (CONSTANT, SCALAR):
                    args[place] = array_of(arg, dtype_of(operand, operands))
        if node.op == "where" and all(nodes[arg].dtype == node.dtype or nodes[arg].op == SCALAR for arg in node.args[1:]):
            function = _where
        if needs_households:
            args.insert(0, HOUSEHOLDS)
        x, y, z = (*args, None, None)[:3]
        steps.append(Step(rank, function, x, y, z))
    return steps, [*start, None]


def dtype_of(constant: Node, all_of_them: list[Node]) -> np.dtype[Any]:
    """The type in which NumPy reads a constant among the arguments of an operation."""
    if constant.op == CONSTANT:
        return np.dtype(constant.dtype)
    others = [np.dtype(node.dtype) for node in all_of_them if node.op != SCALAR]
    if np.dtype(constant.dtype).kind in "SU" or any(other.kind in "mM" for other in others):
        return np.dtype(constant.dtype)
    return np.result_type(*others, value_of(constant))


def _where(condition: Array, yes: Array, no: Array) -> Array:
    """`np.where` of arrays of one type; for a single household there is nothing to copy."""
    if condition.size == 1:
        return yes if condition[0] else no
    return np.where(condition, yes, no)


def _blocks(steps: list[Step], kept: set[int]) -> tuple[Block, ...]:
    last: dict[int, int] = {}
    for rank, step in enumerate(steps):
        last |= dict.fromkeys((arg for arg in (step.x, step.y, step.z) if arg is not None and arg >= 0), rank)
    made = {step.out for step in steps} - kept
    blocks = []
    for begin in range(0, len(steps), STEPS_OF_A_BLOCK):
        end = begin + STEPS_OF_A_BLOCK
        done = tuple(arg for arg, rank in last.items() if begin <= rank < end and arg in made)
        blocks.append(Block(tuple(steps[begin:end]), done))
    return tuple(blocks)


# Operations


def function_of(node: Node) -> tuple[Callable[..., Any], bool]:
    """The function of an operation, and whether its first argument is the households."""
    if node.op in UFUNCS:
        return getattr(np, node.op), False
    if node.op in WITH_HOUSEHOLDS:
        return partial(WITH_HOUSEHOLDS[node.op], np.dtype(node.dtype), node.params), True
    if node.op in WITH_PARAMS:
        return WITH_PARAMS[node.op](np.dtype(node.dtype), *node.params), False
    raise ValueError(f"unknown operation {node.op!r}")


def _has_role(dtype: Any, params: Any, households: Households) -> Array:
    return households.has_role(*params)


def _count(dtype: Any, params: Any, households: Households) -> Array:
    _, groups = households.members(*params)
    return np.bincount(groups, minlength=households.size(params[0])).astype(dtype)


def _sum(dtype: Any, params: Any, households: Households, array: Any) -> Array:
    who, groups = households.members(*params)
    weights = array[who] if isinstance(array, np.ndarray) else np.full(len(groups), array)
    return np.bincount(groups, weights, households.size(params[0]))


def _reduce(dtype: Any, params: Any, households: Households, array: Any, neutral: Any) -> Array:
    entity, roles, reducer = params
    who, starts, groups = households.ordered_members(entity, roles)
    result = np.full(households.size(entity), neutral, dtype)
    if len(who):
        values = array[who] if isinstance(array, np.ndarray) else np.full(len(who), array)
        function = REDUCERS[reducer]
        result[groups] = function(result[groups], function.reduceat(values, starts))
    return result


def _one_member(dtype: Any, params: Any, households: Households, array: Any, default: Any) -> Array:
    entity, which = params
    who, groups = households.members(entity, which)
    result = np.full(households.size(entity), default, dtype)
    result[groups] = array[who] if isinstance(array, np.ndarray) else array
    return result


def _project(dtype: Any, params: Any, households: Households, array: Any) -> Array:
    return array[households.group_of(params[0])]  # type: ignore[no-any-return]


REDUCERS: dict[str, np.ufunc] = {
    reducer.__name__: reducer for reducer in (np.logical_and, np.logical_or, np.maximum, np.minimum)
}
WITH_HOUSEHOLDS: dict[str, Callable[..., Any]] = {
    "has_role": _has_role,
    "count_members": _count,
    "sum_members": _sum,
    "reduce_members": _reduce,
    "of_role": _one_member,
    "of_place": _one_member,
    "project": _project,
}


def _take(dtype: Any, table: tuple[Any, ...]) -> Callable[..., Any]:
    return np.array([number(x) if isinstance(x, str) else x for x in table], dtype).__getitem__


def _cast(dtype: Any) -> Callable[..., Any]:
    return lambda array: array.astype(dtype)


def _busday(dtype: Any, mask: str) -> Callable[..., Any]:
    def count(begin: Any, end: Any) -> Any:
        return np.busday_count(begin.astype("datetime64[D]"), end.astype("datetime64[D]"), weekmask=mask)

    return count


WITH_PARAMS: dict[str, Callable[..., Callable[..., Any]]] = {
    "where": lambda dtype: np.where,
    "cast": _cast,
    "take": _take,
    "busday_count": _busday,
    "scale": lambda dtype, *params: partial(scale_values, params),
}
