"""`guichet purge`: what may no longer be kept is erased, rule by rule. Once a night; again, it erases nothing more."""

from __future__ import annotations

import argparse

from guichet.commands import _caisse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser  # no option


def run(options: argparse.Namespace) -> int:
    with _caisse.database("purge"):
        from guichet.records.purge import purge

        for rule, erased in purge():
            print(f"{erased:7} {rule}")
    return 0
