"""`guichet audience --html` and `--csv`: the report in files, whole or not at all."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta

import pytest

from guichet.cli import main
from site_logs import happened, visited

FIRST = date(2026, 9, 28)


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """Six weeks of a site: its logs, and its events."""
    folder = tmp_path_factory.mktemp("used")
    for day in range(42):
        visited(folder / "logs", FIRST + timedelta(days=day), 1 + day % 6, pages=1 + day % 3)
        happened(folder / "events", FIRST + timedelta(days=day), "simulation", ("logement", "rsa")[day % 2], 2)
    return [[str(path) for path in sorted((folder / name).iterdir())] for name in ("logs", "events")]


def test_one_page_that_needs_no_network(used, tmp_path, capsys):
    logs, events = used
    page = tmp_path / "made" / "report.html"
    assert main(["audience", *logs, "--json", "--html", str(page), "--events", *events]) == 0
    figures = json.loads(capsys.readouterr().out)
    html = page.read_text()
    assert not re.search(r"""(src|href|action)=|@import|url\(""", html)
    assert "De septembre 2026 à novembre 2026" in html
    assert f"<dt>Visites</dt><dd>{figures['visits']}</dd>" in html
    assert html.count("<figure") == 8
    assert html.count("<svg") == 6  # no téléprocédure, nothing to draw
    assert "En tout\u00a0: 84, dont 50\u00a0% pour une aide au logement." in html
    assert [path.name for path in page.parent.iterdir()] == ["report.html"]


def test_each_line_is_told_and_the_time_zone(used, tmp_path, capsys):
    logs, _ = used
    page = tmp_path / "report.html"
    assert main(["audience", *logs, "--json", "--timezone", "Asia/Kolkata", "--html", str(page)]) == 0
    figures = json.loads(capsys.readouterr().out)
    html = page.read_text().replace("\u00a0", " ")
    assert f"Lignes lues : {figures['lines']}. Pages : {figures['pages']}." in html
    assert f"Robots : {figures['robots']}." in html
    assert "Ceux du fuseau horaire Asia/Kolkata." in html
    assert "à l’heure du serveur" not in html


def test_a_store_is_explained_by_its_own_rules(used, tmp_path, capsys):
    """Its time zone, and nothing of AWStats on a part of what it holds; a gap that is not explained: no page."""
    logs, _ = used
    page, store = tmp_path / "report.html", str(tmp_path / "store")
    assert main(["audience", *logs[:20], "--json", "--store", store, "--timezone", "Asia/Kolkata"]) == 0
    assert main(["audience", *logs[20:], "--json", "--store", store, "--html", str(page)]) == 0
    html = page.read_text()
    assert "Ceux du fuseau horaire Asia/Kolkata." in html
    assert "Sur ces mêmes journaux" not in html

    other = str(tmp_path / "other")
    assert main(["audience", *logs, "--json", "--store", other, "--visit-gap", "60"]) == 0
    assert main(["audience", "--json", "--store", other, "--html", str(tmp_path / "other.html")]) == 1
    assert "its visits end after 60 seconds" in capsys.readouterr().err
    assert not (tmp_path / "other.html").exists()


def test_events_given_twice_are_read_once(used, tmp_path, capsys):
    logs, events = used
    assert main(["audience", *logs, "--csv", str(tmp_path), "--events", *events, *events[:3]]) == 0
    assert capsys.readouterr().err.count("the same file as") == 3
    rows = list(csv.reader((tmp_path / "simulations-par-genre.csv").open()))[1:]
    assert sum(int(number) for row in rows for number in row[1:]) == 84


def test_a_file_of_figures_for_each_chart(used, tmp_path, capsys):
    logs, events = used
    assert main(["audience", *logs, "--json", "--csv", str(tmp_path), "--events", *events]) == 0
    figures = json.loads(capsys.readouterr().out)
    tables = {path.stem: list(csv.reader(path.open())) for path in tmp_path.iterdir()}
    assert len(tables) == 8
    assert tables["visites-et-visiteurs-par-mois"][1:] == [
        [month, str(visits), str(figures["visitors_month"][month])] for month, visits in figures["visits_month"].items()
    ]
    assert [row[1] for row in tables["pages-par-heure"][1:]] == [str(pages) for pages in figures["pages_hour"].values()]
    assert sum(int(number) for row in tables["simulations-par-genre"][1:] for number in row[1:]) == 84


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("/proc/nowhere/report.html", "guichet audience: /proc/nowhere/report.html: No such file or directory\n"),
        ("/tmp", "guichet audience: /tmp: Is a directory\n"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_counted(used, file, said, capsys):
    assert main(["audience", used[0][0], "--html", file]) == 1
    assert capsys.readouterr() == ("", said)


def test_a_period_is_compared_with_the_one_before(used, tmp_path):
    page = tmp_path / "report.html"
    assert main(["audience", *used[0], "--html", str(page), "--period", "2026-11"]) == 0
    assert "que sur la période précédente (" in page.read_text()
    assert main(["audience", *used[0], "--html", str(page), "--period", "2026-09"]) == 0
    assert "Il n’y a pas de mesure de la période précédente" in page.read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--events", "some.jsonl"], "--events are for the report"),
        (["--html", "report.html", "--rule", "awstats"], "--html explains visits by the exact rule"),
        (["--html", "report.html", "--visit-gap", "600"], "--html explains visits by the exact rule"),
    ],
)
def test_options_that_contradict_one_another_are_refused(used, options, said, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["audience", used[0][0], *options])
    assert said in capsys.readouterr().err
