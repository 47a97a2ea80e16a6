"""Django's PostgreSQL backend, which makes sure that the embedded server runs before it connects."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from guichet.records.embedded.server import EmbeddedServer


class DatabaseWrapper(base.DatabaseWrapper):
    """DATABASES names the database and its options; the server says where and as whom to connect."""

    @property
    def server(self) -> EmbeddedServer:
        return EmbeddedServer.at(settings.DATA_DIR)

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), **self.server.connection()}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.server.ensure()
        return super().get_new_connection(conn_params)
