"""The audience of the site, from its own logs to its page: what is counted is what was written."""

from __future__ import annotations

import csv
import io
import os
from datetime import date

import pytest
from django.core.cache import cache

from guichet.audience import awstats
from guichet.audience.errors import AudienceError
from guichet.audience.measure import measure
from guichet.operations.site_use import compare, read_logs
from guichet.records import events
from site_logs import visited

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


def seen(client, address="/statistiques"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_what_the_logs_hold(client, folders):
    visited(folders.logs, date(2026, 10, 5), 2)
    visited(folders.logs, date(2026, 11, 23), 3)
    visited(folders.logs, date(2026, 11, 24), 1)
    read_logs(folders, TODAY, 30)
    events.note("simulation", "logement")
    november = seen(client, "/statistiques?du=2026-11&au=2026-11")
    assert "<dt>Visites</dt><dd>4</dd>" in november
    assert "<dt>Visiteurs distincts</dt><dd>3</dd>" in november
    assert "<dt>Pages</dt><dd>8</dd>" in november
    assert "<dt>Simulations menées à leur terme</dt><dd>1</dd>" in november
    assert "2 visites par jour, autant que sur la période précédente." in november
    assert "Le plus de visites le lundi (3 en moyenne), le moins le mardi (1)." in november
    assert "En tout\u00a0: 1, dont 100\u00a0% pour une aide au logement." in november
    assert "un mois moyen" in seen(client, "/statistiques?du=2026-10&au=2026-11")
    assert "2 visits a day, as many as over the period before." in seen(client, "/en/statistiques?du=2026-11&au=2026-11")


def test_figures_are_those_of_the_engine_and_can_be_taken(client, folders):
    for day in range(1, 25):
        visited(folders.logs, date(2026, 11, day), day % 5, pages=1 + day % 3)
    logs = sorted(folders.logs.iterdir())
    truth = measure([log for log in logs if log.stat().st_size])
    read_logs(folders, TODAY, 30)
    taken = client.get("/statistiques/pages-par-heure.csv?du=2026-11&au=2026-11")
    assert taken["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="pages-par-heure-2026-11-2026-11.csv"' in taken["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(taken.content.decode()))
    assert head == ["Heure", "Pages"]
    assert [int(pages) for _, pages in rows] == list(truth.pages_hour.values())
    months = client.get("/statistiques/visites-et-visiteurs-par-mois.csv?du=2026-11&au=2026-11").content.decode()
    assert months.splitlines()[1] == f"2026-11,{truth.visits},{truth.visitors_total}"


def test_logs_are_read_once_and_erased_when_they_are_old(client, folders):
    visited(folders.logs, date(2026, 10, 20), 2)
    visited(folders.logs, date(2026, 11, 24), 1)
    assert read_logs(folders, TODAY, 30) > 0
    assert [path.name for path in folders.logs.iterdir()] == ["access-2026-11-24.log"]
    assert read_logs(folders, TODAY, 30) == 0
    visited(folders.logs, date(2026, 11, 24), 2)
    read_logs(folders, TODAY, 30)
    assert "<dt>Visites</dt><dd>4</dd>" in seen(client)  # the first address came back within 30 minutes
    assert b"192.0.2" not in b"".join(path.read_bytes() for path in folders.rows.rglob("*") if path.is_file())


def test_opinions_are_told_with_how_many_they_are(client, folders):
    for value in (1, 1, 0):
        events.note("avis", "trouve", value)
    page = seen(client)
    assert "<dt>Ont trouvé ce qu’ils cherchaient, sur 3 avis</dt><dd>66,7\u00a0%</dd>" in page
    assert "Auraient sinon appelé" not in page


def test_damaged_files_hide_nothing_else(client, folders):
    visited(folders.logs, date(2026, 11, 24), 1)
    read_logs(folders, TODAY, 30)
    folders.events.mkdir()
    (folders.events / "2026-11-24.jsonl").write_text("damaged\n" * 2000)
    assert "<dt>Visites</dt><dd>1</dd>" in seen(client)
    (folders.rows / "store.json").write_text("{")
    cache.clear()
    assert "Rien n’a encore été mesuré" in seen(client)


def test_an_empty_site_says_so(client, folders):
    assert "Rien n’a encore été mesuré" in seen(client)
    assert client.get("/statistiques/pages-par-heure.csv").status_code == 404


@pytest.mark.parametrize(
    "asked", ["du=abc", "du=2026-11&au=2026-10", "du=2024-10", "au=2026-12", "du=2026-13", "du=\0", "au=" + "9" * 500]
)
def test_a_wrong_period_is_said_and_the_usual_one_shown(client, folders, asked):
    page = seen(client, f"/statistiques?{asked}")
    assert "La période est à corriger" in page
    assert '<a href="#du">' in page
    assert '<option value="2026-11" selected>' in page
    assert client.get(f"/statistiques/pages-par-heure.csv?{asked}").status_code == 404


def test_the_method_says_for_how_long_things_are_kept(client, settings):
    settings.LOG_DAYS = 12
    page = seen(client, "/statistiques/methode")
    assert "12 jours, puis ils sont effacés" in page
    assert "La différence avec AWStats" in page


def test_the_method_tells_what_awstats_would_count_here(client, folders):
    try:
        awstats.lists()
    except AudienceError as absent:
        assert os.environ.get("CI") != "true"
        pytest.skip(str(absent))
    visited(folders.logs, date(2026, 11, 23), 50)
    read_logs(folders, TODAY, 30)
    compare(folders, TODAY)
    page = seen(client, "/statistiques/methode")
    assert "il compterait 100 pages et 50 visites" in page
