"""The months and the years that the law looks at, for a month of right; how questions say them."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.domain.vocabulaire import Mois
from guichet.journeys.conditions import Reponses

DERNIER_MOIS_ANNUEL = Mois(2020, 12)
"""The housing aid looks at the year N-2 until then, at twelve months afterwards."""
DERNIERE_EVALUATION_FORFAITAIRE = Mois(2020, 3)
"""Until then, the last wage counts for those who had almost no income in N-2."""


def annee_de_reference(mois: Mois) -> int:
    """The year N-2: of family benefits, of the housing aid until 2020, of the profits of the self-employed."""
    return mois.annee - 2


def mois_de_reference(mois: Mois) -> tuple[Mois, Mois]:
    """The twelve months of the housing aid: the year N-2 until 2020, M-13 to M-2 afterwards."""
    if mois <= DERNIER_MOIS_ANNUEL:
        return Mois(annee_de_reference(mois), 1), Mois(annee_de_reference(mois), 12)
    return mois - 13, mois - 2


def annee_des_pensions(mois: Mois) -> int:
    """The year whose alimony counts for the housing aid: N-2 until 2020, N-1 afterwards."""
    return annee_de_reference(mois) if mois <= DERNIER_MOIS_ANNUEL else mois.annee - 1


def contexte(reponses: Reponses) -> Mapping[str, str]:
    """The words that questions of any journey hold between braces."""
    mois = reponses.get("mois")
    if not isinstance(mois, Mois):
        return {}
    du, au = mois_de_reference(mois)
    return {
        "mois": mois.en_lettres,
        "annee": str(annee_de_reference(mois)),
        "annee_pension": str(annee_des_pensions(mois)),
        "periode": f"en {du.annee}" if mois <= DERNIER_MOIS_ANNUEL else f"{du.depuis} à {au.en_lettres}",
    }
