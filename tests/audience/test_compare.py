"""The study beside what is measured."""

from __future__ import annotations

import json
import os

import pytest

from guichet import cli
from guichet.audience import compare
from guichet.audience.errors import AudienceError
from guichet.audience.measures import Sources
from tests.audience import awstats
from tools import audience_docs

LOG = '10.0.0.{} - - [{:02}/Jan/2013:10:00:00 +0100] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0 Firefox/15.0"\n'
needs_awstats = pytest.mark.skipif(
    not awstats.PROGRAM.exists() and os.environ.get("CI") != "true", reason="AWStats is not installed: apt install awstats"
)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "other.log"
    path.write_text("".join(LOG.format(host, day) for day in range(1, 15) for host in range(3)))
    return path


@needs_awstats
def test_the_replayed_year_gives_every_published_figure(year):
    rows = compare.rows(year.sources)

    assert {row.published.name: row.value for row in rows if row.verdict not in ("rounds to it", "within one event")} == {}
    assert {row.published.name for row in rows if row.verdict == "within one event"} <= {
        "maintien in June 2012",
        "maintien in June 2013",
    }


@needs_awstats
def test_a_table_fits_in_a_hundred_columns(year):
    rows = compare.rows(year.sources)

    assert max(len(line) for line in compare.table(rows)) <= 100
    assert compare.notes(year.sources, rows)[0] == "62 figures: 60 rounds to it, 2 within one event."


def test_the_months_that_were_read_are_told(year, log):
    told = compare.notes(year.sources, compare.rows(year.sources))
    assert "Access logs: 2012-06 to 2013-06; the study: 2012-06 to 2013-06." in told
    assert "Events: 2012-06 to 2013-06; the study: 2012-06 to 2013-06." in told

    others = compare.read(compare.Given([log]))
    told = compare.notes(others, compare.rows(others))
    assert any(note.startswith("Access logs:") for note in told)
    assert not any(note.startswith("Events:") for note in told)


@needs_awstats
def test_awstats_sees_fewer_visits_and_it_is_said(year):
    notes = " ".join(compare.notes(year.sources, compare.rows(year.sources)))

    assert year.sources.last_month.visits < year.sources.audience.visits_month["2013-06"]
    assert f"{year.sources.last_month.visits} by AWStats's, which ends a visit after an hour, and at midnight" in notes


def test_without_awstats_its_figures_are_not_given(log, monkeypatch):
    def absent() -> None:
        raise AudienceError("install AWStats")

    monkeypatch.setattr("guichet.audience.awstats.lists", absent)
    sources = compare.read(compare.Given([log]))
    rows = {row.published.name: row for row in compare.rows(sources)}

    assert rows["minutes a visit"].verdict == "not given"
    assert rows["visits a day"].value == 3
    assert any("install AWStats" in note for note in compare.notes(sources, list(rows.values())))


def test_another_site_differs(log, capsys):
    assert cli.main(["audience-compare", str(log), "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}

    assert rows["visits on a Monday"]["measured"] == 3
    assert rows["visits on a Monday"]["difference"] == 3 - 691_000
    assert rows["visits on a Monday"]["verdict"] == "differs"
    assert rows["DTR RSA a month"]["verdict"] == "not given"


def test_a_scale_makes_a_part_the_whole(log, capsys):
    assert cli.main(["audience-compare", str(log), "--scale", "0.5", "--json"]) == 0
    rows = {row["name"]: row["measured"] for row in json.loads(capsys.readouterr().out)}

    assert rows["visits a day"] == 6
    assert rows["pages a visit"] == 1


def test_nothing_given_gives_nothing():
    rows = compare.rows(Sources())

    assert {row.verdict for row in rows} == {"not given"}
    assert len(compare.table(rows)) == 64


@pytest.mark.parametrize("arguments", [[], ["--scale", "0.1"]])
def test_nothing_to_compare_is_a_usage_error(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["audience-compare", *arguments])

    assert ended.value.code == 2
    assert "give access logs, events or tables" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["", "--events", "--declarations", "--survey", "--contacts", "--sites"])
def test_a_missing_file_is_named_and_nothing_is_printed(option, tmp_path, capsys):
    missing = str(tmp_path / "missing")

    assert cli.main(["audience-compare", *([option] if option else []), missing]) == 1
    said = capsys.readouterr()
    assert f"{missing}: No such file or directory" in said.err
    assert said.out == ""


@needs_awstats
def test_the_page_shows_these_figures(year):
    page = audience_docs.PAGE.read_text("utf-8")

    assert page == audience_docs.written_of(page, year.sources), "run `make docs`"
