"""How the site is used: its access logs become rows without addresses, from which any period is counted later.

What compiles and reads is imported by who calls it: a site that nobody asks for its audience does not wait for it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from guichet.audience.errors import AudienceError
from guichet.audience.figures import EventFigures, Figures
from guichet.audience.period import KEPT_MONTHS, Period
from guichet.records import daily, events

logger = logging.getLogger(__name__)
State = tuple[tuple[str, int], ...]
KEPT_DAYS = KEPT_MONTHS * 31
"""Of events: as long as the rows of visits."""


@dataclass(frozen=True, slots=True)
class SiteUse:
    """What was measured over a period, and over as many months before it; None when nothing was."""

    period: Period
    figures: Figures | None
    before: Figures | None
    events: EventFigures


@dataclass(frozen=True, slots=True)
class Comparison:
    """What AWStats counts on the logs that were there on `jour` (the word of the file that keeps it), and we."""

    jour: str
    pages: int
    visits: int
    our_pages: int
    our_visits: int

    @classmethod
    def of(cls, other: Figures, ours: Figures, jour: str = "") -> Comparison:
        return cls(jour, other.pages, other.visits, ours.pages, ours.visits)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the site keeps its access logs, its events, and the rows that they become."""

    logs: Path
    events: Path
    rows: Path


def read_logs(folders: Folders, today: date, days: int) -> int:
    """Read what the logs have gained, and erase those of more than `days` days: how many bytes were read.

    What is not read yet is not erased. Raises AudienceError, OSError.
    """
    from guichet.audience.store import Store

    count = 0
    logs = [path for _, path in daily.files(folders.logs)]
    if logs:
        with Store(folders.rows, today) as store:
            count = store.feed(logs, begun=True)
        daily.erase(folders.logs, today, days)
    events.erase(folders.events, today, KEPT_DAYS)
    return count


def compare(folders: Folders, today: date) -> None:
    """Keep what AWStats would count on the logs of the days that are over, once a day; nothing without its lists.

    Raises AudienceError, OSError.
    """
    logs = [path for day, path in daily.files(folders.logs) if day < today]
    already = comparison(folders)
    if not logs or (already and already.jour == str(today)):
        return
    from guichet.audience.measure import measure

    try:
        other = measure(logs, rule="awstats")
    except AudienceError:
        return
    done = Comparison.of(other, measure(logs), str(today))
    temporary = folders.rows / "awstats.new"
    temporary.write_text(json.dumps(asdict(done)))
    temporary.replace(folders.rows / "awstats.json")


def comparison(folders: Folders) -> Comparison | None:
    """What was kept by `compare`."""
    try:
        return Comparison(**json.loads((folders.rows / "awstats.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def measured(folders: Folders, period: Period, today: date) -> SiteUse:
    """What was measured over `period`, and before it. Raises AudienceError."""
    during = [path for day, path in daily.files(folders.events) if period.first <= day <= period.last]
    return SiteUse(
        period,
        _figures(folders.rows, period, today),
        _figures(folders.rows, period.before, today),
        _events(during, period),
    )


def state(folders: Folders) -> State:
    """What changes when something new was written."""
    written = [folders.rows / "store.json", *(path for _, path in daily.files(folders.events)[-1:])]
    return tuple((str(path), path.stat().st_mtime_ns) for path in written if path.exists())


def _figures(rows: Path, period: Period | None, today: date) -> Figures | None:
    if period is None or not (rows / "store.json").exists():
        return None
    from guichet.audience.store import Store

    try:
        figures = Store.read(rows, today, period)
    except AudienceError as error:  # nothing is kept, or no longer; or the store is damaged
        logger.warning("%s is not counted: %s", period, error)
        return None
    return figures if figures.lines else None


def _events(files: Sequence[Path], period: Period) -> EventFigures:
    if not files:
        return EventFigures()
    from guichet.audience.events import read

    try:
        return read(files, period=period)
    except AudienceError:  # a file was damaged: the rest of the page is still true
        logger.exception("events cannot be read")
        return EventFigures()
