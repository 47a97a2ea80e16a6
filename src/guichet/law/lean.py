"""OpenFisca's interpreter, cheaper: the same formulas and the same answers, fewer detours.

Months and years derived from others are kept (`Period.offset` builds a date through pendulum each time); a value
already known is returned before any check; what nobody gave and no formula makes is one array for all that are alike,
and is not added up twelve times; who has a role, who comes first in a group and which parameters can be chosen by keys
are found once; a parameter chosen by an array of keys is read once a key, not once a household; those of an instant are
read when they are asked for. One housing aid takes a sixth of the plain interpreter's time. `tests/law/test_lean.py`
holds the answers equal to its answers.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from openfisca_core import errors, periods, projectors
from openfisca_core.data_storage import InMemoryStorage
from openfisca_core.holders import Holder
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import AtInstantLike, ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.periods import Period
from openfisca_core.populations import ADD, CorePopulation, GroupPopulation, Population
from openfisca_core.simulations import Simulation
from openfisca_core.variables import Variable

DERIVED = ("last_month", "last_3_months", "last_year", "n_2", "this_year", "first_month", "stop", "size_in_months")

ALWAYS = periods.period("ETERNITY")
KEPT = 1 << 15
"""Results kept of each function of a period: more than all the months need (some 13 000), but not all that can be asked."""
read_period = functools.lru_cache(KEPT)(periods.period)


def _lighten() -> None:
    """Keep what OpenFisca derives from a period, and a variable's formula: pure functions, a few thousand keys."""
    Period.offset = functools.lru_cache(KEPT)(Period.offset)
    Period.__str__ = functools.lru_cache(KEPT)(Period.__str__)
    Period.get_subperiods = functools.lru_cache(KEPT >> 4)(Period.get_subperiods)
    for name in DERIVED:
        setattr(Period, name, property(functools.lru_cache(KEPT)(getattr(Period, name).fget)))
    Variable.get_formula = functools.lru_cache(maxsize=None)(Variable.get_formula)
    CorePopulation.__call__ = _called
    Population.__getattr__ = _projected_once
    Population.has_role = _has_role_once
    GroupPopulation.value_nth_person = _value_of_the_nth
    GroupPopulation.value_from_person = _value_of_the_role
    ParameterNodeAtInstant.__init__ = _node_at_instant
    ParameterNodeAtInstant.__getattr__ = _read_child
    ParameterNodeAtInstant.__getitem__ = _read_key
    VectorialParameterNodeAtInstant.build_from_node_name = staticmethod(_chosen)
    VectorialParameterNodeAtInstant.check_node_vectorisable = staticmethod(_checked_once)
    VectorialParameterNodeAtInstant._get_appropriate_keys = staticmethod(_keys)
    AtInstantLike.get_at_instant = _at_instant
    InMemoryStorage.get = _get
    InMemoryStorage.put = _put


_called_by_openfisca = CorePopulation.__call__
SUMMED = [ADD]


def _called(population: Any, variable_name: str, period: Any, options: Any = None) -> Any:
    """`individu("salaire_net", period)`: what is known at once, then only the entity is to check."""
    if period.__class__ is Period and (options is None or options == SUMMED):
        simulation = population.simulation
        if simulation.__class__ is LeanSimulation:
            if options is None:
                known = population._known.get((variable_name, period))
                if known is not None:
                    return known
            variable = simulation.tax_benefit_system.variables.get(variable_name)
            if variable is not None and variable.entity.key == population.entity.key:
                return (simulation.calculate if options is None else simulation.calculate_add)(variable_name, period)
    return _called_by_openfisca(population, variable_name, period, options)


_projected = Population.__getattr__


def _projected_once(population: Any, attribute: str) -> Any:
    """`individu.famille`, `famille.demandeur`: a projector keeps nothing, so that it serves again."""
    projector = population.__dict__[attribute] = _projected(population, attribute)
    return projector


_has_role = Population.has_role


@projectors.projectable  # type: ignore[untyped-decorator]
def _has_role_once(population: Any, role: Any) -> Any:
    """Comparing 25 000 roles takes a millisecond, and a month asks six hundred times."""
    if population.simulation is None:
        return None
    roles = population.simulation.populations[role.entity.key].__dict__.setdefault("_known_roles", {})
    if role not in roles:
        roles[role] = _has_role(population, role)
        roles[role].flags.writeable = False
    return roles[role]


@projectors.projectable  # type: ignore[untyped-decorator]
def _value_of_the_nth(population: Any, n: int, array: Any, default: Any = 0) -> Any:
    """Which persons are the n-th of their group is found once."""
    choice = population.__dict__.setdefault("_nth", {})
    if n not in choice:
        order = population.ordered_members_map
        choice[n] = (population.nb_persons() > n, order[population.members_position[order] == n])
    return _taken_from(population, array, choice[n], default)


