"""`guichet measure`: the site's own access logs become rows without addresses; old logs are erased.

`guichet serve` does it every minute. It can be stopped at any moment, and done again: nothing is lost nor counted twice.
"""

from __future__ import annotations

import argparse

from guichet.commands import _beside, _django, _streams


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _beside.add_every(parser)


def run(options: argparse.Namespace) -> int:
    _django.start("measure")
    from django.conf import settings

    from guichet import clock
    from guichet.audience.errors import AudienceError
    from guichet.operations import site_use

    folders = site_use.Folders(settings.LOGS_DIR, settings.EVENTS_DIR, settings.AUDIENCE_DIR)

    def measured() -> bool:
        try:
            site_use.read_logs(folders, clock.today(), settings.LOG_DAYS)
            site_use.compare(folders, clock.today())
        except (AudienceError, OSError) as error:
            _streams.say("measure", error)
            return False
        return True

    return _beside.again(measured, options)
