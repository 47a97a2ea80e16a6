"""What is kept answers later periods exactly, whatever stops it, and refuses what no key can count."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import re
import resource
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from guichet.audience import store as stores
from guichet.audience.errors import AudienceError
from guichet.audience.follow import follow
from guichet.audience.measure import measure
from guichet.audience.period import Period
from guichet.audience.store import Store
from tests.audience import traffic
from tests.audience.test_truth import Here

TODAY = date(2026, 11, 25)
MADE = traffic.requests(8, 6000, days=25, zones=False)
LINES = traffic.log(MADE, traffic.BAD * 3)
CONTENT = b"".join(line + b"\n" for line in LINES)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "access.log"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def kept(tmp_path):
    """A folder for a store."""
    return tmp_path / "store"


def fed(folder, *paths, **named):
    with Store(folder, TODAY) as store:
        store.feed(paths, **named)
        return store.figures()


@pytest.mark.parametrize("files", [1, 7])
@pytest.mark.parametrize("pending", [100, 1_000_000])
def test_the_same_figures_as_the_logs(tmp_path, kept, log, files, pending, monkeypatch):
    monkeypatch.setattr(stores, "PENDING", pending)
    paths = []
    for number in range(files):
        paths.append(tmp_path / f"part-{number}.log")
        paths[-1].write_bytes(b"".join(line + b"\n" for line in LINES[number::files]))

    assert fed(kept, *paths) == measure([log])


def test_any_period_without_the_logs(kept, log):
    fed(kept, log)
    periods = [Period.read(one) for one in ("2025-10", "2025-11", "2025-10-31", "2025-11-01", "2025-10-25..2025-10-27")]
    truth = [measure([log], period=period) for period in periods]
    log.unlink()

    with Store(kept, TODAY) as store:
        for period, expected in zip(periods, truth, strict=True):
            figures = store.figures(period)
            for name in (
                "pages",
                "visits",
                "seconds",
                "visitors_total",
                "visitors_day",
                "visits_day",
                "pages_hour",
                "durations",
            ):
                assert getattr(figures, name) == getattr(expected, name), (period, name)


def test_what_no_key_can_count_is_refused(kept, log):
    whole = fed(kept, log)
    two_months = Period.read("2025-10..2025-11")

    with Store(kept, TODAY) as store:
        figures = store.figures(two_months)
        days = store.figures(Period.read("2025-10-25..2025-10-26"))

    assert figures.visits == whole.visits
    assert figures.visitors_total is None
    assert figures.users is None
    assert "there is none" in figures.refused["visitors_total"]
    assert days.visitors_total is not None
    assert days.users is None


def test_a_reporting_period_is_declared_first(kept, log):
    period = Period.read("2025-10..2026-10")
    with Store(kept, TODAY) as store:
        assert not store.declare(Period.read("2025-10..2026-11"))  # 14 months
        assert store.declare(period)
        store.feed([log])
        assert not store.declare(Period.read("2025-10..2025-11"))
        assert store.figures(period).visitors_total == measure([log]).visitors_total
        assert store.figures(period).users == measure([log]).users


def test_visits_over_a_year_end(tmp_path, kept):
    made = [traffic.moved(one, days=62) for one in traffic.requests(4, 6000, days=25, zones=False)]
    path = tmp_path / "access.log"
    path.write_bytes(b"".join(line + b"\n" for line in traffic.log(made)))
    truth = traffic.truth(made)
    assert len(truth["visits_month"]) == 2

    figures = fed(kept, path)

    assert {name: getattr(figures, name) for name in truth} == truth | {"visitors_total": None, "users": None}


def test_nothing_is_read_twice(kept, log, tmp_path):
    whole = fed(kept, log)
    packed = tmp_path / "other-name.gz"
    packed.write_bytes(gzip.compress(CONTENT))

    assert fed(kept, log, packed) == whole

    log.write_bytes(CONTENT + CONTENT[: CONTENT.find(b"\n", 100_000) + 1])  # it has grown
    grown = fed(kept, log)
    assert grown.lines > whole.lines
    assert grown == measure([log])


@pytest.mark.parametrize("more", [1, -1, -30, -200])
@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_a_log_that_is_being_written(tmp_path, kept, more, packed):
    """Read when its last line is whole, lacks its end, or is cut, in the middle of an agent or before: once, in the end."""
    path = tmp_path / "access.log"
    cut = CONTENT.find(b"\n", len(CONTENT) // 2) + more
    path.write_bytes(packed(CONTENT[:cut]))
    before = fed(kept, path)
    assert fed(kept, path) == before

    path.write_bytes(packed(CONTENT))
    assert fed(kept, path) == measure([path])


def test_a_last_line_without_its_end_is_counted(kept, log):
    log.write_bytes(CONTENT[:-1])

    assert fed(kept, log) == measure([log])


def test_another_format_is_refused(tmp_path, kept):
    path = tmp_path / "access.log"
    path.write_bytes(b"Lorem ipsum\n" * 9)

    with pytest.raises(AudienceError, match="unknown format"):
        fed(kept, path)
    assert fed(kept, path, begun=True).bad == 9


def test_a_line_of_another_millennium_is_kept(tmp_path, kept):
    path = tmp_path / "access.log"
    path.write_bytes(CONTENT.replace(b"/2025:", b"/9998:"))

    assert fed(kept, path) == fed(kept)


def test_a_log_without_a_page(tmp_path, kept):
    path = tmp_path / "access.log"
    path.write_bytes(b'192.0.2.1 - - [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 404 12 "-" "x"\n')

    assert fed(kept, path) == measure([path])


def test_in_parts(kept, log, monkeypatch):
    monkeypatch.setattr(stores, "PART", 50_000)

    assert fed(kept, log, executor=Here()) == measure([log])


def test_a_late_log_of_a_day_that_was_kept(tmp_path, kept, log):
    half = tmp_path / "half.log"
    half.write_bytes(b"".join(line + b"\n" for line in LINES[::2]))
    late = tmp_path / "late.log"
    late.write_bytes(b"".join(line + b"\n" for line in LINES[1::2]))
    fed(kept, half)

    assert fed(kept, late) == measure([log])


def test_no_address_nor_user_is_kept(kept, log):
    fed(kept, log)

    content = b"".join(path.read_bytes() for path in kept.rglob("*") if path.is_file())
    assert not re.search(rb"192\.0\.2\.|2001:db8|client\.example|alice|Dupont", content)
    for path in (kept / "keys").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    assert kept.stat().st_mode & 0o077 == 0


def test_rows_and_keys_are_destroyed_after_25_months(kept, log):
    fed(kept, log)
    months = {"2025-10", "2025-11"}
    assert months <= {path.stem for path in (kept / "keys").iterdir()}

    with Store(kept, date(2028, 12, 31)) as store:
        assert set(store.months) == months
    with Store(kept, date(2029, 1, 1)) as store:
        assert not store.months
        with pytest.raises(AudienceError, match="destroyed"):
            store.figures(Period.read("2025-10"))
        log.write_bytes(CONTENT[5000:])
        with pytest.raises(AudienceError, match="too late"):
            store.feed([log])
    assert not months & {path.stem for path in (kept / "keys").iterdir()}
    assert not list(kept.glob("*.parquet"))


def test_one_writer_at_a_time(kept):
    with Store(kept, TODAY), pytest.raises(AudienceError, match="another command"), Store(kept, TODAY):
        pass


def test_another_gap_is_refused(kept, log):
    fed(kept, log)

    with pytest.raises(AudienceError, match="--visit-gap 1800"), Store(kept, TODAY, gap=60):
        pass


def test_a_store_that_is_none(kept):
    kept.mkdir()
    (kept / "store.json").write_text("{}")

    with pytest.raises(AudienceError, match=r"store\.json"), Store(kept, TODAY):
        pass


# Stopped


FEED = """
import sys
from datetime import date
from pathlib import Path
from guichet.audience import store
store.PENDING = 200
from guichet.audience import logs
logs.BLOCK = 80_000
with store.Store(Path(sys.argv[1]), date(2026, 11, 25)) as kept:
    print("open", flush=True)
    kept.feed([Path(sys.argv[2])])
