"""What the engine must find, counted on arrays before they are text: another way to the same figures."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guichet.audience.replay.visits import ASSET, ERROR, NOTHING, PAGE, ROBOT, RUBBISH, VISIT_GAP, Clock, Lines
from guichet.audience.replay.year import Ints


class Marks:
    """Who was seen: distinct numbers, at a byte each."""

    def __init__(self) -> None:
        self.seen: NDArray[np.bool_] = np.zeros(1024, bool)

    def mark(self, who: Ints) -> int:
        """How many are distinct so far."""
        if len(who) and (most := int(who.max())) >= len(self.seen):
            self.seen = np.concatenate([self.seen, np.zeros(most + 1, bool)])
        self.seen[who] = True
        return int(self.seen.sum())


class Distinct:
    """Distinct persons of each month, which come in order, and of all of them."""

    def __init__(self) -> None:
        self.total, self.months = 0, dict[str, int]()
        self._total, self._month = Marks(), Marks()

    def mark(self, month: str, who: Ints) -> None:
        if month not in self.months:
            self._month = Marks()
        self.months[month] = self._month.mark(who)
        self.total = self._total.mark(who)


class Audience:
    """The truth about the access logs, under the 30-minute rule."""

    def __init__(self) -> None:
        self.sorts: NDArray[np.int64] = np.zeros(5, np.int64)
        self.seconds = 0
        self.visits_day: dict[str, int] = {}
        self.visitors_day: dict[str, int] = {}
        self.pages_day: dict[str, int] = {}
        self.pages_hour: NDArray[np.int64] = np.zeros(24, np.int64)
        self.visitors = Distinct()
        self.open = NOTHING  # the last page of each visit that may go on after midnight

    def day(self, day: date, clock: Clock, lines: Lines) -> None:
        self.sorts += np.bincount(lines.sort, minlength=5)
        pages = lines[lines.sort == PAGE]
        self.pages_day[day.isoformat()] = len(pages)
        self.pages_hour += np.bincount((pages.at + clock.offsets(pages.at)) % 86400 // 3600, minlength=24)
        self.visitors.mark(f"{day:%Y-%m}", pages.who)
        self._visits(day, clock, pages)
        self.open = pages[pages.at >= clock.end - VISIT_GAP]

    def _visits(self, day: date, clock: Clock, pages: Lines) -> None:
        known = self.open + pages
        known = known[np.lexsort((known.at, known.who))]
        today = known.at >= clock.midnight
        apart = np.diff(known.at, prepend=0)
        first = np.diff(known.who, prepend=-1) != 0
        new = first | (apart > VISIT_GAP)
        self.visits_day[day.isoformat()] = int((new & today).sum())
        self.visitors_day[day.isoformat()] = len(np.unique(pages.who))
        self.seconds += int(apart[today & ~new].sum())

    def figures(self) -> dict[str, Any]:
        """The fields of `guichet audience --json`, and some more."""
        months: Counter[str] = Counter()
        weekdays: Counter[str] = Counter({str(weekday): 0 for weekday in range(7)})
        for day, count in self.visits_day.items():
            read = date.fromisoformat(day)
            months[f"{read:%Y-%m}"] += count
            weekdays[str(read.weekday())] += count
        visits, pages = sum(months.values()), int(self.sorts[PAGE])
        return {
            "lines": int(self.sorts.sum()),
            "bad": int(self.sorts[RUBBISH]),
            "pages": pages,
            "visits": visits,
            "mean_duration": self.seconds / visits,
            "pages_per_visit": pages / visits,
            "visitors_total": self.visitors.total,
            "users": 0,
            "visits_month": dict(months),
            "visitors_month": self.visitors.months,
            "visitors_day": self.visitors_day,
            "visits_day": self.visits_day,
            "pages_day": self.pages_day,
            "visits_weekday": dict(weekdays),
            "pages_hour": {str(hour): int(count) for hour, count in enumerate(self.pages_hour)},
            "robots": int(self.sorts[ROBOT]),
            "assets": int(self.sorts[ASSET]),
            "errors": int(self.sorts[ERROR]),
            "seconds": self.seconds,
        }


class Events:
    """The truth about the events."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.yes: Counter[tuple[str, str]] = Counter()
        self.authentications_day: Counter[str] = Counter()
        self.users = Distinct()

    def add(self, day: date, event: str, kind: str, number: int, who: Ints, yes: int) -> None:
        if not number:
            return
        month = f"{day:%Y-%m}"
        self.counts[event, kind, month] += number
        self.yes[kind, month] += yes
        if event == "authentification":
            self.authentications_day[day.isoformat()] += number
        if len(who):
            self.users.mark(month, who)

    def figures(self) -> dict[str, Any]:
        """Counts by event, kind and month; distinct allocataires by month and in all."""
        counts: dict[str, dict[str, dict[str, int]]] = {}
        for (event, kind, month), number in self.counts.items():
            counts.setdefault(event, {}).setdefault(kind, {})[month] = number
        return {
            "counts": counts,
            "yes": {
                kind: {month: yes for (of, month), yes in self.yes.items() if of == kind} for kind in counts.get("avis", {})
            },
            "authentications_day": dict(self.authentications_day),
            "users_month": self.users.months,
            "users_period": self.users.total,
        }