@projectors.projectable  # type: ignore[untyped-decorator]
def _value_of_the_role(population: Any, array: Any, role: Any, default: Any = 0) -> Any:
    """Which persons have a role is found once."""
    if role.max != 1:
        raise ValueError(f"{role.key} is not the role of one person only")
    choice = population.__dict__.setdefault("_unique_roles", {})
    if role not in choice:
        population.entity.check_role_validity(role)
        order = population.ordered_members_map
        mask = population.members.has_role(role)
        choice[role] = (population.any(mask), order[mask[order]])
    return _taken_from(population, array, choice[role], default)


def _taken_from(population: Any, array: Any, choice: tuple[Any, Any], default: Any) -> Any:
    """For each group of a mask the value of its person, in order; `default` for the other groups."""
    groups, persons = choice
    population.members.check_array_compatible_with_entity(array)
    if len(persons) == population.count:
        return array[persons]
    result = population.filled_array(default, dtype=array.dtype)
    result[groups] = array[persons]
    return EnumArray(result, array.possible_values) if isinstance(array, EnumArray) else result


def _node_at_instant(here: Any, name: str, node: Any, instant_str: str) -> None:
    """The parameters of an instant are read when a formula asks: it reads some dozens of the 6 000."""
    here._name = name
    here._node = node
    here._instant_str = instant_str


def _read_child(here: Any, name: str) -> Any:
    """A child that is read for the first time; or `_children`, all of them."""
    if name.startswith("__") or name == "_node":
        raise AttributeError(name)
    if name == "_children":
        read = {child: getattr(here, child, None) for child in here._node.children}
        value: Any = {child: known for child, known in read.items() if known is not None}
    else:
        child = here._node.children.get(name)
        value = None if child is None else child._get_at_instant(here._instant_str)
        if value is None:
            raise errors.ParameterNotFoundError(f"{here._name}.{name}" if here._name else name, here._instant_str)
    here.__dict__[name] = value
    return value


def _read_key(here: Any, key: Any) -> Any:
    if isinstance(key, np.ndarray):
        return VectorialParameterNodeAtInstant.build_from_node_name(here, key)
    return getattr(here, key)


_checked_once = functools.lru_cache(maxsize=None)(VectorialParameterNodeAtInstant.check_node_vectorisable)
"""Whether the children of a node are alike, a fact of the law."""


def _keys(key: Any) -> Any:
    return key.possible_values.names[key.view(np.ndarray)] if isinstance(key, EnumArray) else key


_chosen_by_openfisca = VectorialParameterNodeAtInstant.build_from_node_name


def _chosen(node: Any, key: Any) -> Any:
    """`parameter[keys]`: OpenFisca's own choice among the distinct keys, dealt out to the households."""
    if key.dtype == object or len(key) == 1:
        return _chosen_by_openfisca(node, key)
    distinct, ranks = _distinct(key)
    return _dealt(_chosen_by_openfisca(node, distinct), ranks)


def _distinct(key: Any) -> tuple[Any, Any]:
    if isinstance(key, EnumArray):
        values, ranks = np.unique(key.view(np.ndarray), return_inverse=True)
        return EnumArray(values, key.possible_values), ranks
    return np.unique(key, return_inverse=True)


def _dealt(choice: Any, ranks: Any) -> Any:
    return choice[ranks] if isinstance(choice, np.ndarray) else _Dealt(choice, ranks)


class _Dealt:
    """Nodes chosen among a few (`choice`), one for each household (`ranks`)."""

    def __init__(self, choice: VectorialParameterNodeAtInstant, ranks: Any) -> None:
        self._choice = choice
        self._ranks = ranks

    def __getattr__(self, name: str) -> Any:
        return self[name]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return _dealt(self._choice[key], self._ranks)
        distinct, ranks = _distinct(key)
        pairs, ranks_of_pairs = np.unique(self._ranks * len(distinct) + ranks, return_inverse=True)
        nodes, keys = np.divmod(pairs, len(distinct))
        vector = [self._choice.vector[rank] for rank in nodes]
        chosen = VectorialParameterNodeAtInstant(vector, self._choice._name, self._choice._instant_str)[distinct[keys]]
        return _dealt(chosen, ranks_of_pairs)


_written_instant = functools.lru_cache(KEPT)(lambda instant: str(periods.instant(instant)))


def _at_instant(parameter: AtInstantLike, instant: Any) -> Any:
    """A tree of parameters reads its date once, not at each of its 1 300 nodes."""
    return parameter._get_at_instant(_written_instant(instant))


