"""HTTP errors are pages that help: what happened, and what to do now. Nothing typed is lost that was sent before."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from guichet.web import identity
from guichet.web.problems import answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return identity.from_an_older_page(request) or answer(request, 403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


class NotAllowedPage:
    """Django answers a method that a page does not know with an empty page: this one helps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:
            page = answer(request, 405)
            response.content, response.headers["Content-Type"] = page.content, page.headers["Content-Type"]
        return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the database does not answer, which passes."""
    if not isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return answer(request, 500)
    response = answer(request, 503)
    response.headers["Retry-After"] = "60"
    return response
