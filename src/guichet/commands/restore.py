"""`guichet restore FILE`: a backup, put into an empty database; all of it, or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from guichet.commands import _caisse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what `guichet backup` wrote")


def run(options: argparse.Namespace) -> int:
    with _caisse.database("restore"):
        from guichet.records.backup import BackupError, restore

        try:
            restore(options.file)
        except BackupError as error:
            print(f"guichet restore: {options.file}: {error}", file=sys.stderr)
            return 1
    return 0
