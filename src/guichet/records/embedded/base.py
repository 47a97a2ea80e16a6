"""Our PostgreSQL backend, which makes sure that the embedded server runs before it connects."""

from __future__ import annotations

from typing import Any, Self

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from guichet.records.embedded.server import EmbeddedServer
from guichet.records.postgresql import base


class Connection(psycopg.Connection[Any]):
    """The pool makes one when none that it has answers: the server may have been killed."""

    @classmethod
    def connect(cls, conninfo: str = "", **named: Any) -> Self:
        EmbeddedServer.at(settings.DATA_DIR).ensure()
        return super().connect(conninfo, **named)


class DatabaseWrapper(base.DatabaseWrapper):
    """DATABASES names the database and its options; the server says where and as whom to connect."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        settings_dict["OPTIONS"]["pool"]["connection_class"] = Connection

    @property
    def server(self) -> EmbeddedServer:
        return EmbeddedServer.at(settings.DATA_DIR)

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), **self.server.connection()}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.server.joined:  # here, who waits is told why it does not start
            self.server.ensure()
        return super().get_new_connection(conn_params)
