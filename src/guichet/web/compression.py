"""Pages are compressed as they are sent: by ISA-L, which takes a tenth of zlib's time for 7 % more bytes."""

from __future__ import annotations

import gzip
import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from isal import igzip

GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
"""Said to be accepted, by more than nothing."""
LEVEL = 2
SHORTEST = 200
LONGEST_PADDING = 100
"""Bytes at random in the head of what is sent, where gzip names a file: the length of a page tells nothing of a secret
in it (BREACH)."""


class Compressed:
    """Django middleware, in place of Django's own."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.streaming or response.has_header("Content-Encoding") or len(content := response.content) < SHORTEST:
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            response.content = compressed = padded(content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(compressed))
        return response


def padded(content: bytes) -> bytes:
    """`content` compressed, behind the name of a file of any length."""
    compressed: bytes = igzip.compress(content, LEVEL, mtime=0)
    head = bytearray(compressed[:10])
    head[3] |= gzip.FNAME
    return bytes(head) + b"a" * secrets.randbelow(LONGEST_PADDING) + b"\0" + compressed[10:]
