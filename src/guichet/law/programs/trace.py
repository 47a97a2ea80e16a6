"""Record a calculation of OpenFisca: `trace(question, ...)` runs it once and gives its `Program`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.law.columns import Columns, Groups, Shape, filled
from guichet.law.facts import ENTITIES
from guichet.law.lean import LeanSimulation, read_period
from guichet.law.programs import patches
from guichet.law.programs.graph import Array, Graph
from guichet.law.programs.program import Input, Program
from guichet.law.programs.traced import Traced, Untraceable, given, node_of, plain

__all__ = ["Untraceable", "random_inputs", "random_shape", "trace"]

patches.install()


class RecordedSimulation(LeanSimulation):
    """A simulation whose arrays remember: `patches` look for its `graph`."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.graph = Graph()


Reader = Callable[[LeanSimulation], Mapping[Any, Array]]
"""Reads the outputs of a program on a simulation: arrays by name."""


def trace(system: TaxBenefitSystem, inputs: Columns, shape: Shape, read: Reader) -> Program:
    """The program that answers `read` for any households of whom exactly `inputs` are given.

    The values of `inputs` only serve to find types. An array that is given for several periods is one input: what is
    calculated from it at each of them is then calculated once, as long as the law does not change. Raises Untraceable.
    """
    simulation: RecordedSimulation = filled(system, shape, {}, RecordedSimulation)
    graph = simulation.graph
    known: dict[tuple[str, str], Input] = {}
    same: dict[int, Traced] = {}
    for (name, text), values in sorted(inputs.items()):  # the same graph, whatever the order
        variable = system.variables[name]
        period = read_period(text)
        entity = variable.entity.key
        node = -1
        if variable.end is None or period.start.date <= variable.end:  # after its end OpenFisca ignores an input
            array: Any = same.setdefault(id(values), given(graph, name, text, values, entity))
            simulation.populations[entity].get_holder(name).put_in_cache(array, period)
            node = array.node
        known[name, text] = Input(node, values.dtype.str, entity, _default(variable, values.dtype))
    outputs = {}
    for name, array in read(simulation).items():
        entity = array.entity if isinstance(array, Traced) else None
        outputs[name] = (node_of(array, graph), entity or "famille")
    return Program.of(graph, known, outputs)


def _default(variable: Any, dtype: np.dtype[Any]) -> Any:
    """The default of a variable, as JSON has it: a date is a number of days, a category its rank."""
    value = plain(np.asarray(variable.default_array(1))).astype(dtype)
    return (value.astype("int64") if dtype.kind == "M" else value.astype("U") if dtype.kind == "S" else value)[0].item()


def random_inputs(
    system: TaxBenefitSystem, keys: Iterable[tuple[str, str]], lasting: Collection[str], shape: Shape, seed: int
) -> Columns:
    """Values of any kind for the inputs `keys` (variable, period): enough to find types.

    The variables `lasting` have one array for all their periods.
    """
    rng = np.random.default_rng(seed)
    arrays: Columns = {}
    made: dict[Any, Array] = {}
    for name, text in sorted(keys):
        variable = system.variables[name]
        once = name if name in lasting else (name, text)
        if once not in made:
            made[once] = _random(variable, _size(variable, shape), rng)
        arrays[name, text] = made[once]
    return arrays


def _size(variable: Any, shape: Shape) -> int:
    entity = variable.entity.key
    return len(shape["famille"].ranks) if entity == patches.PERSON else shape[entity].count


def _random(variable: Any, size: int, rng: np.random.Generator) -> Array:
    if getattr(variable, "possible_values", None) is not None:
        ranks: Array = rng.integers(0, len(variable.possible_values), size).astype(variable.dtype)
        return EnumArray(ranks, variable.possible_values)  # type: ignore[no-any-return]
    kind = np.dtype(variable.dtype).kind
    if kind == "b":
        return rng.random(size) < 0.5
    if kind == "M":
        return (np.datetime64("2012-06-01") - rng.integers(-4000, 20000, size)).astype("datetime64[D]")
    if kind in "biuf":
        return (rng.random(size) * 900).astype(variable.dtype)
    return np.resize(np.array(["a", "b"], variable.dtype), size)


def random_shape(families: int, seed: int) -> Shape:
    """Families of one to six persons, each one tax household and one dwelling."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 7, families)
    sizes[0] = 6
    ranks = np.repeat(np.arange(families), sizes)
    places = np.arange(len(ranks)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return {key: Groups(families, ranks, np.minimum(places, 2), keys) for key, keys in ENTITIES.items()}