def _key(storage: InMemoryStorage, period: Any) -> Period:
    if storage.is_eternal:
        return ALWAYS
    return period if period.__class__ is Period else read_period(period)


def _get(storage: InMemoryStorage, period: Any = None) -> Any:
    return storage._arrays.get(_key(storage, period))


def _put(storage: InMemoryStorage, value: Any, period: Any) -> None:
    storage._arrays[_key(storage, period)] = value


_lighten()


@functools.cache
def _is_divisible(definition: Any, period: Any) -> bool:
    """Whether a variable of months or years can be summed over `period`."""
    return (
        period.__class__ is Period
        and definition in (periods.DateUnit.MONTH, periods.DateUnit.YEAR)
        and period.unit in (definition, periods.DateUnit.YEAR)
    )


class LeanSimulation(Simulation):  # type: ignore[misc]
    """A `Simulation` that returns what it knows at once. No trace, no storage on disk."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._under_way: dict[str, int] = {}
        self._defaults: dict[tuple[str, Any, Any], Any] = {}
        for population in self.populations.values():
            population._known = {}

    def calculate(self, variable_name: str, period: Any) -> Any:
        if period.__class__ is not Period:
            period = read_period(period)
        variable = self.tax_benefit_system.variables.get(variable_name)
        if variable is None:
            raise errors.VariableNotFoundError(variable_name, self.tax_benefit_system)
        population = self.populations[variable.entity.key]
        value = population._known.get((variable_name, period))
        if value is None:
            if period[0] != variable.definition_period or period[2] != 1:
                self._check_period_consistency(period, variable)
            holder = population._holders.get(variable_name)
            if holder is not None:
                value = holder.get_array(period)
            if value is None:
                formula = variable.get_formula(period)
                if formula is None and holder is None:
                    value = self._default(variable, population)
                else:
                    return self._computed(variable, population, period, formula)
            population._known[variable_name, period] = value
        return value

    def _computed(self, variable: Any, population: Any, period: Period, formula: Any) -> Any:
        """Run a formula, with its place in the stack."""
        name = variable.name
        stack = self.tracer.stack
        stack.append({"name": name, "period": period})
        self._under_way[name] = self._under_way.get(name, 0) + 1
        try:
            if self._under_way[name] > 1:  # only a variable under way can be in a cycle
                self._check_for_cycle(name, period)
            if formula is None:
                value = self._default(variable, population)
            elif formula.__code__.co_argcount == 2:
                value = formula(population, period)
            else:
                value = formula(population, period, self.tax_benefit_system.get_parameters_at_instant)
            return self._kept(variable, population, period, value)
        except errors.SpiralError:
            return variable.default_array(population.count)
        finally:
            stack.pop()
            self._under_way[name] -= 1
            if not stack and self.invalidated_caches:
                for each in self.populations.values():
                    each._known.clear()
                self.purge_cache_of_invalid_values()

    def _kept(self, variable: Any, population: Any, period: Period, value: Any) -> Any:
        """Keep what a formula gave, in the type of its variable."""
        name = variable.name
        if value.__class__ is not np.ndarray or variable.value_type is Enum:
            value = self._cast_formula_result(value, variable)
        elif value.dtype != variable.dtype:
            value = value.astype(variable.dtype)
        if name not in population._holders:
            population._holders[name] = Holder(variable, population)
        holder = population._holders[name]
        if value.ndim == 1 and len(value) == population.count:
            holder._memory_storage.put(value, period)
        else:
            holder.put_in_cache(value, period)  # what it keeps differs from what the formula gave
            value = holder.get_array(period)
        population._known[name, period] = value
        return value

    def calculate_add(self, variable_name: str, period: Any) -> Any:
        variable = self.tax_benefit_system.variables.get(variable_name)
        if variable is None or not _is_divisible(variable.definition_period, period):
            return super().calculate_add(variable_name, period)
        population = self.populations[variable.entity.key]
        if not variable.formulas and variable_name not in population._holders and variable.default_value == 0.0:
            return self._default(variable, population).copy()  # nothing, twelve times
        return sum(self.calculate(variable_name, month) for month in period.get_subperiods(variable.definition_period))

    def _default(self, variable: Any, population: Any) -> Any:
        """What a variable is when nothing is said of it: one array for all those alike, that nobody may write in."""
        alike = variable.name if variable.value_type is Enum else variable.default_value
        key = (population.entity.key, variable.dtype, alike)
        if key not in self._defaults:
            self._defaults[key] = variable.default_array(population.count)
            self._defaults[key].flags.writeable = False
        return self._defaults[key]

    def forget(self) -> None:
        """Let the arrays go now: the simulation and its populations hold one another until a full collection."""
        for population in self.populations.values():
            population._known.clear()
            population._holders.clear()
