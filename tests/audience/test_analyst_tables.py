"""An analyst's tables: what they say, and what is wrong with them."""

from __future__ import annotations

import json

import pytest

from guichet import cli
from guichet.audience import tables
from guichet.audience.errors import AudienceError
from guichet.audience.events import EventFigures

EVENTS = EventFigures(counts={"teleprocedure": {"dtr_rsa": {"2012-06": 36, "2012-07": 40}}})


@pytest.fixture
def table(tmp_path):
    def write(content: str | bytes):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_shares_are_those_of_the_declarations(table):
    shares = tables.online_shares(
        table("month,kind,declarations\n2012-06,dtr_rsa,100\n2012-07,dtr_rsa,100\n2012-08,dtr_rsa,9\n2012-06,cmg_paje,7\n"),
        EVENTS,
    )

    assert shares == {"dtr_rsa": {"2012-06": (36, 100), "2012-07": (40, 100)}, "cmg_paje": {"2012-06": (0, 7)}}
    assert tables.share(shares["dtr_rsa"]) == 0.38
    assert tables.share(shares["dtr_rsa"], "2012-06") == 0.36
    assert tables.share({}) is None


def test_a_survey_is_weighted(table):
    survey = tables.survey(table("weight;connected;form;paje\n1,5;1;1;1\n0,5;0;;1\n2;1;0;0\n\n"))

    assert survey.share("connected") == 3.5 / 4
    assert survey.share("form") == 1.5 / 3.5
    assert survey.share("connected", "paje") == 0.75
    assert survey.share("connected", "unknown") is None
    assert survey.share("unknown") is None


def test_sites_are_ranked_by_the_geometric_mean(table):
    ranked = tables.sites(table("site,sphere,visitors,pages,ours\na,social,100,100,\nb,social,50,1000,1\nc,,100,100,0\n"))

    assert [(site.site, site.rank, site.rank_in_sphere, site.ours) for site in ranked] == [
        ("b", 1, 1, True),
        ("a", 2, 2, False),
        ("c", 2, 1, False),
    ]


def test_contacts_are_by_year(table):
    assert tables.contacts(table("\ufeffyear,allocataires,email,consent\n2012,100,58,54\n2010,100,42,31\n")) == {
        2010: tables.Contacts(100, 42, 31),
        2012: tables.Contacts(100, 58, 54),
    }


@pytest.mark.parametrize(
    ("read", "content", "sentence"),
    [
        (tables.survey, "", "line 1: no column weight; the columns are weight"),
        (tables.survey, "weight,a\n", "nobody answers"),
        (tables.survey, "weight,a\n0,1\n", "nobody answers"),
        (tables.survey, "weight,a\n1,1\n1,2\n", "line 3, column a: '2' is not an answer: 1, 0 or nothing"),
        (tables.survey, "weight,a\n-1,1\n", "line 2, column weight: '-1' is not a weight, 0 or more"),
        (tables.survey, "weight,a\nnan,1\n", "'nan' is not a weight"),
        (tables.survey, "weight,a,a\n1,1,1\n", "line 1, column a: it is there twice"),
        (tables.survey, "weight,a\n1\n", "line 2: 1 cells, the first line names 2"),
        (tables.survey, b"weight,a\n1,\xff\n", "not in UTF-8"),
        (tables.survey, 'weight,a\n1,"' + "x" * 200_000, "not a table in CSV"),
        (tables.contacts, "year,allocataires,email,consent\n2012,10,11,1\n", "column email: more than the 10 allocataires"),
        (tables.contacts, "year,allocataires,email,consent\n2012,0,0,0\n", "column allocataires: nobody"),
        (tables.contacts, "year,allocataires,email,consent\n12,1,1,1\n", "column year: '12' is not a year such as 2012"),
        (
            tables.contacts,
            "year,allocataires,email,consent\n2012,1,1,1\n2012,1,1,1\n",
            "line 3, column year: 2012 is there twice",
        ),
        (tables.contacts, "year,allocataires,email,consent\n2012,1 000,1,1\n", "'1 000' is not a whole number"),
        (tables.sites, "site,visitors,pages\na,1,1\na,1,1\n", "line 3, column site: a is there twice"),
        (tables.sites, "site,visitors,pages\n,1,1\n", "'' is not the name of a site"),
        (tables.sites, "site,visitors,pages\na,1,²\n", "column pages: '²' is not a number, 0 or more"),
        (tables.sites, "site,visitors\na,1\n", "line 1: no column pages; the columns are site, visitors, pages"),
    ],
)
def test_what_is_wrong_is_named(table, read, content, sentence):
    path = table(content)

    with pytest.raises(AudienceError) as error:
        read(path)

    assert str(error.value).startswith(str(path))
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("2012-13,dtr_rsa,1", "column month: '2012-13' is not a month such as 2013-01"),
        ("2012-06,,1", "column kind: '' is not a kind such as dtr_rsa"),
        ("2012-06,dtr_rsa,35", "column declarations: 35 in all, when the events hold 36 made online"),
        ("2012-06,x,1\n2012-06,x,1", "line 3, column month: x of 2012-06 is there twice"),
    ],
)
def test_wrong_declarations_are_named(table, content, sentence):
    with pytest.raises(AudienceError) as error:
        tables.online_shares(table("month,kind,declarations\n" + content), EVENTS)

    assert sentence in str(error.value)


def test_the_command_prints_tables(table, capsys):
    path = str(table("site,visitors,pages\na,100,100\nb,50,1000\n"))

    assert cli.main(["audience-tables", "--sites", path]) == 0
    assert capsys.readouterr().out.splitlines()[2].split() == ["1", "b", "224", "1"]
    assert cli.main(["audience-tables", "--sites", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sites"][0]["site"] == "b"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "give --declarations, --survey, --contacts or --sites"),
        (["--declarations", "x"], "--declarations needs --events"),
        (["--among", "paje", "--sites", "x"], "--among needs --survey"),
    ],
)
def test_a_command_badly_called_is_told(arguments, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["audience-tables", *arguments])

    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_survey_can_be_asked_of_some(table, capsys):
    path = str(table("weight,connected,paje\n1,1,1\n3,0,0\n"))

    assert cli.main(["audience-tables", "--survey", path, "--among", "paje", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["survey"][0] == {"answer": "connected", "weighted %": 100.0}
    assert cli.main(["audience-tables", "--survey", path, "--among", "student"]) == 1
    assert "no column student; the columns are connected, paje" in capsys.readouterr().err
