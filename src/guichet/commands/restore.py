"""`guichet restore FILE`: a backup, put into an empty database; all of it, or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from guichet.commands import _caisse, _streams


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what `guichet backup` wrote")


def run(options: argparse.Namespace) -> int:
    with _caisse.database("restore"):
        from guichet.records.backup import BackupError, restore

        try:
            restore(options.file)
        except BackupError as error:
            return _streams.say("restore", f"{options.file}: {error}")
    return 0
