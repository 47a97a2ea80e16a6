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

Value = str | bool | int | Decimal | date | Mois | tuple[str, ...]
"""An answer once read."""
Reponses = Mapping[str, Value]


class Condition(Protocol):
    def holds(self, reponses: Reponses) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class Toujours:
    def holds(self, reponses: Reponses) -> bool | None:
        return True


@dataclass(frozen=True, slots=True)
class Est:
    """The answer to `champ` is one of `values`."""

    champ: str
    values: tuple[Value, ...]

    def holds(self, reponses: Reponses) -> bool | None:
        return reponses[self.champ] in self.values if self.champ in reponses else None


@dataclass(frozen=True, slots=True)
class Coche:
    """`value` is ticked among the boxes of `champ`."""

    champ: str
    value: str

    def holds(self, reponses: Reponses) -> bool | None:
        ticked = reponses.get(self.champ)
        return self.value in ticked if isinstance(ticked, tuple) else None


@dataclass(frozen=True, slots=True)
class AuMoins:
    """The number answered to `champ` is at least `seuil`."""

    champ: str
    seuil: int

    def holds(self, reponses: Reponses) -> bool | None:
        number = reponses.get(self.champ)
        return number >= self.seuil if isinstance(number, int | Decimal) else None


@dataclass(frozen=True, slots=True)
class EntreMois:
    """The month answered to `champ` lies between two months, both included."""

    champ: str
    premier: Mois = Mois(1, 1)
    dernier: Mois = Mois(9999, 12)

    def holds(self, reponses: Reponses) -> bool | None:
        mois = reponses.get(self.champ)
        return self.premier <= mois <= self.dernier if isinstance(mois, Mois) else None


@dataclass(frozen=True, slots=True)
class MoinsDe:
    """The person born on the day answered to `naissance` is under `ans` on the first of the month answered to `quand`."""

    naissance: str
    ans: int
    quand: str

    def holds(self, reponses: Reponses) -> bool | None:
        naissance, mois = reponses.get(self.naissance), reponses.get(self.quand)
        if not isinstance(naissance, date) or not isinstance(mois, Mois):
            return None
        return age(naissance, mois) < self.ans


def age(naissance: date, mois: Mois) -> int:
    """In whole years on the first of `mois`; negative before the birth."""
    months = mois.months_since(Mois.of(naissance))
    return (months if naissance.day == 1 else months - 1) // 12


@dataclass(frozen=True, slots=True)
class BenjaminDAuMoins:
    """The youngest of the children whose births the group `enfants` gives is `ans` or more on the first of `mois`."""

    ans: int

    def holds(self, reponses: Reponses) -> bool | None:
        mois = reponses.get("mois")
        born = [day for name, day in reponses.items() if name.startswith("enfants-") and isinstance(day, date)]
        return age(max(born), mois) >= self.ans if born and isinstance(mois, Mois) else None


@dataclass(frozen=True, slots=True)
class DepuisLe:
    """The day answered to `champ` is `jour` or a later one."""

    champ: str
    jour: date

    def holds(self, reponses: Reponses) -> bool | None:
        day = reponses.get(self.champ)
        return day >= self.jour if isinstance(day, date) else None


@dataclass(frozen=True, slots=True)
class PlusieursCommunes:
    """The postal code answered to `champ` serves several communes."""

    champ: str

    def holds(self, reponses: Reponses) -> bool | None:
        code = reponses.get(self.champ)
        return len(territory.communes(code)) > 1 if isinstance(code, str) else None


class Non:
    """The condition is false."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition

    def holds(self, reponses: Reponses) -> bool | None:
        value = self.condition.holds(reponses)
        return None if value is None else not value


class SaufSi:
    """True until the answers make the condition true: shown beside the question that may take it away."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition

    def holds(self, reponses: Reponses) -> bool | None:
        return self.condition.holds(reponses) is not True


class Tous:
    """Every one of the conditions is true."""

    def __init__(self, *conditions: Condition) -> None:
        self.conditions = conditions

    def holds(self, reponses: Reponses) -> bool | None:
        return _first(False, self.conditions, reponses)


class Un:
    """One of the conditions at least is true."""

    def __init__(self, *conditions: Condition) -> None:
        self.conditions = conditions

    def holds(self, reponses: Reponses) -> bool | None:
        return _first(True, self.conditions, reponses)


def _first(decisive: bool, conditions: Iterable[Condition], reponses: Reponses) -> bool | None:
    """`decisive` as soon as a condition has it; else None when one is not known, else the contrary."""
    otherwise: bool | None = not decisive
    for condition in conditions:
        value = condition.holds(reponses)
        if value is decisive:
            return decisive
        if value is None:
            otherwise = None
    return otherwise
