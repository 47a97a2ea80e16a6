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

DERIVEES = ("last_month", "last_3_months", "last_year", "n_2", "this_year", "first_month", "stop", "size_in_months")

TOUJOURS = periods.period("ETERNITY")
GARDEES = 1 << 15
"""Results kept of each function of a period: more than all the months need (some 13 000), but not all that can be asked."""
lit_periode = functools.lru_cache(GARDEES)(periods.period)


def _allege() -> None:
    """Keep what OpenFisca derives from a period, and a variable's formula: pure functions, a few thousand keys."""
    Period.offset = functools.lru_cache(GARDEES)(Period.offset)
    Period.__str__ = functools.lru_cache(GARDEES)(Period.__str__)
    Period.get_subperiods = functools.lru_cache(GARDEES >> 4)(Period.get_subperiods)
    for nom in DERIVEES:
        setattr(Period, nom, property(functools.lru_cache(GARDEES)(getattr(Period, nom).fget)))
    Variable.get_formula = functools.lru_cache(maxsize=None)(Variable.get_formula)
    CorePopulation.__call__ = _appelle
    Population.__getattr__ = _projette_une_fois
    Population.has_role = _a_le_role_une_fois
    GroupPopulation.value_nth_person = _valeur_de_la_nieme
    GroupPopulation.value_from_person = _valeur_du_role
    ParameterNodeAtInstant.__init__ = _noeud_a_l_instant
    ParameterNodeAtInstant.__getattr__ = _lit_enfant
    ParameterNodeAtInstant.__getitem__ = _lit_cle
    VectorialParameterNodeAtInstant.build_from_node_name = staticmethod(_choisit)
    VectorialParameterNodeAtInstant.check_node_vectorisable = staticmethod(_verifie_une_fois)
    VectorialParameterNodeAtInstant._get_appropriate_keys = staticmethod(_cles)
    AtInstantLike.get_at_instant = _a_l_instant
    InMemoryStorage.get = _prend
    InMemoryStorage.put = _range


_appelle_openfisca = CorePopulation.__call__
SOMME = [ADD]


def _appelle(population: Any, variable_name: str, period: Any, options: Any = None) -> Any:
    """`individu("salaire_net", period)`: what is known at once, then only the entity is to check."""
    if period.__class__ is Period and (options is None or options == SOMME):
        simulation = population.simulation
        if simulation.__class__ is SimulationLegere:
            if options is None:
                connue = population._connues.get((variable_name, period))
                if connue is not None:
                    return connue
            variable = simulation.tax_benefit_system.variables.get(variable_name)
            if variable is not None and variable.entity.key == population.entity.key:
                return (simulation.calculate if options is None else simulation.calculate_add)(variable_name, period)
    return _appelle_openfisca(population, variable_name, period, options)


_projette = Population.__getattr__


def _projette_une_fois(population: Any, attribute: str) -> Any:
    """`individu.famille`, `famille.demandeur`: a projector keeps nothing, so that it serves again."""
    projecteur = population.__dict__[attribute] = _projette(population, attribute)
    return projecteur


_a_le_role = Population.has_role


@projectors.projectable  # type: ignore[untyped-decorator]
def _a_le_role_une_fois(population: Any, role: Any) -> Any:
    """Comparing 25 000 roles takes a millisecond, and a month asks six hundred times."""
    if population.simulation is None:
        return None
    roles = population.simulation.populations[role.entity.key].__dict__.setdefault("_roles_connus", {})
    if role not in roles:
        roles[role] = _a_le_role(population, role)
        roles[role].flags.writeable = False
    return roles[role]


@projectors.projectable  # type: ignore[untyped-decorator]
def _valeur_de_la_nieme(population: Any, n: int, array: Any, default: Any = 0) -> Any:
    """Which persons are the n-th of their group is found once."""
    choix = population.__dict__.setdefault("_niemes", {})
    if n not in choix:
        ordre = population.ordered_members_map
        choix[n] = (population.nb_persons() > n, ordre[population.members_position[ordre] == n])
    return _prend_chez(population, array, choix[n], default)


@projectors.projectable  # type: ignore[untyped-decorator]
def _valeur_du_role(population: Any, array: Any, role: Any, default: Any = 0) -> Any:
    """Which persons have a role is found once."""
    if role.max != 1:
        raise ValueError(f"{role.key} is not the role of one person only")
    choix = population.__dict__.setdefault("_roles_uniques", {})
    if role not in choix:
        population.entity.check_role_validity(role)
        ordre = population.ordered_members_map
        filtre = population.members.has_role(role)
        choix[role] = (population.any(filtre), ordre[filtre[ordre]])
    return _prend_chez(population, array, choix[role], default)


