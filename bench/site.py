"""`python -m bench.site`: what the site's pages cost, in process; then what a server answers, beside a bare Django page.

The processor's milliseconds of a page are those of the whole of Django, without the calculation of a result, which is
measured alone. The server is `guichet serve` with its database; the bare page has the same server, workers and threads.
Clients run on the same machine, of which they take their share: the ratios count, not the figures.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil

from bench.load import Ask, load
from bench.stopwatch import pace, timed_without

PAGE_MS, RESULT_P95_MS = 2.0, 10.0
HOUSEHOLDS, ROUNDS = 40, 5
CLIENTS, SECONDS = (1, 8, 64), 3.0
DRAFT = {
    **{"code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": "520", "naissance": "1990-05-01"},
    **{"couple": "non", "nombre_enfants": "1", "enfants-1-naissance": "2020-02-03", "activite": "salarie"},
    **{"revenus_mensuels": "1100", "salaire_stable": "oui", "salaire": "1100", "autres": ""},
}
QUESTIONS = ("rsa", "logement")
CALCULATION = ("guichet.operations.simuler.simuler", "guichet.operations.et_si.explorer")


def main() -> None:
    print(f"Ten million additions in Python: {pace():.2f} s (0.5 s or so on a quiet machine of 2024)\n")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # for root, the database runs as somebody else, who must go through
        os.environ |= {"GUICHET_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "guichet.settings"}
        print(_in_process())
        with server(["-m", "guichet.cli", "serve", "--port"], "/healthz") as ours:
            without_recording(ours)
            links = {kind: _draft(kind) for kind in QUESTIONS}
            pages = {"home": "/", "a question": f"{links['logement']}/foyer", "a result": f"{links['logement']}/resultat"}
            granian = ["-m", "granian", "bench.bare:application", "--interface", "wsgi", "--workers", "2"]
            granian += ["--blocking-threads", "8", "--log-level", "error", "--host", "127.0.0.1", "--port"]
            with server(granian, "/") as bare:
                print(under_load(ours, pages, bare))
    print(f"\nTen million additions in Python, again: {pace():.2f} s")


# In process


def _in_process() -> str:
    """Milliseconds of the processor: of pages, then of what a result calculates."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from guichet import clock, law
    from guichet.domain.vocabulaire import LAST_CHECKED_MONTH, Mois

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    law.keep_programs_in(settings.PROGRAMS_DIR)
    law.build_programs(min(Mois.of(clock.today()), LAST_CHECKED_MONTH))
    gc.freeze()  # as a worker of the site does
    calculations = {kind: _calculations(kind) for kind in QUESTIONS}
    lines = [f"{'a page, ms of the processor':44}{'median':>8}{'budget':>8}"]
    for name, path in _pages():
        cost, _ = timed_without(get(path), *CALCULATION)
        lines.append(f"{name:44}{cost:8.2f}{PAGE_MS:8.1f} {_held(cost <= PAGE_MS)}")
    lines += ["", f"{'a result, its curve and « et si ? », ms':44}{'median':>8}{'p95':>8}{'budget':>8}"]
    for kind, times in calculations.items():
        p95 = quantiles(times, n=20)[-1]
        lines.append(f"{kind:44}{median(times):8.2f}{p95:8.2f}{RESULT_P95_MS:8.1f} {_held(p95 <= RESULT_P95_MS)}")
    return "\n".join(lines)


def _pages() -> Iterator[tuple[str, str]]:
    """A name, and a path."""
    yield "home", "/"
    yield "a benefit", "/prestations/rsa"
    yield "search", "/recherche?q=allocation+familiale"
    yield "a first question", "/simulation/logement"
    for kind in QUESTIONS:
        link = _draft(kind)
        yield f"a question of a draft, {kind}", f"{link}/foyer"
        yield f"a summary, {kind}", f"{link}/recapitulatif"
        yield f"a result, {kind}", f"{link}/resultat"


