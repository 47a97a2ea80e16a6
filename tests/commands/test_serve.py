"""`guichet serve`, the real thing on this machine: what dies is restarted, what was started stops."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from guichet.commands import serve
from guichet.records.embedded.server import EmbeddedServer

PATIENCE = 120


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Site:
    """A site on a free port, with a database of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.port = free_port()
        self.folder, self.out, self.err = folder, folder / "out", folder / "err"
        self.database = EmbeddedServer(folder)
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "guichet.cli", "serve", "--port", str(self.port), *options],
                env={**environment, "GUICHET_DATA_DIR": str(folder)},
                stdout=out,
                stderr=err,
            )

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; 0 when nobody answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"User-Agent": 'a "test"'})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            return 0, ""

    def healthy(self) -> bool:
        return self.get("/healthz")[0] == 200

    def workers(self) -> set[int]:
        """Its children, but for those that work behind the requests."""
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(self.process.pid).children()
            living = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
            return {child.pid for child in living if not {"programs", "measure", "courriels"} & {*child.cmdline()}}
        return set()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that the database's user may go through, when we are root."""
    with tempfile.TemporaryDirectory(prefix="guichet-site-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_folder() as folder:
        site = Site(folder, "--demo", "12")
        try:
            wait_until(site.healthy, site.err.read_text())
            yield site
        finally:
            site.process.terminate()
            site.process.wait(PATIENCE)


def test_it_says_where_it_is_and_who_can_log_in(site):
    said = site.err.read_text()

    assert f"http://127.0.0.1:{site.port}" in said
    assert "caisse 999, 0000008: Nadia Pervenche, un virement rejeté par la banque" in said


def test_what_it_writes_leads_to_where_it_listens(site):
    """The pages of the workers, the letters made at the start, what is run beside it in the same folder."""
    address = f"http://127.0.0.1:{site.port}"
    assert f"<loc>{address}/" in site.get("/sitemap.xml")[1]
    assert f"Sitemap: {address}/sitemap.xml" in site.get("/robots.txt")[1]
    with psycopg.connect(dbname="guichet", **site.database.connection()) as database:
        letters = database.execute("SELECT contenu #>> '{enveloppe,emetteur,contact}', count(*) FROM courrier GROUP BY 1")
        assert [contact for contact, _ in letters] == [address]
    environment = {name: value for name, value in os.environ.items() if name != "GUICHET_BASE_URL"}
    beside = subprocess.run(
        [sys.executable, "-c", "from guichet import settings; print(settings.BASE_URL)"],
        env={**environment, "GUICHET_DATA_DIR": str(site.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert beside.stdout.strip() == address


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("192.0.2.7", "http://192.0.2.7:80"),
        ("guichet.example", "http://guichet.example:80"),
    ],
)
def test_where_a_browser_finds_it(host, address):
    assert serve._address(host, 80) == address


def test_a_killed_worker_is_replaced(site):
    wait_until(lambda: len(site.workers()) == 2, "two workers")
    before = site.workers()
    killed = min(before)
    # Granian takes a worker that dies in its first seconds for one that cannot start.
    wait_until(lambda: time.time() - psutil.Process(killed).create_time() > 6, "a worker of some age")

    os.kill(killed, signal.SIGKILL)

    wait_until(lambda: len(site.workers() - {killed}) == 2, "a new worker")
    wait_until(site.healthy, "healthy again")
    assert before - {killed} < site.workers()


def test_a_killed_database_is_started_again(site):
    killed = site.database.pid()

    os.kill(killed, signal.SIGKILL)

    wait_until(lambda: site.healthy() and site.database.pid() not in (None, killed), "the database is back")


def test_a_second_site_at_the_same_port_is_refused_and_does_not_disturb(site):
    second = subprocess.run(
        [sys.executable, "-m", "guichet.cli", "serve", "--port", str(site.port)],
        env={**os.environ, "GUICHET_DATA_DIR": str(site.folder)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert second.returncode == 1
    assert second.stderr == f"guichet serve: 127.0.0.1:{site.port}: Address already in use\n"
    assert site.healthy()


def test_requests_are_in_the_access_log_without_secret(site):
    assert site.get("/simulation/logement/s3cr3t-token?commune=Lyon")[0] == 404

    expected = re.compile(
        r"^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0\d00\] "
        r'"GET /simulation/logement/\* HTTP/1\.1" 404 \d+ "-" "a \\"test\\""$',
        re.MULTILINE,
    )

    def written() -> str:
        return "".join(log.read_text() for log in (site.folder / "logs").iterdir())

    wait_until(lambda: bool(expected.search(written())), written())
    for log in (*(site.folder / "logs").iterdir(), site.out, site.err):
        assert "s3cr3t" not in log.read_text()
        assert "Lyon" not in log.read_text()


def test_a_scanner_is_refused_and_writes_nothing_in_our_log(site):
    """Its host, and HTTP/2, which no proxy speaks to us."""
    for sent in (
        b"GET / HTTP/1.1\r\nHost: scanner.example\r\nConnection: close\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE) as scanner:
            scanner.sendall(sent)
            answer = scanner.recv(1000)
        assert not answer or answer.startswith(b"HTTP/1.1 400 ")
    assert "scanner.example" not in site.err.read_text()


def test_metrics_add_the_workers_up(site):
    def counted() -> int:
        found = re.search(
            r'guichet_requests_total\{method="GET",route="/healthz",status="200"\} (\d+)', site.get("/metrics")[1]
        )
        return int(found[1]) if found else 0

    before = counted()
    for _ in range(10):
        assert site.healthy()

    assert counted() == before + 10


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_all_stop_together(how):
    with open_folder() as folder:
        site = Site(folder)
        wait_until(site.healthy, site.err.read_text())
        workers, database = site.workers(), site.database.pid()
        assert workers

        site.process.send_signal(how)

        assert site.process.wait(PATIENCE) == 0
        assert not any(psutil.pid_exists(pid) for pid in workers)
        assert database
        assert site.database.pid() is None


def test_a_stop_during_the_start_leaves_nothing_behind():
    with open_folder() as folder:
        site = Site(folder)
        wait_until(lambda: site.database.pid() is not None, "the database starts")

        site.process.terminate()

        assert site.process.wait(PATIENCE) == 0
        assert site.database.pid() is None


def test_workers_do_not_outlive_a_killed_supervisor():
    with open_folder() as folder:
        site = Site(folder)
        wait_until(site.healthy, site.err.read_text())
        workers = site.workers()
        assert workers

        site.process.kill()
        site.process.wait()

        wait_until(lambda: not any(psutil.pid_exists(pid) for pid in workers), "the workers stop")
        wait_until(lambda: site.database.pid() is None, "the database stops")


def test_a_database_that_does_not_answer_is_said_in_one_line():
    with open_folder() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "guichet.cli", "serve", "--port", str(free_port())],
            env={
                **os.environ,
                "GUICHET_DATA_DIR": str(folder),
                "DATABASE_URL": "postgresql://guichet:s3cr3t@127.0.0.1:1/guichet",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("guichet serve: the database does not answer: ")
    assert "Traceback" not in done.stderr
    assert "s3cr3t" not in done.stderr
