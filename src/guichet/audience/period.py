"""A span of days: `2013-01`, `2012-06..2013-06`, `2013-01-04..2013-01-06`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

KEPT_MONTHS = 25
"""How long what is counted of a visit is kept; then it is destroyed."""
FORMAT = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True)
class Period:
    """From its first day to its last, both included."""

    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Period:
        """Raises ValueError, with a sentence, if it is none."""
        begin, dots, end = text.partition("..")
        first, last = _days(begin)[0], _days(end if dots else begin)[1]
        if last < first:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(first, last)

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def holds(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last

    @property
    def months(self) -> list[str]:
        """The months that it touches: `2013-01`."""
        return [_nth_month(rank) for rank in range(_rank(self.first), _rank(self.last) + 1)]

    @property
    def is_of_months(self) -> bool:
        """Is it made of whole months?"""
        return self == Period.read(f"{self.months[0]}..{self.months[-1]}")

    @property
    def before(self) -> Period | None:
        """As many months just before; as many days when it is not made of whole months. None before the year 1."""
        try:
            if self.is_of_months:
                first = self.months[0]
                return Period.read(f"{shifted(first, -len(self.months))}..{shifted(first, -1)}")
            length = self.last - self.first + timedelta(days=1)
            return Period(self.first - length, self.last - length)
        except (ValueError, OverflowError):
            return None


def _days(text: str) -> tuple[date, date]:
    """The first and the last day of a month or of a day."""
    read = FORMAT.fullmatch(text)
    try:
        if read is None:
            raise ValueError
        year, month, day = (int(part or 0) for part in read.groups())
        if day:
            return date(year, month, day), date(year, month, day)
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else date.max
        return first, following - timedelta(days=1)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is neither a month such as 2013-01 nor a day such as 2013-01-07") from None


def month_of(day: date) -> str:
    return _nth_month(_rank(day))


def shifted(month: str, number: int) -> str:
    """The month that comes `number` months after `month`, such as 2013-01, or before it."""
    return _nth_month(_rank(Period.read(month).first) + number)


def _rank(day: date) -> int:
    """Of a month, counted from January of the year 0."""
    return day.year * 12 + day.month - 1


def _nth_month(rank: int) -> str:
    return f"{rank // 12:04}-{rank % 12 + 1:02}"
