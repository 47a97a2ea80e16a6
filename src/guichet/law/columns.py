"""From households to arrays: each (variable, period) that the law reads, as one array over many `Foyer`s.

Facts of the month M are spread over the months that the law looks back at; an income goes to the months in which it
was received, from January of the second year before the first of these months. What a household has already been paid
(RSA, AAH) is a fact of the months before M: nothing declared is nothing received. The right of M is never an input.
"""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import Period, key_period_size
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.domain.foyer import Foyer, Nature, Personne
from guichet.domain.vocabulaire import Mois
from guichet.law.facts import ENTITIES, INCOMES, OF_FOYER, OF_PERSONS, ROLES, Fact, Income, When
from guichet.law.lean import read_period

Array = np.ndarray[Any, Any]
Columns = dict[tuple[str, str | Period], Array]
"""Arrays by (variable, period: OpenFisca's, or as it writes it)."""

MONTHS_READ = 5
"""The RSA and the prime d'activité of M read the facts of M and of the four months before."""

LASTING = frozenset(fact.variable for fact in (*OF_PERSONS, *OF_FOYER) if not fact.changes)
"""The variables whose array is the same one at each period."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Families, tax households or dwellings: how many, that of each person, and the person's role in it, by its rank
    among `keys`."""

    count: int
    ranks: Array
    roles: Array
    keys: tuple[str, ...]

    def holds(self, role: str) -> Array:
        """Whether each person holds the role of this key."""
        held: Array = self.roles == (self.keys.index(role) if role in self.keys else -1)
        return held

    @property
    def texts(self) -> Array:
        """The key of each person's role."""
        return np.array(self.keys)[self.roles]


Shape = dict[str, Groups]
"""Who belongs where, by entity ("famille", "foyer_fiscal", "menage")."""


def shape_of(foyers: Sequence[Foyer]) -> Shape:
    """A household is one family, one tax household and one dwelling."""
    ranks = _foyer_of_each(foyers)
    roles = np.array([ROLES[personne.role] for foyer in foyers for personne in foyer.personnes])
    return {key: Groups(len(foyers), ranks, roles, keys) for key, keys in ENTITIES.items()}


def _foyer_of_each(foyers: Sequence[Foyer]) -> Array:
    return np.repeat(np.arange(len(foyers)), [len(foyer.personnes) for foyer in foyers])


def columns_of(foyers: Sequence[Foyer], mois: Mois, system: TaxBenefitSystem) -> Columns:
    """What `foyers` say, as arrays for `system`. What none of them says is left out: the law has its default.

    Variables that `system` lacks are left out too: OpenFisca-France alone does not know our extension's.
    """
    persons = [personne for foyer in foyers for personne in foyer.personnes]
    each = Kinds(persons, np.arange(len(persons)))
    alike = _kinds(persons, map(ALL_BUT_INCOMES, persons))
    arrays: Columns = {("date_naissance", "ETERNITY"): np.array([p.naissance for p in persons], "datetime64[D]")}
    for fact, variable, nothing in _known(OF_PERSONS, system):
        arrays |= _spread(fact, each if fact.incomes else alike, variable, nothing, mois)
    foyers_alike = _kinds(foyers, _of_foyers(foyers, alike))
    for fact, variable, nothing in _known(OF_FOYER, system):
        arrays |= _spread(fact, foyers_alike, variable, nothing, mois)
    arrays |= _incomes(foyers, persons, mois, system)
    return arrays


ALL_BUT_INCOMES = attrgetter(*(f.name for f in fields(Personne) if f.name not in ("naissance", "ressources")))
"""What the facts of a person are read in, but those of its incomes (`Fact.incomes`)."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Persons or households of the same kind, of whom a fact says the same: one of each kind, and the kind of each of them.

    The households of a curve are of one kind: a fact is read once, not forty times.
    """

    examples: Sequence[Any]
    ranks: Array


def _kinds(subjects: Sequence[Any], keys: Iterable[Hashable]) -> Kinds:
    """Those of `subjects`, whose kinds are `keys`."""
    rank_of: dict[Hashable, int] = {}
    ranks = [rank_of.setdefault(key, len(rank_of)) for key in keys]
    examples = dict(zip(reversed(ranks), reversed(subjects), strict=True))
    return Kinds([examples[rank] for rank in range(len(examples))], np.array(ranks, int))


def _of_foyers(foyers: Sequence[Foyer], persons: Kinds) -> Iterator[Hashable]:
    """The kind of each household, from those of its persons: those of a curve live in one and the same dwelling."""
    ranks = iter(persons.ranks.tolist())
    for foyer in foyers:
        members = tuple(islice(ranks, len(foyer.personnes)))
        yield id(foyer.logement), id(foyer.garde), foyer.isole_depuis, members


