"""Events: an allocataire is counted by hashes whose keys change, and that nobody can turn back."""

import json
from datetime import date
from pathlib import Path

import pytest

from guichet.audience.events import read
from guichet.audience.period import Period
from guichet.operations import site_use
from guichet.records import events

PEOPLE = ["c0ffee00-0000-4000-8000-000000000001", "c0ffee00-0000-4000-8000-000000000002"]


@pytest.fixture(autouse=True)
def keys_of_this_test():
    events._key.cache_clear()


def logins(folders, set_clock, *days):
    for day in days:
        set_clock(*day, 9, 41)
        for person in PEOPLE:
            events.note("authentification", "mon_compte", who=person)
    events.note("simulation", "rsa")
    return [json.loads(line) for file in sorted(folders.events.glob("*.jsonl")) for line in file.open()]


def test_the_audience_counts_who_logs_in_by_month_and_by_year(folders, set_clock):
    logins(folders, set_clock, (2026, 10, 3), (2026, 10, 9), (2026, 11, 3))
    files = sorted(folders.events.glob("*.jsonl"))
    figures = read(files, period=Period.read("2026-10..2026-11"))
    assert figures.users_month == {"2026-10": 2, "2026-11": 2}
    assert (figures.users_period, figures.bad) == (2, 0)
    assert figures.counts["authentification"]["mon_compte"] == {"2026-10": 4, "2026-11": 2}


def test_a_hash_tells_nothing_and_changes_with_the_month(folders, set_clock):
    lines = logins(folders, set_clock, (2026, 10, 3), (2026, 11, 3), (2027, 1, 3))
    assert not any(person in str(lines) for person in PEOPLE)
    assert lines[-1]["who"] is lines[-1]["who_period"] is None
    ours = [line for line in lines if line["who"]]
    assert {line["at"][13:19] for line in ours} == {":00:00"}
    assert len({line["who"] for line in ours}) == 6
    assert len({line["who_period"] for line in ours}) == 4
    for file in (folders.events / "keys").iterdir():
        assert file.stat().st_mode & 0o777 == 0o600


def test_keys_are_destroyed_with_their_events(folders, set_clock):
    logins(folders, set_clock, (2024, 8, 3), (2026, 11, 3))
    site_use.read_logs(folders, date(2026, 11, 25), 30)
    assert sorted(file.stem for file in (folders.events / "keys").iterdir()) == ["2024", "2026", "2026-11"]
    assert len(list(folders.events.glob("*.jsonl"))) == 1
    site_use.read_logs(folders, date(2027, 3, 25), 30)
    assert sorted(file.stem for file in (folders.events / "keys").iterdir()) == ["2026", "2026-11"]


def test_of_two_processes_that_make_a_key_the_first_wins(tmp_path: Path, monkeypatch):
    path = tmp_path / "keys" / "2026-11.key"
    first = events._key(path)
    events._key.cache_clear()
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert events._key(path) == first
    assert [file.name for file in path.parent.iterdir()] == ["2026-11.key"]


def test_a_folder_that_cannot_be_written_stops_nobody_and_is_said(settings, tmp_path, caplog):
    settings.EVENTS_DIR = tmp_path / "file"
    settings.EVENTS_DIR.write_text("")
    events.note("authentification", "mon_compte", who=PEOPLE[0])
    events.note("simulation", "rsa")
    assert [record.getMessage() for record in caplog.records] == ["an event cannot be written"] * 2
    assert all(issubclass(record.exc_info[0], OSError) for record in caplog.records)
    assert PEOPLE[0] not in caplog.text
