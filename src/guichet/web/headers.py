"""What the views of every room say: the methods that they take, the headers that protect readers, and their time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_page
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""Our style sheet and our images; no script at all."""


class ContentSecurityPolicy:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


read_or_send = require_http_methods(["GET", "HEAD", "POST"])
"""The page, or its form."""


def private(response: HttpResponse) -> HttpResponse:
    """Of one person: not kept by anybody, not indexed."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def secret(view: View) -> View:
    """The address of the page is the key of what it shows: it is not kept, not indexed, not told to other sites."""

    @wraps(view)
    def protected(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = private(view(request, *arguments, **named))
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return protected


constant = cache_page(300)
"""The page is the same for everybody: made once, kept five minutes by the server and by who reads it."""
