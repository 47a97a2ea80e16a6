"""When a question is asked: small typed conditions on the answers already given.

A condition is True, False, or None while an answer that it needs is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from guichet import territory
from guichet.domain.vocabulaire import Mois

Valeur = str | bool | int | Decimal | date | Mois | tuple[str, ...]
"""An answer once read."""
Reponses = Mapping[str, Valeur]


class Condition(Protocol):
    def vraie(self, reponses: Reponses) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class Toujours:
    def vraie(self, reponses: Reponses) -> bool | None:
        return True


@dataclass(frozen=True, slots=True)
class Est:
    """The answer to `champ` is one of `valeurs`."""

    champ: str
    valeurs: tuple[Valeur, ...]

    def vraie(self, reponses: Reponses) -> bool | None:
        return reponses[self.champ] in self.valeurs if self.champ in reponses else None


@dataclass(frozen=True, slots=True)
class Coche:
    """`valeur` is ticked among the boxes of `champ`."""

    champ: str
    valeur: str

    def vraie(self, reponses: Reponses) -> bool | None:
        cochees = reponses.get(self.champ)
        return self.valeur in cochees if isinstance(cochees, tuple) else None


@dataclass(frozen=True, slots=True)
class AuMoins:
    """The number answered to `champ` is at least `seuil`."""

    champ: str
    seuil: int

    def vraie(self, reponses: Reponses) -> bool | None:
        nombre = reponses.get(self.champ)
        return nombre >= self.seuil if isinstance(nombre, int | Decimal) else None


@dataclass(frozen=True, slots=True)
class EntreMois:
    """The month answered to `champ` lies between two months, both included."""

    champ: str
    premier: Mois = Mois(1, 1)
    dernier: Mois = Mois(9999, 12)

    def vraie(self, reponses: Reponses) -> bool | None:
        mois = reponses.get(self.champ)
        return self.premier <= mois <= self.dernier if isinstance(mois, Mois) else None


@dataclass(frozen=True, slots=True)
class MoinsDe:
    """The person born on the day answered to `naissance` is under `ans` on the first of the month answered to `quand`."""

    naissance: str
    ans: int
    quand: str

    def vraie(self, reponses: Reponses) -> bool | None:
        naissance, mois = reponses.get(self.naissance), reponses.get(self.quand)
        if not isinstance(naissance, date) or not isinstance(mois, Mois):
            return None
        return age(naissance, mois) < self.ans


def age(naissance: date, mois: Mois) -> int:
    """In whole years on the first of `mois`; negative before the birth."""
    ecart = mois.ecart(Mois.de(naissance))
    return (ecart if naissance.day == 1 else ecart - 1) // 12


@dataclass(frozen=True, slots=True)
class BenjaminDAuMoins:
    """The youngest of the children whose births the group `enfants` gives is `ans` or more on the first of `mois`."""

    ans: int

    def vraie(self, reponses: Reponses) -> bool | None:
        mois = reponses.get("mois")
        nes = [jour for nom, jour in reponses.items() if nom.startswith("enfants-") and isinstance(jour, date)]
        return age(max(nes), mois) >= self.ans if nes and isinstance(mois, Mois) else None


@dataclass(frozen=True, slots=True)
class DepuisLe:
    """The day answered to `champ` is `jour` or a later one."""

    champ: str
    jour: date

    def vraie(self, reponses: Reponses) -> bool | None:
        jour = reponses.get(self.champ)
        return jour >= self.jour if isinstance(jour, date) else None


@dataclass(frozen=True, slots=True)
class PlusieursCommunes:
    """The postal code answered to `champ` serves several communes."""

    champ: str

    def vraie(self, reponses: Reponses) -> bool | None:
        code = reponses.get(self.champ)
        return len(territory.communes(code)) > 1 if isinstance(code, str) else None


class Non:
    """The condition is false."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition

    def vraie(self, reponses: Reponses) -> bool | None:
        valeur = self.condition.vraie(reponses)
        return None if valeur is None else not valeur


class SaufSi:
    """True until the answers make the condition true: shown beside the question that may take it away."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition

    def vraie(self, reponses: Reponses) -> bool | None:
        return self.condition.vraie(reponses) is not True


class Tous:
    """Every one of the conditions is true."""

    def __init__(self, *conditions: Condition) -> None:
        self.conditions = conditions

    def vraie(self, reponses: Reponses) -> bool | None:
        return _premiere(False, self.conditions, reponses)


class Un:
    """One of the conditions at least is true."""

    def __init__(self, *conditions: Condition) -> None:
        self.conditions = conditions

    def vraie(self, reponses: Reponses) -> bool | None:
        return _premiere(True, self.conditions, reponses)


def _premiere(decisive: bool, conditions: Iterable[Condition], reponses: Reponses) -> bool | None:
    """`decisive` as soon as a condition has it; else None when one is not known, else the contrary."""
    sinon: bool | None = not decisive
    for condition in conditions:
        valeur = condition.vraie(reponses)
        if valeur is decisive:
            return decisive
        if valeur is None:
            sinon = None
    return sinon
