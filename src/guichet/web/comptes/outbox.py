"""The e-mails of a demonstration, which go nowhere: everybody reads them here."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.web.headers import private

BETWEEN = b"\n" + b"-" * 79 + b"\n"
"""What Django writes between two e-mails of a file."""
SHOWN = 20


@dataclass(frozen=True)
class Sent:
    to: str
    subject: str
    text: str


def outbox(request: HttpRequest) -> HttpResponse:
    if not settings.IS_DEMONSTRATION or not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        raise Http404
    return private(render(request, "comptes/courriels.html", {"sent": _sent(Path(settings.EMAIL_FILE_PATH))}))


def _sent(folder: Path) -> list[Sent]:
    """The last ones, the latest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:SHOWN]
    found = []
    for file in files:
        for part in reversed([part for part in file.read_bytes().split(BETWEEN) if part.strip()]):
            message = email.message_from_bytes(part, policy=email.policy.default)
            body = message.get_body(("plain",))
            found.append(Sent(str(message["To"]), str(message["Subject"]).strip(), body.get_content() if body else ""))
    return found[:SHOWN]
