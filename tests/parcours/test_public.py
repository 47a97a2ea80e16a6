"""The pages around the simulators in Chromium: accessible, light, usable by keyboard, as wide as the screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from gestures import accessible
from playwright.sync_api import Request
from test_budgets import FIRST_PAGE, NEXT_PAGE, REQUESTS, A, ecoindex

from guichet.web.contenu.pages import PAGES
from guichet.web.contenu.prestations import BENEFITS

ADDRESSES = [
    "/",
    *(f"/{name}" for name in PAGES if name != "accueil"),
    *(f"/prestations/{slug}" for slug in BENEFITS),
]
STATES = [
    "/recherche?q=handicap",
    "/recherche?q=zzzz",
    "/prestations/prime-d-activite?mois=2013-01",
    "/prestations/aide-au-logement?mois=2013-01",
    "/prestations/conge-parental?mois=2016-01",
    "/prestations/rsa?mois=1&annee=1999",
    "/nulle-part",
]


@pytest.mark.parametrize(("width", "scheme", "rest"), [(320, "light", 0), (1280, "dark", 1)])
def test_every_page_is_accessible(open_page, width, scheme, rest):
    """Every other page on a phone, the rest on a wide and dark screen; all of them in both for who looks at pictures."""
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    folder = os.environ.get("GUICHET_SCREENSHOTS")
    for number, address in enumerate([*ADDRESSES, *STATES]):
        if number % 2 != rest and not folder:
            continue
        page.goto(address)
        for summary in page.locator("main summary").all()[:3]:
            summary.click()
        accessible(page)
        if folder:
            page.screenshot(path=Path(folder) / f"site-{number:02d}-{width}-{scheme}.png", full_page=True)


def test_every_page_is_light(open_page):
    """Bytes, requests and nodes; the first page brings the style sheet."""
    page = open_page(java_script_enabled=True)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 (a function of ours, which can be wrapped)
    for rank, address in enumerate([*ADDRESSES, *STATES]):
        asked.clear()  # the end of a request may be told late, during the next page
        page.goto(address, wait_until="load")
        # An icon that the next page's opening interrupts has no answer, hence no size.
        received = [request.sizes() for request in asked if request.response() is not None]
        size = sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in received)
        nodes = page.evaluate("document.querySelectorAll('*').length")
        assert size <= (NEXT_PAGE if rank else FIRST_PAGE), address
        assert len(received) <= REQUESTS, address
        assert ecoindex(nodes, max(len(received), 2), size) > A, f"{address}: {nodes} nodes"


def test_searching_then_another_month_by_keyboard(open_page):
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("grosesse")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="réponses pour").wait_for()
    page.get_by_role("link", name="Prime à la naissance").press("Enter")
    page.get_by_role("heading", name="Combien, en novembre 2026").wait_for()
    page.get_by_label("Année").fill("2013")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Combien, en novembre 2013").wait_for()
    page.get_by_label("Année").fill("1990")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_role("link").press("Enter")
    assert page.locator(":target").get_attribute("name") == "mois"
    assert page.get_by_label("Année").input_value() == "1990"
