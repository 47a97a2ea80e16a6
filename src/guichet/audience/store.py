"""A folder that keeps what later periods need, once the logs are gone: rows by month, keys, counts by day, read positions.

`store.json` names all the rest and is replaced at once: whatever stops a writer, what was kept before stays, and a log is
never read twice nor left out. See docs/audience.md.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from guichet.audience import logs, reading, rows
from guichet.audience.errors import AudienceError
from guichet.audience.figures import Figures
from guichet.audience.keys import ADDRESS, USER, Keys
from guichet.audience.measure import PART, read_parts
from guichet.audience.period import KEPT_MONTHS, Period, month_of, shifted
from guichet.audience.positions import Positions
from guichet.audience.recount import recounted
from guichet.audience.texts import Array

READS = 5
PENDING = 1_000_000  # stretches read before they are written


@dataclass
class Month:
    """What is kept of a month: its files with their numbers of rows, and the day on which its key was made."""

    since: str
    stretches: list[tuple[str, int]] = field(default_factory=list)
    users: list[tuple[str, int]] = field(default_factory=list)

    @property
    def made(self) -> str:
        """The month in which its key was made."""
        return month_of(date.fromisoformat(self.since))


class Store:
    """Open it with `with`: one writer at a time. `today` decides what is too old to be kept.

    `gap` and `timezone` are those of `measure`, for a new store; one that exists has its own, and refuses others.
    """

    def __init__(self, folder: Path, today: date, gap: int | None = None, timezone: str | None = None) -> None:
        self.folder, self._today = folder, today
        self._asked = (gap, timezone)
        self.rules = reading.Rules(gap=gap or reading.GAP, timezone=timezone)
        self.months: dict[str, Month] = {}
        self.periods: list[str] = []  # the reporting periods: `2012-06..2013-06`
        self.destroyed: list[str] = []
        self.tally: dict[int | None, Array] = {}
        self._positions = Positions(b"")
        self._keys = Keys(folder / "keys")
        self._pending: list[reading.Partial] = []
        self._written = 0

    # Opened and closed

    def __enter__(self) -> Store:
        with self._told():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("w")
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AudienceError(f"{self.folder}: another command is writing in this store") from None
            self._load()
            self._forget()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lock.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise AudienceError(f"{self.folder}: {error.strerror or error}; what it kept before is kept") from None

    @classmethod
    def read(cls, folder: Path, today: date, period: Period | None = None) -> Figures:
        """The figures of a period, without a lock, beside whoever writes. Raises AudienceError."""
        for _ in range(READS):
            store = cls(folder, today)
            with store._told():
                store._read()
                with suppress(FileNotFoundError):  # files that another writing has just replaced
                    return store._counted(period)
        raise AudienceError(f"{folder}: it is written in all the time; ask again")

    def _load(self) -> None:
        self._read()
        self._positions.secret = self._keys.hashes("logs", ADDRESS, [b""]).tobytes()
        self._unused()  # by a writer that was stopped

    def _read(self) -> None:
        path = self.folder / "store.json"
        if path.exists():
            try:
                kept = json.loads(path.read_text("utf-8"))
                self._understand(kept)
            except (ValueError, KeyError, TypeError):
                raise AudienceError(f"{path}: it is not what a store writes") from None

    def _understand(self, kept: dict[str, Any]) -> None:
        gap, timezone = self._asked
        if gap not in (None, kept["gap"]) or timezone not in (None, kept["timezone"]):
            raise AudienceError(
                f"{self.folder}: this store was made with --visit-gap {kept['gap']} and "
                + (f"--timezone {kept['timezone']}" if kept["timezone"] else "without --timezone")
                + ": its visits cannot be counted otherwise later"
            )
        self.rules = reading.Rules(gap=kept["gap"], timezone=kept["timezone"])
        self.months = {
            name: Month(month["since"], *([(file, n) for file, n in month[kind]] for kind in ("stretches", "users")))
            for name, month in kept["months"].items()
        }
        self.periods, self.destroyed, self._written = kept["periods"], kept["destroyed"], kept["written"]
        self.tally = {None if day == "" else int(day): np.array(counts) for day, counts in kept["days"].items()}
        self._positions = Positions.read(kept["logs"])

    # Fed

    def declare(self, period: Period) -> bool:
        """Make it a reporting period, with a key of its own, unless it is too long or a part of it is kept already."""
        name = f"{period.months[0]}..{period.months[-1]}"
        whole = period == Period.read(name) and len(period.months) <= 13
        if name in self.periods:
            return True
        if not whole or any(month in self.months or self._declared(month) for month in period.months):
            return False
        self.periods.append(name)
        return True

    def feed(
        self,
        paths: Sequence[Path],
        executor: Executor | None = None,
        progress: Callable[[int], object] | None = None,
        begun: bool = False,
    ) -> int:
        """Keep what logs hold that was not read yet: how many bytes. Raises AudienceError; what was kept before is kept.

        A log is known by its first lines, under whatever name, compressed or not. One that ends inside a line is being
        written: that line is left for the next time. `begun`: it may hold no good line yet.
        """
        read = 0
        for path in paths:
            logs.check(path)
        for path in paths:
            log = self._positions.find(path)
            whole = [logs.Part(path, log.position, None, growing=True, begun=begun)]
            parts = logs.parts(path, PART, log.position, growing=True) if executor else whole
            for partial in read_parts(parts, self.rules, executor, progress):
                self._pending.append(partial)
                log.position += partial.bytes_read
                read += partial.bytes_read
                if executor is None and self._many():
                    self._positions.keep(log, path)
                    self.commit()
            self._positions.keep(log, path)
            if self._many():
                self.commit()
        self.commit()
        return read

    def knows(self, path: Path) -> bool:
        """Was a part of what this log holds read? Raises AudienceError."""
        return self._positions.known(path) is not None

    def _many(self) -> bool:
        return sum(len(partial.stretches[0]) for partial in self._pending) > PENDING

    def commit(self) -> None:
        """Write what was read since the last time, then, at once, that it was."""
        with self._told():
            for partial in self._pending:
                for day, counts in partial.tally.items():
                    self.tally[day] = self.tally[day] + counts if day in self.tally else counts
            for kind, new in (("stretches", self._new_stretches()), ("users", self._new_users())):
                for name, columns in new.items():
                    month = self.months.setdefault(name, Month(self._today.isoformat()))
                    setattr(month, kind, self._added(name, kind, getattr(month, kind), columns))
            self._pending = []
            self._save()

    def _save(self) -> None:
        kept = {
            "gap": self.rules.gap,
            "timezone": self.rules.timezone,
            "written": self._written,
            "periods": self.periods,
            "destroyed": self.destroyed,
            "months": {name: vars(month) for name, month in sorted(self.months.items())},
            "logs": self._positions.kept(),
            "days": {"" if day is None else day: counts.tolist() for day, counts in self.tally.items()},
        }
        new = self.folder / "store.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(kept, file, separators=(",", ":"))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / "store.json")
        self._unused()

    def _unused(self) -> None:
        used = {name for month in self.months.values() for name, _ in (*month.stretches, *month.users)}
        for path in self.folder.glob("*.parquet"):
            if path.name not in used:
                path.unlink()

    def _added(self, month: str, kind: str, files: list[tuple[str, int]], columns: rows.Rows) -> list[tuple[str, int]]:
        """Files with new rows, in one more file or in the last ones: a file is at least twice as large as the next."""
        files = list(files)
        merge = (lambda all_: rows.merged(all_, self.rules.gap)) if kind == "stretches" else rows.distinct
        columns = merge(columns)
        while files and files[-1][1] < 2 * _size(columns):
            name, _ = files.pop()
            wanted = rows.STRETCHES if kind == "stretches" else rows.USERS
            columns = merge(rows.together(rows.read([self.folder / name], wanted), columns))
        self._written += 1
        name = f"{month}-{kind}-{self._written}.parquet"
        rows.write(self.folder / name, columns)
        return [*files, (name, _size(columns))]

    def _new_stretches(self) -> dict[str, rows.Rows]:
        new: dict[str, list[rows.Rows]] = {}
        for partial in self._pending:
            host, first, last, pages, offset = partial.stretches
            local = first + offset
            day = local // 86_400
            months = day.astype("datetime64[D]").astype("datetime64[M]")
            for number in np.unique(months):
                name, chosen = str(number), months == number
                texts, who = partial.hosts.some(host[chosen])
                early = local[chosen] - number.astype("datetime64[s]").astype(np.int64) < self.rules.gap
                columns = {
                    "visitor": self._hashed(name, ADDRESS, texts)[who],
                    "period": self._hashed(self._reporting(name), ADDRESS, texts)[who],
                    "previous": np.zeros(len(who), np.uint64),
                    "day": day[chosen].astype(np.int32),
                    "first": first[chosen],
                    "seconds": (last - first)[chosen].astype(np.int32),
                    "pages": pages[chosen],
                }
                if early.any() and (before := shifted(name, -1)) not in self.destroyed:
                    texts, who = partial.hosts.some(host[chosen][early])
                    columns["previous"][early] = self._hashed(before, ADDRESS, texts)[who]
                new.setdefault(name, []).append(columns)
        return {name: rows.together(*several) for name, several in new.items()}

    def _new_users(self) -> dict[str, rows.Rows]:
        new: dict[str, list[rows.Rows]] = {}
        for partial in self._pending:
            user, month = partial.pairs
            for number in np.unique(month).tolist():
                name = str(np.datetime64(number, "M"))
                texts, _ = partial.users.some(user[month == number])
                columns = {
                    "user": self._hashed(name, USER, texts),
                    "period": self._hashed(self._reporting(name), USER, texts),
                }
                new.setdefault(name, []).append(columns)
        return {name: rows.together(*several) for name, several in new.items()}

    def _hashed(self, key: str, person: bytes, texts: list[bytes]) -> Array:
        if key in self.destroyed:
            raise AudienceError(f"{self.folder}: {key} was destroyed after {KEPT_MONTHS} months; a log of it comes too late")
        return self._keys.hashes(key, person, texts)

    # Periods

    def _declared(self, month: str) -> str | None:
        return next((name for name in self.periods if month in Period.read(name).months), None)

    def _reporting(self, month: str) -> str:
        """The reporting period of a month: the one declared, else what is left of its year."""
        if declared := self._declared(month):
            return declared
        year = Period.read(month).first.year
        taken = [one for name in self.periods for one in Period.read(name).months if Period.read(one).first.year == year]
        before, after = [one for one in taken if one < month], [one for one in taken if one > month]
        first = shifted(max(before), 1) if before else f"{year:04}-01"
        last = shifted(min(after), -1) if after else f"{year:04}-12"
        self.periods.append(f"{first}..{last}")
        return self.periods[-1]

    def _forget(self) -> None:
        """Destroy what is too old, with its keys."""
        first = shifted(month_of(self._today), -KEPT_MONTHS)
        old = [name for name, month in self.months.items() if max(name, month.made) < first]
        if not old:
            return
        for name in old:
            del self.months[name]
            month = Period.read(name)
            for day in [
                day
                for day in self.tally
                if day is not None and month.first <= date.fromordinal(reading.EPOCH + day) <= month.last
            ]:
                del self.tally[day]
        self.destroyed = sorted({*self.destroyed, *old})
        self._save()
        for name in old:
            self._keys.destroy(name)
        for name in self.periods:
            if not any(month in self.months for month in Period.read(name).months):
                self._keys.destroy(name)

    # Asked

    def figures(self, period: Period | None = None) -> Figures:
        """The figures of a period, or of all that is kept. What no key can count is None, and `refused` says why."""
        with self._told():
            return self._counted(period)

    def _counted(self, period: Period | None) -> Figures:
        """Raises OSError."""
        lost = [month for month in (period.months if period else []) if month in self.destroyed]
        if lost:
            raise AudienceError(f"{self.folder}: {lost[0]} was destroyed after {KEPT_MONTHS} months")
        if not self.months and not self.tally:
            raise AudienceError(f"{self.folder}: nothing is kept in this store")
        return recounted(self, period)

    def stretches(self, month: str) -> rows.Rows:
        files = [self.folder / name for name, _ in self.months[month].stretches] if month in self.months else []
        return rows.read(files, rows.STRETCHES)

    def users(self, month: str) -> rows.Rows:
        files = [self.folder / name for name, _ in self.months[month].users] if month in self.months else []
        return rows.read(files, rows.USERS)


def _size(columns: rows.Rows) -> int:
    return len(next(iter(columns.values())))
