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

DAY = 15
"""A birth in the middle of its month: an age on the first day of a month says nothing of the day."""
AGES = {"age_en_mois": 1, "age": 12}
"""Months in one unit of each variable, the surest first."""
Interval = tuple[int, int]


def into_births(individus: dict[str, Any], where: str) -> None:
    """Replace the ages of `individus` (in place) by dates of birth; a date that is given stays, and says the age."""
    for identifier, person in individus.items():
        ages = {name: person.pop(name) for name in AGES if name in person}
        told = [(name, period, age) for name, values in ages.items() for period, age in values.items()]
        if told and not person.get("date_naissance"):
            person["date_naissance"] = {"ETERNITY": birth(told, f"{where}.{identifier}")}


def birth(told: Sequence[tuple[str, str, int]], where: str) -> str:
    """The date of birth of who is said to have some ages (variable, period, age), in the order of `AGES`."""
    found = _middle([_interval(*each) for each in told])
    if found < YEARS.start * 12:
        raise SituationError(f"{where}.{told[0][0]}: nobody is that old.")
    year, month = divmod(found, 12)
    return f"{Mois(year, month + 1)}-{DAY}"


def _interval(name: str, period: str, age: int) -> Interval:
    """The first and the last month of birth (counted from year 0) of who has that age on the first day of the month."""
    start = read_period(period).start
    last = start.year * 12 + start.month - 2 - age * AGES[name]
    return last - AGES[name] + 1, last


def _middle(intervals: list[Interval]) -> int:
    """The middle of what all the intervals have in common; of the first, where two have nothing in common."""
    first, last = max(each[0] for each in intervals), min(each[1] for each in intervals)
    if first > last:
        first, last = intervals[0]
    return (first + last + 1) // 2
