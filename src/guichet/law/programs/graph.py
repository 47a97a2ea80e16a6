"""The graph of a program: what was done to arrays, as a flat list of operations.

A node is an operation on earlier nodes. Equal nodes are one (`Graph.add`), what needs no household is computed once
(`traced.recorded`), and what changes nothing is not kept (`simplified`). A node knows its NumPy type and to which entity its
array belongs, so that whoever replays the list needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
CONSTANT, SCALAR, INPUT = "constant", "scalar", "input"
"""`scalar`: a Python number, which bends to the type of the array it meets; `constant`: a NumPy one, which does not."""
COMMUTATIVE = frozenset(
    (
        *("add", "multiply", "logical_and", "logical_or", "bitwise_and", "bitwise_or"),
        *("maximum", "minimum", "equal", "not_equal"),
    )
)


class Node(NamedTuple):
    """`params` are what the operation needs besides arrays: text, numbers, tuples of them."""

    op: str
    args: tuple[int, ...]
    params: tuple[Any, ...]
    dtype: str
    entity: str | None


class Graph:
    """Nodes in the order in which they can be computed."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[Any, int] = {}

    def add(self, op: str, args: tuple[int, ...], params: tuple[Any, ...], dtype: Any, entity: str | None) -> int:
        """The number of this node, which is new only if no equal one is known."""
        if op in COMMUTATIVE and args[0] > args[1]:
            args = (args[1], args[0])
        node = Node(op, args, params, np.dtype(dtype).str, entity)
        key = (node, tuple(map(type, params)))  # 1 == 1.0 == True, not for us
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(node)
        return self._known[key]

    def constant(self, value: Any) -> int:
        """A NumPy scalar, or a Python one."""
        if type(value) in (bool, int, float, str, bytes):  # a np.float64 is a float too, and does not bend
            return self.add(SCALAR, (), (_plain(value),), np.asarray(value).dtype, None)
        value = np.asarray(value)[()]
        plain = int(value.astype("int64")) if value.dtype.kind in "mM" else _plain(value.item())
        return self.add(CONSTANT, (), (plain,), value.dtype, None)

    def is_constant(self, number: int) -> bool:
        return self.nodes[number].op in (CONSTANT, SCALAR)

    def value(self, number: int) -> Any:
        """The value of a constant node."""
        return value_of(self.nodes[number])

    def dtype(self, number: int) -> np.dtype[Any]:
        return np.dtype(self.nodes[number].dtype)

    def cast(self, number: int, dtype: Any, entity: str | None) -> int:
        """`number` in another type; itself when it has it already."""
        dtype = np.dtype(dtype)
        if self.is_constant(number):
            return self.constant(np.asarray(self.value(number)).astype(dtype)[()])
        if self.dtype(number) == dtype:
            return number
        source = self.nodes[number]
        if source.op == "cast" and dtype.kind == "b" and self.dtype(source.args[0]).kind == "b":
            return source.args[0]
        return self.add("cast", (number,), (), dtype, entity)

    def simplified(self, op: str, args: tuple[int, ...], dtype: Any, entity: str | None) -> int | None:
        """The node that says as much as this operation with less, if there is one."""
        dtype = np.dtype(dtype)
        if op in ("add", "logical_or", "bitwise_or"):
            return self._sum_or_union(op, args, dtype, entity)
        if op in ("multiply", "logical_and", "bitwise_and"):
            return self._product_or_intersection(op, args, dtype, entity)
        if (op == "subtract" and self._is(args[1], 0)) or (op == "divide" and self._is(args[1], 1)):
            return self.cast(args[0], dtype, entity)
        if op == "where":
            return self._choice(args, dtype, entity)
        if op == "logical_not":
            inner = self.nodes[args[0]]
            if inner.op == "logical_not" and self.dtype(inner.args[0]).kind == "b":
                return inner.args[0]
        return None

    def _sum_or_union(self, op: str, args: tuple[int, ...], dtype: np.dtype[Any], entity: str | None) -> int | None:
        for x, y in (args, args[::-1]):
            if self._is(y, 0) and (op == "add" or dtype.kind == "b"):
                return self.cast(x, dtype, entity)
            if dtype.kind == "b" and self._is(y, 1):
                return self.constant(np.True_)
        if dtype.kind == "b" and self._are_opposed(*args):
            return self.constant(np.True_)
        return self.cast(args[0], dtype, entity) if dtype.kind == "b" and args[0] == args[1] else None

    def _product_or_intersection(
        self, op: str, args: tuple[int, ...], dtype: np.dtype[Any], entity: str | None
    ) -> int | None:
        for x, y in (args, args[::-1]):
            if self._is(y, 0):
                return self.constant(dtype.type(0))
            if self._is(y, 1) and (op == "multiply" or dtype.kind == "b"):
                return self.cast(x, dtype, entity)
        if dtype.kind == "b" and self._are_opposed(*args):
            return self.constant(np.False_)
        return self.cast(args[0], dtype, entity) if dtype.kind == "b" and args[0] == args[1] else None

    def _are_opposed(self, x: int, y: int) -> bool:
        """Whether one is the negation of the other, which is a boolean."""
        return any(
            self.nodes[a].op == "logical_not" and self.nodes[a].args[0] == b and self.dtype(b).kind == "b"
            for a, b in ((x, y), (y, x))
        )

    def _choice(self, args: tuple[int, ...], dtype: np.dtype[Any], entity: str | None) -> int | None:
        condition, yes, no = args
        if self.is_constant(condition):
            return self.cast(yes if self.value(condition) else no, dtype, entity)
        same = yes == no or (self.is_constant(yes) and self.is_constant(no) and self.value(yes) == self.value(no))
        return self.cast(yes, dtype, entity) if same else None

    def _is(self, number: int, wanted: int) -> bool:
        if not self.is_constant(number) or self.dtype(number).kind not in "biuf":
            return False
        return bool(self.value(number) == wanted)


def kept(nodes: Sequence[Node], outputs: Iterable[int]) -> tuple[list[Node], dict[int, int]]:
    """The nodes that `outputs` need, renumbered, and their new numbers by the old ones."""
    needed: set[int] = set()
    to_see = list(outputs)
    while to_see:
        number = to_see.pop()
        if number not in needed:
            needed.add(number)
            to_see += nodes[number].args
    renumbered = {old: new for new, old in enumerate(sorted(needed))}
    return [nodes[old]._replace(args=tuple(renumbered[arg] for arg in nodes[old].args)) for old in renumbered], renumbered


def value_of(node: Node) -> Any:
    """The value of a constant: a NumPy scalar, or a Python one."""
    dtype = np.dtype(node.dtype)
    plain = node.params[0]
    if dtype.kind == "f":
        plain = number(plain)
    elif dtype.kind == "S":
        plain = plain.encode()
    if node.op == SCALAR:
        return plain
    return np.array(plain, "int64").view(dtype)[()] if dtype.kind in "mM" else np.array(plain, dtype)[()]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    return written(value) if isinstance(value, float) else value


def written(value: float) -> float | str:
    """A float as a parameter: what is not finite is a text, for JSON has no word for it and NaN is not itself."""
    return value if np.isfinite(value) else str(value)


def number(parameter: float | str) -> float:
    """The float that `written` wrote."""
    return float(parameter)
