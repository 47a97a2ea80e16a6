"""`guichet liquider`: the rights of a month, for all the files of a caisse, with what is known now.

It can be stopped at any moment, and done again: a month that was computed with the same facts adds nothing.
"""

from __future__ import annotations

import argparse

from guichet.commands import _caisse, _values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _caisse.add_caisse(parser)
    parser.add_argument("--mois", required=True, type=_values.month, metavar="M", help="the month of the rights, as 2026-10")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    with _caisse.database("liquider"):
        files = _caisse.files_of("liquider", options.caisse)
        from guichet import clock
        from guichet.operations.liquider import liquider
        from guichet.operations.regulariser import regulariser

        now = clock.now()
        try:
            with _caisse.progress(files, f"Rights of {options.mois}") as advance:
                done = liquider(options.caisse, options.mois, now, lambda chunk: advance(chunk.dossiers))
        except ValueError as error:
            options.refuse(f"--mois: {error}")
        letters = regulariser(options.caisse, now)
    print(f"{done.dossiers} files, {done.mois} months computed, {done.ecritures} entries, {done.montant} euros")
    print(f"{letters} letters of an overpayment")
    return 0
