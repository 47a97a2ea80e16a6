"""What a request must be before Django reads it: from an address, with a body that comes whole and is not long.

A worker has a few threads. One that waits for a body answers nobody: few may wait at once, the others are told to come
back, and pages are still read while somebody sends a body one byte a minute.
"""

from __future__ import annotations

import io
import ipaddress
import logging
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from guichet.web.headers import POLICY

logger = logging.getLogger(__name__)
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
SENTENCES = {
    400: "Ce qui a été envoyé n'est pas arrivé en entier. / What was sent did not come whole.",
    411: "Ce qui est envoyé doit dire sa longueur (Content-Length). / Say the length of what is sent.",
    500: "Nous ne pouvons pas répondre à cette demande. / We cannot answer this request.",
    503: "Trop d'envois à la fois : réessayez dans un instant. / Too much is being sent: try again in a moment.",
}


class Request(WSGIRequest):  # type: ignore[misc]
    """Django's, in UTF-8 whatever its sender says: some of Python's codecs decode no text, and fail."""

    def _set_content_type_params(self, meta: Environ) -> None:
        self.content_type, parameters = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        self.content_params = {name: value for name, value in parameters.items() if name != "charset"}


class NoFile(FileUploadHandler):  # type: ignore[misc]
    """No page takes files: one that is sent all the same is read past, and kept nowhere."""

    def new_file(self, *_: Any, **__: Any) -> NoReturn:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called."""

    def file_complete(self, file_size: int) -> None:
        """Never called."""


def behind_proxies(application: Wsgi, proxies: list[str]) -> Wsgi:
    """The address of the visitor and whether they came by HTTPS, from a trusted proxy only; what is no address is not
    believed."""

    def checked(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _is_address(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = environ["guichet.peer"]
        return application(environ, start_response)

    told = wrap_wsgi_with_proxy_headers(checked, trusted_hosts=proxies)

    def with_peer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["guichet.peer"] = environ.get("REMOTE_ADDR", "")
        return told(environ, start_response)  # type: ignore[no-any-return]

    return with_peer


def _is_address(text: str) -> bool:
    try:
        return "%" not in str(ipaddress.ip_address(text))  # an address of one network card is nobody's elsewhere
    except ValueError:
        return False


class Door:
    """`application`, which finds the body of each request in memory."""

    def __init__(self, application: Wsgi, at_once: int = settings.WEB_THREADS // 2) -> None:
        self._application = application
        self._reading = threading.BoundedSemaphore(at_once)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            refused = self._receive(environ)
            if refused:
                return _answer(refused, start_response)
            return self._application(environ, start_response)
        except Exception:  # Django's pages have answered what Django could: the rest is a fault of ours
            logger.exception("a request could not be read")
            return _answer(500, start_response)

    def _receive(self, environ: Environ) -> int | None:
        """Read the body; the status that refuses it. One that is too long is left unread: Django says so by its length."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body, environ["wsgi.input"] = environ["wsgi.input"], io.BytesIO()
        if not 0 < length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return 411 if "HTTP_TRANSFER_ENCODING" in environ and not length else None
        if not self._reading.acquire(blocking=False):
            return 503
        try:
            received = body.read(length)
        finally:
            self._reading.release()
        environ["wsgi.input"] = io.BytesIO(received)
        return 400 if len(received) < length else None


def _answer(status: int, start_response: Callable[..., Any]) -> list[bytes]:
    sentence = SENTENCES[status].encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(sentence))),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]
    start_response(f"{status} {HTTPStatus(status).phrase}", [*headers, ("Retry-After", "1")] if status == 503 else headers)
    return [sentence]
