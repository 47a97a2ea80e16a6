"""`guichet audience`: how a site is used, exactly, from its access logs. See docs/audience.md."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from guichet.commands import _django, _logs, _streams, _values, _workers

if TYPE_CHECKING:
    from guichet.audience.figures import Figures
    from guichet.audience.period import Period
    from guichet.audience.store import Store

GAP = 1800  # seconds
PAUSE = 1.0  # seconds between two looks at a log that grows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "logs",
        nargs="*",
        metavar="LOG",
        type=_logs.given,
        help="combined format, compressed or not, in any order; - is a pipe",
    )
    add("--json", action="store_true", help="one JSON object, which docs/audience.md explains")
    add("--html", type=_values.file, metavar="FILE", help="the report, in one page that opens without a network")
    add("--csv", type=Path, metavar="DIR", help="the figures of each chart of the report, a file each")
    add("--events", nargs="+", type=Path, default=[], metavar="FILE", help="the application's events, for the report too")
    add("--visit-gap", type=_values.seconds, metavar="S", help=f"a longer pause ends a visit ({GAP} seconds)")
    add("--rule", choices=("exact", "awstats"), default="exact", help="our definitions, or those of AWStats 7.8")
    add(
        "--timezone",
        type=_values.zone,
        metavar="ZONE",
        help="of days and hours, such as Europe/Paris; else that of each line",
    )
    add("--period", type=_values.period, metavar="FROM..TO", help="months or days, such as 2012-06..2013-06")
    add("--workers", type=_values.workers, default=1, metavar="N", help="processes (1)")
    add("--store", type=Path, metavar="DIR", help="keep what later periods need, without the logs; or ask it")
    add("--follow", action="store_true", help="keep reading logs that grow and are rotated, into the store")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    if wrong := _badly_called(options):
        options.refuse(wrong)
    options.logs, options.events = (_logs.once("audience", files) for files in (options.logs, options.events))
    from guichet.audience.errors import AudienceError

    try:
        figures = _stored(options, options.period) if options.store else _measured(options, options.period)
        if figures and (options.html or options.csv):
            _report(options, figures)
    except AudienceError as error:
        return _streams.say("audience", error)
    except KeyboardInterrupt:
        kept = "what the store kept is kept" if options.store else "nothing was counted"
        return _streams.say("audience", f"interrupted; {kept}")
    if figures:
        for sentence in figures.refused.values():
            _streams.say("audience", sentence)
        said = json.dumps(figures.to_json()) if options.json else "\n".join(_table(figures))
        try:
            _streams.write(f"{said}\n".encode())
        except OSError as error:
            return _streams.failed("audience", error)
    return 0


def _badly_called(options: argparse.Namespace) -> str | None:
    """What is wrong with the options taken together."""
    awstats = options.rule == "awstats"
    wrong = {
        "--store keeps visits by the exact rule: give --rule awstats with logs only": options.store and awstats,
        "--rule awstats has a gap of its own: give it without --visit-gap": awstats and options.visit_gap,
        "--follow reads logs into a store: give it with LOG and --store DIR": options.follow
        and not (options.store and options.logs),
        "--html explains visits by the exact rule, 30 minutes: give it without --rule awstats or another --visit-gap": (
            options.html and (awstats or options.visit_gap not in (None, GAP))
        ),
        "--events are for the report: give it with --html FILE or --csv DIR": options.events
        and not (options.html or options.csv),
        "give logs to read, or a store to ask": not options.logs and not options.store,
        "a pipe is read once: give files with --store, --html or --csv": _logs.has_pipe(options.logs)
        and (options.store or options.html or options.csv),
    }
    return next((sentence for sentence, is_so in wrong.items() if is_so), None)


def _measured(options: argparse.Namespace, period: Period | None) -> Figures:
    from guichet.audience.measure import measure

    for path in options.logs:
        _warn_if_empty(path)
    with _workers.executor(options.workers) as executor, _progress(options.logs) as progress:
        return measure(
            options.logs,
            rule=options.rule,
            gap=options.visit_gap or GAP,
            timezone=options.timezone,
            period=period,
            executor=executor,
            progress=progress,
        )


def _stored(options: argparse.Namespace, period: Period | None) -> Figures | None:
    """The figures of a store, fed first; none if it is fed for ever."""
    from guichet import clock
    from guichet.audience.errors import AudienceError
    from guichet.audience.store import Store

    if not options.logs and not (options.store / "store.json").exists():
        raise AudienceError(f"{options.store}: nothing is kept in this folder")
    with Store(options.store, clock.today(), options.visit_gap, options.timezone) as store:
        if options.html and store.rules.gap != GAP:
            raise AudienceError(
                f"{options.store}: its visits end after {store.rules.gap} seconds; --html explains those of {GAP}"
            )
        options.timezone = store.rules.timezone
        if options.period and options.logs:
            store.declare(options.period)
        if options.follow:
            _follow(store, options.logs)
            return None
        with _workers.executor(options.workers) as executor, _progress(options.logs) as progress:
            store.feed(options.logs, executor, progress)
        return store.figures(period)


def _report(options: argparse.Namespace, figures: Figures) -> None:
    """The page or the tables of the report. Raises AudienceError for a file that cannot be written."""
    _django.start("audience")
    from guichet.audience import events
    from guichet.audience.errors import AudienceError
    from guichet.audience.figures import EventFigures
    from guichet.audience.period import Period
    from guichet.web.observatoire import file
    from guichet.web.observatoire.report import Report

    happened = events.read(options.events, period=options.period) if options.events else EventFigures()
    months = list(figures.visits_month)
    if not months and not options.period:
        raise AudienceError("no page in these logs: there is nothing to report")
    period = options.period or Period.read(f"{months[0]}..{months[-1]}")
    report = Report(period, figures, _before(options, period), happened)
    if options.html:
        _written(options.html, file.page(report, options.logs, _by_awstats(options), options.timezone))
    if options.csv:
        for chart in report.charts:
            _written(options.csv / f"{chart.slug}.csv", file.table(chart))


def _before(options: argparse.Namespace, period: Period) -> Figures | None:
    """What the same logs, or the store, hold of the period before: all that is there was asked for without a period."""
    from guichet.audience.errors import AudienceError

    before = period.before
    if not options.period or before is None:
        return None
    with contextlib.suppress(AudienceError):  # the store keeps it no longer
        return _stored(options, before) if options.store else _measured(options, before)
    return None


def _written(path: Path, text: str) -> None:
    """Write a file whole, or not at all, in a folder that is made if it is not there. Raises AudienceError."""
    from guichet.audience.errors import AudienceError

    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_text(text, encoding="utf-8")
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise AudienceError(f"{path}: {error.strerror}") from None


def _by_awstats(options: argparse.Namespace) -> Figures | None:
    """What AWStats would count on the same logs; none without its lists, nor of a store, which holds more than they do."""
    from guichet.audience.errors import AudienceError
    from guichet.audience.measure import measure

    if options.store or options.rule == "awstats":
        return None
    with contextlib.suppress(AudienceError):
        return measure(options.logs, rule="awstats", timezone=options.timezone, period=options.period)
    return None


def _follow(store: Store, logs: list[Path]) -> None:
    from guichet.audience.follow import follow

    def pause() -> bool:
        time.sleep(PAUSE)
        return True

    _streams.say("audience", "following; interrupt it to stop")
    with contextlib.suppress(KeyboardInterrupt):  # what was read and not kept will be read again
        follow(store, logs, pause)


@contextlib.contextmanager
def _progress(files: list[Path]) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal, of bytes; compressed logs hold more than their sizes."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    from guichet.audience import logs

    tqdm.monitor_interval = 0  # no thread of its own: we fork
    ordinary = [path for path in files if path.is_file()]
    total = None if any(map(logs.is_compressed, ordinary)) else sum(path.stat().st_size for path in ordinary)
    with tqdm(total=total, unit="B", unit_scale=True, leave=False, file=sys.stderr) as bar:

        def read(size: int) -> None:
            bar.update(size)

        yield read


def _warn_if_empty(path: Path) -> None:
    if path.is_file() and not path.stat().st_size:
        _streams.say("audience", f"{path} is empty")


def _table(figures: Figures) -> list[str]:
    """The main figures, for people."""
    minutes, seconds = divmod(round(figures.mean_duration), 60)
    days = list(figures.pages_day)
    rows = [
        ("days", f"{days[0]} to {days[-1]}" if days else "none"),
        ("visits", _number(figures.visits)),
        ("visitors", _number(figures.visitors_total)),
        ("pages", _number(figures.pages)),
        ("pages a visit", f"{figures.pages_per_visit:.2f}"),
        ("mean duration", f"{minutes} min {seconds:02} s"),
        ("users", _number(figures.users)),
        ("", ""),
        ("lines read", _number(figures.lines)),
        *((f"  {reason}", _number(number)) for reason, number in figures.set_aside.items()),
    ]
    table = [f"{name:28}{value:>16}" if value else "" for name, value in rows]
    if len(figures.visits_month) > 1:
        table += ["", f"{'month':12}{'visits':>16}{'visitors':>16}{'pages':>16}"]
        for month, pages in figures.pages_month.items():
            numbers = (figures.visits_month.get(month, 0), figures.visitors_month.get(month, 0), pages)
            table.append(f"{month:12}" + "".join(f"{_number(number):>16}" for number in numbers))
    return table


def _number(number: int | None) -> str:
    return "not known" if number is None else f"{number:,}".replace(",", " ")
