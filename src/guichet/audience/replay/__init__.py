"""A national year, replayed: access logs, events, an analyst's tables, and the truth about them.

Everything follows from a seed. Days are made one after the other, so that memory holds a day and the marks of who was
already seen.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
from isal import igzip

from guichet.audience.errors import AudienceError
from guichet.audience.replay import happenings, lines, tables, truth, visits, year
from guichet.audience.replay.visits import Clock, Lines

SMALLEST = 0.00001
LEVEL = 1


def replay(first: date, last: date, scale: float, out: Path, *, seed: int = 1, day_done: Callable[[], object]) -> None:
    """Write the days from `first` to `last` in the folder `out`, which must be new or empty.

    The folder appears whole or not at all. Raises AudienceError, or OSError with the name of the file.
    """
    if last < first:
        raise AudienceError(f"from {first} to {last}: it ends before it begins")
    if not year.FIRST <= first <= last <= year.LAST:
        raise AudienceError(f"from {first} to {last}: the study tells the days from {year.FIRST} to {year.LAST}")
    if not SMALLEST <= scale <= 1:
        raise AudienceError(f"a scale of {scale:g}: give one from {SMALLEST:.5f} to 1")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise AudienceError(f"{out} is there already, and not empty: give another folder")
    part = out.with_name(f"{out.name}.part-{os.getpid()}")
    part.mkdir(parents=True)
    try:
        _Replay(first, last, scale, seed).write(part, day_done)
        part.rename(out)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


class _Replay:
    """The days that are asked, at this scale."""

    def __init__(self, first: date, last: date, scale: float, seed: int) -> None:
        self.chosen = [k for k, day in enumerate(year.DAYS) if first <= day <= last]
        self.days = [year.DAYS[k] for k in self.chosen]
        self.scale, self.seed = scale, seed
        self.months = list(dict.fromkeys(f"{day:%Y-%m}" for day in self.days))
        self.visits = self._whole_visits()
        self.once, self.visitors = self._visitors()
        self.audience, self.events = truth.Audience(), truth.Events()

    def _whole_visits(self) -> year.Ints:
        """Visits of each day: each weekday keeps its mean."""
        expected = year.visits()[self.chosen] * self.scale
        weekdays = np.array([day.weekday() for day in self.days])
        found = np.zeros(len(self.days), np.int64)
        for weekday in range(7):
            found[weekdays == weekday] = year.whole(expected[weekdays == weekday])
        return found

    def _visitors(self) -> tuple[year.Ints, dict[str, visits.Persons]]:
        """How many visits of each day are of somebody whom the month has not seen, and who comes each month."""
        once, numbers = np.zeros(len(self.days), np.int64), []
        for month in self.months:
            days = year.in_month(self.days, month)
            once[days] = year.whole(self.visits[days] * year.VISITORS_A_VISIT)
            numbers.append(max(int(once[days].sum()), 1))
        return once, dict(zip(self.months, visits.persons(numbers, year.NEW_VISITORS), strict=True))

    def write(self, folder: Path, day_done: Callable[[], object]) -> None:
        """Month by month: the access log, then the events; then the tables and the truth."""
        made, carried = visits.Visits(), visits.NOTHING
        kinds = happenings.Happenings(self.days, self.visits, self.scale)
        for month in self.months:
            seen, made.hours = 0, visits.Hours()
            with _gzip(folder / f"access-{month}.log.gz") as log, _gzip(folder / f"events-{month}.jsonl.gz") as events:
                for k in year.in_month(self.days, month):
                    random, clock = np.random.default_rng([self.seed, k]), Clock(self.days[k])
                    once = self.visitors[month].once(seen, seen + int(self.once[k]))
                    seen += len(once)
                    again = int(self.visits[k]) - len(once)
                    pages = made.day(random, clock, once, again, self.visitors[month])
                    today, carried = self._until_midnight(k, clock, carried + visits.day_lines(random, clock, *pages))
                    self.audience.day(self.days[k], clock, today)
                    log.writelines(lines.access_text(random, clock, today))
                    events.writelines(kinds.day(random, clock, k, self.events))
                    day_done()
        figures = self.audience.figures()
        tables.write(folder, kinds.kept, figures, self.scale)
        self._write_truth(folder / "truth.json", figures)

    def _until_midnight(self, k: int, clock: Clock, made: Lines) -> tuple[Lines, Lines]:
        """The lines of the day in the order of time, and those of the day after. The last day keeps all of its own."""
        if k == len(self.days) - 1:
            made.at = np.minimum(made.at, clock.end - 1)
        made = made[np.argsort(made.at, kind="stable")]
        today = np.searchsorted(made.at, clock.end)
        return made[:today], made[today:]

    def _write_truth(self, path: Path, figures: dict[str, object]) -> None:
        said = {
            **{"from": str(self.days[0]), "to": str(self.days[-1]), "scale": self.scale, "seed": self.seed},
            **{"audience": figures, "events": self.events.figures()},
        }
        path.write_text(json.dumps(said, indent=1) + "\n", "utf-8")


@contextmanager
def _gzip(path: Path) -> Iterator[igzip.IGzipFile]:
    """The same bytes whenever they are written: no name, no time."""
    with path.open("wb") as file, igzip.IGzipFile("", "wb", LEVEL, file, mtime=0) as zipped:
        yield zipped
