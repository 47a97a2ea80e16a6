"""HTTP errors are pages that help: what happened, and what to do now. Nothing typed is lost that was sent before."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from guichet.web import identity
from guichet.web.headers import READ
from guichet.web.problems import answer

OF_THE_API = "ninja.operation"
"""Its views refuse by themselves what they do not take."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return identity.from_an_older_page(request) or answer(request, 403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


class Methods:
    """Django middleware: a page that is asked for in a way that it does not take answers so, whoever asks. It comes before
    the check of forms, which would take it for a forged one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:  # an empty page: this one helps
            page = answer(request, 405)
            response.content, response.headers["Content-Type"] = page.content, page.headers["Content-Type"]
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        allowed = getattr(view, "methods", READ)
        if request.method in allowed or getattr(view, "__module__", "") == OF_THE_API:
            return None
        return HttpResponseNotAllowed(allowed)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the database does not answer, which passes."""
    if not isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return answer(request, 500)
    response = answer(request, 503)
    response.headers["Retry-After"] = "60"
    return response
