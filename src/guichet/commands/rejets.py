"""`guichet rejets FILE...`: what banks answer to the transfers of a payday (ISO 20022, pain.002).

Each payment that came back is owed again, and told in a letter. A report can be read twice: it counts once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from guichet.commands import _caisse, _streams


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a report of the bank")


def run(options: argparse.Namespace) -> int:
    failed = 0
    with _caisse.database("rejets"):
        for file in options.files:
            try:
                print(f"{file}: {_noted(file)}")
            except OSError as error:
                failed = _streams.say("rejets", f"{file}: {error.strerror}")
            except ValueError as error:
                failed = _streams.say("rejets", f"{file}: {error}")
    return failed


def _noted(file: Path) -> str:
    from guichet import clock
    from guichet.operations import rejets, virements

    reasons, unknown = rejets.read(virements.read(file.read_bytes()))
    unknown += rejets.rejeter(reasons, clock.now())
    told = f"{len(reasons)} transfers sent back"
    return f"{told}; not ours, or not sent: {', '.join(unknown)}" if unknown else told
