"""`guichet courriels`: the e-mails that wait are sent.

`guichet serve` does it every other second. It can be stopped at any moment, and done again.
"""

from __future__ import annotations

import argparse
import logging

from guichet.commands import _beside, _django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _beside.add_every(parser)


def run(options: argparse.Namespace) -> int:
    _django.start("courriels")
    from django.db import Error, close_old_connections

    from guichet.operations import courriels

    def sent() -> bool:
        try:
            courriels.send()
        except (Error, OSError):  # the database or the server is away: they wait
            logging.getLogger(__name__).exception("e-mails wait")
            return False
        finally:
            close_old_connections()
        return True

    return _beside.again(sent, options)
