"""`python -m bench.payday`: a month of a caisse of 10 000 households, its rights computed and paid, the database included.

The processor's seconds are those of this process and of the database's that serves it: one core does the whole. As on a
server that runs, programs are recorded and the month before is paid.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from bench.stopwatch import pace

HOUSEHOLDS, SECONDS = 10_000, 15.0


def main() -> None:
    print(f"Ten million additions in Python: {pace():.2f} s (0.5 s or so on a quiet machine of 2024)\n")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # for root, the database runs as somebody else, who must go through
        os.environ |= {"GUICHET_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "guichet.settings"}
        print(_month(Path(folder)))
        _leave(folder)
    print(f"\nTen million additions in Python, again: {pace():.2f} s")


def _month(folder: Path) -> str:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from guichet import clock, law
    from guichet.domain.calendrier import jour_de_paie, last_mois_paid
    from guichet.operations.demonstration import chargement
    from guichet.operations.echeances import settled_at
    from guichet.operations.liquider import liquider
    from guichet.operations.payer import payer

    call_command("migrate", verbosity=0)
    now = clock.now()
    month = last_mois_paid(now.date())
    _say("The households are written...")
    chargement.load(month - 1, month, now, HOUSEHOLDS, lambda files: None)
    law.keep_programs_in(settings.PROGRAMS_DIR)
    law.prepare([month])
    _say("The law is recorded, the month before is paid...")
    for each in (month - 1, month):
        law.build_programs(each)
    liquider(chargement.CODE, month - 1, settled_at(month - 1))
    payer(chargement.CODE, jour_de_paie(month - 1), settled_at(month - 1), folder / "virements")
    at = settled_at(month)
    rights, computed = _seconds(lambda: liquider(chargement.CODE, month, at))
    orders, paid = _seconds(lambda: payer(chargement.CODE, jour_de_paie(month), at, folder / "virements"))
    again, nothing = _seconds(lambda: liquider(chargement.CODE, month, at))
    lines = [
        f"{'10 000 households, seconds of the processor':52}{'ours':>7}{'database':>10}{'wall':>7}",
        f"{f'rights of {month}: {rights.ecritures} entries':52}{_shown(computed)}",
        f"{f'payday: {orders.ordres} transfers, {orders.montant} euros':52}{_shown(paid)}",
        f"{f'the same rights again: {again.ecritures} entries':52}{_shown(nothing)}",
    ]
    whole = sum(computed[:2]) + sum(paid[:2])
    verdict = "held" if whole <= SECONDS else "missed"
    return "\n".join([*lines, f"computed and paid: {whole:.1f} s of {SECONDS:.0f} on one core, {verdict}"])


def _seconds(action: Callable[[], Any]) -> tuple[Any, tuple[float, float, float]]:
    """What `action` returns; the processor's seconds of this process and of the database, and those of the clock."""
    from django.db import connection

    server = psutil.Process(connection.connection.info.backend_pid)
    begun, ours, database = time.perf_counter(), time.process_time(), _processor(server)
    done = action()
    return done, (time.process_time() - ours, _processor(server) - database, time.perf_counter() - begun)


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _shown(seconds: tuple[float, float, float]) -> str:
    ours, database, wall = seconds
    return f"{ours:7.1f}{database:10.1f}{wall:7.1f}"


def _leave(folder: str) -> None:
    from django.db import connection

    from guichet.records.embedded.server import EmbeddedServer

    connection.close()
    connection.close_pool()
    EmbeddedServer.at(Path(folder)).leave()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
