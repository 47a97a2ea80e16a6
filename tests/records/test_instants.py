"""Instants: our way of reading them is Django's own, but for the time that it takes."""

from datetime import UTC

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg import DataError

from guichet.records.apps import Instant


class Django(BaseTzLoader):
    timezone = UTC


@pytest.mark.parametrize(
    "written",
    [b"2026-11-25 09:00:00+00", b"2026-11-25 09:00:00.1+00", b"2024-02-29 23:59:59.999999+00", b"0001-01-01 00:00:00+00"],
)
def test_an_instant_is_that_of_django(written):
    assert Instant(0).load(written) == Django(0).load(written)
    assert Instant(0).load(written).tzinfo is UTC


@pytest.mark.parametrize("written", [b"infinity", b"-infinity", b"10000-01-01 00:00:00+00", b"0044-03-15 12:00:00+00 BC"])
def test_an_instant_that_python_does_not_have_is_refused_as_by_django(written):
    for loader in (Instant, Django):
        with pytest.raises(DataError):
            loader(0).load(written)


@pytest.mark.django_db
def test_the_database_is_read_so():
    with connection.cursor() as cursor:
        cursor.execute("SELECT timestamptz '2026-11-25 10:00:00.5+01'")
        assert cursor.fetchone()[0].isoformat() == "2026-11-25T09:00:00.500000+00:00"
        assert cursor.connection.adapters.get_loader(1184, 0) is Instant
