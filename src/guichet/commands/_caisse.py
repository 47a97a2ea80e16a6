"""What the commands of an operator share: the database, a caisse, what they say while they work."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from guichet.commands import _django, _streams


def add_caisse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--caisse", required=True, metavar="CODE", help="its three digits, such as 751")


def add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="DIR", help="where bank files are written (the data folder)")


def out(options: argparse.Namespace) -> Path:
    from django.conf import settings

    folder: Path = options.out or settings.DATA_DIR / "virements"
    return folder


@contextmanager
def database(command: str) -> Iterator[None]:
    """The database answers; else the command ends with a sentence."""
    _django.start(command)
    from django.db import Error

    from guichet.records.embedded.server import ServerError

    try:
        yield
    except (Error, ServerError) as error:
        _streams.say(command, f"the database: {' '.join(str(error).split())}")
        sys.exit(1)


def files_of(command: str, code: str) -> int:
    """How many files a caisse has; the command ends with a sentence when there is no such caisse."""
    from guichet.records.dossiers import Caisse, Dossier

    if not Caisse.objects.filter(code=code).exists():
        _streams.say(command, f"--caisse: there is no caisse {code!r}")
        sys.exit(1)
    count: int = Dossier.objects.filter(caisse=code).count()
    return count


@contextmanager
def progress(total: int, what: str, unit: str = "files") -> Iterator[Callable[[int], None]]:
    """Give how many more are done."""
    from tqdm import tqdm

    with tqdm(total=total, desc=what, unit=f" {unit}", disable=None) as bar:

        def advance(count: int) -> None:
            bar.update(count)

        yield advance
