"""The application's events, read from JSON Lines: what was asked, shown, sent, and by how many allocataires.

A line that is no event is counted, never fatal. Memory holds a block of lines; the hashes of who was seen are kept by
DuckDB, which writes them on disk when they are many.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from guichet.audience import event_lines
from guichet.audience.errors import AudienceError
from guichet.audience.figures import EventFigures
from guichet.audience.period import Period, month_of

EVENTS = ("authentification", "rubrique", "simulation", "teleprocedure", "telechargement", "avis")
OPINIONS = ("trouve", "contact_evite")
"""The two questions: did you find what you came for; would you otherwise have called or come. `value` is 1 or 0."""
LONGEST_KEY = 13
"""Months that the key of a reporting period lasts at most."""
MOST_KINDS = 500
MOST_SEEN = 4_000_000
SURELY_NONE = 1000
AT = r"^(19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"
KIND = re.compile(r"[a-z0-9_-]{0,60}")
LONGEST_HASH = 128


def read(
    files: Sequence[Path], *, period: Period | None = None, progress: Callable[[int], object] = lambda _: None
) -> EventFigures:
    """The figures of all files, in any order, plain or compressed as logs are; of the days of `period` alone.

    `progress` is told the bytes read. Raises AudienceError for a file that cannot be read, or that is of another kind.
    """
    with tempfile.TemporaryDirectory(prefix="guichet-events-") as folder:
        reading = _Reading(Path(folder), period)
        try:
            for path in files:
                reading.file(path, progress)
            return reading.figures()
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise AudienceError(f"{folder}: {str(error).splitlines()[0]}") from error
        finally:
            reading.database.close()


class _Reading:
    """Blocks in, figures out."""

    def __init__(self, folder: Path, period: Period | None) -> None:
        self.period, self.found = period, EventFigures()
        self.days: Counter[tuple[str, str, str]] = Counter()
        self.yes: Counter[tuple[str, str]] = Counter()
        self.kinds: set[str] = set()
        self.seen = self.compacted = 0
        self.database = duckdb.connect(config={"temp_directory": str(folder), "memory_limit": "500MB", "threads": 2})
        self.database.execute("create table seen (month varchar, who varchar, who_period varchar)")

    def file(self, path: Path, progress: Callable[[int], object]) -> None:
        lines = good = 0
        for table, bad in event_lines.tables(path, progress):
            lines += table.num_rows + bad
            kept = table.filter(self._good(table))
            good += kept.num_rows
            self._count(kept)
            if lines >= SURELY_NONE and not good:
                break
        if lines and not good:
            raise AudienceError(f'{path}: no event in its first {lines} lines; one is {{"at": …, "event": …, "kind": …}}')
        self.found.lines += lines
        self.found.bad += lines - good

    def _good(self, table: pa.Table) -> pa.Array:
        """Which lines are events: known, of a day that exists, of not too many kinds, whose value can be one."""
        event, kind, value = table["event"], table["kind"], table["value"]
        good = pc.and_(pc.match_substring_regex(table["at"], AT), pc.is_in(event, pa.array(EVENTS)))
        for column in ("who", "who_period"):
            good = pc.and_(good, pc.fill_null(pc.less_equal(pc.binary_length(table[column]), LONGEST_HASH), True))
        is_answer = pc.and_(pc.is_in(kind, pa.array(OPINIONS)), pc.is_in(value, pa.array([0.0, 1.0])))
        good = pc.and_(good, pc.or_(pc.not_equal(event, "avis"), is_answer))
        days = _day(table)
        good = pc.and_(
            good, pc.is_in(days, pa.array([day for day in pc.unique(days).to_pylist() if _is_day(day)], pa.string()))
        )
        good = pc.fill_null(good, False)
        names = _names(event, kind)
        for name in pc.unique(names.filter(good)).to_pylist():
            if len(self.kinds) < MOST_KINDS and KIND.fullmatch(name.partition("/")[2]):
                self.kinds.add(name)
        return pc.and_(good, pc.is_in(names, pa.array(self.kinds, pa.string())))

    def _count(self, table: pa.Table) -> None:
        days = _day(table)
        table = table.append_column("day", days).append_column("month", pc.utf8_slice_codeunits(days, 0, 7))
        if self.period:
            asked = pc.and_(pc.greater_equal(days, str(self.period.first)), pc.less_equal(days, str(self.period.last)))
            self.found.outside += table.num_rows
            table = table.filter(asked)
            self.found.outside -= table.num_rows
        groups = table.group_by(["day", "event", "kind"], use_threads=False).aggregate([([], "count_all"), ("value", "sum")])
        for group in groups.to_pylist():
            self.days[group["event"], group["kind"] or "", group["day"]] += group["count_all"]
            if group["event"] == "avis":
                self.yes[group["kind"], _month(group["day"])] += int(group["value_sum"])
        self._saw(table.filter(pc.is_valid(table["who"])).select(["month", "who", "who_period"]))

    def _saw(self, named: pa.Table) -> None:
        """Keep who was seen, once each."""
        self.database.register("named", named)
        self.database.execute("insert into seen select distinct * from named")
        self.seen += named.num_rows
        if self.seen > MOST_SEEN + 2 * self.compacted:
            self._compact()

    def _compact(self) -> None:
        self.database.execute("create or replace table once as select distinct * from seen")
        self.database.execute("drop table seen")
        self.database.execute("alter table once rename to seen")
        self.seen = self.compacted = self._ask("select count(*) from seen")[0][0]

    def _ask(self, question: str, values: Sequence[str] = ()) -> list[Any]:
        return self.database.execute(question, values).fetchall()

    def figures(self) -> EventFigures:
        found = self.found
        for (event, kind, day), number in sorted(self.days.items()):
            months = found.counts.setdefault(event, {}).setdefault(kind, {})
            months[_month(day)] = months.get(_month(day), 0) + number
            if event == "authentification":
                found.authentications_day[day] = found.authentications_day.get(day, 0) + number
        for (kind, month), number in sorted(self.yes.items()):
            found.yes.setdefault(kind, {})[month] = number
        found.users_month = dict(self._ask("select month, count(distinct who) from seen group by month order by month"))
        found.no_users_period = self._no_key()
        if not found.no_users_period:
            found.users_period = self._ask("select count(distinct who_period) from seen")[0][0]
        return found

    def _no_key(self) -> str | None:
        """Why no key covers the period: one that changes is seen by the hashes that it gives."""
        months = self.found.months
        months = self.period.months if self.period else Period.read(f"{months[0]}..{months[-1]}").months if months else []
        if len(months) > LONGEST_KEY:
            return f"{months[0]}..{months[-1]}: a key lasts {LONGEST_KEY} months at most, ask for a shorter period"
        if self._ask("select count(*) from seen where who_period is null")[0][0]:
            return "events without who_period: their allocataires are counted by month alone"
        for month, of_month, of_period in self._ask(
            "select month, count(distinct who), count(distinct who_period) from seen group by month order by month"
        ):
            if of_month != of_period:
                return f"{month}: the key of the reporting period changes within this month: ask for a period that it covers"
        named = list(self.found.users_month)
        for before, after in pairwise(named):
            common = (
                "select who_period from seen where month = ? intersect select who_period from seen where month = ? limit 1"
            )
            if not self._ask(common, [before, after]):
                return f"{before} and {after} have no allocataire in common: they are under two keys, ask for one of the two"
        return None


def _day(table: pa.Table) -> pa.ChunkedArray:
    return pc.utf8_slice_codeunits(table["at"], 0, 10)


def _names(event: pa.ChunkedArray, kind: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(event, pc.fill_null(kind, ""), "/")


def _is_day(text: str | None) -> bool:
    try:
        return bool(date.fromisoformat(text or ""))
    except ValueError:
        return False


def _month(day: str) -> str:
    return month_of(date.fromisoformat(day))
