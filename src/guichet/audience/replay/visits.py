"""The visits of a day: who, when, how many pages; and what else a log holds (assets, errors, robots, rubbish)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from guichet.audience.replay import year
from guichet.audience.replay.year import Floats, Ints

PARIS = ZoneInfo("Europe/Paris")
VISIT_GAP = 1800
PAGES_A_VISIT = 3.8
"""Published: « un peu moins de quatre »."""
LONGEST_VISIT = 60
GAP_MEDIAN, GAP_SPREAD = 47.0, 1.0
"""Seconds between two pages, log-normal: AWStats's buckets then make the published five minutes of a visit."""
BACK_WITHIN_THE_HOUR = 0.02
"""Chosen: visits that follow another of the same person by 31 to 58 minutes; AWStats sees one visit there."""
ASSETS, ERRORS, ROBOTS, BAD = 0.8, 0.02, 0.07, 0.0003
"""Chosen: lines of each sort for a page."""
PAGE, ASSET, ERROR, ROBOT, RUBBISH = range(5)
GOLDEN = (5**0.5 - 1) / 2


@dataclass
class Lines:
    """Lines of a log, before they are text: time (seconds since 1970), who, and what sort of line it is."""

    at: Ints
    who: Ints
    sort: NDArray[np.int8]

    def __getitem__(self, chosen: NDArray[np.generic] | slice) -> Lines:
        return Lines(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def __add__(self, other: Lines) -> Lines:
        return Lines(*(np.concatenate([getattr(part, field.name) for part in (self, other)]) for field in fields(self)))

    def __len__(self) -> int:
        return len(self.at)


NOTHING = Lines(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int8))


def midnight(day: date) -> int:
    return int(datetime.combine(day, time(), PARIS).timestamp())


class Clock:
    """Paris time of a day, by array. The hour that does not exist in March is written as the one that follows."""

    def __init__(self, day: date) -> None:
        self.midnight, self.end = midnight(day), midnight(day + timedelta(days=1))
        first = datetime.combine(day, time(), PARIS).utcoffset()
        last = datetime.combine(day, time(23), PARIS).utcoffset()
        assert first is not None
        assert last is not None
        self.offset, self.shift = int(first.total_seconds()), int((last - first).total_seconds())
        # Europe changes its clocks at 1:00 UTC.
        self.change = self.midnight + 3600 + self.offset if self.shift else self.end

    def instants(self, seconds: Ints) -> Ints:
        """Seconds since 1970 of a time of the day, written in seconds; the first of the two when there are two."""
        return self.midnight + seconds - self.shift * (seconds >= 3 * 3600)

    def offsets(self, at: Ints) -> Ints:
        """Seconds ahead of UTC."""
        return self.offset + self.shift * (at >= self.change)


@dataclass
class Persons:
    """Who comes in a month: each of `number` once, then some of them again, the same ones more often.

    From one month to the next the window moves by the new ones: the others are the same persons.
    """

    first: int
    number: int
    shuffle: int

    def once(self, begin: int, end: int) -> Ints:
        """The persons of the month, in disorder, from the `begin`th to the `end`th."""
        return self.first + np.arange(begin, end) * self.shuffle % self.number

    def again(self, random: np.random.Generator, how_many: int) -> Ints:
        chosen = (random.random(how_many) ** 2 * self.number).astype(np.int64)
        return self.first + chosen * self.shuffle % self.number


def persons(numbers: list[int], new: float) -> list[Persons]:
    """Those of successive months."""
    found, first = [], 0
    for number in numbers:
        shuffle = next(step for step in range(int(number * GOLDEN) + 1, 2 * number + 2) if np.gcd(step, number) == 1)
        found.append(Persons(first, number, shuffle))
        first += round(number * new)
    return found


class Hours:
    """How many visits begin at each hour, and their pages, so that the pages of the month follow the published hours."""

    def __init__(self) -> None:
        self.shares: Floats = np.array(year.HOURS) / sum(year.HOURS)
        self.pages: Floats = np.zeros(24)

    def of_visits(self, number: int) -> tuple[Ints, Ints]:
        """Visits, pages: at each hour, those that the month still misses; what is begun at an hour may end after it."""
        missing = self.shares * (self.pages.sum() + number * PAGES_A_VISIT) - self.pages
        wanted = np.maximum(missing, 0)
        return year.whole(wanted * number / wanted.sum()), year.whole(wanted)

    def saw(self, hours: Ints) -> None:
        self.pages += np.bincount(hours, minlength=24)


