"""The months and the years whose incomes the law looks at, for a month of right."""

from __future__ import annotations

import functools

from guichet.domain.vocabulaire import Mois

TRIMESTRE_SHIFTED = Mois(2025, 3)
"""From then on the RSA and the prime d'activité look at M-4 to M-2, no longer at M-3 to M-1 (décret 2025-185)."""
LOGEMENT_QUARTERLY_FROM = Mois(2021, 1)
"""Décret 2019-1574 of 30/12/2019, which began on 1/1/2021: until then the housing aid looked at the year N-2."""
MONTHS_OF_LOGEMENT = 13
"""How far back the housing aid has looked since (CCH, art. R822-3)."""


def reference_year(mois: Mois) -> int:
    """The year N-2: of family benefits, of the housing aid until 2020, of the profits of the self-employed."""
    return mois.annee - 2


@functools.lru_cache(maxsize=512)
def reference_months(mois: Mois) -> tuple[Mois, Mois]:
    """The first and the last of the twelve months of the housing aid: the year N-2 until 2020, M-13 to M-2 afterwards."""
    if mois < LOGEMENT_QUARTERLY_FROM:
        return Mois(reference_year(mois), 1), Mois(reference_year(mois), 12)
    return mois - MONTHS_OF_LOGEMENT, mois - 2


def year_of_pensions(mois: Mois) -> int:
    """The year whose alimony counts for the housing aid: N-2 until 2020, N-1 afterwards."""
    return reference_year(mois) if mois < LOGEMENT_QUARTERLY_FROM else mois.annee - 1


@functools.lru_cache(maxsize=512)
def months_of_trimestre(mois: Mois) -> tuple[Mois, Mois, Mois]:
    """The three months of the RSA and of the prime d'activité."""
    last = mois - (2 if mois >= TRIMESTRE_SHIFTED else 1)
    return last - 2, last - 1, last


@functools.lru_cache(maxsize=512)
def first_month_read(mois: Mois) -> Mois:
    """The law looks at no income before: family benefits and the housing aid of the trimestre go back to its N-2."""
    return Mois(reference_year(mois - 4), 1)
