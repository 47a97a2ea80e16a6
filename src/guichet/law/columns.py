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
from guichet.law.faits import DES_PERSONNES, DU_FOYER, ENTITES, RESSOURCES, ROLES, Fait, Quand, Versement
from guichet.law.lean import read_period

Tableau = np.ndarray[Any, Any]
Colonnes = dict[tuple[str, str | Period], Tableau]
"""Arrays by (variable, period: OpenFisca's, or as it writes it)."""

MOIS_LUS = 5
"""The RSA and the prime d'activité of M read the facts of M and of the four months before."""

DURABLES = frozenset(fait.variable for fait in (*DES_PERSONNES, *DU_FOYER) if not fait.change)
"""The variables whose array is the same one at each period."""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Families, tax households or dwellings: how many, that of each person, and the person's role in it (its key)."""

    nombre: int
    rangs: Tableau
    roles: Tableau


Structure = dict[str, Groupe]
"""Who belongs where, by entity ("famille", "foyer_fiscal", "menage")."""


def structure(foyers: Sequence[Foyer]) -> Structure:
    """A household is one family, one tax household and one dwelling."""
    rangs = _foyer_de_chacun(foyers)
    roles = np.array([ROLES[personne.role] for foyer in foyers for personne in foyer.personnes])
    return {cle: Groupe(len(foyers), rangs, np.array(noms)[roles]) for cle, noms in ENTITES.items()}


def _foyer_de_chacun(foyers: Sequence[Foyer]) -> Tableau:
    return np.repeat(np.arange(len(foyers)), [len(foyer.personnes) for foyer in foyers])


def colonnes(foyers: Sequence[Foyer], mois: Mois, system: TaxBenefitSystem) -> Colonnes:
    """What `foyers` say, as arrays for `system`. What none of them says is left out: the law has its default.

    Variables that `system` lacks are left out too: OpenFisca-France alone does not know our extension's.
    """
    personnes = [personne for foyer in foyers for personne in foyer.personnes]
    chacune = Genres(personnes, np.arange(len(personnes)))
    semblables = _genres(personnes, map(HORS_REVENUS, personnes))
    arrays: Colonnes = {("date_naissance", "ETERNITY"): np.array([p.naissance for p in personnes], "datetime64[D]")}
    for fait, variable, rien in _connus(DES_PERSONNES, system):
        arrays |= _etend(fait, chacune if fait.revenus else semblables, variable, rien, mois)
    foyers_semblables = _genres(foyers, _des_foyers(foyers, semblables))
    for fait, variable, rien in _connus(DU_FOYER, system):
        arrays |= _etend(fait, foyers_semblables, variable, rien, mois)
    arrays |= _ressources(foyers, personnes, mois, system)
    return arrays


HORS_REVENUS = attrgetter(*(f.name for f in fields(Personne) if f.name not in ("naissance", "ressources")))
"""What the facts of a person are read in, but those of its incomes (`Fait.revenus`)."""


@dataclass(frozen=True, slots=True)
class Genres:
    """Persons or households of the same kind, of whom a fact says the same: one of each kind, and the kind of each of them.

    The households of a curve are of one kind: a fact is read once, not forty times.
    """

    exemples: Sequence[Any]
    rangs: Tableau


def _genres(sujets: Sequence[Any], cles: Iterable[Hashable]) -> Genres:
    """Those of `sujets`, whose kinds are `cles`."""
    rang_de: dict[Hashable, int] = {}
    rangs = [rang_de.setdefault(cle, len(rang_de)) for cle in cles]
    exemples = dict(zip(reversed(rangs), reversed(sujets), strict=True))
    return Genres([exemples[rang] for rang in range(len(exemples))], np.array(rangs, int))


def _des_foyers(foyers: Sequence[Foyer], personnes: Genres) -> Iterator[Hashable]:
    """The kind of each household, from those of its persons: those of a curve live in one and the same dwelling."""
    rangs = iter(personnes.rangs.tolist())
    for foyer in foyers:
        membres = tuple(islice(rangs, len(foyer.personnes)))
        yield id(foyer.logement), id(foyer.garde), foyer.isole_depuis, membres


@functools.lru_cache(maxsize=16)
def _connus(faits: tuple[Fait, ...], system: TaxBenefitSystem) -> list[tuple[Fait, Any, frozenset[Any]]]:
    """The facts that `system` knows, with their variables, and what says nothing: None, or the default."""
    connus = ((fait, system.variables.get(fait.variable)) for fait in faits)
    return [(fait, variable, frozenset((None, _par_defaut(variable)))) for fait, variable in connus if variable is not None]


