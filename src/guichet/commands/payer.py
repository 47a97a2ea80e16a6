"""`guichet payer`: what a caisse owes on a day, as transfers in a bank file (ISO 20022, pain.001).

It can be stopped at any moment, and done again: nobody is paid twice, and the file is the same.
"""

from __future__ import annotations

import argparse

from guichet.commands import _caisse, _streams, _values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _caisse.add_caisse(parser)
    parser.add_argument("--date", required=True, type=_values.payday, metavar="D", help="the day, as 2026-11-05")
    _caisse.add_out(parser)


def run(options: argparse.Namespace) -> int:
    with _caisse.database("payer"):
        files = _caisse.files_of("payer", options.caisse)
        from guichet import clock
        from guichet.operations.payer import payer

        folder = _caisse.out(options)
        try:
            with _caisse.progress(files, f"Payments of {options.date}") as advance:
                done = payer(options.caisse, options.date, clock.now(), folder, lambda chunk: advance(chunk.dossiers))
        except OSError as error:
            return _streams.say("payer", f"{error.filename or folder}: {error.strerror}")
    print(
        f"{done.ordres} transfers, {done.montant} euros, {done.retenues} deductions; "
        f"without an account: {done.without_account}"
    )
    return 0
