"""Partials are added up into figures: visitors are numbered together, stretches are joined into visits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from guichet.audience import dates
from guichet.audience.count import Count
from guichet.audience.figures import Figures
from guichet.audience.reading import Partial, Rules
from guichet.audience.texts import Array, Texts

KEPT = 4_000_000  # stretches in memory; more are written in a temporary folder, by day
COLUMNS = ("host", "first", "last", "pages", "offset")
STRETCH = np.dtype([("host", np.int32), ("pages", np.int32), ("offset", np.int32), ("first", np.int64), ("last", np.int64)])


class Ledger:
    """What was read so far."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.hosts, self.users = Texts(16), Texts()
        self.stretches: list[tuple[Array, ...]] = []
        self.pairs: set[int] = set()
        self.tally: dict[int | None, Array] = {}
        self.last_clock = -1
        self._spilled: tempfile.TemporaryDirectory[str] | None = None

    def add(self, partial: Partial) -> None:
        host, *others = partial.stretches
        self.stretches.append((self.hosts.numbers(partial.hosts)[host], *others))
        user, _ = partial.pairs
        self.pairs.update(np.unique(self.users.numbers(partial.users)[user]).tolist())
        for day, counts in partial.tally.items():
            self.tally[day] = self.tally[day] + counts if day in self.tally else counts
        self.last_clock = max(self.last_clock, partial.last_clock)
        if sum(len(columns[0]) for columns in self.stretches) > KEPT:
            self._spill()

    def _spill(self) -> None:
        self._spilled = self._spilled or tempfile.TemporaryDirectory(prefix="guichet-audience-")
        columns = dict(zip(COLUMNS, self._together(), strict=True))
        rows = np.empty(len(columns["host"]), STRETCH)
        for name, column in columns.items():
            rows[name] = column
        days = rows["first"] // dates.SECONDS
        order = np.argsort(days, kind="stable")
        found, starts = np.unique(days[order], return_index=True)
        for day, several in zip(found.tolist(), np.split(rows[order], starts[1:]), strict=False):  # of no row, one split
            with (Path(self._spilled.name) / str(day)).open("ab") as file:
                file.write(several.tobytes())
        self.stretches = []

    def _together(self) -> tuple[Array, ...]:
        columns = tuple(np.concatenate(column) for column in zip(*self.stretches, strict=True))
        self.stretches = [columns] if columns else []
        return columns

    def _batches(self) -> Iterator[tuple[Array, ...]]:
        """All stretches, each batch later than the one before."""
        if self._spilled is None:
            if self.stretches:
                yield self._together()
            return
        if self.stretches:
            self._spill()
        with self._spilled as folder:
            for path in sorted(Path(folder).iterdir(), key=lambda path: int(path.name)):
                rows = np.fromfile(path, STRETCH)
                yield tuple(np.ascontiguousarray(rows[name]) for name in COLUMNS)

    def figures(self) -> Figures:
        """The figures of the period asked for, or of everything."""
        count = Count(self.rules, [day for day in self.tally if day is not None])
        count.visitors(len(self.hosts))
        for batch in self._batches():
            count.add(batch)
        count.finish(self.last_clock)
        visitors = sum(count.by_month.tolist()) if self.rules.awstats else int(count.seen[:, 2].sum())
        return count.figures(self.tally, visitors, len(self.pairs), {})