def _prend_chez(population: Any, array: Any, choix: tuple[Any, Any], default: Any) -> Any:
    """For each group of a mask the value of its person, in order; `default` for the other groups."""
    groupes, personnes = choix
    population.members.check_array_compatible_with_entity(array)
    if len(personnes) == population.count:
        return array[personnes]
    resultat = population.filled_array(default, dtype=array.dtype)
    resultat[groupes] = array[personnes]
    return EnumArray(resultat, array.possible_values) if isinstance(array, EnumArray) else resultat


def _noeud_a_l_instant(noeud: Any, name: str, node: Any, instant_str: str) -> None:
    """The parameters of an instant are read when a formula asks: it reads some dozens of the 6 000."""
    noeud._name = name
    noeud._noeud = node
    noeud._instant_str = instant_str


def _lit_enfant(noeud: Any, nom: str) -> Any:
    """A child that is read for the first time; or `_children`, all of them."""
    if nom.startswith("__") or nom == "_noeud":
        raise AttributeError(nom)
    if nom == "_children":
        lus = {enfant: getattr(noeud, enfant, None) for enfant in noeud._noeud.children}
        valeur: Any = {enfant: lu for enfant, lu in lus.items() if lu is not None}
    else:
        enfant = noeud._noeud.children.get(nom)
        valeur = None if enfant is None else enfant._get_at_instant(noeud._instant_str)
        if valeur is None:
            raise errors.ParameterNotFoundError(f"{noeud._name}.{nom}" if noeud._name else nom, noeud._instant_str)
    noeud.__dict__[nom] = valeur
    return valeur


def _lit_cle(noeud: Any, cle: Any) -> Any:
    if isinstance(cle, np.ndarray):
        return VectorialParameterNodeAtInstant.build_from_node_name(noeud, cle)
    return getattr(noeud, cle)


_verifie_une_fois = functools.lru_cache(maxsize=None)(VectorialParameterNodeAtInstant.check_node_vectorisable)
"""Whether the children of a node are alike, a fact of the law."""


def _cles(key: Any) -> Any:
    return key.possible_values.names[key.view(np.ndarray)] if isinstance(key, EnumArray) else key


_choisit_openfisca = VectorialParameterNodeAtInstant.build_from_node_name


def _choisit(node: Any, key: Any) -> Any:
    """`parametre[cles]`: OpenFisca's own choice among the distinct keys, dealt out to the households."""
    if key.dtype == object or len(key) == 1:
        return _choisit_openfisca(node, key)
    distinctes, rangs = _distinctes(key)
    return _distribue(_choisit_openfisca(node, distinctes), rangs)


def _distinctes(key: Any) -> tuple[Any, Any]:
    if isinstance(key, EnumArray):
        valeurs, rangs = np.unique(key.view(np.ndarray), return_inverse=True)
        return EnumArray(valeurs, key.possible_values), rangs
    return np.unique(key, return_inverse=True)


def _distribue(choix: Any, rangs: Any) -> Any:
    return choix[rangs] if isinstance(choix, np.ndarray) else _Distribue(choix, rangs)


class _Distribue:
    """Nodes chosen among a few (`choix`), one for each household (`rangs`)."""

    def __init__(self, choix: VectorialParameterNodeAtInstant, rangs: Any) -> None:
        self._choix = choix
        self._rangs = rangs

    def __getattr__(self, nom: str) -> Any:
        return self[nom]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return _distribue(self._choix[key], self._rangs)
        distinctes, rangs = _distinctes(key)
        paires, rangs_des_paires = np.unique(self._rangs * len(distinctes) + rangs, return_inverse=True)
        noeuds, cles = np.divmod(paires, len(distinctes))
        vecteur = [self._choix.vector[rang] for rang in noeuds]
        choisi = VectorialParameterNodeAtInstant(vecteur, self._choix._name, self._choix._instant_str)[distinctes[cles]]
        return _distribue(choisi, rangs_des_paires)


_ecrit_instant = functools.lru_cache(GARDEES)(lambda instant: str(periods.instant(instant)))


def _a_l_instant(parametre: AtInstantLike, instant: Any) -> Any:
    """A tree of parameters reads its date once, not at each of its 1 300 nodes."""
    return parametre._get_at_instant(_ecrit_instant(instant))


def _cle(stockage: InMemoryStorage, period: Any) -> Period:
    if stockage.is_eternal:
        return TOUJOURS
    return period if period.__class__ is Period else lit_periode(period)


def _prend(stockage: InMemoryStorage, period: Any = None) -> Any:
    return stockage._arrays.get(_cle(stockage, period))


def _range(stockage: InMemoryStorage, value: Any, period: Any) -> None:
    stockage._arrays[_cle(stockage, period)] = value