def _etend(fait: Fait, genres: Genres, variable: Any, rien: frozenset[Any], mois: Mois) -> Colonnes:
    """The array of a fact, at each period in which the law may look for it."""
    if not fait.change:
        valeurs = [fait.lit(exemple, mois) for exemple in genres.exemples]
        if not fait.toujours and rien.issuperset(valeurs):
            return {}
        tableau = _tableau(valeurs, variable)[genres.rangs]
        return {(fait.variable, texte): tableau for _, texte in _periodes(fait.quand, mois)}
    periodes = _periodes(fait.quand, mois)
    par_mois = [[fait.lit(exemple, m) for exemple in genres.exemples] for m, _ in periodes]
    if all(rien.issuperset(valeurs) for valeurs in par_mois):
        return {}
    lus = zip(periodes, par_mois, strict=True)
    return {(fait.variable, texte): _tableau(valeurs, variable)[genres.rangs] for (_, texte), valeurs in lus}


@functools.lru_cache(maxsize=4096)
def _periodes(quand: Quand, mois: Mois) -> tuple[tuple[Mois, str], ...]:
    if quand is Quand.DATE:
        return ((mois, "ETERNITY"),)
    if quand is Quand.ANNEES:
        return tuple((mois, str(annee)) for annee in range(mois.annee - 2, mois.annee + 1))
    return tuple((mois - recul, str(mois - recul)) for recul in range(MOIS_LUS if quand is Quand.MOIS_LUS else 1))


def _par_defaut(variable: Any) -> Any:
    """The default of a variable; of an Enum, its name."""
    defaut = variable.default_value
    return getattr(defaut, "name", defaut)


def _tableau(valeurs: list[Any], variable: Any) -> Tableau:
    defaut = _par_defaut(variable)
    valeurs = [defaut if valeur is None else valeur for valeur in valeurs]
    if getattr(variable, "possible_values", None) is not None:
        possibles = variable.possible_values
        choix: Tableau = np.array([possibles[valeur].index for valeur in valeurs], variable.dtype)
        return EnumArray(choix, possibles)  # type: ignore[no-any-return]
    return np.array(valeurs, variable.dtype)


def _ressources(foyers: Sequence[Foyer], personnes: Sequence[Personne], mois: Mois, system: TaxBenefitSystem) -> Colonnes:
    """Incomes, month by month: received, and taxable where the law makes the difference."""
    recus = _recus(personnes, mois)
    nombre = len(_mois_de_revenus(mois)[1])
    foyer_de = _foyer_de_chacun(foyers)
    arrays: Colonnes = {}
    for versement in RESSOURCES:
        trouve = recus.get(versement.nature)
        if trouve is not None or versement.toujours:
            montants = trouve[versement.imposable] if trouve else np.zeros((nombre, len(personnes)))
            arrays |= _verse(versement, montants * versement.signe, foyer_de, mois, system)
            if trouve is None and versement.sans is not None and versement.sans in system.variables:
                arrays |= _verse(replace(versement, variable=versement.sans), montants, foyer_de, mois, system)
    return arrays


def _recus(personnes: Sequence[Personne], mois: Mois) -> dict[Nature, tuple[Tableau, Tableau]]:
    """By nature, what each person receives each month (months x persons), and what of it is taxable.

    Incomes of the same months are added at once: those of a curve's households differ by their amounts only.
    """
    debut, textes = _mois_de_revenus(mois)
    ensemble: dict[tuple[Nature, Mois, Mois], tuple[list[int], list[float], list[float]]] = {}
    for rang, personne in enumerate(personnes):
        for ressource in personne.ressources:
            cle = (ressource.nature, ressource.du, ressource.au)
            meme = ensemble.get(cle)
            if meme is None:
                meme = ensemble[cle] = ([], [], [])
            rangs, nets, imposables = meme
            net = float(ressource.mensuel)
            rangs.append(rang)
            nets.append(net)
            imposables.append(net if ressource.imposable is None else float(ressource.imposable))
    recus: dict[Nature, tuple[Tableau, Tableau]] = {}
    for (nature, du, au), (rangs, *montants) in ensemble.items():
        mois_recus = slice(max(du.ecart(debut), 0), max(min(au.ecart(debut), len(textes) - 1) + 1, 0))
        if mois_recus.start < mois_recus.stop:
            if nature not in recus:
                recus[nature] = (np.zeros((len(textes), len(personnes))), np.zeros((len(textes), len(personnes))))
            for tableau, valeurs in zip(recus[nature], montants, strict=True):
                tableau[mois_recus] += np.bincount(rangs, valeurs, len(personnes))
    return recus


