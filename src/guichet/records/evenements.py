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
from guichet.records import par_jour

Evenement = Literal["authentification", "rubrique", "simulation", "teleprocedure", "telechargement", "avis"]
logger = logging.getLogger(__name__)


def note(evenement: Evenement, kind: str, value: int | None = None, qui: str = "") -> None:
    """Add an event to the file of the day; `value` is that of an opinion, `qui` the key of a file (`Dossier.cle`)."""
    maintenant = clock.now()
    if qui:  # the line of the access log of that second has an address: nothing tells which one it is
        maintenant = maintenant.replace(minute=0, second=0)
    try:
        line = json.dumps(
            {
                **{"at": maintenant.isoformat(timespec="seconds"), "event": evenement, "kind": kind},
                "who": _anonyme(qui, f"{maintenant:%Y-%m}"),
                **{"who_period": _anonyme(qui, f"{maintenant:%Y}"), "value": value},
            }
        )
        par_jour.ajoute(settings.EVENTS_DIR, f"{maintenant:%Y-%m-%d}.jsonl", f"{line}\n".encode())
    except OSError:
        logger.exception("an event cannot be written")


def _anonyme(qui: str, periode: str) -> str | None:
    if not qui:
        return None
    return hashlib.blake2b(
        qui.encode(), key=_cle(_dossier(settings.EVENTS_DIR) / f"{periode}.key"), digest_size=16
    ).hexdigest()


def _dossier(evenements: Path) -> Path:
    return evenements / "keys"


@functools.lru_cache(maxsize=8)
def _cle(chemin: Path) -> bytes:
    """The key of a period, made if there is none; of two processes that make it, the first one wins. Raises OSError."""
    if not chemin.exists():
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        neuve = chemin.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(neuve, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as fichier:
            fichier.write(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):
            os.link(neuve, chemin)
        neuve.unlink()
    return chemin.read_bytes()


def efface(evenements: Path, aujourd_hui: date, jours: int) -> None:
    """Delete the events of more than `jours` days ago, and the keys that none is left of. Raises OSError."""
    par_jour.efface(evenements, aujourd_hui, jours)
    limite = f"{aujourd_hui - timedelta(days=jours):%Y-%m}"
    for cle in _dossier(evenements).glob("*.key"):
        if cle.stem < limite[: len(cle.stem)]:
            cle.unlink(missing_ok=True)
