"""`guichet backup FILE`: the whole database, as it is at one instant, while the site runs."""

from __future__ import annotations

import argparse

from guichet.commands import _caisse, _streams, _values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=_values.file, metavar="FILE", help="where it is written")


def run(options: argparse.Namespace) -> int:
    with _caisse.database("backup"):
        from guichet.records.backup import BackupError, save

        try:
            save(options.file)
        except (BackupError, OSError) as error:
            return _streams.say("backup", f"{options.file}: {getattr(error, 'strerror', None) or error}")
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB. Keep GUICHET_FIELD_KEYS elsewhere: without them it")
    print("opens no NIR and no IBAN.")
    return 0
