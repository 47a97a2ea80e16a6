"""The dates of the young children, and what they make useful: which questions, which law, which other month.

Months are counted as the law does, from the birth of a child, or from the arrival of an adopted one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guichet.domain.droits import EXISTENCE, Prestation
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import FIRST_MONTH, Mois
from guichet.journeys.answers import ticked
from guichet.journeys.conditions import Reponses

PREPARE, LAST_MONTH_OF_CLCA = EXISTENCE[Prestation.PAJE_PREPARE][0], EXISTENCE[Prestation.PAJE_CLCA][1]
"""Children who came before the PreParE have the CLCA, to its last month."""
CMG_HORAIRE = Mois(2025, 9)
"""From then on, the hours of a childminder or of a nanny count, and a parent alone has the CMG until the child is 12."""
RIGHT_FROM_NEXT_MONTH = Mois(2015, 1)
"""The base allowance begins the month after the arrival since then, with the arrival before."""
THREE_YEARS, SIX_YEARS, TWELVE_YEARS = 36, 72, 144
RECENT = 6
"""Months after a birth during which the month of its grant is still told."""


@dataclass(frozen=True, slots=True)
class Enfant:
    naissance: date
    adoption: date | None = None

    @property
    def arrivee(self) -> Mois:
        return Mois.of(self.adoption or self.naissance)


def enfants(reponses: Reponses) -> list[Enfant] | None:
    """Those who live here and those who are expected, from the last to the first one; None while a date is missing.

    An adoption is told by a birth: the children born on that day came together.
    """
    number, attendu = reponses.get("nombre_enfants"), reponses.get("attend_enfant")
    if not isinstance(number, int):
        return None
    naissances = [reponses.get(f"enfants-{rank}-naissance") for rank in range(1, number + 1)]
    if attendu:
        jumeaux = reponses.get("jumeaux", 1)
        naissances += [reponses.get("naissance_prevue")] * (jumeaux if isinstance(jumeaux, int) else 1)
    adopte, adoption = reponses.get("adopte_naissance"), reponses.get("adopte_arrivee")
    day_of_adoption = adoption if isinstance(adoption, date) else None
    found = [Enfant(day, day_of_adoption if day == adopte else None) for day in naissances if isinstance(day, date)]
    return sorted(found, key=lambda enfant: enfant.naissance, reverse=True) if len(found) == len(naissances) else None


def _months_since_arrival(reponses: Reponses) -> list[int] | None:
    """Of the children who are there; no one in Mayotte, which has no PAJE."""
    mois, found = reponses.get("mois"), enfants(reponses)
    if found is None or not isinstance(mois, Mois):
        return None
    if ticked(reponses, "mayotte"):
        return []
    return sorted(months for months in (mois.months_since(enfant.arrivee) for enfant in found) if months >= 0)


@dataclass(frozen=True, slots=True)
class EnfantDuConge:
    """A child is of the age of the CLCA or of the PreParE, at that month."""

    def holds(self, reponses: Reponses) -> bool | None:
        ages, mois = _months_since_arrival(reponses), reponses["mois"]
        if not ages or not isinstance(mois, Mois):
            return None if ages is None else False
        alone, triples = len(ages) == 1, ages.count(ages[0]) >= 3
        if mois - ages[0] < PREPARE:
            first, last = (0 if len(ages) >= 3 else 1), (6 if alone else THREE_YEARS - 1)
            return mois <= LAST_MONTH_OF_CLCA and first <= ages[0] <= last
        last = 11 if alone else SIX_YEARS - 1 if triples else THREE_YEARS - 1
        # The month of a second birth, an elder child under one still has its right; the month of a third, one under three.
        return (1 if len(ages) == 2 and ages[1] > 11 else 0) <= ages[0] <= last


@dataclass(frozen=True, slots=True)
class EnfantDuCongeMajore:
    """Three children, the last one under a year: the higher and shorter benefit can be chosen."""

    def holds(self, reponses: Reponses) -> bool | None:
        ages = _months_since_arrival(reponses)
        return None if ages is None else len(ages) >= 3 and ages[0] < 12


@dataclass(frozen=True, slots=True)
class EnfantDeLAllocation:
    """A child has, or is about to have, the age of the base allowance or of a grant."""

    def holds(self, reponses: Reponses) -> bool | None:
        ages = _months_since_arrival(reponses)
        return None if ages is None else any(mois <= THREE_YEARS for mois in ages)


@dataclass(frozen=True, slots=True)
class EnfantAGarder:
    """A child is of the age of the CMG, whoever keeps it; `structure`: of that of a structure."""

    structure: bool = False

    def holds(self, reponses: Reponses) -> bool | None:
        found, mois = enfants(reponses), reponses["mois"]
        if found is None or not isinstance(mois, Mois):
            return None
        hourly = mois >= CMG_HORAIRE and not self.structure
        limit = TWELVE_YEARS if hourly and reponses.get("couple") is False else SIX_YEARS
        return not ticked(reponses, "mayotte") and any(
            mois >= enfant.arrivee and mois.months_since(Mois.of(enfant.naissance)) <= limit for enfant in found
        )


@dataclass(frozen=True, slots=True)
class EnfantAGarderParSonAge:
    """The same, by the births alone: for boxes, which cannot depend on one another."""

    def holds(self, reponses: Reponses) -> bool | None:
        boxes = ("autres", "adopte_naissance", "adopte_arrivee")
        return EnfantAGarder().holds({name: value for name, value in reponses.items() if name not in boxes})


def mois_of_prime(naissance: Mois) -> Mois:
    """The month of which the birth grant is a right, as `law.extension.paje.naissance` reads D531-2: in the seventh
    month of the pregnancy, except for the births of March 2015 to February 2021, paid after; April 2021 catches up.
    """
    if Mois(2015, 3) <= naissance <= Mois(2021, 2):
        return naissance + 1
    if Mois(2021, 3) <= naissance <= Mois(2021, 6):
        return Mois(2021, 4)
    return naissance - 2


def echeances(reponses: Reponses) -> Iterator[tuple[Prestation, Mois]]:
    """The other months at which the last child opens a grant, or the base allowance."""
    mois, found = reponses["mois"], enfants(reponses)
    if not found or not isinstance(mois, Mois) or ticked(reponses, "mayotte"):
        return
    last = max(found, key=lambda enfant: enfant.arrivee)
    prime = last.arrivee + 1 if last.adoption else mois_of_prime(last.arrivee)
    if mois.months_since(last.arrivee) <= RECENT and prime != mois and prime >= FIRST_MONTH:
        yield Prestation.PAJE_NAISSANCE, prime
    start = last.arrivee + 1 if last.arrivee >= RIGHT_FROM_NEXT_MONTH else last.arrivee
    if start > mois:
        yield Prestation.PAJE_BASE, start


def controle(reponses: Reponses) -> Mapping[str, str]:
    """Dates of birth and of arrival that cannot be."""
    mois, faults = reponses.get("mois"), {}
    prevue, adopte, arrivee = (reponses.get(name) for name in ("naissance_prevue", "adopte_naissance", "adopte_arrivee"))
    if isinstance(prevue, date) and isinstance(mois, Mois) and prevue < mois.first_day:
        faults["naissance_prevue"] = Phrase(
            "Cette date vient avant {mois} : si l'enfant est né, comptez-le parmi vos enfants à la page « Votre foyer ». "
            "Sinon, vérifiez l'année.",
            mois=mois,
        )
    naissances = {value for name, value in reponses.items() if name.startswith("enfants-")}
    if adopte is not None and adopte not in naissances:
        faults["adopte_naissance"] = Phrase("Indiquez l'une des dates de naissance de la page « Vos enfants ».")
    elif isinstance(adopte, date) and isinstance(arrivee, date) and arrivee < adopte:
        faults["adopte_arrivee"] = Phrase("Vérifiez l'année : l'enfant serait arrivé avant sa naissance.")
    return faults
