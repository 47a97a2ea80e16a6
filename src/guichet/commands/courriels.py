"""`guichet courriels`: the e-mails that wait are sent.

`guichet serve` does it every other second. It can be stopped at any moment, and done again.
"""

from __future__ import annotations

import argparse
import logging
import os
import time

from guichet.commands import _django, _values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=_values.seconds, metavar="S", help="again every S seconds, until stopped")
    # With it, stop when that process is no longer our parent.
    parser.add_argument("--until-orphan-of", type=int, metavar="PID", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    _django.start("courriels")
    from django.db import Error, close_old_connections

    from guichet.operations import courriels

    while True:
        try:
            courriels.send()
        except (Error, OSError):  # the database or the server is away: they wait
            logging.getLogger(__name__).exception("e-mails wait")
            if not options.every:
                return 1
        close_old_connections()
        if not options.every or options.until_orphan_of not in (None, os.getppid()):
            return 0
        try:
            time.sleep(options.every)
        except KeyboardInterrupt:  # it is how it stops
            return 0
