"""`guichet programs`: record the law of each month, so that every month answers at full speed from the first request.

`guichet serve` does it behind the requests; a caisse may rather do it when it installs a version. What is kept already
is not done again.
"""

from __future__ import annotations

import argparse
import sys

from guichet.commands import _beside, _django, _values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH

    every = f"{FIRST_MONTH}..{LAST_CHECKED_MONTH}"
    parser.add_argument(
        "months", nargs="?", type=_values.months, default=every, metavar="FROM..TO", help=f"{every} by default"
    )
    _beside.add_until_orphan(parser)


def run(options: argparse.Namespace) -> int:
    _django.start("programs")
    from tqdm import tqdm

    from guichet import law

    _django.keep_programs()
    first, last = options.months
    try:
        # The latest are those most asked for.
        for month in tqdm(list(reversed(list(first.until(last)))), unit=" months", disable=not sys.stderr.isatty()):
            if _beside.is_orphan(options):
                return 0
            law.build_programs(month)
    except KeyboardInterrupt:
        return 1
    return 0