_allege()


@functools.cache
def _se_divise(definition: Any, period: Any) -> bool:
    """Whether a variable of months or years can be summed over `period`."""
    return (
        period.__class__ is Period
        and definition in (periods.DateUnit.MONTH, periods.DateUnit.YEAR)
        and period.unit in (definition, periods.DateUnit.YEAR)
    )


class SimulationLegere(Simulation):  # type: ignore[misc]
    """A `Simulation` that returns what it knows at once. No trace, no storage on disk."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._en_cours: dict[str, int] = {}
        self._defauts: dict[tuple[str, Any, Any], Any] = {}
        for population in self.populations.values():
            population._connues = {}

    def calculate(self, variable_name: str, period: Any) -> Any:
        if period.__class__ is not Period:
            period = lit_periode(period)
        variable = self.tax_benefit_system.variables.get(variable_name)
        if variable is None:
            raise errors.VariableNotFoundError(variable_name, self.tax_benefit_system)
        population = self.populations[variable.entity.key]
        valeur = population._connues.get((variable_name, period))
        if valeur is None:
            if period[0] != variable.definition_period or period[2] != 1:
                self._check_period_consistency(period, variable)
            detenteur = population._holders.get(variable_name)
            if detenteur is not None:
                valeur = detenteur.get_array(period)
            if valeur is None:
                formule = variable.get_formula(period)
                if formule is None and detenteur is None:
                    valeur = self._defaut(variable, population)
                else:
                    return self._calcule(variable, population, period, formule)
            population._connues[variable_name, period] = valeur
        return valeur

    def _calcule(self, variable: Any, population: Any, period: Period, formule: Any) -> Any:
        """Run a formula, with its place in the stack."""
        nom = variable.name
        pile = self.tracer.stack
        pile.append({"name": nom, "period": period})
        self._en_cours[nom] = self._en_cours.get(nom, 0) + 1
        try:
            if self._en_cours[nom] > 1:  # only a variable under way can be in a cycle
                self._check_for_cycle(nom, period)
            if formule is None:
                valeur = self._defaut(variable, population)
            elif formule.__code__.co_argcount == 2:
                valeur = formule(population, period)
            else:
                valeur = formule(population, period, self.tax_benefit_system.get_parameters_at_instant)
            return self._garde(variable, population, period, valeur)
        except errors.SpiralError:
            return variable.default_array(population.count)
        finally:
            pile.pop()
            self._en_cours[nom] -= 1
            if not pile and self.invalidated_caches:
                for chacune in self.populations.values():
                    chacune._connues.clear()
                self.purge_cache_of_invalid_values()

    def _garde(self, variable: Any, population: Any, period: Period, valeur: Any) -> Any:
        """Keep what a formula gave, in the type of its variable."""
        nom = variable.name
        if valeur.__class__ is not np.ndarray or variable.value_type is Enum:
            valeur = self._cast_formula_result(valeur, variable)
        elif valeur.dtype != variable.dtype:
            valeur = valeur.astype(variable.dtype)
        if nom not in population._holders:
            population._holders[nom] = Holder(variable, population)
        detenteur = population._holders[nom]
        if valeur.ndim == 1 and len(valeur) == population.count:
            detenteur._memory_storage.put(valeur, period)
        else:
            detenteur.put_in_cache(valeur, period)  # what it keeps differs from what the formula gave
            valeur = detenteur.get_array(period)
        population._connues[nom, period] = valeur
        return valeur

    def calculate_add(self, variable_name: str, period: Any) -> Any:
        variable = self.tax_benefit_system.variables.get(variable_name)
        if variable is None or not _se_divise(variable.definition_period, period):
            return super().calculate_add(variable_name, period)
        population = self.populations[variable.entity.key]
        if not variable.formulas and variable_name not in population._holders and variable.default_value == 0.0:
            return self._defaut(variable, population).copy()  # nothing, twelve times
        return sum(self.calculate(variable_name, mois) for mois in period.get_subperiods(variable.definition_period))

    def _defaut(self, variable: Any, population: Any) -> Any:
        """What a variable is when nothing is said of it: one array for all those alike, that nobody may write in."""
        semblables = variable.name if variable.value_type is Enum else variable.default_value
        cle = (population.entity.key, variable.dtype, semblables)
        if cle not in self._defauts:
            self._defauts[cle] = variable.default_array(population.count)
            self._defauts[cle].flags.writeable = False
        return self._defauts[cle]

    def oublie(self) -> None:
        """Let the arrays go now: the simulation and its populations hold one another until a full collection."""
        for population in self.populations.values():
            population._connues.clear()
            population._holders.clear()
