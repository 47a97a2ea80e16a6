"""What every test may count on, and what none may do.

- The database is real: DATABASE_URL, else an embedded PostgreSQL of this run alone, started by the first test that
  asks for it (`@pytest.mark.django_db`); each worker of pytest-xdist has its own database in it.
- Today is 25 November 2026, unless the test sets `clock`.
- No network but this machine; no undefined variable in a template; no page with too many queries; random order.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not IS_WORKER:  # the workers inherit it
    folder = Path(tempfile.mkdtemp(prefix="guichet-tests-"))
    folder.chmod(0o711)  # for root, the database runs as somebody else, who must go through
    os.environ["GUICHET_DATA_DIR"] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # A run that is killed leaves its folder, and its lock to the next run, which clears both away.
    for left in folder.parent.glob("guichet-tests-*/run.lock"):
        with contextlib.suppress(OSError), left.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left.parent, ignore_errors=True)
    RUNNING = (folder / "run.lock").open("w")
    fcntl.flock(RUNNING, fcntl.LOCK_EX)
os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.settings"

import django  # noqa: E402 (the settings read the environment)

django.setup()

import django.test  # noqa: E402
from django.conf import settings as configured  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from jinja2 import StrictUndefined  # noqa: E402

from guichet import clock  # noqa: E402
from guichet.records.embedded.server import EmbeddedServer  # noqa: E402

QUERIES_BY_PAGE = 10
configured.TEMPLATES[0]["OPTIONS"]["undefined"] = StrictUndefined


def pytest_unconfigure() -> None:
    EmbeddedServer.at(Path(os.environ["GUICHET_DATA_DIR"])).leave()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests have counted (`record_property`), as figures to quote."""
    for report in terminalreporter.getreports(""):
        if report.when == "teardown":
            for name, value in report.user_properties:
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {name}: {value}")


# The clock


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`set_clock(2013, 1, 7)`: make it that day, at noon in Paris (or at the hour that follows)."""

    def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> None:
        instant = datetime(year, month, day, hour, minute, tzinfo=clock.PARIS)

        class Fixed(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return instant.astimezone(tz)

        monkeypatch.setattr(clock, "datetime", Fixed)

    at(2026, 11, 25)
    return at


# The audience


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Any:
    """Where the site keeps what it measures, for this test alone."""
    from guichet.operations.site_use import Folders

    names = ("logs", "events", "audience")
    settings.LOGS_DIR, settings.EVENTS_DIR, settings.AUDIENCE_DIR = (tmp_path / name for name in names)
    return Folders(settings.LOGS_DIR, settings.EVENTS_DIR, settings.AUDIENCE_DIR)


# The network


def _is_local(address: Any) -> bool:
    host = address[0] if isinstance(address, tuple) else address
    return host in (None, "", "localhost", "::1") or str(host).startswith("127.")


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """A connection elsewhere than to this machine fails, and so does the look-up of its name."""
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_local(address):
            raise RuntimeError(f"A test connects to {address}: only this machine is allowed.")
        return connect(self, address)

    def guarded_getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:
        if not _is_local(host):
            raise RuntimeError(f"A test looks {host!r} up: only this machine is allowed.")
        return getaddrinfo(host, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


# Pages and queries


@pytest.fixture(autouse=True)
def no_page_is_kept() -> None:
    """From a test whose day or whose settings are others."""
    cache.clear()


@contextlib.contextmanager
def _counted() -> Iterator[list[str]]:
    """The queries made meanwhile. It opens no connection: a test without database may use it."""
    made: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        made.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield made


@pytest.fixture
def queries() -> Callable[[int], contextlib.AbstractContextManager[list[str]]]:
    """`with queries(2): ...`: exactly so many queries are made."""

    @contextlib.contextmanager
    def exactly(number: int) -> Iterator[list[str]]:
        with _counted() as made:
            yield made
        assert len(made) == number, "\n".join(made)

    return exactly


class CountingClient(django.test.Client):
    """A client for which each page has a budget of queries; `client.budget = 3` tightens it for what follows."""

    budget = QUERIES_BY_PAGE

    def request(self, **request: Any) -> Any:
        with _counted() as made:
            response = super().request(**request)
        assert len(made) <= self.budget, f"{len(made)} queries for {request.get('PATH_INFO')}:\n" + "\n".join(made)
        return response


@pytest.fixture
def visitor() -> Callable[[], CountingClient]:
    """`visitor()`: one more visitor at http://127.0.0.1, with a browser of his own."""
    return lambda: CountingClient(headers={"host": "127.0.0.1"})


@pytest.fixture
def client(visitor: Callable[[], CountingClient]) -> CountingClient:
    """A visitor."""
    return visitor()


@pytest.fixture(scope="session", autouse=True)
def static_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The style sheets as they are served: compressed, with a digest in their names."""
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    call_command("collectstatic", interactive=False, verbosity=0)


# FranceConnect


@pytest.fixture(scope="session")
def running_provider() -> Iterator[Any]:
    from identity_provider import IdentityProvider

    provider = IdentityProvider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running_provider: Any, settings: Any) -> Any:
    """A real OpenID provider that this site takes for FranceConnect, as it was at first: it knows one person."""
    from identity_provider import CLIENT, HERE, SECRET

    settings.FRANCECONNECT_URL, settings.FRANCECONNECT_CLIENT_ID = running_provider.url, CLIENT
    settings.FRANCECONNECT_CLIENT_SECRET = SECRET
    running_provider.begin(HERE)
    return running_provider
