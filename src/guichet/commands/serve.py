"""`guichet serve`: one supervisor for the site. What dies is restarted; what it started stops with it.

Before the first request is accepted the database is migrated and the law of the current month is warm; each web
worker warms the other months behind the requests. What it has to say is on standard error; the access log is in
files.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from guichet.commands import _django, _streams

# To be set before they are imported: NumPy's threads would fight the workers; the workers add their metrics up.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMEXPR_MAX_THREADS"):
    os.environ.setdefault(_variable, "1")

FILES_OF_THE_DEMONSTRATION = 2000
SECONDS_BEFORE_THE_REST = 30
"""The first seconds belong to the first visitors."""
SECONDS_TO_STOP = 10
"""A worker that is still answering then is killed."""
SWITCH_SECONDS = 0.0005
"""How long a page waits for what computes behind it, each time that it has read something: a first one reads a lot."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen at (8000)")
    parser.add_argument(
        "--demo",
        type=_files,
        nargs="?",
        const=FILES_OF_THE_DEMONSTRATION,
        metavar="N",
        help=f"load the demonstration caisse, once, with N files ({FILES_OF_THE_DEMONSTRATION})",
    )


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def _files(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 100_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of files, from 1 to 100000")
    return int(text)


def run(options: argparse.Namespace) -> int:
    # Until granian takes the signals over, a signal is an exit like any other: the embedded database is left properly.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if refused := _cannot_listen(options.host, options.port):
            return _streams.say("serve", f"{options.host}:{options.port}: {refused}")
        # Who said nothing else is visited there; the workers and the commands that we start read it too.
        os.environ.setdefault("GUICHET_BASE_URL", _address(options.host, options.port))
        with _metrics_folder():
            _prepare(options.demo)
            # The programs of all months; the visits of the last minute; the e-mails.
            with _behind("programs"), _behind("measure", "--every=60"), _behind("courriels", "--every=2", nice=0):
                _serve(options.host, options.port)
    except DatabaseDownError as error:
        return _streams.say("serve", error)
    except OSError as error:
        return _streams.say("serve", f"{error.filename or 'the system'}: {error.strerror or error}")
    except KeyboardInterrupt:
        pass
    return 0


class DatabaseDownError(Exception):
    """The database does not start, or does not answer; the message says why."""


def _cannot_listen(host: str, port: int) -> str | None:
    """Why we cannot listen there. Granian shares a port between processes, so it would not notice another site."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error.strerror or str(error)
    return None


def _address(host: str, port: int) -> str:
    """Where a browser of this machine finds what listens at `host`; every interface is this machine too."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _keeps(file: Path, text: str) -> None:
    """Write `text` for the commands that are run beside us; whole, or not at all."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    new.write_text(text)
    new.replace(file)


@contextlib.contextmanager
def _metrics_folder() -> Iterator[None]:
    """Where the workers write what they count, for as long as the site runs."""
    folder = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="guichet-metrics-")
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(demo: int | None) -> None:
    """The database, the style sheets and the law, in the supervisor: the workers are copies of it where they can be."""
    _django.start("serve")
    from django.conf import settings
    from django.core.management import call_command
    from django.db import Error, connection

    from guichet.records.embedded.server import ServerError

    _keeps(settings.DATA_DIR / "address", settings.BASE_URL)
    _say("The database starts...")
    try:
        connection.ensure_connection()
        call_command("migrate", interactive=False, verbosity=0)
    except ServerError as error:
        raise DatabaseDownError(str(error)) from error
    except Error as error:
        reason = _django.why_no_database() if os.environ.get("DATABASE_URL") else None
        raise DatabaseDownError(f"the database does not answer: {reason or ' '.join(str(error).split())}") from error
    if demo:
        _demonstration(demo)
    call_command("collectstatic", interactive=False, verbosity=0)
    # A pool has threads, which a copy of this process would not have.
    connection.close()
    connection.close_pool()
    _say("The law of the month is read...")
    _warm_current_month()


def _demonstration(files: int) -> None:
    """The demonstration caisse, made at the first start; at each, its paydays until today, and who can log in."""
    from django.conf import settings

    from guichet import clock
    from guichet.commands._caisse import progress
    from guichet.operations import demonstration

    now = clock.now()
    if not demonstration.is_loaded():
        _say(f"{files} households are told, then the paydays of two years, once: a minute and a half...")
        with progress(files, "Households") as advance:
            demonstration.load(now, files, advance)
    if waiting := demonstration.to_do(now):
        _say(f"Paydays due: {len(waiting)}...")
        with progress(len(waiting), "Paydays", "paydays") as advance:
            demonstration.catch_up(now, settings.DATA_DIR / "virements", lambda day: advance(1))
    _say(f"Who can log in, with the password {demonstration.PASSWORD} (docs/personas.md):")
    for persona in demonstration.PERSONAS:
        _say(f"  caisse {demonstration.CODE}, {persona.matricule}: {persona.name}, {persona.subject}")


@contextlib.contextmanager
def _behind(*command: str, nice: int = 19) -> Iterator[None]:
    """A command of ours, at the lowest priority unless somebody waits for it, until it is done or we stop."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        ours = ["nice", "-n", str(nice), sys.executable, "-m", "guichet.cli", *command, f"--until-orphan-of={os.getpid()}"]
        started.append(subprocess.Popen(ours, stdin=subprocess.DEVNULL))

    timer = threading.Timer(SECONDS_BEFORE_THE_REST, start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        for process in started:
            process.kill()  # a file half written has another name: nothing is lost
            process.wait()


def _serve(host: str, port: int) -> None:
    from django.conf import settings
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "guichet.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # what proxies speak to us
        workers=settings.WEB_WORKERS,
        blocking_threads=settings.WEB_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
        websockets=False,
        log_dictconfig=settings.LOGGING,
        log_level=LogLevels.error,
    )
    server.on_startup(threading.Thread(target=_say_where, args=(host, port), daemon=True).start)
    server.serve(target_loader=_load_worker, wrap_loader=False)


def _say_where(host: str, port: int) -> None:
    """Say the address once a worker listens: who follows the address as soon as it is said finds somebody there."""
    listening = False
    while not listening:
        time.sleep(0.1)  # first, so that no worker is a copy of this thread in the middle of something
        with contextlib.suppress(OSError):
            socket.create_connection((host, port)).close()
            listening = True
    _say(f"Guichet: {_address(host, port)} (Ctrl-C stops it)")


def _load_worker() -> Callable[..., Any]:
    """The application, in a new worker, once this worker can answer at full speed."""
    threading.Thread(target=_stop_with_the_supervisor, daemon=True).start()
    from guichet.web.wsgi import application

    # Not before the fork: programs are loaded by a thread, which a copy of the supervisor would not have.
    _django.keep_programs()
    _warm_current_month()
    # The law is millions of objects that stay: a collection must not walk through them at every page.
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)
    threading.Thread(target=_warm_other_months, daemon=True).start()
    return application


def _stop_with_the_supervisor() -> None:
    """Even when the supervisor is killed in a way that it cannot see."""
    if supervisor := multiprocessing.parent_process():
        wait([supervisor.sentinel])
        for _ in range(SECONDS_TO_STOP):
            os.kill(os.getpid(), signal.SIGTERM)  # again: what comes while the worker loads is lost
            time.sleep(1)
        os._exit(1)


def _warm_current_month() -> None:
    from guichet import clock, law
    from guichet.domain.vocabulaire import Mois

    law.prepare([Mois.of(clock.today())])


def _warm_other_months() -> None:
    """The latest first: they are those most asked for. 0.1 s each, once their parameters are read (5 s)."""
    from guichet import law
    from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH

    try:
        law.prepare(reversed(list(FIRST_MONTH.until(LAST_CHECKED_MONTH))))
        gc.freeze()
    except Exception:
        logging.getLogger(__name__).exception("a month cannot be warmed")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
