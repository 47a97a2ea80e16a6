"""The audience of the site in Chromium: accessible, light, the same without JavaScript."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from gestures import PHONE, SCREEN, accessible
from test_budgets import NEXT_PAGE, REQUESTS, A, ecoindex

from guichet.operations.site_use import read_logs
from site_logs import happened, visited

TODAY = date(2026, 11, 25)


@pytest.fixture
def used_for_a_year(folders):
    for back in range(1, 400):
        day = TODAY - timedelta(days=back)
        visited(folders.logs, day, 1 + (7 - day.weekday()) * (2 if day.day in range(3, 8) else 1))
        happened(folders.events, day, "simulation", ("logement", "rsa", "paje")[back % 3], 1 + back % 5)
        happened(folders.events, day, "teleprocedure", ("dtr_rsa", "aide_logement")[back % 2], 1 + back % 3)
    read_logs(folders, TODAY, 400)


@pytest.mark.parametrize(("screen", "scheme"), [(PHONE, "dark"), (SCREEN, "light")])
def test_every_page_of_the_audience(open_page, photograph, used_for_a_year, draft, screen, scheme):
    page = open_page(viewport=screen, color_scheme=scheme, java_script_enabled=True)
    received: list[dict[str, int]] = []
    page.on("requestfinished", lambda request: received.append(request.sizes()))
    page.goto("/", wait_until="networkidle")
    for address in (
        "/statistiques",
        "/statistiques?du=2026-10&au=2026-10",
        "/statistiques?du=2026-11&au=2026-01",
        "/statistiques/autour-du-5",
        "/statistiques/simulations-par-genre",
        "/statistiques/methode",
        "/en/statistiques",
    ):
        received.clear()
        page.goto(address, wait_until="load")
        accessible(page)
        photograph(page, "statistiques")
        size = sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in received)
        nodes = page.evaluate("document.querySelectorAll('*').length")
        assert size <= NEXT_PAGE, address
        assert len(received) <= REQUESTS
        assert ecoindex(nodes, max(len(received), 2), size) > A, f"{address}: {nodes} nodes, {size} bytes"


def test_another_period_then_a_chart_by_keyboard_without_javascript(open_page, used_for_a_year):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto("/statistiques")
    page.get_by_label("Du mois").select_option("2026-10")
    page.get_by_label("au mois").select_option("2026-10")
    page.get_by_role("button", name="Afficher").press("Enter")
    page.get_by_role("heading", name="Octobre 2026").wait_for()
    page.get_by_role("link", name="Visites selon le jour de la semaine").press("Enter")
    page.get_by_role("heading", level=1, name="Visites selon le jour de la semaine").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="en CSV").press("Enter")
    assert download.value.suggested_filename == "visites-par-jour-2026-10-2026-10.csv"


def test_an_opinion_by_keyboard(open_page, photograph, draft):
    from reponses import ALONE

    page = open_page(viewport=PHONE)
    address = draft("logement", ALONE | {"autres": ""})
    page.goto(f"{address}/avis")
    accessible(page)
    page.get_by_role("button", name="Envoyer mon avis").press("Enter")
    page.get_by_role("alert").wait_for()
    accessible(page)
    photograph(page, "avis")
    page.get_by_role("group", name="Avez-vous trouvé").get_by_label("Oui").press("Space")
    page.get_by_role("button", name="Envoyer mon avis").press("Enter")
    page.get_by_role("heading", name="Merci de votre avis").wait_for()
    accessible(page)
