"""The embedded PostgreSQL: as root and as an ordinary user, from a closed folder, killed, shared by commands."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from guichet.records.embedded import server as module
from guichet.records.embedded.server import EmbeddedServer, ServerError

IS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not IS_ROOT, reason="only root runs the database as somebody else")
ORDINARY = "daemon"
KEEPER = "guichet.records.embedded.keeper"

PACKAGES = [str(Path(module.__file__).parents[3]), str(Path(psycopg.__file__).parents[1])]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(PACKAGES), "PYTHONDONTWRITEBYTECODE": "1"}

COMMAND = """
import sys
from pathlib import Path
from guichet.records.embedded.server import EmbeddedServer

server = EmbeddedServer(Path(sys.argv[1]))
server.ensure()
print(server.pid(), server.home, flush=True)
sys.stdin.readline()
if sys.stdin.readline():
    server.leave()  # else at exit
"""


class Command:
    """A command that uses the database of a folder until it is told to leave."""

    def __init__(self, folder: Path, **popen: object) -> None:
        self.process = subprocess.Popen(
            [popen.get("executable", sys.executable), "-c", COMMAND, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
            **popen,
        )

    def server(self) -> tuple[int, Path]:
        """The number of the database's process, and its home, once it answers."""
        pid, _, home = self.process.stdout.readline().strip().partition(" ")
        return int(pid), Path(home)

    def leave(self, said: str = "\n\n") -> None:
        self.process.communicate(said, timeout=30)
        assert self.process.returncode == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the database's user may go through; pytest's own are closed."""
    with tempfile.TemporaryDirectory(prefix="guichet-base-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def command(folder: Path) -> Iterator[Callable[..., Command]]:
    started: list[Command] = []

    def start(where: Path = folder, **popen: object) -> Command:
        started.append(Command(where, **popen))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()
        each.process.stdin.close()
        each.process.stdout.close()


def alive(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    return False


def wait_until_dead(pid: int) -> None:
    deadline = time.monotonic() + 60
    while alive(pid):
        assert time.monotonic() < deadline, psutil.Process(pid).cmdline()
        time.sleep(0.05)


def kill(pid: int) -> None:
    """Returns once it is dead: until the kernel has seen to it, a process that is killed still looks well."""
    os.kill(pid, signal.SIGKILL)
    wait_until_dead(pid)


def keeper_of(folder: Path) -> int:
    return next(p.pid for p in psutil.process_iter(["cmdline"]) if (p.info["cmdline"] or [])[-2:] == [KEEPER, str(folder)])


def query(server: EmbeddedServer, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dbname="guichet", autocommit=True, **server.connection()) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_two_commands_at_once_share_one_server_and_the_last_one_stops_it(command, folder):
    first, second = command(), command()
    (pid, _), (same, _) = first.server(), second.server()

    assert pid == same
    first.leave()
    assert alive(pid)
    second.leave("\n")  # by its end
    assert not alive(pid)
    assert EmbeddedServer(folder).pid() is None


def test_a_killed_command_does_not_keep_the_server(command, folder):
    first, second = command(), command()
    (pid, _), _ = first.server(), second.server()

    first.process.kill()
    first.process.wait()
    assert alive(pid)
    second.leave()

    assert not alive(pid)


def test_the_server_stops_when_all_its_users_were_killed(command, folder):
    first, second = command(), command()
    (pid, _), _ = first.server(), second.server()
    keeper = keeper_of(folder)
    for each in (first, second):
        assert alive(keeper)
        each.process.kill()
        each.process.wait()

    wait_until_dead(pid)
    wait_until_dead(keeper)
    third = command()
    again, _ = third.server()
    assert keeper_of(folder) != keeper
    third.leave()
    assert not alive(again)


def test_a_number_that_another_process_got_since_is_no_server(folder):
    """As after a power cut: the file of a server that runs no more, whose number is that of somebody else."""
    server = EmbeddedServer(folder)
    server.ensure()
    left = (server.data / "postmaster.pid").read_text().replace(str(server.pid()), str(os.getpid()), 1)
    killed = server.pid()
    kill(killed)
    (server.data / "postmaster.pid").write_text(left)

    assert server.pid() is None
    server.ensure()

    assert query(server, "SELECT 1") == [(1,)]
    server.leave()


def test_a_link_in_place_of_a_folder_is_not_followed(folder):
    victim = folder / "victim"
    victim.mkdir(mode=0o755)
    server = EmbeddedServer(folder)
    server.home.mkdir()
    server.folder.symlink_to(victim)

    with pytest.raises(ServerError, match=r"cannot be kept in .*/postgresql: "):
        server.ensure()

    assert stat.S_IMODE(victim.stat().st_mode) == 0o755
    assert victim.stat().st_uid == os.geteuid()
    server.leave()


def test_a_folder_that_cannot_be_is_said(folder):
    (folder / "file").touch(0o755)

    with pytest.raises(ServerError, match=r"cannot be kept in .*/file/postgresql: Not a directory\."):
        EmbeddedServer(folder / "file").ensure()


def test_a_server_killed_with_its_data_comes_back_with_them(folder):
    server = EmbeddedServer(folder)
    server.ensure()
    query(server, "CREATE TABLE kept AS SELECT 42 AS it")
    killed = server.pid()

    kill(killed)
    assert server.pid() is None
    server.ensure()

    assert server.pid() not in (None, killed)
    assert query(server, "SELECT it FROM kept") == [(42,)]
    server.leave()
    server.leave()
    assert server.pid() is None


def test_two_commands_find_a_killed_server_at_the_same_time(command, folder):
    server = EmbeddedServer(folder)
    server.ensure()
    kill(server.pid())

    first, second = command(), command()
    (pid, _), (same, _) = first.server(), second.server()

    assert pid == same
    for each in (first, second):
        each.leave()
    server.leave()


def test_a_creation_that_was_cut_short_is_done_again(folder):
    server = EmbeddedServer(folder)
    server.folder.mkdir(parents=True)
    (server.folder / "data.new").mkdir()
    (server.folder / "data.new" / "PG_VERSION").write_text("half")

    server.ensure()

    assert query(server, "SELECT 1") == [(1,)]
    server.leave()


def test_nobody_else_on_this_machine_gets_in(folder):
    server = EmbeddedServer(folder)
    server.ensure()

    assert query(server, "SHOW listen_addresses") == [("",)]
    assert query(server, "SELECT setting::int >= 100, current_setting('server_version_num')::int / 10000 FROM pg_settings "
                         "WHERE name = 'max_connections'") == [(True, 18)]  # fmt: skip
    for closed in (server.folder, server.data, server.socket_dir):
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert psutil.Process(server.pid()).uids().effective == (module._nobody().pw_uid if IS_ROOT else os.geteuid())
    server.leave()


def test_a_long_path_has_its_socket_elsewhere(folder):
    deep = folder / ("long" * 20) / ("longer" * 10)
    deep.mkdir(parents=True)
    server = EmbeddedServer(deep)

    server.ensure()

    assert len(str(server.socket_dir)) < 60
    assert query(server, "SELECT 1") == [(1,)]
    server.leave()
    shutil.rmtree(server.socket_dir)


@as_root
def test_root_from_a_folder_that_only_root_may_enter(command):
    with tempfile.TemporaryDirectory(prefix="guichet-closed-") as closed:
        assert stat.S_IMODE(Path(closed).stat().st_mode) == 0o700
        data_dir = Path(closed) / ".data"
        data_dir.mkdir()
        first = command(data_dir, umask=0o077)
        pid, home = first.server()

        try:
            assert home.parent == module.SHARED
            assert psutil.Process(pid).username() == "nobody"
            assert stat.S_IMODE(Path(closed).stat().st_mode) == 0o700  # no folder of ours was opened to others
            assert query(EmbeddedServer(data_dir), "SELECT 1") == [(1,)]
            first.leave()
            assert not alive(pid)
        finally:
            shutil.rmtree(home)


def interpreter_for(identity: dict[str, object]) -> str:
    """A Python that the user of `identity` may run with our packages: ours, else the system's."""
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        with contextlib.suppress(OSError):
            test = [python, "-c", "import psycopg, psutil, guichet.records.embedded.server"]
            if subprocess.run(test, env=ENVIRONMENT, capture_output=True, check=False, **identity).returncode == 0:
                return python
    pytest.skip("this checkout and its packages are closed to other users than root")


@as_root
def test_an_ordinary_user(command, folder):
    user = pwd.getpwnam(ORDINARY)
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}
    identity["executable"] = interpreter_for(identity)
    own = folder / "own"
    own.mkdir(mode=0o700)
    os.chown(own, user.pw_uid, user.pw_gid)

    first, second = command(own, **identity), command(own, **identity)
    (pid, home), (same, _) = first.server(), second.server()

    assert pid == same
    assert home == own / "postgresql"
    assert psutil.Process(pid).username() == ORDINARY
    kill(pid)
    third = command(own, **identity)
    again, _ = third.server()
    assert again != pid
    for each in (first, second):
        each.leave()
    assert alive(again)
    third.leave()
    assert not alive(again)
