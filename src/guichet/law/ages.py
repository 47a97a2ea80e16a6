"""Ages told instead of dates of birth.

The benefits for children go by months, and a right opens or ends on dates that an age does not tell. So an age becomes
a date of birth: the middle of the months that fit every age told; an age in months tells its month.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guichet.domain.vocabulaire import Mois
from guichet.law import SituationError
from guichet.law.lean import read_period
from guichet.law.values import YEARS

JOUR = 15
"""A birth in the middle of its month: an age on the first day of a month says nothing of the day."""
AGES = {"age_en_mois": 1, "age": 12}
"""Months in one unit of each variable, the surest first."""
Borne = tuple[int, int]


def en_naissances(individus: dict[str, Any], chemin: str) -> None:
    """Replace the ages of `individus` (in place) by dates of birth; a date that is given stays, and says the age."""
    for identifiant, personne in individus.items():
        ages = {nom: personne.pop(nom) for nom in AGES if nom in personne}
        dits = [(nom, periode, age) for nom, valeurs in ages.items() for periode, age in valeurs.items()]
        if dits and not personne.get("date_naissance"):
            personne["date_naissance"] = {"ETERNITY": naissance(dits, f"{chemin}.{identifiant}")}


def naissance(dits: Sequence[tuple[str, str, int]], chemin: str) -> str:
    """The date of birth of who is said to have some ages (variable, period, age), in the order of `AGES`."""
    trouvee = _milieu([_bornes(*dit) for dit in dits])
    if trouvee < YEARS.start * 12:
        raise SituationError(f"{chemin}.{dits[0][0]}: nobody is that old.")
    annee, mois = divmod(trouvee, 12)
    return f"{Mois(annee, mois + 1)}-{JOUR}"


def _bornes(nom: str, periode: str, age: int) -> Borne:
    """The first and the last month of birth (counted from year 0) of who has that age on the first day of the month."""
    debut = read_period(periode).start
    dernier = debut.year * 12 + debut.month - 2 - age * AGES[nom]
    return dernier - AGES[nom] + 1, dernier


def _milieu(bornes: list[Borne]) -> int:
    """The middle of what all the intervals have in common; of the first, where two have nothing in common."""
    premier, dernier = max(borne[0] for borne in bornes), min(borne[1] for borne in bornes)
    if premier > dernier:
        premier, dernier = bornes[0]
    return (premier + dernier + 1) // 2
