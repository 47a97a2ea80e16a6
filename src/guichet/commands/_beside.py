"""The commands that `guichet serve` starts beside the site: they go on, or come again, for as long as it lives."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

from guichet.commands import _values


def add_every(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=_values.seconds, metavar="S", help="again every S seconds, until stopped")
    add_until_orphan(parser)


def add_until_orphan(parser: argparse.ArgumentParser) -> None:
    """Stop when that process is no longer our parent: it is the supervisor's own option."""
    parser.add_argument("--until-orphan-of", type=int, metavar="PID", help=argparse.SUPPRESS)


def is_orphan(options: argparse.Namespace) -> bool:
    return options.until_orphan_of not in (None, os.getppid())


def again(once: Callable[[], bool], options: argparse.Namespace) -> int:
    """Once, which says whether it was done; or every S seconds, where what was not done is for the next time."""
    while True:
        is_done = once()
        if not options.every:
            return 0 if is_done else 1
        if is_orphan(options):
            return 0
        try:
            time.sleep(options.every)
        except KeyboardInterrupt:  # it is how it stops
            return 0
