"""Many rows at once, by COPY: several times faster than INSERT, under the same constraints."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models


def ajoute(objets: Sequence[Any]) -> None:
    """Add objects of one model, that give all their values; they are given their numbers."""
    if not objets:
        return
    meta = objets[0]._meta
    table, champs = connection.ops.quote_name(meta.db_table), meta.concrete_fields
    colonnes = ", ".join(connection.ops.quote_name(champ.column) for champ in champs)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, len(objets)],
        )
        for objet, (numero,) in zip(objets, cursor.fetchall(), strict=True):
            objet.pk = numero
        lectures = [(champ.attname, _lecture(champ)) for champ in champs]
        with cursor.copy(f"COPY {table} ({colonnes}) FROM STDIN") as copie:
            for objet in objets:
                copie.write_row([lue(getattr(objet, nom)) for nom, lue in lectures])


def _lecture(champ: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value of a field is written."""
    return json.dumps if isinstance(champ, models.JSONField) else lambda valeur: valeur
