"""Arrays that remember what was done to them.

A `Traced` is an ordinary NumPy array, with the number of a node in a graph. NumPy hands it every operation in which it
takes part (`__array_ufunc__`, `__array_function__`): the operation is done on the values, and written down. The values
are those of a few random households; they only serve to find types and shapes, and to check a simplification.

What cannot be written down so that it holds for every household is refused by name (`Untraceable`): a branch on data,
a loop over households, an array that another made behind our back.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray

from guichet.law.programs.graph import INPUT, Array, Graph, written

UFUNCS = frozenset(
    (
        *("add", "subtract", "multiply", "divide", "floor_divide", "remainder", "negative", "positive", "absolute", "power"),
        *("maximum", "minimum", "fmax", "fmin", "floor", "ceil", "rint", "trunc", "sign", "sqrt", "square", "isnan"),
        *("equal", "not_equal", "less", "less_equal", "greater", "greater_equal"),
        *("logical_and", "logical_or", "logical_xor", "logical_not", "bitwise_and", "bitwise_or", "bitwise_xor", "invert"),
    )
)
"""NumPy's functions, value by value, that a program may call; a name that is not here is refused."""


class Untraceable(Exception):  # noqa: N818 (said of what was asked, not of a fault)
    """What cannot be traced, named."""


