"""What a question leaves unsaid because stock OpenFisca does not ask for it, and our law reads.

- A home, a housing aid, a child's alternating residence, told for the month of the right alone, are those of the four
  months before: the RSA and the prime d'activité count the housing and the benefits of their reference months, the
  housing aid asks for the RSA of the month before.
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

MONTHS_BEFORE = 4
LASTING = ("aide_logement", "garde_alternee", "rsa_isolement_recent", "proprietaire_proche_famille", "al_proches_a_charge")
EARNINGS = (
    *(*ACTIVITE, *REMPLACEMENT, *AUTRES, "salaire_de_base", "chomage_brut", "retraite_brute"),
    *("indemnites_journalieres_maladie", "indemnites_journalieres_maternite", "indemnites_journalieres_paternite"),
    *("indemnites_journalieres_accident_travail", "indemnites_journalieres_maladie_professionnelle"),
)


def complete(situation: dict[str, Any], mois: Mois, variables: dict[str, Any]) -> None:
    """Add to `situation`, whose values have their periods, what it leaves unsaid of the months before `mois`."""
    for entity in ("individus", "familles", "menages"):
        for content in situation[entity].values():
            for name, values in content.items():
                if name in variables and isinstance(values, dict):  # else a role
                    for told, source in added(variables[name], values, mois).items():
                        values[told] = values[source]


def added(variable: Any, periods: Collection[str], mois: Mois) -> dict[str, str]:
    """The periods that are left unsaid of a variable told for `periods`, each with that whose value it takes."""
    return _added(variable, tuple(periods), mois)


@functools.lru_cache(maxsize=8192)
def _added(variable: Any, periods: tuple[str, ...], mois: Mois) -> dict[str, str]:
    entity, name = variable.entity.key, variable.name
    if name in LASTING or (entity == "menage" and variable.definition_period == "month"):
        # What is told of `mois`, and of no month before it, was already so.
        if _is_first(periods, mois):
            return {str(mois - back): str(mois) for back in range(1, MONTHS_BEFORE + 1)}
    elif name in EARNINGS and mois.first_day >= GENERALISATION:
        # The fourth month before, when the third is the first that is told.
        third = mois - (MONTHS_BEFORE - 1)
        if _is_first(periods, third):
            return {str(mois - MONTHS_BEFORE): str(third)}
    return {}


def _is_first(periods: Collection[str], mois: Mois) -> bool:
    """Whether `mois` is told, and nothing before it."""
    return str(mois) in periods and min(read_period(text).start.date for text in periods) >= mois.first_day
