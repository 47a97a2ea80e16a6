"""What may be left out of a calculation: the variables of taxes and contributions that nothing given can move.

A benefit reads a few dozen variables of income; behind them stand two thousand others (contributions, income tax),
that a request rarely touches. A variable of `FRONTIERE` is at its default as long as none of its roots is given: it
is then left out, with all that stands behind it. `NEUTRES` are the inputs that say who people are and where they
live; alone, they never make an income. Both tables are proved by the tests (`tests/law/test_elagage.py`): on random
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
class Racines:
    """What moves a variable away from its default.

    `exactes`: these variables, neutral or not; `amont`: these ones and all that they are computed from. With neither,
    all that the variable itself is computed from.
    """

    exactes: tuple[str, ...] = ()
    amont: tuple[str, ...] = ()


TOUT = Racines()
RETRAITE = ("retraite_brute", "retraite_imposable", "retraite_nette", "pensions_invalidite")
FRONTIERE: dict[str, Racines] = {
    # Pay: nothing is deducted from nothing.
    "salaire_imposable": TOUT,
    "salaire_net": TOUT,
    "remuneration_apprenti": TOUT,
    "apprenti": TOUT,
    # Benefits that replace pay: the rates depend on the whole tax household, the amounts only on the gross.
    "chomage_imposable": Racines(amont=("chomage_brut",)),
    "chomage_net": Racines(exactes=("chomage_imposable",), amont=("chomage_brut",)),
    "retraite_imposable": Racines(amont=("retraite_brute",)),
    "retraite_nette": Racines(exactes=("retraite_imposable",), amont=("retraite_brute",)),
    "indemnites_journalieres": TOUT,
    "indemnites_journalieres_imposables": TOUT,
    # The self-employed.
    "travailleur_non_salarie": TOUT,
    "rpns_auto_entrepreneur_chiffre_affaires": TOUT,
    "rpns_micro_entreprise_chiffre_affaires": TOUT,
    "moins_values_court_terme_non_salaries": TOUT,
    "rpns_imposables": TOUT,
    "rpns_pvce": TOUT,
    "rpns_exon": TOUT,
    "rpns_autres_revenus": TOUT,
    "rpns_auto_entrepreneur_benefice": TOUT,
    "rpns_micro_entreprise_benefice": TOUT,
    "rpns_benefice_exploitant_agricole": TOUT,
    "ppa_rsa_derniers_revenus_tns_annuels_connus": TOUT,
    "rsa_eligibilite_tns": Racines(
        exactes=("tns_avec_employe", "tns_autres_revenus_type_activite"),
        amont=("rpns_benefice_exploitant_agricole", "rpns_autres_revenus_chiffre_affaires"),
    ),
    "rsa_non_calculable": Racines(amont=("rsa_non_calculable_tns_individu",)),
    "revenu_categoriel_non_salarial": TOUT,
    # Property, and the rest of the tax form.
    "revenu_categoriel_foncier": TOUT,
    "revenu_categoriel_capital": TOUT,
    "revenu_categoriel_plus_values": TOUT,
    "revenu_categoriel_tspr": TOUT,
    "revenus_locatifs": TOUT,
    "revenus_capital": TOUT,
    "rsa_base_ressources_patrimoine_individu": TOUT,
    "revenus_capitaux_prelevement_bareme": TOUT,
    "revenus_capitaux_prelevement_liberatoire": TOUT,
    "revenus_capitaux_prelevement_forfaitaire_unique_ir": TOUT,
    "plus_values_prelevement_forfaitaire_unique_ir": TOUT,
    "assiette_csg_plus_values": TOUT,
    "glo_taxation_ir_forfaitaire": TOUT,
    "rente_viagere_titre_onereux_net": TOUT,
    "pensions_alimentaires_versees": TOUT,
    "cd1": TOUT,
    "rbg": TOUT,
    "rng": TOUT,
    "rni": TOUT,
    "rfr": TOUT,
    "aeeh": Racines(exactes=("handicap", "aeeh_niveau_handicap")),
    # Minima that need a disability, a pension, a record of work or an age (`trop_jeunes`). The complement of the AAH
    # reads the housing aid of its month, which reads it in turn, month before month.
    "aah": Racines(exactes=("taux_incapacite", "aah_eligible", "aah_base", "aah_selon_le_foyer", "aah_selon_la_personne")),
    "caah": Racines(exactes=("taux_incapacite", "eligibilite_caah")),
    "asi": Racines(exactes=("asi_eligibilite", "aspa_eligibilite", *RETRAITE)),
    "aspa": Racines(exactes=("asi_eligibilite", "aspa_eligibilite", "age", "age_en_mois", *RETRAITE)),
    "ass": Racines(exactes=("ass_eligibilite_individu", "ass_precondition_remplie")),
    # Scholarships: a school must be named.
    "boursier": Racines(
        exactes=("scolarite", "bourse_college", "bourse_lycee", "bourse_enseignement_sup", "bourse_criteres_sociaux"),
    ),
}

NEUTRES = frozenset(
    (
        *("date_naissance", "age", "age_en_mois", "activite", "etudiant", "enceinte", "garde_alternee", "coloc"),
        *("handicap", "invalidite", "taux_incapacite", "statut_marital", "nationalite"),
        *("depcom", "zone_apl", "statut_occupation_logement", "loyer", "charges_locatives", "logement_chambre"),
        *("residence_guadeloupe", "residence_martinique", "residence_guyane", "residence_reunion"),
        *("residence_mayotte", "rsa_isolement_recent", "rsa_revenus_interrompus", "participation_frais"),
    )
)


@functools.lru_cache(maxsize=4096)
def elaguees(systeme: TaxBenefitSystem, donnees: frozenset[str], demandees: frozenset[str], jeunes: bool) -> frozenset[str]:
    """The variables that can be left out when `donnees` are given and `demandees` asked.

    `jeunes`: nobody has the age of the aspa, which depends on nothing else that is always given.
    """
    possibles = FRONTIERE.keys() & systeme.variables.keys() - demandees
    choisies = {nom for nom in possibles if donnees.isdisjoint(racines(systeme, nom) - {nom})}
    return frozenset(choisies if jeunes else choisies - {"aspa"})


def trop_jeunes(doyen: date | None, mois: Mois) -> bool:
    """Whether nobody has the age of the aspa at `mois`, the oldest being born on `doyen` (None: not known)."""
    return doyen is not None and doyen.year + AGE_MINIMUM_VIEILLESSE > mois.annee


@functools.cache
def racines(systeme: TaxBenefitSystem, nom: str) -> frozenset[str]:
    """The variables that may move `nom` away from its default."""
    declarees = FRONTIERE[nom]
    if declarees is TOUT:
        return amont(systeme, nom) - NEUTRES
    trouvees: set[str] = set()
    for racine in declarees.amont:
        trouvees |= {racine} | amont(systeme, racine)
    return frozenset(trouvees - NEUTRES) | frozenset(declarees.exactes)


@functools.cache
def amont(systeme: TaxBenefitSystem, nom: str) -> frozenset[str]:
    """All the variables from which `nom` is computed, at any date, one through another."""
    graphe = dependances(systeme)
    vues: set[str] = set()
    a_voir = [nom]
    while a_voir:
        nouvelles = graphe.get(a_voir.pop(), frozenset()) - vues
        vues |= nouvelles
        a_voir += nouvelles
    return frozenset(vues)


@functools.cache
def dependances(systeme: TaxBenefitSystem) -> dict[str, frozenset[str]]:
    """The variables that each variable's formulas may read: every name of a variable written in their code.

    More than they do read (a name may be that of something else), never less: the tests compare it with real runs.
    """
    noms = systeme.variables.keys()
    graphe = {}
    for nom, variable in systeme.variables.items():
        ecrits: set[str] = set()
        for formule in variable.formulas.values():
            ecrits |= _textes_du_code(formule.__code__, formule.__globals__, set())
            if "prelevements_sociaux" in formule.__code__.co_filename:
                ecrits.discard("asf")  # there, a contribution: "association pour la structure financière"
        graphe[nom] = frozenset(ecrits & noms) - {nom}
    return graphe


def _textes_du_code(code: CodeType, monde: dict[str, Any], vues: set[FunctionType]) -> set[str]:
    textes: set[str] = set()
    for constante in code.co_consts:
        if isinstance(constante, CodeType):
            textes |= _textes_du_code(constante, monde, vues)
        else:
            textes |= _textes(constante)
    for nom in code.co_names:
        chose = monde.get(nom)
        if not isinstance(chose, FunctionType):
            textes |= _textes(chose)
        elif chose not in vues and "openfisca_core" not in chose.__code__.co_filename:
            vues.add(chose)
            textes |= _textes(chose.__defaults__) | _textes_du_code(chose.__code__, chose.__globals__, vues)
    return textes


def _textes(chose: Any) -> set[str]:
    if isinstance(chose, str):
        return {chose}
    if isinstance(chose, dict):
        return _textes((*chose, *chose.values()))
    if isinstance(chose, list | tuple | set | frozenset):
        return set().union(*map(_textes, chose))
    return set()
