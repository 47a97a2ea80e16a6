"""What OpenFisca must do otherwise so that a calculation can be recorded: twelve of its methods.

Each one looks first whether the simulation is recorded (it has a `graph`) or the array is; if not, it is OpenFisca's
own method that answers. So they stay in place, and a recording and a calculation may go on side by side.

| method | why |
|---|---|
| `Population.has_role` | compares roles, person by person: asked of the structure of the households, not of data |
| `GroupPopulation.sum`, `nb_persons` | a count weighted by an array, which NumPy does not hand over |
| `GroupPopulation.reduce` | a loop over the places in the household, as many as the largest has |
| `GroupPopulation.value_from_person`, `value_nth_person` | written at the places of some households |
| `GroupPopulation.project` | read at the places of the members |
| `VectorialParameterNodeAtInstant.build_from_node_name` | one parameter a household: a table read by rank |
| `Enum.encode` | looks at the first value to guess what the array holds |
| `calc` of `MarginalRateTaxScale`, `SingleAmountTaxScale`, `MarginalAmountTaxScale` | loops over brackets: one operation |
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.projectors import projectable
from openfisca_core.taxscales import MarginalAmountTaxScale, MarginalRateTaxScale, SingleAmountTaxScale

from guichet.law import lean  # noqa: F401 (whose own measures come first)
from guichet.law.programs.graph import Graph, number, written
from guichet.law.programs.traced import Traced, Untraceable, noted, plain, taken, traced, where, without_categories

PERSON = "individu"


def graph_of(population: Any) -> Graph | None:
    """The graph in which the calculation is recorded, if it is."""
    return getattr(population.simulation, "graph", None)


def role_keys(role: Any) -> tuple[str, ...] | None:
    """The keys of a role, or of those that it gathers; None for everybody."""
    if role is None:
        return None
    return tuple(each.key for each in role.subroles) if role.subroles else (role.key,)


def install() -> None:
    """Put the methods in place, once."""
    roles: Any = Population.has_role
    Population.has_role = _patched(roles, _has_role)
    for name, method in METHODS.items():
        setattr(GroupPopulation, name, _patched(GroupPopulation.__dict__[name], method))
    VectorialParameterNodeAtInstant.build_from_node_name = staticmethod(
        _for_traced(VectorialParameterNodeAtInstant.build_from_node_name, _parameter, 1)
    )
    Enum.encode = classmethod(_for_traced(Enum.encode.__func__, _encoded, 1))
    for scale in (MarginalRateTaxScale, SingleAmountTaxScale, MarginalAmountTaxScale):
        scale.calc = _for_traced(scale.calc, _scale, 1)


def _patched(original: Callable[..., Any], recorder: Callable[..., Any]) -> Callable[..., Any]:
    """`recorder(graph, original, population, ...)` when the simulation is recorded."""

    def method(population: Any, *arguments: Any, **named: Any) -> Any:
        graph = graph_of(population)
        if graph is None:
            return original(population, *arguments, **named)
        return recorder(graph, original, population, *arguments, **named)

    return projectable(method) if getattr(original, "projectable", False) else method


def _for_traced(original: Callable[..., Any], recorder: Callable[..., Any], place: int) -> Callable[..., Any]:
    """`recorder(original, ...)` when the argument at `place` is traced."""

    def function(*arguments: Any, **named: Any) -> Any:
        if isinstance(arguments[place], Traced):
            return recorder(original, *arguments, **named)
        return original(*arguments, **named)

    return function


# Populations


def _has_role(graph: Graph, original: Any, population: Any, role: Any) -> Traced:
    node = graph.add("has_role", (), (role.entity.key, role_keys(role)), bool, PERSON)
    return traced(original(population, role), graph, node, PERSON)


def _members(population: Any, role: Any) -> Any:
    """Which persons have the role: an ordinary array."""
    return np.ones(population.members.count, bool) if role is None else plain(population.members.has_role(role))


def _of_members(graph: Graph, population: Any, array: Any) -> Traced:
    """An array of the members, recorded: one that is the same for everybody may not be yet."""
    if isinstance(array, Traced):
        if array.entity != PERSON and not graph.is_constant(array.node):
            raise Untraceable(f"an array of {array.entity} where one of persons is awaited")
        return array
    values = np.broadcast_to(plain(np.asarray(array)), (population.members.count,))
    categories = getattr(array, "possible_values", None)
    result = noted("same", values, (values,), (), graph, PERSON)
    result.possible_values = categories
    return result


def _sum(graph: Graph, original: Any, population: Any, array: Any, role: Any = None) -> Traced:
    population.entity.check_role_validity(role)
    array = _of_members(graph, population, array)
    entity, params = population.entity.key, (population.entity.key, role_keys(role))
    counted = np.bincount(population.members_entity_id, plain(array) * _members(population, role), population.count)
    if not graph.is_constant(array.node):
        return traced(counted, graph, graph.add("sum_members", (array.node,), params, "f8", entity), entity)
    value = float(graph.value(array.node))
    if value == 0:
        return traced(counted, graph, graph.constant(np.float64(0)), entity)
    count = graph.add("count_members", (), params, "f8", entity)
    node = count if value == 1 else graph.add("multiply", (count, graph.constant(np.float64(value))), (), "f8", entity)
    return traced(counted, graph, node, entity)


def _nb_persons(graph: Graph, original: Any, population: Any, role: Any = None) -> Traced:
    entity = population.entity.key
    counted = np.bincount(population.members_entity_id[_members(population, role)], minlength=population.count)
    dtype = "f8" if role else "i8"  # OpenFisca sums a condition, or counts
    node = graph.add("count_members", (), (entity, role_keys(role)), dtype, entity)
    return traced(counted.astype(dtype), graph, node, entity)


def _reduce(
    graph: Graph, original: Any, population: Any, array: Any, reducer: Any, neutral_element: Any, role: Any = None
) -> Traced:
    array, entity = _of_members(graph, population, array), population.entity.key
    chosen = np.where(_members(population, role), plain(array), neutral_element)
    result = np.full(population.count, neutral_element, np.result_type(chosen, np.asarray(neutral_element)))
    getattr(reducer, "at")(result, population.members_entity_id, chosen)  # noqa: B009 (a ufunc's, unknown to the typist)
    if graph.is_constant(array.node) and plain(array).flat[0] == neutral_element:
        return traced(result, graph, graph.constant(result.flat[0]), entity)
    neutral = graph.constant(np.asarray(neutral_element).astype(result.dtype)[()])
    params = (entity, role_keys(role), reducer.__name__)
    return traced(result, graph, graph.add("reduce_members", (array.node, neutral), params, result.dtype, entity), entity)


def _value_from_person(graph: Graph, original: Any, population: Any, array: Any, role: Any, default: Any = 0) -> Traced:
    population.entity.check_role_validity(role)
    return _one_member(graph, population, array, _members(population, role), default, "of_role", role_keys(role))


def _value_nth_person(graph: Graph, original: Any, population: Any, n: int, array: Any, default: Any = 0) -> Traced:
    return _one_member(graph, population, array, population.members_position == n, default, "of_place", int(n))


def _one_member(graph: Graph, population: Any, array: Any, chosen: Any, default: Any, op: str, which: Any) -> Traced:
    """The value of at most one member of each group, and `default` for a group that has not got one."""
    array, entity = _of_members(graph, population, array), population.entity.key
    values = plain(array)
    default = np.asarray(default.index if isinstance(default, Enum) else default).astype(values.dtype)[()]
    result = np.full(population.count, default, values.dtype)
    result[population.members_entity_id[chosen]] = values[chosen]
    first = (op, which) == ("of_place", 0)  # there is always one
    if graph.is_constant(array.node) and (first or default == values.flat[0]):
        return traced(result, graph, graph.constant(values.flat[0]), entity, array.possible_values)
    source = graph.nodes[array.node]
    if first and source.op == "project" and source.params == (entity,):
        return traced(result, graph, source.args[0], entity, array.possible_values)
    node = graph.add(op, (array.node, graph.constant(default)), (entity, which), values.dtype, entity)
    return traced(result, graph, node, entity, array.possible_values)


def _project(graph: Graph, original: Any, population: Any, array: Any, role: Any = None) -> Any:
    entity = population.entity.key
    if not isinstance(array, Traced):
        return original(population, array, role)
    values = plain(array)[population.members_entity_id]
    constant = graph.is_constant(array.node)
    node = array.node if constant else graph.add("project", (array.node,), (entity,), values.dtype, PERSON)
    members = traced(values, graph, node, PERSON, array.possible_values)
    return members if role is None else where(population.members.has_role(role), members, 0)


METHODS: dict[str, Callable[..., Any]] = {
    "sum": _sum,
    "nb_persons": _nb_persons,
    "reduce": _reduce,
    "value_from_person": _value_from_person,
    "value_nth_person": _value_nth_person,
    "project": _project,
}


# Parameters, categories, scales


def _parameter(original: Any, node: Any, key: Traced) -> Any:
    """`parameter[keys]`: the children of `node`, in the order of the ranks that `keys` hold."""
    children = node._children
    if key.possible_values is not None:
        names = (
            key.possible_values if isinstance(key.possible_values, tuple) else [each.name for each in key.possible_values]
        )
        return _chosen([children.get(name) for name in names], without_categories(key))
    if key.dtype.kind == "M":
        dated = [name for name in children if not name.startswith("before")]
        since: Any = 0
        for name in dated:
            since = np.add(since, np.greater_equal(key, np.datetime64("-".join(name.removeprefix("after_").split("_")))))
        return _chosen(list(children.values()), since)
    if key.dtype.kind in "iu":
        numbers = sorted(map(int, children))
        keys = range(numbers[0], numbers[-1] + 1)
        return _chosen([children.get(str(number)) for number in keys], np.subtract(key, numbers[0]))
    raise Untraceable(f"parameters of {node._name} by {key.dtype}")


def _chosen(nodes: list[Any], ranks: Any) -> Any:
    """One of `nodes` for each household: a table of numbers, or nodes in which to look further."""
    found = [node for node in nodes if node is not None]
    if isinstance(found[0], ParameterNodeAtInstant):
        return _Chosen(nodes, ranks)
    return taken([np.nan if node is None else node for node in nodes], ranks)


class _Chosen:
    """A node of parameters for each household: `nodes` by rank, and the `ranks`."""

    def __init__(self, nodes: list[Any], ranks: Traced) -> None:
        self._nodes = nodes
        self._ranks = ranks

    def __getattr__(self, name: str) -> Any:
        return self[name]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, Traced):
            if key.possible_values is None:
                raise Untraceable("parameters by an array, then by another that has no categories")
            names = (
                key.possible_values
                if isinstance(key.possible_values, tuple)
                else [each.name for each in key.possible_values]
            )
            pairs = [None if node is None else node._children.get(name) for node in self._nodes for name in names]
            return _chosen(pairs, self._ranks.astype("int64") * len(names) + without_categories(key).astype("int64"))
        return _chosen([None if node is None else node._children.get(key) for node in self._nodes], self._ranks)


def _encoded(original: Any, cls: Any, array: Traced) -> Traced:
    if isinstance(array.possible_values, tuple):
        names = [each.name for each in cls]
        array = taken(
            [names.index(text) if text in names else 0 for text in array.possible_values], without_categories(array)
        )
    elif array.possible_values is not None and array.possible_values.__name__ != cls.__name__:
        raise Untraceable(f"{array.possible_values.__name__} read as {cls.__name__}")
    elif array.dtype.kind not in "iu":
        raise Untraceable(f"{array.dtype} read as {cls.__name__}")
    coded = without_categories(array).astype("uint8")
    coded.possible_values = cls
    return coded


SCALES = {
    MarginalRateTaxScale: "marginal_rate",
    SingleAmountTaxScale: "single_amount",
    MarginalAmountTaxScale: "marginal_amount",
}


def _scale(original: Any, scale: Any, base: Traced, *arguments: Any, **named: Any) -> Traced:
    """A scale is one operation: its thresholds, then its rates or amounts, and the option that it was called with."""
    factor = named.pop("factor", arguments[0] if arguments and type(scale) is MarginalRateTaxScale else 1.0)
    decimals = named.pop("round_base_decimals", None)
    right = named.pop("right", arguments[0] if arguments and type(scale) is SingleAmountTaxScale else False)
    if named or len(arguments) > 1:
        raise Untraceable(f"{type(scale).__name__}.calc with {len(arguments)} arguments, {', '.join(named)}")
    steps = scale.rates if isinstance(scale, MarginalRateTaxScale) else scale.amounts
    by_rate = isinstance(scale, MarginalRateTaxScale)
    option = decimals if by_rate else bool(right)
    params = (SCALES[type(scale)], _written(scale.thresholds), _written(steps), option)
    inputs = (base, factor) if by_rate else (base,)
    values = scale_values(params, *map(plain, inputs))
    return noted("scale", values, inputs, params, base.graph, base.entity)


def _written(values: Any) -> tuple[float | str, ...]:
    return tuple(written(float(value)) for value in values)


def scale_values(params: tuple[Any, ...], base: Any, factor: Any = 1.0) -> Any:
    """What OpenFisca's scale of these thresholds gives; also used to replay it."""
    kind, thresholds, steps, option = params
    scale = next(each for each, name in SCALES.items() if name == kind)()
    scale.thresholds = [number(each) for each in thresholds]
    if kind == "marginal_rate":
        scale.rates = [number(each) for each in steps]
        return scale.calc(base, factor=factor, round_base_decimals=option)
    scale.amounts = [number(each) for each in steps]
    return scale.calc(base, right=option) if kind == "single_amount" else scale.calc(base)
