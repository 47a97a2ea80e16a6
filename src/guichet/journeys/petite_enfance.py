"""The dates of the young children, and what they make useful: which questions, which law, which other month.

Months are counted as the law does, from the birth of a child, or from the arrival of an adopted one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guichet.domain.droits import EXISTENCE, Prestation
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import PREMIER_MOIS, Mois
from guichet.journeys.answers import coche
from guichet.journeys.conditions import Reponses, age

PREPARE, DERNIER_MOIS_CLCA = EXISTENCE[Prestation.PAJE_PREPARE][0], EXISTENCE[Prestation.PAJE_CLCA][1]
"""Children who came before the PreParE have the CLCA, to its last month."""
CMG_HORAIRE = Mois(2025, 9)
"""From then on, the hours of a childminder or of a nanny count, and a parent alone has the CMG until the child is 12."""
DROIT_LE_MOIS_SUIVANT = Mois(2015, 1)
"""The base allowance begins the month after the arrival since then, with the arrival before."""
TROIS_ANS, SIX_ANS, DOUZE_ANS = 36, 72, 144
RECENT = 6
"""Months after a birth during which the month of its grant is still told."""


@dataclass(frozen=True, slots=True)
class Enfant:
    naissance: date
    adoption: date | None = None

    @property
    def arrivee(self) -> Mois:
        return Mois.de(self.adoption or self.naissance)


def enfants(reponses: Reponses) -> list[Enfant] | None:
    """Those who live here and those who are expected, from the last to the first one; None while a date is missing.

    An adoption is told by a birth: the children born on that day came together.
    """
    nombre, attendu = reponses.get("nombre_enfants"), reponses.get("attend_enfant")
    if not isinstance(nombre, int):
        return None
    naissances = [reponses.get(f"enfants-{rang}-naissance") for rang in range(1, nombre + 1)]
    if attendu:
        jumeaux = reponses.get("jumeaux", 1)
        naissances += [reponses.get("naissance_prevue")] * (jumeaux if isinstance(jumeaux, int) else 1)
    adopte, adoption = reponses.get("adopte_naissance"), reponses.get("adopte_arrivee")
    jour_d_adoption = adoption if isinstance(adoption, date) else None
    lus = [Enfant(jour, jour_d_adoption if jour == adopte else None) for jour in naissances if isinstance(jour, date)]
    return sorted(lus, key=lambda enfant: enfant.naissance, reverse=True) if len(lus) == len(naissances) else None


def _mois_depuis_l_arrivee(reponses: Reponses) -> list[int] | None:
    """Of the children who are there; no one in Mayotte, which has no PAJE."""
    mois, lus = reponses.get("mois"), enfants(reponses)
    if lus is None or not isinstance(mois, Mois):
        return None
    if coche(reponses, "mayotte"):
        return []
    return sorted(ecart for ecart in (mois.ecart(enfant.arrivee) for enfant in lus) if ecart >= 0)


@dataclass(frozen=True, slots=True)
class EnfantDuConge:
    """A child is of the age of the CLCA or of the PreParE, at that month."""

    def holds(self, reponses: Reponses) -> bool | None:
        ages, mois = _mois_depuis_l_arrivee(reponses), reponses["mois"]
        if not ages or not isinstance(mois, Mois):
            return None if ages is None else False
        seul, triples = len(ages) == 1, ages.count(ages[0]) >= 3
        if mois - ages[0] < PREPARE:
            premier, dernier = (0 if len(ages) >= 3 else 1), (6 if seul else TROIS_ANS - 1)
            return mois <= DERNIER_MOIS_CLCA and premier <= ages[0] <= dernier
        dernier = 11 if seul else SIX_ANS - 1 if triples else TROIS_ANS - 1
        return (1 if len(ages) == 2 else 0) <= ages[0] <= dernier


@dataclass(frozen=True, slots=True)
class EnfantDuCongeMajore:
    """Three children, the last one under a year: the higher and shorter benefit can be chosen."""

    def holds(self, reponses: Reponses) -> bool | None:
        ages = _mois_depuis_l_arrivee(reponses)
        return None if ages is None else len(ages) >= 3 and ages[0] < 12


@dataclass(frozen=True, slots=True)
class EnfantDeLAllocation:
    """A child has, or is about to have, the age of the base allowance or of a grant."""

    def holds(self, reponses: Reponses) -> bool | None:
        ages = _mois_depuis_l_arrivee(reponses)
        return None if ages is None else any(mois <= TROIS_ANS for mois in ages)


@dataclass(frozen=True, slots=True)
class EnfantAGarder:
    """A child is of the age of the CMG, whoever keeps it; `structure`: of that of a structure."""

    structure: bool = False

    def holds(self, reponses: Reponses) -> bool | None:
        lus, mois = enfants(reponses), reponses["mois"]
        if lus is None or not isinstance(mois, Mois):
            return None
        a_l_heure = mois >= CMG_HORAIRE and not self.structure
        limite = DOUZE_ANS if a_l_heure and reponses.get("couple") is False else SIX_ANS
        du_age = (enfant for enfant in lus if 0 <= mois.ecart(enfant.arrivee) <= limite)
        # But for the care that is paid by the hour, an adopted child must be under six as well.
        return not coche(reponses, "mayotte") and any(
            a_l_heure or enfant.adoption is None or age(enfant.naissance, mois) < SIX_ANS // 12 for enfant in du_age
        )


@dataclass(frozen=True, slots=True)
class EnfantAGarderParSonAge:
    """The same, by the births alone: for boxes, which cannot depend on one another."""

    def holds(self, reponses: Reponses) -> bool | None:
        boxes = ("autres", "adopte_naissance", "adopte_arrivee")
        return EnfantAGarder().holds({name: value for name, value in reponses.items() if name not in boxes})


def mois_de_la_prime(naissance: Mois) -> Mois:
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
    mois, lus = reponses["mois"], enfants(reponses)
    if not lus or not isinstance(mois, Mois) or coche(reponses, "mayotte"):
        return
    dernier = max(lus, key=lambda enfant: enfant.arrivee)
    prime = dernier.arrivee + 1 if dernier.adoption else mois_de_la_prime(dernier.arrivee)
    if mois.ecart(dernier.arrivee) <= RECENT and prime != mois and prime >= PREMIER_MOIS:
        yield Prestation.PAJE_NAISSANCE, prime
    debut = dernier.arrivee + 1 if dernier.arrivee >= DROIT_LE_MOIS_SUIVANT else dernier.arrivee
    if debut > mois:
        yield Prestation.PAJE_BASE, debut


def controle(reponses: Reponses) -> Mapping[str, str]:
    """Dates of birth and of arrival that cannot be."""
    mois, phrases = reponses.get("mois"), {}
    prevue, adopte, arrivee = (reponses.get(nom) for nom in ("naissance_prevue", "adopte_naissance", "adopte_arrivee"))
    if isinstance(prevue, date) and isinstance(mois, Mois) and prevue < mois.premier_jour:
        phrases["naissance_prevue"] = Phrase(
            "Cette date vient avant {mois} : si l'enfant est né, comptez-le parmi vos enfants à la page « Votre foyer ». "
            "Sinon, vérifiez l'année.",
            mois=mois,
        )
    naissances = {valeur for nom, valeur in reponses.items() if nom.startswith("enfants-")}
    if adopte is not None and adopte not in naissances:
        phrases["adopte_naissance"] = Phrase("Indiquez l'une des dates de naissance de la page « Vos enfants ».")
    elif isinstance(adopte, date) and isinstance(arrivee, date) and arrivee < adopte:
        phrases["adopte_arrivee"] = Phrase("Vérifiez l'année : l'enfant serait arrivé avant sa naissance.")
    return phrases
