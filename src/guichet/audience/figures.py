"""The figures of an audience, as they are printed, drawn and compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

# AWStats's buckets of durations.
DURATIONS = ("0-30 s", "30-120 s", "2-5 min", "5-15 min", "15-30 min", "30-60 min", "1 h and more")


@dataclass(frozen=True)
class Figures:
    """Counts are exact. None: it cannot be known, `refused` says why. Durations are seconds; days and months are local.

    `visits_weekday` (Monday 0) and `pages_hour` hold every weekday and hour. Every line is either one of `pages`, or
    counted by its reason in `set_aside`.
    """

    lines: int
    bad: int
    pages: int
    visits: int
    seconds: int  # of all visits, from first page to last
    visitors_total: int | None
    users: int | None
    robots: int
    visits_day: dict[str, int]
    visits_month: dict[str, int]
    visitors_day: dict[str, int]
    visitors_month: dict[str, int]
    pages_day: dict[str, int]
    pages_month: dict[str, int]
    visits_weekday: dict[str, int]
    pages_hour: dict[str, int]
    hits_hour: dict[str, int]  # under the rule of AWStats: with assets; else the same as `pages_hour`
    durations: dict[str, int]  # visits by the buckets of AWStats
    set_aside: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def mean_duration(self) -> float:
        return self.seconds / self.visits if self.visits else 0.0

    @property
    def pages_per_visit(self) -> float:
        return self.pages / self.visits if self.visits else 0.0

    def to_json(self) -> dict[str, Any]:
        """As docs/audience.md documents it."""
        return {
            "lines": self.lines,
            "bad": self.bad,
            "pages": self.pages,
            "visits": self.visits,
            "mean_duration": self.mean_duration,
            "pages_per_visit": self.pages_per_visit,
            "visitors_total": self.visitors_total,
            "users": self.users,
            "robots": self.robots,
            "visits_month": self.visits_month,
            "visitors_month": self.visitors_month,
            "visitors_day": self.visitors_day,
            "visits_day": self.visits_day,
            "pages_day": self.pages_day,
            "pages_month": self.pages_month,
            "visits_weekday": self.visits_weekday,
            "pages_hour": self.pages_hour,
            "durations": self.durations,
            "set_aside": self.set_aside,
            **({"refused": self.refused} if self.refused else {}),
        }


Months = dict[str, int]


@dataclass
class EventFigures:
    """Counts by event, kind and month; distinct allocataires by month, and over the period when one key covers it."""

    lines: int = 0
    bad: int = 0
    outside: int = 0
    """Events of other days than those asked."""
    counts: dict[str, dict[str, Months]] = field(default_factory=dict)
    yes: dict[str, Months] = field(default_factory=dict)
    """Opinions that say yes, by question."""
    authentications_day: dict[str, int] = field(default_factory=dict)
    users_month: Months = field(default_factory=dict)
    users_period: int | None = None
    no_users_period: str | None = None
    """Why the distinct allocataires of the whole period are not counted."""

    def of(self, event: str, kind: str | None = None) -> Months:
        """How many a month, of one kind or of all of them."""
        found: Counter[str] = Counter()
        for name, months in self.counts.get(event, {}).items():
            if kind in (None, name):
                found.update(months)
        return dict(sorted(found.items()))

    @property
    def months(self) -> list[str]:
        return sorted({month for kinds in self.counts.values() for months in kinds.values() for month in months})
