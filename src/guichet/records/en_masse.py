"""Many rows at once, by COPY: several times faster than INSERT, under the same constraints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models


def ajoute(objets: Sequence[Any]) -> None:
    """Add objects of one model; they are given their numbers. What they refer to has its own already."""
    if objets:
        champs = [champ for champ in objets[0]._meta.concrete_fields if not champ.primary_key]
        colonnes = zip(*(_colonne(champ, objets) for champ in champs), strict=True)
        numeros = copie(type(objets[0]), [champ.attname for champ in champs], list(colonnes))
        for objet, numero in zip(objets, numeros, strict=True):
            objet.pk = numero


def copie(modele: Any, champs: Sequence[str], lignes: Sequence[Sequence[Any]]) -> list[int]:
    """Add rows of a model, and return their numbers: `champs` names what each row holds, the rest is null. An object takes
    longer to make than to be written."""
    meta = modele._meta
    nom = connection.ops.quote_name
    colonnes = ", ".join(nom(meta.get_field(champ).column) for champ in champs)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, len(lignes)],
        )
        numeros = [numero for (numero,) in cursor.fetchall()]
        with cursor.copy(f"COPY {nom(meta.db_table)} ({nom(meta.pk.column)}, {colonnes}) FROM STDIN") as flux:
            for numero, ligne in zip(numeros, lignes, strict=True):
                flux.write_row((numero, *ligne))
    return numeros


def analyse(*modeles: Any) -> None:
    """Have the database count what tables hold now. It does by itself, some minutes later; until then it takes them for
    empty, and reads all of them again for each row of another."""
    with connection.cursor() as cursor:
        for modele in modeles:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(modele._meta.db_table)}")


def _colonne(champ: Any, objets: Sequence[Any]) -> Iterator[Any]:
    """The values of a field, ready to be written."""
    if isinstance(champ, models.JSONField):
        return (json.dumps(getattr(objet, champ.attname)) for objet in objets)
    return (getattr(objet, champ.attname) for objet in objets)
