"""What may be left out of a calculation: the variables of taxes and contributions that nothing given can move.

A benefit reads a few dozen variables of income; behind them stand two thousand others (contributions, income tax),
that a request rarely touches. A variable of `FRONTIER` is at its default as long as none of its roots is given: it
is then left out, with all that stands behind it. `NEUTRAL` are the inputs that say who people are and where they
live; alone, they never make an income. Both tables are proved by the tests (`tests/law/test_pruning.py`): on random
households, each variable of the frontier is at its default when its roots are not given.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from types import CodeType, FunctionType
from typing import Any

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.domain.vocabulaire import Mois

AGE_MINIMUM_VIEILLESSE = 60
"""Nobody younger has the aspa, whatever the year (CSS, art. L815-1 and R815-1: 65, or 60 when unfit for work)."""


@dataclass(frozen=True, slots=True)
class Roots:
    """What moves a variable away from its default.

    `exact`: these variables, neutral or not; `upstream`: these ones and all that they are computed from. With neither,
    all that the variable itself is computed from.
    """

    exact: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()


ALL_BEHIND = Roots()
RETRAITE = ("retraite_brute", "retraite_imposable", "retraite_nette", "pensions_invalidite")
FRONTIER: dict[str, Roots] = {
    # Pay: nothing is deducted from nothing.
    "salaire_imposable": ALL_BEHIND,
    "salaire_net": ALL_BEHIND,
    "remuneration_apprenti": ALL_BEHIND,
    "apprenti": ALL_BEHIND,
    # Benefits that replace pay: the rates depend on the whole tax household, the amounts only on the gross.
    "chomage_imposable": Roots(upstream=("chomage_brut",)),
    "chomage_net": Roots(exact=("chomage_imposable",), upstream=("chomage_brut",)),
    "retraite_imposable": Roots(upstream=("retraite_brute",)),
    "retraite_nette": Roots(exact=("retraite_imposable",), upstream=("retraite_brute",)),
    "indemnites_journalieres": ALL_BEHIND,
    "indemnites_journalieres_imposables": ALL_BEHIND,
    # The self-employed.
    "travailleur_non_salarie": ALL_BEHIND,
    "rpns_auto_entrepreneur_chiffre_affaires": ALL_BEHIND,
    "rpns_micro_entreprise_chiffre_affaires": ALL_BEHIND,
    "moins_values_court_terme_non_salaries": ALL_BEHIND,
    "rpns_imposables": ALL_BEHIND,
    "rpns_pvce": ALL_BEHIND,
    "rpns_exon": ALL_BEHIND,
    "rpns_autres_revenus": ALL_BEHIND,
    "rpns_auto_entrepreneur_benefice": ALL_BEHIND,
    "rpns_micro_entreprise_benefice": ALL_BEHIND,
    "rpns_benefice_exploitant_agricole": ALL_BEHIND,
    "ppa_rsa_derniers_revenus_tns_annuels_connus": ALL_BEHIND,
    "rsa_eligibilite_tns": Roots(
        exact=("tns_avec_employe", "tns_autres_revenus_type_activite"),
        upstream=("rpns_benefice_exploitant_agricole", "rpns_autres_revenus_chiffre_affaires"),
    ),
    "rsa_non_calculable": Roots(upstream=("rsa_non_calculable_tns_individu",)),
    "revenu_categoriel_non_salarial": ALL_BEHIND,
    # Property, and the rest of the tax form.
    "revenu_categoriel_foncier": ALL_BEHIND,
    "revenu_categoriel_capital": ALL_BEHIND,
    "revenu_categoriel_plus_values": ALL_BEHIND,
    "revenu_categoriel_tspr": ALL_BEHIND,
    "revenus_locatifs": ALL_BEHIND,
    "revenus_capital": ALL_BEHIND,
    "rsa_base_ressources_patrimoine_individu": ALL_BEHIND,
    "revenus_capitaux_prelevement_bareme": ALL_BEHIND,
    "revenus_capitaux_prelevement_liberatoire": ALL_BEHIND,
    "revenus_capitaux_prelevement_forfaitaire_unique_ir": ALL_BEHIND,
    "plus_values_prelevement_forfaitaire_unique_ir": ALL_BEHIND,
    "assiette_csg_plus_values": ALL_BEHIND,
    "glo_taxation_ir_forfaitaire": ALL_BEHIND,
    "rente_viagere_titre_onereux_net": ALL_BEHIND,
    "pensions_alimentaires_versees": ALL_BEHIND,
    "cd1": ALL_BEHIND,
    "rbg": ALL_BEHIND,
    "rng": ALL_BEHIND,
    "rni": ALL_BEHIND,
    "rfr": ALL_BEHIND,
    "aeeh": Roots(exact=("handicap", "aeeh_niveau_handicap")),
    # Minima that need a disability, a pension, a record of work or an age (`too_young`). The complement of the AAH
    # reads the housing aid of its month, which reads it in turn, month before month.
    "aah": Roots(exact=("taux_incapacite", "aah_eligible", "aah_base", "aah_selon_le_foyer", "aah_selon_la_personne")),
    "caah": Roots(exact=("taux_incapacite", "eligibilite_caah")),
    "asi": Roots(exact=("asi_eligibilite", "aspa_eligibilite", *RETRAITE)),
    "aspa": Roots(exact=("asi_eligibilite", "aspa_eligibilite", "age", "age_en_mois", *RETRAITE)),
    "ass": Roots(exact=("ass_eligibilite_individu", "ass_precondition_remplie")),
    # Scholarships: a school must be named.
    "boursier": Roots(
        exact=("scolarite", "bourse_college", "bourse_lycee", "bourse_enseignement_sup", "bourse_criteres_sociaux"),
    ),
}

NEUTRAL = frozenset(
    (
        *("date_naissance", "age", "age_en_mois", "activite", "etudiant", "enceinte", "garde_alternee", "coloc"),
        *("handicap", "invalidite", "taux_incapacite", "statut_marital", "nationalite"),
        *("depcom", "zone_apl", "statut_occupation_logement", "loyer", "charges_locatives", "logement_chambre"),
        *("residence_guadeloupe", "residence_martinique", "residence_guyane", "residence_reunion"),
        *("residence_mayotte", "rsa_isolement_recent", "rsa_revenus_interrompus", "participation_frais"),
    )
)


@functools.lru_cache(maxsize=4096)
def left_out(system: TaxBenefitSystem, given: frozenset[str], asked: frozenset[str], young: bool) -> frozenset[str]:
    """The variables that can be left out when `given` are given and `asked` asked.

    `young`: nobody has the age of the aspa, which depends on nothing else that is always given.
    """
    possible = FRONTIER.keys() & system.variables.keys() - asked
    chosen = {name for name in possible if given.isdisjoint(roots(system, name) - {name})}
    return frozenset(chosen if young else chosen - {"aspa"})


def too_young(oldest: date | None, mois: Mois) -> bool:
    """Whether nobody has the age of the aspa at `mois`, the oldest being born on `oldest` (None: not known)."""
    return oldest is not None and oldest.year + AGE_MINIMUM_VIEILLESSE > mois.annee


@functools.cache
def roots(system: TaxBenefitSystem, name: str) -> frozenset[str]:
    """The variables that may move `name` away from its default."""
    declared = FRONTIER[name]
    if declared is ALL_BEHIND:
        return upstream(system, name) - NEUTRAL
    found: set[str] = set()
    for root in declared.upstream:
        found |= {root} | upstream(system, root)
    return frozenset(found - NEUTRAL) | frozenset(declared.exact)


@functools.cache
def upstream(system: TaxBenefitSystem, name: str) -> frozenset[str]:
    """All the variables from which `name` is computed, at any date, one through another."""
    graph = dependencies(system)
    seen: set[str] = set()
    to_see = [name]
    while to_see:
        fresh = graph.get(to_see.pop(), frozenset()) - seen
        seen |= fresh
        to_see += fresh
    return frozenset(seen)


@functools.cache
def dependencies(system: TaxBenefitSystem) -> dict[str, frozenset[str]]:
    """The variables that each variable's formulas may read: every name of a variable written in their code.

    More than they do read (a name may be that of something else), never less: the tests compare it with real runs.
    """
    names = system.variables.keys()
    graph = {}
    for name, variable in system.variables.items():
        written: set[str] = set()
        for formula in variable.formulas.values():
            written |= _texts_of_code(formula.__code__, formula.__globals__, set())
            if "prelevements_sociaux" in formula.__code__.co_filename:
                written.discard("asf")  # there, a contribution: "association pour la structure financière"
        graph[name] = frozenset(written & names) - {name}
    return graph


def _texts_of_code(code: CodeType, world: dict[str, Any], seen: set[FunctionType]) -> set[str]:
    texts: set[str] = set()
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            texts |= _texts_of_code(constant, world, seen)
        else:
            texts |= _texts(constant)
    for name in code.co_names:
        thing = world.get(name)
        if not isinstance(thing, FunctionType):
            texts |= _texts(thing)
        elif thing not in seen and "openfisca_core" not in thing.__code__.co_filename:
            seen.add(thing)
            texts |= _texts(thing.__defaults__) | _texts_of_code(thing.__code__, thing.__globals__, seen)
    return texts


def _texts(thing: Any) -> set[str]:
    if isinstance(thing, str):
        return {thing}
    if isinstance(thing, dict):
        return _texts((*thing, *thing.values()))
    if isinstance(thing, list | tuple | set | frozenset):
        return set().union(*map(_texts, thing))
    return set()
