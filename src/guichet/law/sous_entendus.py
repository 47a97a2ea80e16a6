"""What a question leaves unsaid because stock OpenFisca does not ask for it, and our law reads.

- A home told for the month of the right alone is that of the four months before: the prime d'activité counts the
  housing of its reference months, the housing aid asks for the RSA of the month before.
- Earnings told from the third month before the right, as the RSA and the prime looked at until February 2025, are
  those of the fourth month too (CASF R262-7, CSS R843-1: the fourth, third and second months before it).
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from typing import Any

from guichet.domain.vocabulaire import Mois
from guichet.law.extension.minima.rsa_ressources import ACTIVITE, AUTRES, REMPLACEMENT
from guichet.law.extension.minima.trimestre import GENERALISATION
from guichet.law.lean import read_period

MOIS_AVANT = 4
DE_LA_FAMILLE = ("rsa_isolement_recent", "proprietaire_proche_famille")
REVENUS = (
    *(*ACTIVITE, *REMPLACEMENT, *AUTRES, "salaire_de_base", "chomage_brut", "retraite_brute"),
    *("indemnites_journalieres_maladie", "indemnites_journalieres_maternite", "indemnites_journalieres_paternite"),
    *("indemnites_journalieres_accident_travail", "indemnites_journalieres_maladie_professionnelle"),
)


def complete(situation: dict[str, Any], mois: Mois, variables: dict[str, Any]) -> None:
    """Add to `situation`, whose values have their periods, what it leaves unsaid of the months before `mois`."""
    for entite in ("individus", "familles", "menages"):
        for contenu in situation[entite].values():
            for nom, valeurs in contenu.items():
                if nom in variables and isinstance(valeurs, dict):  # else a role
                    for dite, source in ajouts(variables[nom], valeurs, mois).items():
                        valeurs[dite] = valeurs[source]


def ajouts(variable: Any, periodes: Collection[str], mois: Mois) -> dict[str, str]:
    """The periods that are left unsaid of a variable told for `periodes`, each with that whose value it takes."""
    return _ajouts(variable, tuple(periodes), mois)


@functools.lru_cache(maxsize=8192)
def _ajouts(variable: Any, periodes: tuple[str, ...], mois: Mois) -> dict[str, str]:
    entite, nom = variable.entity.key, variable.name
    if nom in DE_LA_FAMILLE or (entite == "menage" and variable.definition_period == "month"):
        # What is told of `mois`, and of no month before it, was already so.
        if _premiere(periodes, mois):
            return {str(mois - recul): str(mois) for recul in range(1, MOIS_AVANT + 1)}
    elif nom in REVENUS and mois.premier_jour >= GENERALISATION:
        # The fourth month before, when the third is the first that is told.
        troisieme = mois - (MOIS_AVANT - 1)
        if _premiere(periodes, troisieme):
            return {str(mois - MOIS_AVANT): str(troisieme)}
    return {}


def _premiere(periodes: Collection[str], mois: Mois) -> bool:
    """Whether `mois` is told, and nothing before it."""
    return str(mois) in periodes and min(read_period(texte).start.date for texte in periodes) >= mois.premier_jour
