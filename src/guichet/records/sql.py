"""What every page of an account reads, in SQL: Django takes longer to write a question than to read its answer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection


class Question(NamedTuple):
    """A question, with `%s` where `values` stand; `read` is what is made of its rows."""

    text: str
    values: Sequence[Any]
    read: Callable[[list[tuple[Any, ...]]], Any]


def ask(*questions: Question) -> list[Any]:
    """What each question finds, all asked at once: an exchange with the database costs a page more than most answers. It is
    one text, as Django writes the values in it itself (without `server_side_binding`)."""
    found = []
    with connection.cursor() as cursor:
        values = [value for question in questions for value in question.values]
        cursor.execute(";\n".join(question.text for question in questions), values)
        for question in questions:
            found.append(question.read(cursor.fetchall()))
            cursor.nextset()
    return found


def rows(model: Any, clauses: str, values: Sequence[Any], without: str = "") -> Question:
    """The rows of `model` that `clauses` keep: what follows FROM in the question. The column `without` is not read until it
    is asked for."""
    names = [name for name in _names(model) if name != without]
    text = f"SELECT {', '.join(names)} FROM {model._meta.db_table} {clauses}"
    return Question(text, values, lambda found: [model.from_db(None, names, row) for row in found])


def read(model: Any, clauses: str, values: Sequence[Any], without: str = "") -> list[Any]:
    """The rows of `model` that `clauses` keep (see `rows`), asked for alone."""
    (found,) = ask(rows(model, clauses, values, without))
    return list(found)


def add(new: Any, otherwise: str = "") -> bool:
    """A row that is nowhere yet, in one exchange: Django takes three or four, for what may go with it. `otherwise` is
    what to do when it is there (`ON CONFLICT ... DO NOTHING`): False then."""
    model = type(new)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or new.pk is not None]
    names, values = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({values}) {otherwise} RETURNING {model._meta.pk.column}",
            [field.get_db_prep_save(getattr(new, field.attname), connection) for field in fields],
        )
        row = cursor.fetchone()
    if row is not None:
        (new.pk,) = row
        new._state.adding = False
    return row is not None


def columns(**models: Any) -> str:
    """The columns of several models, each by the name of its table in the question: a row of them is what `split` reads."""
    return ", ".join(f"{table}.{name}" for table, model in models.items() for name in _names(model))


def split(row: Sequence[Any], *models: Any) -> list[Any]:
    """The objects whose columns follow one another in a row."""
    values = iter(row)
    return [model.from_db(None, names, list(islice(values, len(names)))) for model in models for names in (_names(model),)]


@functools.cache
def _names(model: Any) -> list[str]:
    """The names of a model's columns, which are those of its attributes."""
    return [field.attname for field in model._meta.concrete_fields]
