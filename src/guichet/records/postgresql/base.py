"""Django's PostgreSQL backend, whose pool lends a connection without a question to the server each time."""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Django has the pool check a connection by a query, which takes as long as that of a page."""
        if self.pool is not None:
            self.pool._check = check
        return super().get_new_connection(conn_params)


def check(connection: psycopg.Connection[Any]) -> None:
    """Raises OperationalError when the server has left: what nobody has asked for and is to be read is its farewell, or the
    end of the line."""
    heard = select.poll()
    heard.register(connection.fileno(), select.POLLIN)
    if heard.poll(0):
        ConnectionPool.check_connection(connection)
