"""Events, read whatever comes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.audience import events, logs
from guichet.audience.errors import AudienceError
from guichet.audience.period import Period

DAY = "2013-01-07T09:12:03+01:00"


def line(event: str = "simulation", kind: str | None = "logement", at: str = DAY, **others: object) -> bytes:
    fields = {"at": at, "event": event, "kind": kind, "who": None, "who_period": None, "value": None}
    return json.dumps(fields | others).encode() + b"\n"


def named(who: str, at: str, period: str | None = "") -> bytes:
    return line("authentification", None, at, who=f"{at[:7]}{who}", who_period=period if period != "" else who)


def read(tmp_path: Path, content: bytes, period: str | None = None) -> events.EventFigures:
    path = tmp_path / "events.jsonl"
    path.write_bytes(content)
    return events.read([path], period=Period.read(period) if period else None)


def test_events_are_counted_by_kind_and_month(tmp_path):
    found = read(
        tmp_path,
        line() * 3
        + line(kind="rsa")
        + line("rubrique", "paiements", "2013-02-01T00:00:00+01:00")
        + line("avis", "trouve", value=1) * 2
        + line("avis", "trouve", value=0),
    )

    assert found.of("simulation") == {"2013-01": 4}
    assert found.of("simulation", "rsa") == {"2013-01": 1}
    assert found.of("rubrique", "paiements") == {"2013-02": 1}
    assert (found.of("avis", "trouve"), found.yes["trouve"]) == ({"2013-01": 3}, {"2013-01": 2})
    assert (found.lines, found.bad) == (8, 0)


@pytest.mark.parametrize(
    "bad",
    [
        b"\n",
        b"not json\n",
        b"[]\n",
        b"3\n",
        b'{"at": "2013-01-07T09:12:03+01:00"}\n',
        b'{"at": "2013-01-07T09:12:03+01:00", "event": "simulation", "kind": {"a": [1]}}\n',
        b"\xff\xfe\x00\n",
        b'{"a":' * 3000 + b"\n",
        line(at="2013-02-31T09:12:03+01:00"),
        line(at="2013-01-07"),
        line(at="9013-01-07T09:12:03+01:00"),
        line("visite"),
        line(kind="../../etc"),
        line(kind="a" * 61),
        line(who="x" * 129),
        line(value="1e999"),
        line("avis", "trouve"),
        line("avis", "trouve", value=0.5),
        line("avis", "autre", value=1),
        line().strip() + line(),
        json.dumps({"at": DAY, "event": "simulation", "kind": 3}).encode() + b"\n",
    ],
)
def test_a_line_that_is_no_event_is_counted_and_the_others_stay(tmp_path, bad):
    found = read(tmp_path, line() + bad + line())

    assert (found.lines, found.bad, found.of("simulation")) == (3, 1, {"2013-01": 2})


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.lists(st.integers(0, 150), max_size=4))
def test_nothing_stops_it_and_every_line_is_counted(tmp_path_factory, rubbish, flips):
    folder = tmp_path_factory.mktemp("hostile")
    mutated = bytearray(line(who="abc", who_period="def"))
    for place in flips:
        mutated[place % len(mutated)] ^= 1 << place % 8
    content = line() + bytes(mutated).strip(b"\n") + b"\n" + rubbish.replace(b"\n", b" ") + b"\n" + line()
    found = read(folder, content)

    assert found.lines == content.count(b"\n")
    good = sum(number for kinds in found.counts.values() for months in kinds.values() for number in months.values())
    assert good + found.bad == found.lines
    assert good >= 2


def test_a_line_that_never_ends_is_one_bad_line(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "BLOCK", 2000)
    found = read(tmp_path, line() + b"x" * 50_000 + b"\n" + line() * 30)

    assert (found.lines, found.bad, found.of("simulation")) == (32, 1, {"2013-01": 31})


def test_too_many_kinds_are_bad(tmp_path):
    found = read(tmp_path, b"".join(line(kind=f"k{number}") for number in range(events.MOST_KINDS + 20)))

    assert (found.bad, len(found.counts["simulation"])) == (20, events.MOST_KINDS)


def test_compressed_files_are_read_whatever_their_names(tmp_path):
    paths = [tmp_path / name for name in ("a", "b", "c")]
    contents = [
        gzip.compress(line()) + gzip.compress(line()),
        zstandard.compress(line()) + zstandard.compress(line()),
        line(),
    ]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)

    assert events.read(paths).of("simulation") == {"2013-01": 5}


@pytest.mark.parametrize("content", [gzip.compress(line() * 99)[:-9], zstandard.compress(line() * 99)[:-3]])
def test_a_cut_file_is_refused(tmp_path, content):
    with pytest.raises(AudienceError, match=r"events\.jsonl: the compressed data are damaged, or stop before their end"):
        read(tmp_path, content)


def test_a_file_of_another_kind_is_refused(tmp_path):
    with pytest.raises(AudienceError, match=r'no event in its first 2000 lines; one is \{"at"'):
        read(tmp_path, b'10.0.0.1 - - [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 200 12\n' * 2000)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(AudienceError, match="Is a directory"):
        events.read([tmp_path])


def test_an_empty_file_holds_nothing(tmp_path):
    assert read(tmp_path, b"").counts == {}


def test_allocataires_are_distinct_by_month_and_over_the_period(tmp_path):
    content = b"".join(named(who, f"2013-{month:02}-05T10:00:00+01:00") for month in (1, 2) for who in ("ana", "bob") * 3)
    found = read(tmp_path, content + named("zoe", "2013-02-28T23:59:59+01:00"))

    assert found.users_month == {"2013-01": 2, "2013-02": 3}
    assert (found.users_period, found.no_users_period) == (3, None)


def test_many_allocataires_are_still_exact(tmp_path, monkeypatch):
    monkeypatch.setattr(events, "MOST_SEEN", 50)
    monkeypatch.setattr(logs, "BLOCK", 2000)
    found = read(tmp_path, b"".join(named(str(number % 300), "2013-01-05T10:00:00+01:00") for number in range(1000)))

    assert (found.users_month, found.users_period) == ({"2013-01": 300}, 300)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (named("a", "2013-01-05T10:00:00Z") + named("b", "2013-02-05T10:00:00Z"), "no allocataire in common"),
        (named("a", "2013-01-05T10:00:00Z", "p") + named("a", "2013-01-06T10:00:00Z", "q"), "changes within this month"),
        (named("a", "2013-01-05T10:00:00Z", None), "without who_period"),
        (named("a", "2011-01-05T10:00:00Z") + named("a", "2013-02-05T10:00:00Z"), "a key lasts 13 months at most"),
    ],
)
def test_a_span_without_a_key_of_its_own_is_refused_with_a_sentence(tmp_path, content, why):
    found = read(tmp_path, content)

    assert found.users_period is None
    assert why in found.no_users_period


def test_no_key_lasts_more_than_thirteen_months(tmp_path):
    found = read(tmp_path, named("a", "2013-01-05T10:00:00Z"), "2012-01..2013-02")

    assert found.users_period is None
    assert "a key lasts 13 months at most" in found.no_users_period
    assert found.users_month == {"2013-01": 1}


def test_days_that_are_not_asked_are_left_out(tmp_path):
    found = read(tmp_path, line() + line(at="2013-01-08T00:00:00+01:00"), "2013-01-08..2013-01-09")

    assert (found.lines, found.outside, found.of("simulation")) == (2, 1, {"2013-01": 1})
