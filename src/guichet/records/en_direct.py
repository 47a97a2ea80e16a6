"""What every page of an account reads, in SQL: Django takes longer to write a question than to read its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def lit(modele: Any, suite: str, valeurs: Sequence[Any]) -> list[Any]:
    """The rows of `modele` that `suite` keeps: what follows FROM in the question, with `%s` where `valeurs` stand."""
    noms = [champ.attname for champ in modele._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(noms)} FROM {modele._meta.db_table} {suite}", valeurs)
        return [modele.from_db(None, noms, ligne) for ligne in cursor.fetchall()]
