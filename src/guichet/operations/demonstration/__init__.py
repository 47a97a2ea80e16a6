"""The demonstration caisse: households that do not exist, on the law that does.

Made once, with two years of history; then its paydays go on, like those of any caisse.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from guichet.domain.calendrier import last_mois_paid
from guichet.operations import echeances
from guichet.operations.demonstration import banque, chargement
from guichet.operations.demonstration.chargement import CODE, NAME, PASSWORD
from guichet.operations.demonstration.personas import PERSONAS, Persona
from guichet.records.dossiers import Caisse

__all__ = ["CODE", "NAME", "PASSWORD", "PERSONAS", "Persona", "catch_up", "is_loaded", "load", "to_do"]

MONTHS = 24


def load(now: datetime, count: int, progress: Callable[[int], None] = lambda files: None) -> bool:
    """Make the caisse and its `count` files, personas included, as they are known at the instant `now`; nothing if
    they are there. `progress` is told of the files made. True when they were."""
    last = last_mois_paid(now.date())
    return chargement.load(last - (MONTHS - 1), last, now, count, progress)


def is_loaded() -> bool:
    """Whether the caisse is there."""
    return bool(Caisse.objects.filter(code=CODE).exists())


def to_do(now: datetime) -> list[date]:
    """The paydays that are due and not done."""
    return echeances.to_do(CODE, now)


def catch_up(now: datetime, folder: Path, progress: Callable[[date], None] = lambda day: None) -> int:
    """The paydays due until `now`, with what the bank sends back; how many. See `operations.echeances.catch_up`."""
    closed = banque.closed_accounts()

    def done(day: date) -> None:
        banque.send_back(day, now, closed)
        banque.agree()
        progress(day)

    with connection.cursor() as cursor:  # what a power cut loses is done again: none waits for the disk
        cursor.execute("SET synchronous_commit = off")
    banque.send_back_latest(now, closed)
    return echeances.catch_up(CODE, now, folder, done)
