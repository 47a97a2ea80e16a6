"""A part of a log is read: its lines are counted by reason, its pages become stretches. Runs in any process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from guichet.audience import awstats, dates, formats, lines, lists, logs, visits
from guichet.audience.errors import AudienceError
from guichet.audience.lists import Lists
from guichet.audience.period import Period
from guichet.audience.texts import Array, Bytes, Texts, resized

EPOCH = datetime(1970, 1, 1).toordinal()  # noqa: DTZ001 (a day)
METHODS = (  # that AWStats counts
    "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND", "PROPPATCH", "CHECKOUT", "LOCK", "MKACTIVITY", "MERGE",
    "REPORT", "MKCOL", "COPY",
)  # fmt: skip
GAP = 1800  # seconds without a page after which a visit is over
DAYS = 2048  # of the tally, half of which may be used
ROWS = 1 << 15
STRETCHES = 1 << 19  # handed over at once
FIRST_LINES = 1000  # if none of them can be read, it is another format
NO_DAY = dates.EMPTY + 1  # of bad lines


@dataclass(frozen=True)
class Rules:
    """How lines are judged and pages joined."""

    awstats: bool = False
    gap: int = GAP
    timezone: str | None = None
    period: Period | None = None  # what is counted; pages around it still say where visits begin

    @property
    def lists(self) -> Lists:
        """Found again in each process. Raises AudienceError if AWStats's are not installed."""
        return awstats.lists() if self.awstats else lists.ours()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a line is no page, in the order of the columns of a tally."""
        return ("bad", "status", "asset", "method", "request", *self.lists.reasons)

    @property
    def wanted(self) -> Array:
        """The first and the last day counted, since 1970."""
        if self.period is None:
            return np.array([-(1 << 40), 1 << 40], np.int64)
        return np.array([self.period.first.toordinal() - EPOCH, self.period.last.toordinal() - EPOCH], np.int64)


@dataclass
class Partial:
    """What a part held. Stretches: number of the host in `hosts`, first, last, pages, offset; users: number, month."""

    hosts: Bytes
    users: Bytes
    stretches: tuple[Array, ...]
    pairs: tuple[Array, ...]
    tally: dict[int | None, Array]  # by day since 1970; None: bad lines
    last_clock: int
    bytes_read: int


def read(part: logs.Part, rules: Rules, progress: Callable[[int], object] | None = None) -> Iterator[Partial]:
    """One or more partials. Raises AudienceError."""
    reader = _Reader(part, rules)
    for block in logs.blocks(part):
        reader.feed(block)
        if progress:
            progress(block.read)
        if reader.full:
            yield reader.partial()
    reader.end()
    yield reader.partial()


def read_all(part: logs.Part, rules: Rules) -> list[Partial]:
    """The same, at once, for another process."""
    return list(read(part, rules))


@dataclass
class _Reader:
    part: logs.Part
    rules: Rules

    def __post_init__(self) -> None:
        self.head = b""  # what the log starts with, until its format is known
        self.first_lines = FIRST_LINES if self.part.start == 0 else 0  # still to be seen before its format is known
        self.tables = (
            _hash_table(self.rules.lists.extensions),
            np.array([int.from_bytes(name[:8].encode(), "little") for name in METHODS], np.uint64),
            self.rules.awstats,
        )
        self.zone = _zone(self.rules.timezone)
        self.agents, self.verdicts = Texts(), np.zeros(0, np.int8)
        self.rows = (*(np.empty(ROWS, np.int32) for _ in range(3)), np.empty(ROWS, np.int64), np.empty(ROWS, np.int32))
        self.tally = (np.full(DAYS, dates.EMPTY, np.int64), np.zeros((DAYS, lines.COLUMNS), np.int64))
        self.sums: dict[int | None, Array] = {}
        self._restart()

    def _restart(self) -> None:
        self.hosts, self.users = Texts(14), Texts()
        self.opened, self.months = np.zeros((0, 4), np.int64), np.zeros(0, np.int32)
        integers = (np.int32, np.int64, np.int64, np.int32, np.int32)
        self.stretches = tuple(np.empty(2 * ROWS, kind) for kind in integers)
        self.pairs = tuple(np.empty(2 * ROWS, np.int32) for _ in range(2))
        self.state = np.zeros(8, np.int64)
        self.state[lines.LAST_CLOCK] = -1
        self.bytes_read = 0
        self._new_tally()

    def _new_tally(self) -> None:
        """With the slot of those that have no day."""
        days, counts = self.tally
        for slot in np.flatnonzero(days != dates.EMPTY).tolist():
            day = int(days[slot])
            self._add(None if day == NO_DAY else day, counts[slot])
        days[:] = dates.EMPTY
        counts[:] = 0
        days[lines.NO_DAY] = NO_DAY
        self.state[lines.SLOTS] = 1

    def _add(self, day: int | None, counts: Array) -> None:
        self.sums[day] = self.sums[day] + counts if day in self.sums else counts.copy()

    @property
    def full(self) -> bool:
        """Has it so much that it should be handed over?"""
        return bool(self.state[lines.STRETCHES] > STRETCHES or self.state[lines.PAIRS] > STRETCHES)

    def feed(self, block: logs.Block) -> None:
        """Count the lines of a block. Raises AudienceError if the first ones are those of another format."""
        buffer = np.frombuffer(block.buffer, np.uint8)
        self.tally[1][lines.NO_DAY, lines.BAD] += block.skipped
        at, bad = block.start, self._bad
        while at < block.end:
            self.state[lines.LINES] = 0
            at = lines.parse(
                buffer, at, block.end, self._limit, self.tables, self.zone, self.hosts.table, self.users.table,
                self.agents.table, self.rows, self.tally, self.state,
            )  # fmt: skip
            if self.first_lines:
                self._recognize(block)
            self._gather()
            for texts in (self.hosts, self.users, self.agents):
                texts.grow()
        if self.part.growing and not block.complete and self._bad > bad:  # cut: it will have an end
            self.tally[1][lines.NO_DAY, lines.BAD] = bad
            self.head = self.head if self.bytes_read else b""
        else:
            self.bytes_read += block.read

    @property
    def _bad(self) -> int:
        return int(self.tally[1][lines.NO_DAY, lines.BAD])

    @property
    def _limit(self) -> int:
        return self.first_lines or 1 << 60

    def _recognize(self, block: logs.Block) -> None:
        """Stop looking once a line is good."""
        if self.first_lines == FIRST_LINES:
            self.head = bytes(block.buffer[block.start : block.end])
        self.first_lines -= int(self.state[lines.LINES])
        if self.tally[1][:, lines.BAD + 1 :].any() or self.state[lines.ROWS]:
            self.first_lines = 0
        elif self.first_lines <= 0:
            raise AudienceError(formats.described(self.part.path, self.head))

    def end(self) -> None:
        """Raises AudienceError if the log has less than a thousand lines, and none is good."""
        if self.head and self.first_lines and self.part.end is None and not self.part.begun:
            raise AudienceError(formats.described(self.part.path, self.head))

    def _gather(self) -> None:
        new = len(self.agents) - len(self.verdicts)
        if new:
            verdicts = [self.rules.lists.verdict(agent) for agent in self.agents.since(len(self.verdicts))]
            codes = [0 if verdict is None else lines.ROBOT + verdict for verdict in verdicts]
            self.verdicts = np.append(self.verdicts, np.array(codes, np.int8))
        if len(self.opened) < len(self.hosts):
            self.opened = resized(self.opened, self.hosts.room, len(self.opened))
        if len(self.months) < len(self.users):
            self.months = resized(self.months, self.users.room, len(self.months))
        self.stretches = self._roomy(self.stretches, lines.STRETCHES)
        self.pairs = self._roomy(self.pairs, lines.PAIRS)
        self.state[lines.NEXT] = 0
        while visits.gather(
            self.rows, self.verdicts, self.rules.gap, self.rules.wanted, self.opened, self.stretches, self.months,
            self.pairs, self.tally, self.state,
        ):  # fmt: skip
            self._new_tally()
        if self.state[lines.SLOTS] * 2 >= DAYS:
            self._new_tally()
        self.state[lines.ROWS] = 0
        if len(self.agents) > lists.KNOWN:  # rows hold their numbers, and there is none left
            self.agents, self.verdicts = Texts(), np.zeros(0, np.int8)

    def _roomy(self, columns: tuple[Array, ...], used: int) -> tuple[Array, ...]:
        """Room for what the rows may bring."""
        number = int(self.state[used])
        if len(columns[0]) - number >= ROWS:
            return columns
        return tuple(resized(column, 2 * len(columns[0]) + ROWS, number) for column in columns)

    def partial(self) -> Partial:
        """What was read since the last one."""
        self.stretches = tuple(
            resized(column, int(self.state[lines.STRETCHES]) + len(self.hosts), int(self.state[lines.STRETCHES]))
            for column in self.stretches
        )
        visits.close(self.opened, len(self.hosts), self.stretches, self.state)
        self._new_tally()
        stretches = tuple(column[: self.state[lines.STRETCHES]].copy() for column in self.stretches)
        pairs = tuple(column[: self.state[lines.PAIRS]].copy() for column in self.pairs)
        tally, self.sums = self.sums, {}
        done = Partial(
            self.hosts.bytes(),
            self.users.bytes(),
            stretches,
            pairs,
            tally,
            int(self.state[lines.LAST_CLOCK]),
            self.bytes_read,
        )
        self._restart()
        return done


def _hash_table(extensions: frozenset[str]) -> Array:
    """As `lines.kind_of` looks them up."""
    table = np.zeros(512, np.uint64)
    for extension in sorted(extensions):
        word = int.from_bytes(extension.encode(), "little")
        slot = (word * int(lines.MIX) & (1 << 64) - 1) >> 55
        while table[slot]:
            slot = (slot + 1) % 512
        table[slot] = word
    return table


@cache
def _zone(name: str | None) -> tuple[Array, Array]:
    """When the offsets of a time zone begin, and what they are, in seconds; both are empty for the lines' own."""
    if name is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    zone = ZoneInfo(name)

    def offset(instant: int) -> int:
        moment = datetime.fromtimestamp(instant, zone)
        return int((moment.utcoffset() or timedelta()).total_seconds())

    since, offsets = [-(1 << 62)], [offset(0)]
    for day in range(1, 366 * 130):  # until about 2100
        instant = day * dates.SECONDS
        if offset(instant) != offsets[-1]:
            low, high = instant - dates.SECONDS, instant
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
            since.append(high)
            offsets.append(offset(high))
    return np.array(since, np.int64), np.array(offsets, np.int64)
