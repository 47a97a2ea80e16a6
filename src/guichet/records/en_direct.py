"""What every page of an account reads, in SQL: Django takes longer to write a question than to read its answer."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import connection


def lit(modele: Any, suite: str, valeurs: Sequence[Any], sans: str = "") -> list[Any]:
    """The rows of `modele` that `suite` keeps: what follows FROM in the question, with `%s` where `valeurs` stand. The
    column `sans` is not read until it is asked for."""
    noms = [nom for nom in _noms(modele) if nom != sans]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(noms)} FROM {modele._meta.db_table} {suite}", valeurs)
        return [modele.from_db(None, noms, ligne) for ligne in cursor.fetchall()]


def colonnes(**modeles: Any) -> str:
    """Those of several models, each with the name of its table in the question: a row of them is what `separe` reads."""
    return ", ".join(f"{table}.{nom}" for table, modele in modeles.items() for nom in _noms(modele))


def separe(ligne: Sequence[Any], *modeles: Any) -> list[Any]:
    """The objects whose columns follow one another in a row."""
    valeurs = iter(ligne)
    return [modele.from_db(None, noms, list(islice(valeurs, len(noms)))) for modele in modeles for noms in (_noms(modele),)]


@functools.cache
def _noms(modele: Any) -> list[str]:
    """Those of its columns, which are those of its attributes."""
    return [champ.attname for champ in modele._meta.concrete_fields]
