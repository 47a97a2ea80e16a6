"""`guichet code`: the letter with which an allocataire opens their account, to be printed and posted.

The code is in that file alone. Made again, the code before it opens nothing any more.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from guichet.commands import _caisse, _streams


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _caisse.add_caisse(parser)
    parser.add_argument("--matricule", required=True, metavar="N", help="the number of the file, seven digits")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="the letter, a PDF")


def run(options: argparse.Namespace) -> int:
    with _caisse.database("code"):
        from guichet.operations.premier_acces import letter
        from guichet.records.dossiers import Dossier

        files = Dossier.objects.select_related("caisse").filter(caisse=options.caisse, matricule=options.matricule)
        file = files.first()
        if file is None:
            return _streams.say("code", f"there is no file {options.matricule!r} in the caisse {options.caisse!r}")
        try:
            with os.fdopen(os.open(options.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
                written.write(letter(file))
        except OSError as error:
            return _streams.say("code", f"{options.out}: {error.strerror}")
    print(f"{options.out}: print it, post it, erase it")
    return 0
