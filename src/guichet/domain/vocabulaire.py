"""The words that every room shares: months and euros."""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

Euros = Decimal
"""An amount in euros, to the cent: build it with `euros`."""

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MONTH_NAMES = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True, slots=True)
class Mois:
    """A calendar month: `Mois(2013, 1)`, `Mois.parse("2013-01")`, `str(mois) == "2013-01"`."""

    annee: int
    numero: int

    def __post_init__(self) -> None:
        if not (1 <= self.numero <= 12 and 1 <= self.annee <= 9999):
            raise ValueError(f"« {self.annee}-{self.numero} » n'est pas un mois.")

    @classmethod
    def parse(cls, text: str) -> Mois:
        """Read `YYYY-MM`; raises ValueError with a sentence that can be shown."""
        found = _MONTH.fullmatch(text)
        if found is None:
            raise ValueError(f"« {text} » n'est pas un mois : écrivez l'année puis le mois, par exemple 2013-01.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Mois:
        return _nth_month(day.year * 12 + day.month - 1)

    def __str__(self) -> str:
        return f"{self.annee:04d}-{self.numero:02d}"

    def __add__(self, months: int) -> Mois:
        return _nth_month(self.annee * 12 + self.numero - 1 + months)

    def __sub__(self, months: int) -> Mois:
        return self + -months

    def months_since(self, other: Mois) -> int:
        """Months from `other` to this one: `Mois(2013, 1).months_since(Mois(2012, 12)) == 1`."""
        return (self.annee - other.annee) * 12 + self.numero - other.numero

    def until(self, last: Mois) -> Iterator[Mois]:
        """This month, the next ones, `last` included."""
        for rank in range(last.months_since(self) + 1):
            yield self + rank

    @property
    def first_day(self) -> date:
        return date(self.annee, self.numero, 1)

    @property
    def last_day(self) -> date:
        return date(self.annee, self.numero, calendar.monthrange(self.annee, self.numero)[1])

    @property
    def in_words(self) -> str:
        return f"{MONTH_NAMES[self.numero - 1]} {self.annee}"

    @property
    def with_de(self) -> str:
        """`de juin 2012`, `d'octobre 2025`."""
        return ("d'" if self.numero in (4, 8, 10) else "de ") + self.in_words


@functools.lru_cache(maxsize=4096)
def _nth_month(rank: int) -> Mois:
    """Counted from January of the year 0. The same few months are asked for again and again."""
    return Mois(rank // 12, rank % 12 + 1)


FIRST_MONTH = Mois(2012, 6)
"""The law is known from this month on."""
LAST_CHECKED_MONTH = Mois(2026, 11)
"""The last month whose texts were checked."""


def euros(value: Decimal | int | str | float) -> Euros:
    """`value` rounded to the nearest cent (half up), as a Decimal.

    A float goes through its shortest text, so that 184.62 in single precision stays 184.62.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(CENT, ROUND_HALF_UP)
