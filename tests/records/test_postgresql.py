"""The pool of connections: it looks at one before it lends it, and asks the server nothing."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture
def lent(transactional_db):
    """The pid of the server's process behind the connection that the pool lends."""

    def pid() -> int:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    yield pid
    connection.close()


def test_a_connection_that_the_server_has_closed_is_not_lent(lent):
    before = lent()
    with connection.pool.connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
        assert cursor.fetchone() == (True,)
    assert before not in [lent() for _ in range(4)]


def test_a_connection_that_holds_is_lent_without_a_query(lent, monkeypatch):
    lent()
    monkeypatch.setattr("psycopg_pool.ConnectionPool.check_connection", lambda *_: pytest.fail("a query"))
    assert lent()
