"""The application's events, in a file a day: what the audience counts, and nothing that tells who.

One JSON object a line: `at`, `event`, `kind`, `who`, `who_period`, `value`. A visitor without an account is nobody: `who`
is null. That of a file is a hash of it by the key of the month, and `who_period` by that of the year: the audience counts
them without knowing them. Keys are made at random, for their owner only, and destroyed with the events.

A file that cannot be written must stop nobody: the error is logged.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import logging
import os
import secrets
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings

from guichet import clock
from guichet.records import daily

Event = Literal["authentification", "rubrique", "simulation", "teleprocedure", "telechargement", "avis"]
MONTH, YEAR = "%Y-%m", "%Y"
"""The periods that have a key, as its file is named."""
logger = logging.getLogger(__name__)


def note(event: Event, kind: str, value: int | None = None, who: str = "") -> None:
    """Add an event to the file of the day; `value` is that of an opinion, `who` the key of a file (`Dossier.cle`)."""
    now = clock.now()
    if who:  # the line of the access log of that second has an address: nothing tells which one it is
        now = now.replace(minute=0, second=0)
    try:
        line = json.dumps(
            {
                **{"at": now.isoformat(timespec="seconds"), "event": event, "kind": kind},
                "who": _anonymous(who, f"{now:{MONTH}}"),
                **{"who_period": _anonymous(who, f"{now:{YEAR}}"), "value": value},
            }
        )
        daily.append(settings.EVENTS_DIR, f"{now:%Y-%m-%d}.jsonl", f"{line}\n".encode())
    except OSError:
        logger.exception("an event cannot be written")


def _anonymous(who: str, period: str) -> str | None:
    if not who:
        return None
    return hashlib.blake2b(
        who.encode(), key=_key(_keys_folder(settings.EVENTS_DIR) / f"{period}.key"), digest_size=16
    ).hexdigest()


def _keys_folder(events: Path) -> Path:
    return events / "keys"


@functools.lru_cache(maxsize=8)
def _key(path: Path) -> bytes:
    """The key of a period, made if there is none; of two processes that make it, the first one wins. Raises OSError."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
        new.unlink()
    return path.read_bytes()


def erase(events: Path, today: date, days: int) -> None:
    """Delete the events of more than `days` days ago, and the keys that none is left of. Raises OSError."""
    daily.erase(events, today, days)
    for period in (MONTH, YEAR):
        oldest = f"{today - timedelta(days=days):{period}}"
        for key in _keys_folder(events).glob("*.key"):
            if len(key.stem) == len(oldest) and key.stem < oldest:
                key.unlink(missing_ok=True)