def _calculations(kind: str) -> list[float]:
    """The milliseconds of a result, for many households, once their programs are at hand."""
    from guichet.law import foyers

    chance = random.Random(2013)
    many = [
        _month()
        | DRAFT
        | {"loyer": str(chance.randint(200, 900)), "naissance": f"{chance.randint(1970, 2000)}-05-01"}
        | {"revenus_mensuels": str(chance.randint(0, 2500)), "salaire": str(chance.randint(0, 2500))}
        for _ in range(HOUSEHOLDS)
    ]
    for _ in range(3):  # the programs, then their code
        for answers in many:
            _explore(kind, answers)
        foyers.PROGRAMS.ready()
    times = []
    for answers in many * ROUNDS:
        begin = time.process_time()
        _explore(kind, answers)
        times.append((time.process_time() - begin) * 1000)
    return times


def _explore(kind: str, answers: dict[str, str]) -> None:
    from guichet.operations import et_si, simuler

    et_si.explorer(kind, simuler.simuler(kind, answers).reponses)


def _month() -> dict[str, str]:
    from guichet import clock
    from guichet.domain.vocabulaire import LAST_CHECKED_MONTH, Mois

    return {"mois": str(min(Mois.of(clock.today()), LAST_CHECKED_MONTH))}


def _draft(kind: str) -> str:
    from guichet.records import brouillons

    return f"/simulation/{kind}/{brouillons.begin(kind, _month() | DRAFT)}"


def get(path: str, cookie: str = "") -> Callable[[], None]:
    """What asks a page of the application, as a server does."""
    from guichet.web.wsgi import _django

    where, _, query = path.partition("?")
    environ = {
        **{"REQUEST_METHOD": "GET", "PATH_INFO": where, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1"},
        **{"SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "HTTP_ACCEPT_ENCODING": "gzip"},
        **({"HTTP_COOKIE": cookie} if cookie else {}),
    }

    def ask() -> None:
        statuses: list[str] = []
        # Django gives its answer the status before the body.
        body = _django({**environ, "wsgi.input": io.BytesIO()}, lambda status, headers: statuses.append(status))
        b"".join(body)
        body.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{path}: {statuses[0]}")

    ask()
    return ask


# A server


def without_recording(port: int) -> None:
    """The site records the programs of all months in its first minutes: it is stopped, to measure what comes after."""
    recorders: list[psutil.Process] = []
    while not recorders:
        time.sleep(1)
        servers = [p for p in psutil.process_iter(["cmdline"]) if (p.info["cmdline"] or [])[-2:] == ["--port", str(port)]]
        recorders = [p for server in servers for p in server.children(recursive=True) if "programs" in p.cmdline()]
    for recorder in recorders:
        recorder.kill()


def under_load(ours: int, pages: Mapping[str, str | Ask], bare: int) -> str:
    """Requests a second of each of `pages`, beside a bare Django page."""
    lines = [f"\n{'requests a second and p95 (ms)':24}" + "".join(f"{clients:>14} clients" for clients in CLIENTS)]
    measured: dict[str, list[Any]] = {"a bare Django page": [], **{name: [] for name in pages}}
    for clients in CLIENTS:
        measured["a bare Django page"].append(load(bare, "/", clients, SECONDS))
        for name, path in pages.items():
            load(ours, path, clients, SECONDS / 3)
            measured[name].append(load(ours, path, clients, SECONDS))
    for name, loads in measured.items():
        lines.append(f"{name:24}" + "".join(f"{one.rate:11,.0f}/s {one.p95:6.1f} ms" for one in loads))
    return "\n".join(lines)


@contextlib.contextmanager
def server(command: list[str], path: str) -> Iterator[int]:
    """A server on a port of its own, stopped with the measure."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, *command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30):
                break
            if process.poll() is not None:
                raise RuntimeError(f"{' '.join(command)}: it does not start.")
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


def _held(yes: bool) -> str:
    return "held" if yes else "missed"


if __name__ == "__main__":
    main()
