"""How questions say the months and the years that the law looks at, for a month of right."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from guichet.domain.periodes import (
    LOGEMENT_QUARTERLY_FROM,
    months_of_trimestre,
    reference_months,
    reference_year,
    year_of_pensions,
)
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois
from guichet.journeys.conditions import Reponses

LAST_YEARLY_MONTH = LOGEMENT_QUARTERLY_FROM - 1
"""The housing aid looks at the year N-2 until then, at twelve months afterwards."""
LAST_EVALUATION_FORFAITAIRE = Mois(2020, 3)
"""Until then, the last wage counts for those who had almost no income in N-2."""


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
