"""`guichet programs`: record the law of each month, so that every month answers at full speed from the first request.

`guichet serve` does it behind the requests; a caisse may rather do it when it installs a version. What is kept already
is not done again.
"""

from __future__ import annotations

import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.settings")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("months", nargs="?", default="", metavar="FROM..TO", help="2012-06..2026-11 by default")
    parser.add_argument("--until-orphan-of", type=int, metavar="PID", help=argparse.SUPPRESS)  # the supervisor's


def run(options: argparse.Namespace) -> int:
    from django.conf import settings
    from tqdm import tqdm

    from guichet import law
    from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH, Mois

    first, _, last = options.months.partition("..")
    try:
        begin = Mois.parse(first) if first else FIRST_MONTH
        end = Mois.parse(last) if last else Mois.parse(first) if first else LAST_CHECKED_MONTH
    except ValueError as error:
        print(f"guichet programs: {error}", file=sys.stderr)
        return 2
    law.keep_programs_in(settings.PROGRAMS_DIR)
    months = list(reversed(list(max(begin, FIRST_MONTH).until(end))))  # the latest are those most asked for
    try:
        for month in tqdm(months, unit=" months", disable=not sys.stderr.isatty()):
            if options.until_orphan_of not in (None, os.getppid()):
                return 0
            law.build_programs(month)
    except KeyboardInterrupt:
        return 1
    return 0
