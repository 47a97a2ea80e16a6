"""What the views of every room say: the methods that they take, the headers that protect readers, and their time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_page

View = Callable[..., HttpResponse]
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""Our style sheet and our images; no script at all."""


PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
SECRET = PRIVATE | {"Referrer-Policy": "no-referrer"}


class Protected:
    """Django middleware: the headers of a view are those of all its answers, of its error pages too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        view = request.resolver_match and request.resolver_match.func
        return _with(response, getattr(view, "headers", {}))


def _with(response: HttpResponse, headers: Mapping[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response.headers[name] = value
    return response


READ = ("GET", "HEAD")
"""How a page is asked for that does not say otherwise (see `errors.Methods`)."""


def read_or_send(view: View) -> View:
    """The page, or its form."""
    view.methods = (*READ, "POST")  # type: ignore[attr-defined]
    return view


def send_only(view: View) -> View:
    """A form that is on another page."""
    view.methods = ("POST",)  # type: ignore[attr-defined]
    return view


def private(response: HttpResponse) -> HttpResponse:
    """Mark what is about one person: not kept by anybody, not indexed."""
    return _with(response, PRIVATE)


def secret(view: View) -> View:
    """The address of the page is the key of what it shows: it is not kept, not indexed, not told to other sites."""
    view.headers = SECRET  # type: ignore[attr-defined]
    return view


constant = cache_page(300)
"""The page is the same for everybody: made once, kept five minutes by the server and by who reads it."""
