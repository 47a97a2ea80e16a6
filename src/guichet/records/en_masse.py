"""Many rows at once, by COPY: several times faster than INSERT, under the same constraints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models


def ajoute(objets: Sequence[Any]) -> None:
    """Add objects of one model; they are given their numbers. What they refer to has its own already."""
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
        with cursor.copy(f"COPY {table} ({colonnes}) FROM STDIN") as copie:
            for ligne in zip(*(_colonne(champ, objets) for champ in champs), strict=True):
                copie.write_row(ligne)


def analyse(*modeles: Any) -> None:
    """Have the database count what tables hold now. It does by itself, some minutes later; until then it takes them for
    empty, and reads all of them again for each row of another."""
    with connection.cursor() as cursor:
        for modele in modeles:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(modele._meta.db_table)}")


def _colonne(champ: Any, objets: Sequence[Any]) -> Iterator[Any]:
    """The values of a field, ready to be written."""
    if isinstance(champ, models.ForeignKey):
        return (_numero(objet, champ) for objet in objets)
    if isinstance(champ, models.JSONField):
        return (json.dumps(getattr(objet, champ.attname)) for objet in objets)
    return (getattr(objet, champ.attname) for objet in objets)


def _numero(objet: Any, champ: Any) -> Any:
    """That of the object referred to, which it may have got after it was referred to."""
    return objet.__dict__[champ.attname] or (champ.is_cached(objet) and getattr(objet, champ.name).pk) or None
