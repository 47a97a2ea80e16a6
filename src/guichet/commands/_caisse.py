"""What the commands that move money share: which caisse, and what they say while they work."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from guichet.commands import _django


def add_caisse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--caisse", required=True, metavar="CODE", help="its three digits, such as 751")


def open_caisse(command: str, code: str) -> int:
    """The database is there, and so is the caisse; else the command ends with a sentence. How many files it has."""
    _django.start(command)
    from django.db import Error

    from guichet.records.dossiers import Caisse, Dossier
    from guichet.records.embedded.server import ServerError

    try:
        if not Caisse.objects.filter(code=code).exists():
            sys.exit(_say(command, f"--caisse: there is no caisse {code!r}."))
        return Dossier.objects.filter(caisse=code).count()
    except (Error, ServerError) as error:
        sys.exit(_say(command, f"the database does not answer: {' '.join(str(error).split())}"))


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[int], object]]:
    """Give how many files more are done."""
    from tqdm import tqdm

    with tqdm(total=total, desc=what, unit=" files", disable=None) as bar:
        yield bar.update


def _say(command: str, sentence: str) -> int:
    print(f"guichet {command}: {sentence}", file=sys.stderr)
    return 1