class Traced(np.ndarray[Any, Any]):
    """An array with its node. `possible_values`: an Enum class or a tuple of texts, when the values are their ranks."""

    graph: Graph
    node: int
    entity: str | None
    possible_values: Any = None

    def __array_finalize__(self, made_from: Any) -> None:
        """NumPy calls this for each view: a view has no node until somebody gives it one (`traced`)."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **named: Any) -> Any:
        if method != "__call__" or ufunc.__name__ not in UFUNCS:
            raise Untraceable(f"{ufunc.__name__}.{method}")
        if any(_has_categories(x) for x in inputs):
            return _compared(ufunc, *inputs)
        condition = named.pop("where", True)
        if named:
            raise Untraceable(f"{ufunc.__name__} with {', '.join(named)}")
        result = recorded(ufunc.__name__, ufunc, inputs)
        if condition is not True:
            result = where(condition, result, out[0])
        return result if out is None else _written(out[0], result)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if function.__name__ not in FUNCTIONS:
            raise Untraceable(f"numpy.{function.__name__}")
        return FUNCTIONS[function.__name__](*args, **kwargs)

    def __eq__(self, other: Any) -> Any:
        return np.equal(self, other)

    def __ne__(self, other: Any) -> Any:
        return np.not_equal(self, other)

    __hash__ = None

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Traced:
        dtype = np.dtype(dtype)
        if dtype.kind in "SUO" and dtype != self.dtype:
            raise Untraceable(f"astype({dtype})")
        values = plain(self).astype(dtype)
        return traced(values, self.graph, self.graph.cast(self.node, dtype, self.entity), self.entity, self.possible_values)

    def copy(self, *_: Any, **__: Any) -> Traced:
        return traced(plain(self).copy(), self.graph, self.node, self.entity, self.possible_values)

    def round(self, decimals: Any = 0, out: Any = None) -> Any:
        return rounded(self, decimals)

    def clip(self, *bounds: Any, **named: Any) -> Any:
        return clipped(self, *bounds, **named)

    def __getitem__(self, key: Any) -> Any:
        raise Untraceable("an array read at some of its places")

    def __setitem__(self, key: Any, value: Any) -> None:
        """`x[condition] = value` is a choice; the array is the same object afterwards."""
        if not isinstance(key, Traced) or key.dtype != bool:
            raise Untraceable("an array written at some of its places")
        _written(self, where(key, value, self).astype(self.dtype))

    def __iter__(self) -> Any:
        raise Untraceable("a loop over households")

    def __bool__(self) -> bool:
        raise Untraceable("a branch on data")

    def any(self, *_: Any, **__: Any) -> bool:  # type: ignore[override]
        """Of a constant only: the same for everybody, it is no branch on data."""
        return bool(self._constant("any()"))

    def all(self, *_: Any, **__: Any) -> bool:  # type: ignore[override]
        return bool(self._constant("all()"))

    def sum(self, *_: Any, **__: Any) -> Any:
        raise Untraceable("sum() over households")

    def max(self, *_: Any, **__: Any) -> Any:
        raise Untraceable("max() over households")

    def min(self, *_: Any, **__: Any) -> Any:
        raise Untraceable("min() over households")

    def tolist(self) -> Any:
        raise Untraceable("tolist()")

    def _constant(self, what: str) -> Any:
        if not self.graph.is_constant(self.node):
            raise Untraceable(f"a branch on data: {what}")
        return self.graph.value(self.node)


def traced(values: Any, graph: Graph, node: int, entity: str | None, categories: Any = None) -> Traced:
    """`values` with their node."""
    array = np.ascontiguousarray(values).view(np.ndarray).view(Traced)
    array.graph, array.node, array.entity, array.possible_values = graph, node, entity, categories
    return array


def given(graph: Graph, variable: str, period: str, values: Any, entity: str) -> Traced:
    """An input of the program."""
    categories = values.possible_values if isinstance(values, EnumArray) else None
    values = plain(values)
    return traced(values, graph, graph.add(INPUT, (), (variable, period), values.dtype, entity), entity, categories)


def plain(x: Any) -> Any:
    return x.view(np.ndarray) if isinstance(x, np.ndarray) else x


def node_of(x: Any, graph: Graph) -> int:
    """The node of an operand: its own, or a constant. An array that is not ours must be the same for everybody."""
    if isinstance(x, Traced):
        if not hasattr(x, "node"):
            raise Untraceable("a view of a traced array")
        return x.node
    if isinstance(x, np.ndarray) and x.ndim:
        if not is_uniform(plain(x)):
            raise Untraceable("an array made outside of what is recorded")
        return graph.constant(plain(x).flat[0])
    if isinstance(x, Enum):
        return graph.constant(x.index)
    if isinstance(x, datetime.date):
        return graph.constant(np.datetime64(x))
    if isinstance(x, bool | int | float | str | bytes | np.generic | np.ndarray):
        return graph.constant(x)
    raise Untraceable(f"an operand of type {type(x).__name__}")


def is_uniform(values: Array) -> bool:
    return values.size > 0 and bool(
        (values == values.flat[0]).all() or (values.dtype.kind == "f" and np.isnan(values).all())
    )


def recorded(op: str, function: Callable[..., Any], inputs: Sequence[Any], params: tuple[Any, ...] = ()) -> Traced:
    """Do `function` on the values of `inputs`, and write it down as the operation `op`."""
    first = next(x for x in inputs if isinstance(x, Traced))
    with np.errstate(all="ignore"):
        values = function(*[plain(x) for x in inputs])
    return noted(op, values, inputs, params, first.graph, _entity_of(inputs, first.graph))


def noted(
    op: str, values: Array, inputs: Sequence[Any], params: tuple[Any, ...], graph: Graph, entity: str | None
) -> Traced:
    """`values` as the result of `op`: folded when no household is needed, simplified when less says as much."""
    nodes = tuple(node_of(x, graph) for x in inputs)
    if all(graph.is_constant(node) for node in nodes):
        if not is_uniform(values):
            raise Untraceable(f"{op} of constants, which is not one")
        return traced(values, graph, graph.constant(values.flat[0]), entity)
    simpler = graph.simplified(op, nodes, values.dtype, entity)
    if simpler is not None and graph.is_constant(simpler) and not (values == graph.value(simpler)).all():
        simpler = None  # zero times infinity is no zero
    node = graph.add(op, nodes, params, values.dtype, entity) if simpler is None else simpler
    return traced(values, graph, node, entity)


def _entity_of(inputs: Sequence[Any], graph: Graph) -> str | None:
    arrays = [x for x in inputs if isinstance(x, Traced)]
    entities = {x.entity for x in arrays if not graph.is_constant(x.node)} or {arrays[0].entity}
    if len(entities) > 1:
        raise Untraceable(f"arrays of {' and '.join(sorted(map(str, entities)))} in one operation")
    return entities.pop()


def _written(place: Any, result: Traced) -> Traced:
    """`result` in the very array `place` (`out=`, `x[condition] = ...`)."""
    if not isinstance(place, Traced):
        raise Untraceable("a result written into an array that is not recorded")
    result = result.astype(place.dtype)
    plain(place)[...] = plain(result)
    place.graph, place.node, place.entity = result.graph, result.node, result.entity
    return place


# Categories: a Traced whose values are ranks, in an Enum class or among a few texts.


def _has_categories(x: Any) -> bool:
    return isinstance(x, Traced) and x.possible_values is not None


def without_categories(x: Traced) -> Traced:
    return traced(plain(x), x.graph, x.node, x.entity)


def _compared(ufunc: np.ufunc, x: Any, y: Any) -> Traced:
    if ufunc not in (np.equal, np.not_equal):
        raise Untraceable(f"{ufunc.__name__} of categories")
    if not _has_categories(x):
        x, y = y, x
    other = without_categories(y) if isinstance(y, Traced) else _rank(y, x.possible_values)
    return recorded(ufunc.__name__, ufunc, (without_categories(x), other))


def _rank(value: Any, categories: Any) -> int:
    """The rank of a category; -1, that of nobody, for one that is not there."""
    if isinstance(categories, tuple):
        return categories.index(value) if value in categories else -1
    if isinstance(value, Enum) and value.__class__.__name__ == categories.__name__:
        return int(value.index)  # classes compare by name: OpenFisca loads some modules twice
    if isinstance(value, int | np.integer):
        return int(value)
    raise Untraceable(f"{value!r} compared with {categories.__name__}")


def _coded(choices: Sequence[Any]) -> tuple[Any, list[Any]]:
    """Choices among which there are categories, as ranks: (their categories, the ranks)."""
    enums = {type(c) for c in choices if isinstance(c, Enum)}
    enums |= {c.possible_values for c in choices if _has_categories(c) and not isinstance(c.possible_values, tuple)}
    if len({enum.__name__ for enum in enums}) > 1:
        raise Untraceable("a choice between two lists of categories")
    if enums:
        ranks = [without_categories(c).astype("int64") if isinstance(c, Traced) else np.int64(c.index) for c in choices]
        return enums.pop(), ranks
    texts: dict[Any, int] = {}
    for choice in choices:
        for text in choice.possible_values if isinstance(choice, Traced) else (choice,):
            texts.setdefault(text, len(texts))
    return tuple(texts), [_coded_text(choice, texts) for choice in choices]


def _coded_text(choice: Any, texts: dict[Any, int]) -> Any:
    if not isinstance(choice, Traced):
        return np.int64(texts[choice])
    return taken([texts[text] for text in choice.possible_values], without_categories(choice))


def _are_categories(choices: Sequence[Any]) -> bool:
    return any(isinstance(c, str | bytes | Enum) or _has_categories(c) for c in choices)


# NumPy's functions that are no ufunc.


def where(condition: Any, yes: Any, no: Any) -> Traced:
    categories = None
    if _are_categories((yes, no)):
        categories, (yes, no) = _coded((yes, no))
    if isinstance(condition, Traced) and condition.dtype != bool:
        condition = np.not_equal(condition, 0)
    chosen = recorded("where", np.where, (condition, yes, no))
    chosen.possible_values = categories
    return chosen


def select(conditions: Sequence[Any], choices: Sequence[Any], default: Any = 0) -> Any:
    """The first choice whose condition holds: nested choices, in the type that NumPy finds for them all."""
    categories = None
    if _are_categories((*choices, default)):
        if not _are_categories((default,)):
            raise Untraceable("select among categories without a default")
        categories, (*choices, default) = _coded((*choices, default))
    dtype = np.result_type(*(plain(choice) for choice in (*choices, default)))
    chosen = default
    for condition, choice in zip(reversed(conditions), reversed(choices), strict=True):
        arrays = [x for x in (condition, choice, chosen) if isinstance(x, Traced)]
        if not arrays:
            chosen = np.where(condition, choice, chosen)
            continue
        cast = [x.astype(dtype) if isinstance(x, np.ndarray) else np.asarray(x).astype(dtype)[()] for x in (choice, chosen)]
        chosen = where(condition, *cast)
    if isinstance(chosen, Traced):
        chosen.possible_values = categories
    return chosen


def rounded(x: Traced, decimals: int = 0, out: Any = None) -> Any:
    """What `np.round` does inside, which takes ten times as long to get there."""
    if x.dtype.kind != "f":
        return x
    if decimals == 0:
        return np.rint(x)
    ten = float(10 ** abs(decimals))
    first, last = (np.multiply, np.divide) if decimals > 0 else (np.divide, np.multiply)
    return last(np.rint(first(x, ten)), ten)


def clipped(x: Any, low: Any = None, high: Any = None, **named: Any) -> Any:
    low, high = named.get("min", low), named.get("max", high)
    if low is not None:
        x = np.maximum(x, low)
    return x if high is None else np.minimum(x, high)


def filled(like: Traced, value: Any, dtype: Any = None) -> Traced:
    values = np.full(like.shape, value, dtype or like.dtype)
    return traced(values, like.graph, like.graph.constant(values.flat[0]), like.entity)


def taken(table: Any, ranks: Traced) -> Traced:
    """`table[ranks]`: one value a category."""
    values = np.asarray(table)
    if is_uniform(values):
        return filled(ranks, values[0], values.dtype)
    numbers = tuple(written(x) if isinstance(x, float) else x for x in values.tolist())
    return recorded("take", lambda places: values[places], (ranks.astype("int64"),), (numbers,))


def is_in(x: Traced, wanted: Sequence[Any], **_: Any) -> Any:
    found: Any = False
    for value in wanted:
        found = np.logical_or(np.equal(x, value), found)
    return found


def busday_count(begin: Any, end: Any, weekmask: Any = "1111100", **named: Any) -> Traced:
    if named:
        raise Untraceable("busday_count with holidays")
    mask = "".join(str(int(day)) for day in np.atleast_1d(plain(weekmask))) if not isinstance(weekmask, str) else weekmask
    return recorded("busday_count", lambda x, y: np.busday_count(_days(x), _days(y), weekmask=mask), (begin, end), (mask,))


def _days(dates: Any) -> Any:
    return np.asarray(dates).astype("datetime64[D]")


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "where": where,
    "select": select,
    "round": rounded,
    "around": rounded,
    "clip": clipped,
    "isin": is_in,
    "busday_count": busday_count,
    "zeros_like": lambda x, dtype=None, **_: filled(x, 0, dtype),
    "ones_like": lambda x, dtype=None, **_: filled(x, 1, dtype),
    "full_like": lambda x, value, dtype=None, **_: filled(x, value, dtype),
    "any": lambda x, *_, **__: x.any(),
    "all": lambda x, *_, **__: x.all(),
    "copy": lambda x, **_: x.copy(),
    "nan_to_num": lambda x, **_: where(np.isnan(x), 0, x),
    "shape": lambda x: plain(x).shape,
    "size": lambda x: plain(x).size,
    "ndim": lambda x: plain(x).ndim,
}
