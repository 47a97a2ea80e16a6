"""`guichet measure`: the site's own access logs become rows without addresses; old logs are erased.

`guichet serve` does it every minute. It can be stopped at any moment, and done again: nothing is lost nor counted twice.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from guichet.commands import _django, _values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=_values.seconds, metavar="S", help="again every S seconds, until stopped")
    # With it, stop when that process is no longer our parent.
    parser.add_argument("--until-orphan-of", type=int, metavar="PID", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    _django.start("measure")
    from django.conf import settings

    from guichet import clock
    from guichet.audience.errors import AudienceError
    from guichet.operations import site_use

    folders = site_use.Folders(settings.LOGS_DIR, settings.EVENTS_DIR, settings.AUDIENCE_DIR)
    while True:
        try:
            site_use.read_logs(folders, clock.today(), settings.LOG_DAYS)
            site_use.compare(folders, clock.today())
        except (AudienceError, OSError) as error:
            print(f"guichet measure: {error}", file=sys.stderr)
            if not options.every:
                return 1
        if not options.every or options.until_orphan_of not in (None, os.getppid()):
            return 0
        try:
            time.sleep(options.every)
        except KeyboardInterrupt:  # it is how it stops
            return 0