"""


def test_killed_at_any_moment(kept, log):
    """A writer is killed after each of its commits, as soon as a file has come; the last one ends."""
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", FEED, str(kept), str(log)], stdout=subprocess.PIPE) as writer:
            writer.stdout.readline()
            before = set(kept.iterdir())
            while writer.poll() is None and set(kept.iterdir()) == before:
                os.sched_yield()
            writer.send_signal(signal.SIGKILL)

    assert fed(kept, log) == measure([log])


def test_a_disk_that_fills(tmp_path, kept, log):
    half = tmp_path / "half.log"
    half.write_bytes(b"".join(line + b"\n" for line in LINES[::2]))
    before = fed(kept, half)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(AudienceError, match="what it kept before is kept"):
            fed(kept, log)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    with Store(kept, TODAY) as store:
        assert store.figures() == before


# Followed


def followed(folder: Path, path: Path, steps) -> None:
    """Follow a log, with one step between two looks."""
    left = iter(steps)

    def pause() -> bool:
        step = next(left, None)
        if step:
            step()
        return step is not None

    with Store(folder, TODAY) as store:
        follow(store, [path], pause)


@pytest.mark.parametrize("rotation", ["renamed", "copied", "compressed"])
def test_a_log_that_grows_and_is_rotated(tmp_path, kept, rotation):
    path, old = tmp_path / "access.log", tmp_path / "access.log.1"
    cuts = [0, 70_001, 200_000, 300_000, 500_000, len(CONTENT)]
    pieces = [CONTENT[start:end] for start, end in itertools.pairwise(cuts)]

    def append(piece):
        def step():
            with path.open("ab") as file:
                file.write(piece)

        return step

    def rotate():
        path.write_bytes(path.read_bytes() + pieces[2])  # after the last look
        whole = path.read_bytes()
        cut = whole.rfind(b"\n") + 1
        old.write_bytes(whole[:cut])
        if rotation == "renamed":
            path.unlink()
            path.write_bytes(whole[cut:])
        elif rotation == "copied":
            with path.open("r+b") as file:
                file.truncate(0)
                file.write(whole[cut:])
        else:
            (tmp_path / "access.log.1.gz").write_bytes(gzip.compress(old.read_bytes()))
            old.unlink()
            path.write_bytes(whole[cut:])

    followed(kept, path, [append(pieces[0]), append(pieces[1])])
    followed(kept, path, [rotate, append(pieces[3]), append(pieces[4])])  # started again

    whole = tmp_path / "whole"
    whole.write_bytes(CONTENT)
    with Store(kept, TODAY) as store:
        assert store.figures() == measure([whole])


def test_its_own_gap_is_remembered(kept, log):
    with Store(kept, TODAY, gap=600, timezone="Asia/Kolkata") as store:
        store.feed([log])

    with Store(kept, TODAY) as store:
        assert store.figures() == measure([log], gap=600, timezone="Asia/Kolkata")


def test_the_command_asks_it_later(kept, log):
    def audience(*arguments):
        command = [sys.executable, "-m", "guichet.cli", "audience", "--json", "--store", str(kept), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout and json.loads(done.stdout), done.stderr

    assert audience() == (1, "", f"guichet audience: {kept}: nothing is kept in this folder\n")
    code, fed_figures, said = audience(log)
    assert (code, fed_figures, said) == (0, measure([log]).to_json(), "")
    log.unlink()
    assert audience() == (0, fed_figures, "")

    code, asked, said = audience("--period", "2025-10..2025-11")
    assert (code, asked["visits"], asked["visitors_total"]) == (0, fed_figures["visits"], None)
    assert said.startswith("guichet audience: distinct visitors are counted by a key")
