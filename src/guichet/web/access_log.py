"""The access log, in combined format: one line a request, in a file a day.

It is what `guichet audience` reads, and it never meets identity: the user is always `-`, the token of a secret link
is masked, and what follows `?` is not written.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings

from guichet import clock
from guichet.records import daily
from guichet.web.secret_links import masked

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATH_CHARACTERS = "/~:@!$&'()*+,;="
LONGEST = 1000
"""Characters of a field: nobody fills the disk with a line."""


class AccessLog:
    """WSGI middleware, outside everything: a request is written once its answer is sent, or given up."""

    def __init__(self, application: Application, write: Callable[[bytes], Any] | None = None) -> None:
        self.application = application
        self.write = write or _kept

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        exchange = _Exchange(environ, self.write)

        def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            exchange.status = status[:3]
            return start_response(status, headers, exc_info)

        try:
            exchange.body = self.application(environ, started)
        except BaseException:
            exchange.close()
            raise
        return exchange


class _Exchange:
    """A request, and the body of its answer, which is counted as it goes."""

    def __init__(self, environ: dict[str, Any], write: Callable[[bytes], Any]) -> None:
        self.line = _line(environ)
        self.write: Callable[[bytes], Any] | None = write
        self.status, self.size = "500", 0
        self.body: Iterable[bytes] = ()

    def __iter__(self) -> Iterator[bytes]:
        for part in self.body:
            self.size += len(part)
            yield part

    def close(self) -> None:
        try:
            getattr(self.body, "close", lambda: None)()
        finally:
            write, self.write = self.write, None
            if write is not None:
                # If whoever reads our log is gone, the visitor is still there.
                with contextlib.suppress(OSError):
                    write((self.line % (self.status, self.size or "-")).encode("ascii"))


def _kept(line: bytes) -> None:
    """Keep a line, with its address, in the file of the day alone, erased when its days are over. Raises OSError."""
    daily.append(settings.LOGS_DIR, f"access-{clock.today()}.log", line)


def _line(environ: dict[str, Any]) -> str:
    """The line of a request, but for its status and its size."""
    path = masked(quote(environ.get("PATH_INFO", "/").encode("latin-1"), safe=PATH_CHARACTERS))
    protocol = environ.get("SERVER_PROTOCOL", "HTTP/1.1")  # others write HTTP/1.0 what granian calls HTTP/1
    request = f"{environ['REQUEST_METHOD']} {path} {protocol if '.' in protocol else protocol + '.0'}"
    referrer = masked(environ.get("HTTP_REFERER", "-").partition("?")[0].partition("#")[0])
    fields = [_escaped(field) for field in (request, referrer, environ.get("HTTP_USER_AGENT", "-"))]
    start = f"{_escaped(environ.get('REMOTE_ADDR', '')).replace('%', '%%')} - - [{clock.now():%d/%b/%Y:%H:%M:%S %z}]"
    return '{} "{}" %s %s "{}" "{}"\n'.format(start, *(field.replace("%", "%%") for field in fields))


def _escaped(field: str) -> str:
    """`field` as Apache writes it: quotes and backslashes behind a backslash, what is not printable ASCII as \\xHH."""
    plain = field[:LONGEST].replace("\\", "\\\\").replace('"', '\\"')
    return "".join(c if " " <= c <= "~" else "".join(f"\\x{byte:02x}" for byte in c.encode()) for c in plain) or "-"
