"""Logs in, figures out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from pathlib import Path
from typing import Literal

from guichet.audience import awstats, logs, reading
from guichet.audience.figures import Figures
from guichet.audience.ledger import Ledger
from guichet.audience.period import Period

PART = 256 << 20  # bytes of a log read at once
AHEAD = 16  # parts given to an executor before the first is back


def measure(
    paths: Sequence[Path],
    *,
    rule: Literal["exact", "awstats"] = "exact",
    gap: int = reading.GAP,
    timezone: str | None = None,
    period: Period | None = None,
    executor: Executor | None = None,
    part: int = PART,
    progress: Callable[[int], object] | None = None,
) -> Figures:
    """The figures of logs, in any order. Raises AudienceError; then nothing was measured.

    `gap`: seconds without a page after which a visit is over (the exact rule). `timezone`: that of days and hours; else
    the local time of each line. `executor`: where parts are read; here without one. `progress` is told of bytes read.
    """
    rules = reading.Rules(rule == "awstats", awstats.GAP if rule == "awstats" else gap, timezone, period)
    ledger = Ledger(rules)
    for path in paths:
        logs.check(path)
    parts = (one for path in paths for one in (logs.parts(path, part) if executor else [logs.Part(path)]))
    for partial in read_parts(parts, rules, executor, progress):
        ledger.add(partial)
    return ledger.figures()


def read_parts(
    parts: Iterable[logs.Part], rules: reading.Rules, executor: Executor | None, progress: Callable[[int], object] | None
) -> Iterator[reading.Partial]:
    if executor is None:
        for part in parts:
            yield from reading.read(part, rules, progress)
        return
    waiting: set[Future[list[reading.Partial]]] = set()
    remaining = iter(parts)
    while True:
        waiting |= {executor.submit(reading.read_all, part, rules) for part in islice(remaining, AHEAD - len(waiting))}
        if not waiting:
            return
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            for partial in future.result():
                if progress:
                    progress(partial.bytes_read)
                yield partial