@functools.lru_cache(maxsize=16)
def _known(facts: tuple[Fact, ...], system: TaxBenefitSystem) -> list[tuple[Fact, Any, frozenset[Any]]]:
    """The facts that `system` knows, with their variables, and what says nothing: None, or the default."""
    known = ((fact, system.variables.get(fact.variable)) for fact in facts)
    return [(fact, variable, frozenset((None, _default(variable)))) for fact, variable in known if variable is not None]


def _spread(fact: Fact, kinds: Kinds, variable: Any, nothing: frozenset[Any], mois: Mois) -> Columns:
    """The array of a fact, at each period in which the law may look for it."""
    if not fact.changes:
        values = [fact.read(example, mois) for example in kinds.examples]
        if not fact.always and nothing.issuperset(values):
            return {}
        array = _array(values, variable)[kinds.ranks]
        return {(fact.variable, text): array for _, text in _periods(fact.when, mois)}
    periods = _periods(fact.when, mois)
    by_month = [[fact.read(example, m) for example in kinds.examples] for m, _ in periods]
    if all(nothing.issuperset(values) for values in by_month):
        return {}
    told = zip(periods, by_month, strict=True)
    return {(fact.variable, text): _array(values, variable)[kinds.ranks] for (_, text), values in told}


@functools.lru_cache(maxsize=4096)
def _periods(when: When, mois: Mois) -> tuple[tuple[Mois, str], ...]:
    if when is When.DATE:
        return ((mois, "ETERNITY"),)
    if when is When.YEARS:
        return tuple((mois, str(year)) for year in range(mois.annee - 2, mois.annee + 1))
    return tuple((mois - back, str(mois - back)) for back in range(MONTHS_READ if when is When.MONTHS_READ else 1))


def _default(variable: Any) -> Any:
    """The default of a variable; of an Enum, its name."""
    default = variable.default_value
    return getattr(default, "name", default)


def _array(values: list[Any], variable: Any) -> Array:
    default = _default(variable)
    values = [default if value is None else value for value in values]
    if getattr(variable, "possible_values", None) is not None:
        possible = variable.possible_values
        choices: Array = np.array([possible[value].index for value in values], variable.dtype)
        return EnumArray(choices, possible)  # type: ignore[no-any-return]
    return np.array(values, variable.dtype)


def _incomes(foyers: Sequence[Foyer], persons: Sequence[Personne], mois: Mois, system: TaxBenefitSystem) -> Columns:
    """Incomes, month by month: received, and taxable where the law makes the difference."""
    received = _received(persons, mois)
    count = len(_months_of_income(mois)[1])
    foyer_of = _foyer_of_each(foyers)
    arrays: Columns = {}
    for income in INCOMES:
        found = received.get(income.nature)
        if found is not None or income.always:
            amounts = found[income.taxable] if found else np.zeros((count, len(persons)))
            arrays |= _of_income(income, amounts * income.sign, foyer_of, mois, system)
            if found is None and income.without is not None and income.without in system.variables:
                arrays |= _of_income(replace(income, variable=income.without), amounts, foyer_of, mois, system)
    return arrays


def _received(persons: Sequence[Personne], mois: Mois) -> dict[Nature, tuple[Array, Array]]:
    """By nature, what each person receives each month (months x persons), and what of it is taxable.

    Incomes of the same months are added at once: those of a curve's households differ by their amounts only.
    """
    first, texts = _months_of_income(mois)
    together: dict[tuple[Nature, Mois, Mois], tuple[list[int], list[float], list[float]]] = {}
    for rank, personne in enumerate(persons):
        for ressource in personne.ressources:
            key = (ressource.nature, ressource.du, ressource.au)
            same = together.get(key)
            if same is None:
                same = together[key] = ([], [], [])
            ranks, nets, taxables = same
            net = float(ressource.mensuel)
            ranks.append(rank)
            nets.append(net)
            taxables.append(net if ressource.imposable is None else float(ressource.imposable))
    received: dict[Nature, tuple[Array, Array]] = {}
    for (nature, du, au), (ranks, *amounts) in together.items():
        months = slice(max(du.months_since(first), 0), max(min(au.months_since(first), len(texts) - 1) + 1, 0))
        if months.start < months.stop:
            if nature not in received:
                received[nature] = (np.zeros((len(texts), len(persons))), np.zeros((len(texts), len(persons))))
            for array, values in zip(received[nature], amounts, strict=True):
                array[months] += np.bincount(ranks, values, len(persons))
    return received


