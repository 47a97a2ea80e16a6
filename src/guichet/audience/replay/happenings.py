"""The application's events of a day: how many of each kind, when, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from guichet.audience.replay import lines, truth, visits, year
from guichet.audience.replay.visits import Clock
from guichet.audience.replay.year import Ints

PERIOD = 1 << 40
"""Added to a person's number before it is hashed for the whole span; a month's key is a multiple of it."""


class Happenings:
    """Events follow the days and the hours of the visits; they are never joined to them."""

    def __init__(self, days: list[date], day_visits: Ints, scale: float) -> None:
        self.days, self.kinds = days, year.events()
        self.months = list(dict.fromkeys(f"{day:%Y-%m}" for day in days))
        self.by_month = {month: self._counts(month, scale) for month in self.months}
        self.kept = {month: self._kept(month) for month in self.months}
        self.numbers = self._by_day(day_visits)
        self.once, self.persons = self._persons()
        self.seen = dict.fromkeys(self.months, 0)

    def _counts(self, month: str, scale: float) -> Ints:
        """Of each kind, in a month: what whole numbers leave of the running sum of the whole year."""
        return np.array([year.whole(kind.months * scale)[year.MONTHS.index(month)] for kind in self.kinds])

    def _kept(self, month: str) -> float:
        """The share of a month that the chosen days hold."""
        expected = year.visits()
        days = [year.DAYS.index(day) for day in self.days if f"{day:%Y-%m}" == month]
        return float(expected[days].sum() / expected[year.IN_MONTH[month]].sum())

    def _by_day(self, day_visits: Ints) -> Ints:
        """One line a kind, one column a day."""
        numbers = np.zeros((len(self.kinds), len(self.days)), np.int64)
        for month in self.months:
            days = year.in_month(self.days, month)
            shares = day_visits[days] / day_visits[days].sum()
            for kind, number in enumerate(self.by_month[month]):
                numbers[kind, days] = year.whole(round(number * self.kept[month]) * shares)
        return numbers

    def _persons(self) -> tuple[Ints, dict[str, visits.Persons]]:
        """Authentications of somebody whom the month has not seen yet, by day; who comes each month."""
        share = year.ALLOCATAIRES_WEB / self.kinds[0].months.mean()
        once, numbers = np.zeros(len(self.days), np.int64), []
        for month in self.months:
            days = year.in_month(self.days, month)
            once[days] = year.whole(self.numbers[0, days] * share)
            numbers.append(max(int(once[days].sum()), 1))
        found = visits.persons(numbers, year.NEW_ALLOCATAIRES_WEB)
        return once, dict(zip(self.months, found, strict=True))

    def day(self, random: np.random.Generator, clock: Clock, k: int, counted: truth.Events) -> Iterator[bytes]:
        """Write the events of the `k`th day, and count them."""
        numbers = self.numbers[:, k]
        who, values = self._who_and_values(random, k, counted)
        kind = np.repeat(np.arange(len(self.kinds)), numbers)
        hours = random.choice(24, len(kind), p=np.array(year.HOURS) / sum(year.HOURS))
        at = clock.instants(hours * 3600 + random.integers(0, 3600, len(kind)))
        order = np.argsort(at, kind="stable")
        at, kind, who, values = at[order], kind[order], who[order], values[order]
        key = (year.MONTHS.index(f"{self.days[k]:%Y-%m}") + 2) * PERIOD
        names = pa.array([f'"event": "{kind.event}", "kind": "{kind.kind}"' for kind in self.kinds])
        nobody = who < 0
        month, period = np.where(nobody, -1, who + key), np.where(nobody, -1, who + PERIOD)
        return lines.event_text(clock, at, names.take(pa.array(kind)), month, period, values)

    def _who_and_values(self, random: np.random.Generator, k: int, counted: truth.Events) -> tuple[Ints, Ints]:
        """For each event, kind by kind: the number of a person or -1, the value or -1."""
        day, who, values = self.days[k], [], []
        month = f"{day:%Y-%m}"
        for row, kind in enumerate(self.kinds):
            number = int(self.numbers[row, k])
            named = self._named(random, month, k, row, number) if kind.named else np.empty(0, np.int64)
            before, after = (round(self.numbers[row, :end].sum() * (kind.yes or 0)) for end in (k, k + 1))
            yes = after - before  # a day of one opinion has its share too
            value = np.full(number, -1 if kind.yes is None else 0)
            value[:yes] = 1
            counted.add(day, kind.event, kind.kind, number, named, yes)
            who.append(named if kind.named else np.full(number, -1))
            values.append(value)
        return np.concatenate(who), np.concatenate(values)

    def _named(self, random: np.random.Generator, month: str, k: int, row: int, number: int) -> Ints:
        """Who does it: those of the month that come today for the first time, then any of the month."""
        persons = self.persons[month]
        if row:
            return persons.again(random, number)
        begin = self.seen[month]
        self.seen[month] += int(self.once[k])
        return np.concatenate([persons.once(begin, self.seen[month]), persons.again(random, number - int(self.once[k]))])
