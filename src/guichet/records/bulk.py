"""Many rows at once, by COPY: several times faster than INSERT, under the same constraints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models


def add(objects: Sequence[Any]) -> None:
    """Add objects of one model; they are given their numbers. What they refer to has its own already."""
    if objects:
        fields = [field for field in objects[0]._meta.concrete_fields if not field.primary_key]
        columns = zip(*(_column(field, objects) for field in fields), strict=True)
        numbers = copy(type(objects[0]), [field.attname for field in fields], list(columns))
        for one, number in zip(objects, numbers, strict=True):
            one.pk = number


def copy(model: Any, fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Add rows of a model, and return their numbers: `fields` names what each row holds, the rest is null. An object takes
    longer to make than to be written."""
    meta = model._meta
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(meta.get_field(field).column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, len(rows)],
        )
        numbers = [number for (number,) in cursor.fetchall()]
        with cursor.copy(f"COPY {quoted(meta.db_table)} ({quoted(meta.pk.column)}, {columns}) FROM STDIN") as stream:
            for number, row in zip(numbers, rows, strict=True):
                stream.write_row((number, *row))
    return numbers


def analyze(*tables: Any) -> None:
    """Have the database count what tables hold now. It does by itself, some minutes later; until then it takes them for
    empty, and reads all of them again for each row of another."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")


def _column(field: Any, objects: Sequence[Any]) -> Iterator[Any]:
    """The values of a field, ready to be written."""
    if isinstance(field, models.JSONField):
        return (json.dumps(getattr(one, field.attname)) for one in objects)
    return (getattr(one, field.attname) for one in objects)
