"""The application's events, in a file a day: what the audience counts, and nothing that tells who.

One JSON object a line: `at`, `event`, `kind`, `who`, `who_period`, `value`. A visitor without an account is nobody: `who`
is null. A file that cannot be written must stop nobody: the error is logged.
"""

from __future__ import annotations

import json
import logging
import os
from typing import Literal

from django.conf import settings

from guichet import horloge

Evenement = Literal["simulation", "telechargement"]
logger = logging.getLogger(__name__)


def note(evenement: Evenement, kind: str) -> None:
    """Add an event to the file of the day. One write in append mode: lines of several processes do not mix."""
    maintenant = horloge.maintenant()
    line = json.dumps(
        {
            **{"at": maintenant.isoformat(timespec="seconds"), "event": evenement, "kind": kind},
            **{"who": None, "who_period": None, "value": None},
        }
    )
    try:
        settings.EVENTS_DIR.mkdir(mode=0o700, exist_ok=True)
        path = settings.EVENTS_DIR / f"{maintenant:%Y-%m-%d}.jsonl"
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode() + b"\n")
        finally:
            os.close(file)
    except OSError:
        logger.exception("an event cannot be written")
