"""`guichet echeances`: the paydays that are due; rights, letters, transfers and bank files, in order. Once a night.

What was done is not done again; stopped at any moment, the next run goes on.
"""

from __future__ import annotations

import argparse

from guichet.commands import _caisse, _streams


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _caisse.add_caisse(parser)
    _caisse.add_out(parser)


def run(options: argparse.Namespace) -> int:
    with _caisse.database("echeances"):
        _caisse.files_of("echeances", options.caisse)
        from guichet import clock
        from guichet.operations import echeances

        now = clock.now()
        due = len(echeances.to_do(options.caisse, now))
        try:
            with _caisse.progress(due, "Paydays", "paydays") as advance:
                done = echeances.catch_up(options.caisse, now, _caisse.out(options), lambda day: advance(1))
        except OSError as error:
            return _streams.say("echeances", f"{error.filename or _caisse.out(options)}: {error.strerror}")
    print(f"{done} paydays")
    return 0
