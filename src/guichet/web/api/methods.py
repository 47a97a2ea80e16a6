"""What is read from an API may be asked for without its body, as a page may (RFC 9110, 9.3.2): django-ninja refuses it."""

from __future__ import annotations

from functools import partialmethod
from typing import Any

from ninja import NinjaAPI

from guichet.web.headers import READ


class Api(NinjaAPI):
    """`@api.read(path, ...)` is `@api.get`, with HEAD, which the document that describes the API leaves aside."""

    read = partialmethod(NinjaAPI.api_operation, list(READ))

    def get_openapi_schema(self, **named: Any) -> Any:
        schema = super().get_openapi_schema(**named)
        for operations in schema["paths"].values():
            operations.pop("head", None)
        return schema
