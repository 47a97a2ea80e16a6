"""`guichet audience`: how a site is used, exactly, from its access logs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guichet.audience.figures import Figures
    from guichet.audience.period import Period


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "logs", nargs="*", metavar="LOG", type=Path, help="combined format; plain, gzip or zstd; in any order"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, documented in docs/audience.md")
    parser.add_argument("--visit-gap", type=_seconds, default=1800, metavar="S", help="a longer pause ends a visit (1800)")
    parser.add_argument("--rule", choices=("exact", "awstats"), default="exact", help="our definitions, or AWStats 7.8's")
    parser.add_argument("--timezone", type=_zone, metavar="ZONE", help="of days and hours; else that of each line")
    parser.add_argument("--period", type=_period, metavar="FROM..TO", help="months or days, such as 2012-06..2013-06")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes (1)")
    parser.set_defaults(refuse=parser.error)


def _seconds(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 86_400):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds, from 1 to 86400")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 512):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return int(text)


def _zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text).key
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        pass
    except KeyError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a time zone, such as Europe/Paris")


def _period(text: str) -> Period:
    from guichet.audience.period import Period

    try:
        return Period.read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def run(options: argparse.Namespace) -> int:
    from guichet.audience.errors import AudienceError

    try:
        figures = _measured(options)
    except AudienceError as error:
        print(f"guichet audience: {error}", file=sys.stderr)
        return 1
    print(json.dumps(figures.to_json()) if options.json else "\n".join(_table(figures)))
    return 0


def _measured(options: argparse.Namespace) -> Figures:
    from guichet.audience.measure import measure

    return measure(options.logs, rule=options.rule, gap=options.visit_gap, timezone=options.timezone, period=options.period)


def _table(figures: Figures) -> list[str]:
    return [str(figures)]
