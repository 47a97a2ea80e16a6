"""The application's events, in a file a day: what the audience counts, and nothing that tells who.

One JSON object a line: `at`, `event`, `kind`, `who`, `who_period`, `value`. A visitor without an account is nobody: `who`
is null. A file that cannot be written must stop nobody: the error is logged.
"""

from __future__ import annotations

import json
import logging
from typing import Literal

from django.conf import settings

from guichet import horloge
from guichet.records import par_jour

Evenement = Literal["simulation", "telechargement", "avis"]
logger = logging.getLogger(__name__)


def note(evenement: Evenement, kind: str, value: int | None = None) -> None:
    """Add an event to the file of the day; `value` is that of an opinion."""
    maintenant = horloge.maintenant()
    line = json.dumps(
        {
            **{"at": maintenant.isoformat(timespec="seconds"), "event": evenement, "kind": kind},
            **{"who": None, "who_period": None, "value": value},
        }
    )
    try:
        par_jour.ajoute(settings.EVENTS_DIR, f"{maintenant:%Y-%m-%d}.jsonl", f"{line}\n".encode())
    except OSError:
        logger.exception("an event cannot be written")