class Visits:
    """Makes the visits of one day after the other."""

    def __init__(self) -> None:
        self.made = 0
        self.late = NOTHING  # the last page of each of yesterday's visits that may go on after midnight
        self.hours = Hours()

    def day(self, random: np.random.Generator, clock: Clock, once: Ints, again: int, who: Persons) -> tuple[Ints, Ints]:
        """Times and persons of the pages of a day whose visits are those of `once`, and `again` more."""
        number = len(once) + again
        visits_hour, pages_hour = self.hours.of_visits(number)
        hour = np.repeat(np.arange(24), visits_hour)
        start = clock.instants(hour * 3600 + random.integers(0, 3600, number))
        pages = self._pages(random, visits_hour, pages_hour)
        offsets, lasts = _seconds(random, pages)
        visitor = np.empty(number, np.int64)
        is_again = np.zeros(number, bool)
        is_again[random.permutation(number)[:again]] = True
        visitor[~is_again] = once
        visitor[is_again] = who.again(random, again)
        back = self._come_back(random, clock, start, lasts, visitor, is_again)
        self._keep_apart(random, who, start, start + lasts, visitor, is_again & ~back)
        late = start + lasts >= clock.end - VISIT_GAP
        self.late = Lines((start + lasts)[late], visitor[late], np.zeros(late.sum(), np.int8))
        at = np.repeat(start, pages) + offsets
        self.hours.saw((at + clock.offsets(at)) % 86400 // 3600)
        return at, np.repeat(visitor, pages)

    def _pages(self, random: np.random.Generator, visits_hour: Ints, pages_hour: Ints) -> Ints:
        """How many pages each visit has: a geometric law, shared out evenly between successive visits.

        Then a page more or less here and there, until each hour has its own.
        """
        number = int(visits_hour.sum())
        spread = (np.arange(self.made, self.made + number) * GOLDEN + 0.5) % 1
        self.made += number
        natural = 1 + np.floor(np.log1p(-spread) / np.log1p(-1 / PAGES_A_VISIT)).astype(np.int64)
        pages: Ints = np.minimum(natural, LONGEST_VISIT)
        ends = np.cumsum(visits_hour)
        for begin, end, wanted in zip(ends - visits_hour, ends, pages_hour, strict=True):
            of_hour = pages[begin:end]
            while len(of_hour) and (less := int(of_hour.sum() - max(wanted, len(of_hour)))):
                able = np.flatnonzero(of_hour > 1) if less > 0 else np.arange(len(of_hour))
                of_hour[random.permutation(able)[: abs(less)]] -= np.sign(less)
        return pages

    def _come_back(
        self,
        random: np.random.Generator,
        clock: Clock,
        start: Ints,
        lasts: Ints,
        visitor: Ints,
        is_again: NDArray[np.bool_],
    ) -> NDArray[np.bool_]:
        """Let some visits follow another within the hour; which ones."""
        back = np.zeros(len(start), bool)
        followed = np.flatnonzero(~is_again & (start + lasts < clock.end - 2 * 3600))
        number = min(round(BACK_WITHIN_THE_HOUR * len(start)), int(is_again.sum()), len(followed))
        chosen = random.permutation(np.flatnonzero(is_again))[:number]
        followed = random.permutation(followed)[:number]
        back[chosen] = True
        visitor[chosen] = visitor[followed]
        start[chosen] = (start + lasts)[followed] + random.integers(VISIT_GAP + 60, 3500, number)
        return back

    def _keep_apart(
        self,
        random: np.random.Generator,
        who: Persons,
        start: Ints,
        end: Ints,
        visitor: Ints,
        free: NDArray[np.bool_],
    ) -> None:
        """Two visits of one person that would be one are given to two, if one of them is `free` to be anybody's."""
        starts, ends = np.concatenate([start, self.late.at]), np.concatenate([end, self.late.at])
        free = np.concatenate([free, np.zeros(len(self.late), bool)])
        for _ in range(20):
            visitors = np.concatenate([visitor, self.late.who])
            order = np.lexsort((starts, visitors))
            before, after = order[:-1], order[1:]
            meet = (visitors[before] == visitors[after]) & (starts[after] - ends[before] <= VISIT_GAP)
            before, after = before[meet], after[meet]
            moved = np.unique(np.where(free[after], after, before))
            moved = moved[free[moved]]
            if not len(moved):
                return
            visitor[moved] = who.again(random, len(moved))


def _seconds(random: np.random.Generator, pages: Ints) -> tuple[Ints, Ints]:
    """The seconds of each page since its visit began, those of the last page of each visit."""
    gaps = random.lognormal(np.log(GAP_MEDIAN), GAP_SPREAD, pages.sum())
    seconds = np.clip(gaps, 1, VISIT_GAP - 5).astype(np.int64)
    begins = np.cumsum(pages) - pages
    seconds[begins] = 0
    elapsed = np.cumsum(seconds)
    offsets = elapsed - np.repeat(elapsed[begins], pages)
    return offsets, offsets[begins + pages - 1]


def day_lines(random: np.random.Generator, clock: Clock, at: Ints, who: Ints) -> Lines:
    """The lines of a day around its pages: assets and errors follow a page, robots and rubbish come at any time."""
    lines = Lines(at, who, np.full(len(at), PAGE, np.int8))
    for sort, share in ((ASSET, ASSETS), (ERROR, ERRORS)):
        near = random.integers(0, len(at), round(share * len(at)))
        lines += Lines(at[near] + random.integers(0, 3, len(near)), who[near], np.full(len(near), sort, np.int8))
    for sort, share in ((ROBOT, ROBOTS), (RUBBISH, BAD)):
        number = int(share * len(at) + random.random())
        when = random.integers(clock.midnight, clock.end, number)
        lines += Lines(when, random.integers(0, 200, number), np.full(number, sort, np.int8))
    return lines