@functools.lru_cache(maxsize=512)
def _months_of_income(mois: Mois) -> tuple[Mois, tuple[str, ...]]:
    """The months whose incomes the law may read for `mois`: the first of them, and how they are all written."""
    first = Mois((mois - (MONTHS_READ - 1)).annee - 2, 1)
    return first, tuple(map(str, first.until(mois)))


def _of_income(income: Income, amounts: Array, foyer_of: Array, mois: Mois, system: TaxBenefitSystem) -> Columns:
    """The arrays of one variable of income from its monthly amounts (months x persons), until `mois`.

    What is received in `mois` is supposed to last until the end of its year: the RSA reads a twelfth of the last profit.
    """
    first, texts = _months_of_income(mois)
    variable = system.variables[income.variable]
    if variable.entity.key != "individu":
        amounts = _by_foyer(amounts, foyer_of)
    amounts = amounts.astype(variable.dtype)
    if variable.definition_period == "year":
        years = range(0, len(texts), 12)
        yearly = {(income.variable, str((first + rank).annee)): amounts[rank : rank + 12].sum(axis=0) for rank in years}
        yearly[income.variable, str(mois.annee)] += amounts[-1] * (12 - mois.numero)
        return yearly
    read = texts[:-1] if income.only_before else texts
    return {(income.variable, text): of_month for text, of_month in zip(read, amounts, strict=False)}


def _by_foyer(amounts: Array, foyer_of: Array) -> Array:
    """The sums over households of what persons have, month by month: all at once, each person in turn."""
    months, count = len(amounts), int(foyer_of[-1]) + 1
    cells = foyer_of + count * np.arange(months)[:, None]
    return np.bincount(cells.ravel(), amounts.ravel(), months * count).reshape(months, count)


def possible_keys(mois: Mois, system: TaxBenefitSystem, rsa_received: bool) -> frozenset[tuple[str, str]]:
    """All the (variable, period) that `columns_of` may give at `mois`, whatever the households.

    `rsa_received`: whether one of them has received the RSA; without it, what stands for it is given too.
    """
    found = {("date_naissance", "ETERNITY")}
    for fact in (*OF_PERSONS, *OF_FOYER):
        if fact.variable in system.variables:
            found |= {(fact.variable, text) for _, text in _periods(fact.when, mois)}
    nothing = np.zeros((len(_months_of_income(mois)[1]), 1))
    for income in INCOMES:
        found |= _of_income(income, nothing, np.zeros(1, int), mois, system).keys()
        if income.without is not None and income.without in system.variables and not rsa_received:
            found |= _of_income(replace(income, variable=income.without), nothing, np.zeros(1, int), mois, system).keys()
    return frozenset(found)


def filled(system: TaxBenefitSystem, shape: Shape, arrays: Columns, kind: type[Simulation]) -> Simulation:
    """A simulation of `system`, of class `kind`, on the groups of `shape`, whose inputs are `arrays`."""
    populations = system.instantiate_entities()
    persons = populations["individu"]
    persons.count = len(shape["famille"].ranks)
    persons.ids = np.arange(persons.count)
    for key, groups in shape.items():
        population = populations[key]
        population.count = groups.count
        population.ids = np.arange(groups.count)
        population.members_entity_id = groups.ranks
        roles = {role.key: role for role in population.entity.flattened_roles}
        population._members_role = np.array([roles[key] for key in groups.keys], object)[groups.roles]
    simulation = kind(system, populations)
    give(simulation, arrays)
    return simulation


def give(simulation: Simulation, arrays: Columns) -> None:
    """Give `arrays` to a simulation. What is given for several periods of a variable completes what each was given."""
    wide = []
    for (name, text), array in arrays.items():
        variable = simulation.tax_benefit_system.variables[name]
        p = read_period(text)
        if variable.end is None or p.start.date <= variable.end:  # after its end OpenFisca ignores an input
            holder = simulation.populations[variable.entity.key].get_holder(name)
            if variable.definition_period == "eternity" or (p.size == 1 and p.unit == variable.definition_period):
                holder._memory_storage.put(array, p)
            else:
                wide.append((key_period_size(p), holder, p, array))
    for _, holder, p, array in sorted(wide, key=itemgetter(0)):
        holder.set_input(p, array)


def given(arrays: Iterable[tuple[str, str | Period]]) -> frozenset[str]:
    return frozenset(name for name, _ in arrays)


def oldest(foyers: Iterable[Foyer]) -> date:
    return min(personne.naissance for foyer in foyers for personne in foyer.personnes)
