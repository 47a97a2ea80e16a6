"""Stretches in order of time, counted into figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from guichet.audience import lines, visits
from guichet.audience.figures import DURATIONS, Figures
from guichet.audience.reading import Rules
from guichet.audience.texts import Array


class Count:
    """Visits, durations, pages and visitors by local day."""

    def __init__(self, rules: Rules, days: Iterable[int]) -> None:
        self.rules = rules
        self.days = np.array(sorted(days) or [0], np.int64)
        self.by_day = np.zeros((len(self.days), 4), np.int64)
        self.buckets = np.zeros((len(self.days), len(DURATIONS)), np.int64)
        self.by_month = np.zeros(len(self._months()), np.int64)
        self.visitors(0)

    def _months(self) -> Array:
        first, last = self.days[[0, -1]].astype("datetime64[D]").astype("datetime64[M]")
        return np.arange(first, last + 1)

    def visitors(self, number: int) -> None:
        """Make room for so many. None is in a visit yet."""
        self.visit = np.full((number, 3), -1, np.int64)
        self.seen = np.zeros((number, 3), np.int64)

    def carry(self, number: int, places: Array, new_places: Array) -> None:
        """Number visitors again: those at `places` are at `new_places`, the others do not come back."""
        kept = self.visit[places]
        self.visit[places, 2] = -1
        self.finish()
        self.visitors(number)
        self.visit[new_places] = kept

    def add(self, stretches: tuple[Array, ...]) -> None:
        """Stretches that begin after all those of the call before, in any order."""
        host, first, *_ = stretches
        if not len(host):
            return
        start = first.min()
        order = np.argsort(host * (first.max() - start + 1) + (first - start))
        visits.chain(
            tuple(column[order] for column in stretches), self.days, self.rules.wanted, self.rules.gap, self.rules.awstats,
            self.visit, self.seen, self.by_day, self.buckets, self.by_month,
        )  # fmt: skip

    def finish(self, last_clock: int = -1) -> None:
        """No stretch will come any more; in AWStats's rule, the clock of the last line was this one."""
        visits.finish(
            self.visit, self.days, self.rules.gap, last_clock if self.rules.awstats else -1, self.by_day, self.buckets
        )

    def figures(
        self, tally: Mapping[int | None, Array], visitors: int | None, users: int | None, refused: dict[str, str]
    ) -> Figures:
        first, last = self.rules.wanted.tolist()
        inside = (self.days >= first) & (self.days <= last)
        days, by_day = self.days[inside], self.by_day[inside]
        counts = sum((tally[day] for day in tally if day is None or first <= day <= last), np.zeros(lines.COLUMNS, np.int64))
        reasons = self.rules.reasons
        set_aside = {reason: int(counts[column]) for column, reason in enumerate(reasons) if counts[column]}
        visits_, seconds, pages, visitors_ = (by_day[:, column] for column in range(4))
        weekdays = np.bincount((days + 3) % 7, visits_, 7)
        return Figures(
            lines=sum(set_aside.values()) + int(pages.sum()),
            bad=int(counts[lines.BAD]),
            pages=int(pages.sum()),
            visits=int(visits_.sum()),
            seconds=int(seconds.sum()),
            visitors_total=visitors,
            users=users,
            robots=int(counts[lines.ROBOT : len(reasons)].sum()),
            visits_day=_by(days, visits_, _day),
            visits_month=_by(days, visits_, _month_of),
            visitors_day=_by(days, visitors_, _day),
            visitors_month={str(month): n for month, n in zip(self._months(), self.by_month.tolist(), strict=True) if n},
            pages_day=_by(days, pages, _day),
            pages_month=_by(days, pages, _month_of),
            visits_weekday={str(weekday): int(number) for weekday, number in enumerate(weekdays)},
            pages_hour=_hours(counts[lines.PAGE_HOURS :]),
            hits_hour=_hours(counts[lines.HIT_HOURS :]),
            durations=dict(zip(DURATIONS, self.buckets[inside].sum(0).tolist(), strict=True)),
            set_aside=set_aside,
            refused=refused,
        )


def _by(days: Array, numbers: Array, name: object) -> dict[str, int]:
    named: dict[str, int] = {}
    for day, number in zip(days.tolist(), numbers.tolist(), strict=True):
        if number:
            key = name(day)  # type: ignore[operator]
            named[key] = named.get(key, 0) + number
    return named


def _hours(counts: Array) -> dict[str, int]:
    return {str(hour): int(counts[hour]) for hour in range(24)}


def _day(day: int) -> str:
    return str(np.datetime64(day, "D"))


def _month_of(day: int) -> str:
    return _day(day)[:-3]