@functools.lru_cache(maxsize=512)
def _mois_de_revenus(mois: Mois) -> tuple[Mois, tuple[str, ...]]:
    """The months whose incomes the law may read for `mois`: the first of them, and how they are all written."""
    debut = Mois((mois - (MOIS_LUS - 1)).annee - 2, 1)
    return debut, tuple(map(str, debut.jusqu_a(mois)))


def _verse(versement: Versement, montants: Tableau, foyer_de: Tableau, mois: Mois, system: TaxBenefitSystem) -> Colonnes:
    """The arrays of one variable of income from its monthly amounts (months x persons), until `mois`."""
    debut, textes = _mois_de_revenus(mois)
    variable = system.variables[versement.variable]
    if variable.entity.key != "individu":
        montants = _par_foyer(montants, foyer_de)
    montants = montants.astype(variable.dtype)
    if variable.definition_period == "year":
        annees = range(0, len(textes), 12)
        return {(versement.variable, str((debut + rang).annee)): montants[rang : rang + 12].sum(axis=0) for rang in annees}
    lus = textes[:-1] if versement.avant_seulement else textes
    return {(versement.variable, texte): du_mois for texte, du_mois in zip(lus, montants, strict=False)}


def _par_foyer(montants: Tableau, foyer_de: Tableau) -> Tableau:
    """The sums over households of what persons have, month by month: all at once, each person in turn."""
    mois, nombre = len(montants), int(foyer_de[-1]) + 1
    cases = foyer_de + nombre * np.arange(mois)[:, None]
    return np.bincount(cases.ravel(), montants.ravel(), mois * nombre).reshape(mois, nombre)


def cles(mois: Mois, system: TaxBenefitSystem, rsa_recu: bool) -> frozenset[tuple[str, str]]:
    """All the (variable, period) that `colonnes` may give at `mois`, whatever the households.

    `rsa_recu`: whether one of them has received the RSA; without it, what stands for it is given too.
    """
    toutes = {("date_naissance", "ETERNITY")}
    for fait in (*DES_PERSONNES, *DU_FOYER):
        if fait.variable in system.variables:
            toutes |= {(fait.variable, texte) for _, texte in _periodes(fait.quand, mois)}
    rien = np.zeros((len(_mois_de_revenus(mois)[1]), 1))
    for versement in RESSOURCES:
        toutes |= _verse(versement, rien, np.zeros(1, int), mois, system).keys()
        if versement.sans is not None and versement.sans in system.variables and not rsa_recu:
            toutes |= _verse(replace(versement, variable=versement.sans), rien, np.zeros(1, int), mois, system).keys()
    return frozenset(toutes)


def remplit(system: TaxBenefitSystem, forme: Structure, arrays: Colonnes, classe: type[Simulation]) -> Simulation:
    """A simulation of `system`, of class `classe`, on the groups of `forme`, whose inputs are `arrays`."""
    populations = system.instantiate_entities()
    individus = populations["individu"]
    individus.count = len(forme["famille"].rangs)
    individus.ids = np.arange(individus.count)
    for cle, groupe in forme.items():
        population = populations[cle]
        population.count = groupe.nombre
        population.ids = np.arange(groupe.nombre)
        population.members_entity_id = groupe.rangs
        roles = {role.key: role for role in population.entity.flattened_roles}
        population._members_role = np.empty(len(groupe.roles), object)
        for nom, role in roles.items():
            population._members_role[groupe.roles == nom] = role
    simulee = classe(system, populations)
    pose(simulee, arrays)
    return simulee


def pose(simulee: Simulation, arrays: Colonnes) -> None:
    """Give `arrays` to a simulation. What is given for several periods of a variable completes what each was given."""
    etendues = []
    for (nom, texte), array in arrays.items():
        variable = simulee.tax_benefit_system.variables[nom]
        p = read_period(texte)
        if variable.end is None or p.start.date <= variable.end:  # after its end OpenFisca ignores an input
            detenteur = simulee.populations[variable.entity.key].get_holder(nom)
            if variable.definition_period == "eternity" or (p.size == 1 and p.unit == variable.definition_period):
                detenteur._memory_storage.put(array, p)
            else:
                etendues.append((key_period_size(p), detenteur, p, array))
    for _, detenteur, p, array in sorted(etendues, key=itemgetter(0)):
        detenteur.set_input(p, array)


def donnees(arrays: Iterable[tuple[str, str | Period]]) -> frozenset[str]:
    return frozenset(nom for nom, _ in arrays)


def doyen(foyers: Iterable[Foyer]) -> date:
    return min(personne.naissance for foyer in foyers for personne in foyer.personnes)
