"""The demonstration caisse: households that do not exist, on the law that does.

Made once, with two years of history; then its paydays go on, like those of any caisse.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from guichet.domain.calendrier import dernier_mois_paye
from guichet.operations import echeances
from guichet.operations.demonstration import banque, chargement
from guichet.operations.demonstration.chargement import CODE, MOT_DE_PASSE, NOM
from guichet.operations.demonstration.personas import PERSONAS, Persona
from guichet.records.dossiers import Caisse

__all__ = ["CODE", "MOT_DE_PASSE", "NOM", "PERSONAS", "Persona", "a_faire", "charge", "chargee", "rattrape"]

MOIS = 24


def charge(maintenant: datetime, nombre: int, avance: Callable[[int], None] = lambda fichiers: None) -> bool:
    """Make the caisse and its `nombre` files, personas included, as they are known at the instant `maintenant`; nothing if
    they are there. `avance` is told of the files made. True when they were."""
    dernier = dernier_mois_paye(maintenant.date())
    return chargement.charge(dernier - (MOIS - 1), dernier, maintenant, nombre, avance)


def chargee() -> bool:
    """Whether the caisse is there."""
    return bool(Caisse.objects.filter(code=CODE).exists())


def a_faire(maintenant: datetime) -> list[date]:
    """The paydays that are due and not done."""
    return echeances.to_do(CODE, maintenant)


def rattrape(maintenant: datetime, sortie: Path, avance: Callable[[date], None] = lambda jour: None) -> int:
    """The paydays due until `maintenant`, with what the bank sends back; how many. See `operations.echeances.catch_up`."""
    fermes = banque.comptes_fermes()

    def payee(jour: date) -> None:
        banque.renvoie(jour, maintenant, fermes)
        banque.convient()

    with connection.cursor() as cursor:  # what a power cut loses is done again: none waits for the disk
        cursor.execute("SET synchronous_commit = off")
    banque.renvoie_les_derniers(maintenant, fermes)
    return echeances.catch_up(CODE, maintenant, sortie, avance, payee)
