"""`guichet rotate-keys`: what is kept encrypted is closed again under the first of GUICHET_FIELD_KEYS.

Put the new key first, restart the site, run this while it serves; then the old key can go. It can be stopped and done again.
"""

from __future__ import annotations

import argparse

from guichet.commands import _caisse, _streams


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser  # no option


def run(options: argparse.Namespace) -> int:
    with _caisse.database("rotate-keys"):
        from guichet.records import keys
        from guichet.records.vault import LostKeyError

        try:
            with _caisse.progress(keys.closed_rows(), "Keys", "rows") as advance:
                done = keys.change(advance)
        except LostKeyError as error:
            return _streams.say("rotate-keys", error)
    print(f"{done} rows are under the first key: the others can be taken out of GUICHET_FIELD_KEYS")
    return 0
