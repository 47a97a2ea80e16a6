"""The months and the years that the law looks at, for a month of right; how questions say them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from guichet.domain.effets import TRIMESTRE_SHIFTED
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois
from guichet.journeys.conditions import Reponses

LAST_YEARLY_MONTH = Mois(2020, 12)
"""The housing aid looks at the year N-2 until then, at twelve months afterwards."""
LAST_EVALUATION_FORFAITAIRE = Mois(2020, 3)
"""Until then, the last wage counts for those who had almost no income in N-2."""


def reference_year(mois: Mois) -> int:
    """The year N-2: of family benefits, of the housing aid until 2020, of the profits of the self-employed."""
    return mois.annee - 2


@functools.lru_cache(maxsize=512)
def reference_months(mois: Mois) -> tuple[Mois, Mois]:
    """The twelve months of the housing aid: the year N-2 until 2020, M-13 to M-2 afterwards."""
    if mois <= LAST_YEARLY_MONTH:
        return Mois(reference_year(mois), 1), Mois(reference_year(mois), 12)
    return mois - 13, mois - 2


def year_of_pensions(mois: Mois) -> int:
    """The year whose alimony counts for the housing aid: N-2 until 2020, N-1 afterwards."""
    return reference_year(mois) if mois <= LAST_YEARLY_MONTH else mois.annee - 1


@functools.lru_cache(maxsize=512)
def months_of_trimestre(mois: Mois) -> tuple[Mois, Mois, Mois]:
    """The three months of the RSA and of the prime d'activité."""
    last = mois - (2 if mois >= TRIMESTRE_SHIFTED else 1)
    return last - 2, last - 1, last


@functools.lru_cache(maxsize=512)
def first_month_read(mois: Mois) -> Mois:
    """The law looks at no income before: family benefits and the housing aid of the trimestre go back to its N-2."""
    return Mois((mois - 4).annee - 2, 1)


def from_to(du: Mois, au: Mois) -> str:
    """`de juillet à septembre 2026`, `de novembre 2025 à janvier 2026`."""
    return Phrase("{du:de_nom} à {au}" if du.annee == au.annee else "{du:de} à {au}", du=du, au=au)


def contexte(reponses: Reponses) -> Mapping[str, object]:
    """The values of the words that questions of any journey hold between braces."""
    mois = reponses.get("mois")
    return _words(mois) if isinstance(mois, Mois) else {}


@functools.lru_cache(maxsize=256)
def _words(mois: Mois) -> Mapping[str, object]:
    du, au = reference_months(mois)
    first, second, third = months_of_trimestre(mois)
    return {
        "mois": mois,
        "annee": reference_year(mois),
        "annee_pension": year_of_pensions(mois),
        "periode": Phrase("en {annee}", annee=du.annee) if mois <= LAST_YEARLY_MONTH else from_to(du, au),
        "trimestre": from_to(first, third),
        **{"mois_1": first, "mois_2": second, "mois_3": third},
    }
