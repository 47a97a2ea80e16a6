"""The replayed year: what it holds is what it says, and the engine finds it to the unit."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guichet import cli
from guichet.audience import events
from guichet.audience.errors import AudienceError
from guichet.audience.measure import measure
from guichet.audience.replay import lines, replay, year

ELSEWHERE = ("assets", "errors", "users")


def write(folder: Path, first: str, last: str, scale: float = 0.0005, seed: int = 1) -> Path:
    replay(date.fromisoformat(first), date.fromisoformat(last), scale, folder, seed=seed, day_done=lambda: None)
    return folder


def found_in(folder: Path) -> dict[str, object]:
    figures = measure(sorted(folder.glob("access-*")))
    return figures.to_json() | {"seconds": figures.seconds}


def truth_of(folder: Path) -> dict[str, object]:
    audience = json.loads((folder / "truth.json").read_text("utf-8"))["audience"]
    return {name: value for name, value in audience.items() if name not in ELSEWHERE}


def test_the_engine_finds_the_truth_of_a_year_to_the_unit(year):
    figures = year.sources.audience
    found = figures.to_json() | {"seconds": figures.seconds}

    assert {name: found[name] for name in truth_of(year.folder)} == truth_of(year.folder)
    assert figures.set_aside["asset"] == year.truth["audience"]["assets"]
    assert figures.set_aside["status"] == year.truth["audience"]["errors"]


def test_the_events_hold_the_truth_of_a_year_to_the_unit(year):
    truth, found = year.truth["events"], year.sources.events

    assert found.counts == truth["counts"]
    assert found.yes == truth["yes"]
    assert found.authentications_day == truth["authentications_day"]
    assert found.users_month == truth["users_month"]
    assert found.users_period == truth["users_period"]
    assert (found.bad, found.outside, found.no_users_period) == (0, 0, None)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**63),
    first=st.sampled_from([date(2012, 10, 27), date(2013, 3, 30), date(2012, 12, 31), *year.DAYS[:-5:30]]),
    length=st.integers(0, 4),
    scale=st.sampled_from([0.00001, 0.0001, 0.0005]),
)
def test_truth_holds_for_any_seed_days_and_scale(seed, first, length, scale):
    folder = Path(tempfile.mkdtemp()) / "some"
    try:
        replay(first, first + timedelta(length), scale, folder, seed=seed, day_done=lambda: None)
        found, truth = found_in(folder), truth_of(folder)
        assert {name: found[name] for name in truth} == truth
        told = json.loads((folder / "truth.json").read_text("utf-8"))["events"]
        assert events.read(sorted(folder.glob("events-*"))).counts == told["counts"]
    finally:
        shutil.rmtree(folder.parent)


def test_a_seed_always_writes_the_same_bytes(tmp_path):
    folders = [write(tmp_path / str(k), "2012-09-29", "2012-10-02", seed=seed) for k, seed in enumerate((7, 7, 8))]
    written = [{path.name: path.read_bytes() for path in sorted(folder.iterdir())} for folder in folders]

    assert written[0] == written[1]
    assert written[0]["access-2012-10.log.gz"] != written[2]["access-2012-10.log.gz"]


def test_nobody_has_the_address_of_somebody(year):
    """Reserved and documentation addresses only, one for each person."""
    numbers = lines.np.arange(3000)
    pages = lines.Lines(numbers, numbers, lines.np.zeros(3000, lines.np.int8))
    addresses = lines._addresses(pages).to_pylist()

    assert len(set(addresses)) == 3000
    firsts = {int(address.partition(".")[0]) for address in addresses if "." in address}
    assert firsts == set(range(240, 256))
    assert {address[:9] for address in addresses if "." not in address} == {"2001:db8:"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "2012-05-31"], "the study tells the days from 2012-06-01 to 2013-06-30"),
        (["--from", "2013-02-01", "--to", "2013-01-01"], "it ends before it begins"),
        (["--scale", "0.000001"], "a scale of 1e-06: give one from 0.00001 to 1"),
    ],
)
def test_what_cannot_be_replayed_is_refused_with_a_sentence(tmp_path, capsys, arguments, sentence):
    assert cli.main(["replay", *arguments, "--out", str(tmp_path / "out")]) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong", [["--scale", "2"], ["--scale", "nan"], ["--from", "lundi"], ["--seed", "-1"], ["--seed", "²"]]
)
def test_a_wrong_option_is_a_usage_error(tmp_path, capsys, wrong):
    with pytest.raises(SystemExit) as ended:
        cli.main(["replay", *wrong, "--out", str(tmp_path / "out")])

    assert ended.value.code == 2
    assert "is not a" in capsys.readouterr().err


def test_what_is_there_is_never_overwritten(tmp_path, capsys):
    (tmp_path / "mine").write_text("mine")

    assert cli.main(["replay", "--out", str(tmp_path)]) == 1
    assert "not empty: give another folder" in capsys.readouterr().err
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("guichet.audience.replay.tables.write", full)

    assert cli.main(["replay", "--from", "2013-06-29", "--scale", "0.0001", "--out", str(tmp_path / "out")]) == 1
    assert "No space left on device; nothing is written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken(tmp_path, capsys):
    (tmp_path / "out").mkdir()

    assert cli.main(["replay", "--from", "2013-06-29", "--scale", "0.0001", "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "truth.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_cut_file_is_told(tmp_path):
    folder = write(tmp_path / "out", "2013-06-29", "2013-06-30", 0.0001)
    path = folder / "events-2013-06.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(AudienceError, match=r"events-2013-06.jsonl.gz: the compressed data are damaged"):
        events.read([path])
