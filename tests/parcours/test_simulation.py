"""A whole simulation in Chromium: by keyboard or mouse, with JavaScript or without, on a phone or not."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"


def accessible(page):
    """No violation that axe can see, and nothing wider than the screen."""
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def continue_(page):
    page.get_by_role("button", name="Continuer").click()


def simulate(page, check, income="1100"):
    """A couple with a child, from the home page to the result; `check(page)` is called on every page."""
    page.goto("/")
    check(page)
    page.get_by_role("link", name="Aide au logement").click()
    check(page)
    page.get_by_label("Code postal").fill("01400")
    page.get_by_label("Locataire d’un logement vide").check()
    continue_(page)
    page.get_by_text("Encore une question").wait_for()
    check(page)
    page.get_by_label("Châtillon-sur-Chalaronne").check()
    continue_(page)
    continue_(page)  # nothing answered
    page.get_by_role("alert").wait_for()
    check(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.locator(":focus, :target").count() >= 1
    page.get_by_label("Un propriétaire privé", exact=True).check()
    page.get_by_label("Loyer du mois, sans les charges").fill("520,50")
    continue_(page)
    check(page)
    fill_date(page, "Votre date de naissance", "1", "5", "1990")
    page.get_by_role("group", name="Vivez-vous en couple").get_by_label("Oui").check()
    page.get_by_label("Combien d’enfants").fill("1")
    continue_(page)
    check(page)
    fill_date(page, "Date de naissance de votre conjoint", "2", "6", "1991")
    fill_date(page, "Date de naissance de l’enfant 1", "3", "7", "2020")
    continue_(page)
    check(page)
    page.get_by_role("group", name="Votre activité").get_by_label("Emploi salarié").check()
    page.get_by_role("group", name="Activité de votre conjoint").get_by_label("Aucune de ces situations").check()
    continue_(page)
    check(page)
    page.get_by_label("Vos salaires").fill(income)
    page.get_by_label("Salaires de votre conjoint").fill("0")
    continue_(page)
    check(page)
    continue_(page)
    page.get_by_role("heading", name="Récapitulatif").wait_for()
    check(page)
    page.get_by_role("link", name="Voir le résultat").click()
    page.get_by_role("heading", level=1).wait_for()
    check(page)


def fill_date(page, name, *parts):
    group = page.get_by_role("group", name=name)
    for label, part in zip(("Jour", "Mois", "Année"), parts, strict=True):
        group.get_by_label(label).fill(part)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with JavaScript", "without"])
def test_a_simulation_explained(open_page, java_script_enabled):
    page = open_page(java_script_enabled=java_script_enabled, viewport={"width": 320, "height": 640})
    simulate(page, accessible if java_script_enabled else lambda page: None)
    assert re.search(r"\d+\s€", page.get_by_role("heading", level=1).inner_text())
    page.locator("summary").first.click()
    assert page.get_by_text("Texte non retrouvé").count() + page.get_by_text("en vigueur depuis").count() > 0

    page.go_back()
    page.get_by_role("link", name="Modifier : votre loyer").click()
    assert page.get_by_label("Loyer du mois").input_value() == "520,50"


def test_a_refusal_explained(open_page):
    page = open_page()
    simulate(page, lambda page: None, income="5000")
    accessible(page)
    if folder := os.environ.get("GUICHET_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "refus.png", full_page=True)
    assert "Pas d’aide au logement" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Un autre mois").click()
    accessible(page)
    page.goto("/nulle-part")
    accessible(page)


def test_the_first_page_is_light(open_page):
    page = open_page()
    sizes, codes = [], []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()))
    page.on("response", lambda response: codes.append(response.status))
    page.goto("/", wait_until="networkidle")
    assert 2 <= len(sizes) <= 6  # the style sheet is among them
    assert set(codes) == {200}
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= 60_000


def test_the_style_sheet_is_light():
    assert len(gzip.compress((settings.PACKAGE / "web" / "static" / "style.css").read_bytes())) < 15_000


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_screen_has_enough_contrast(open_page, width, scheme, tmp_path):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    folder = Path(os.environ.get("GUICHET_SCREENSHOTS", tmp_path))
    number = iter(range(100))

    def seen(page):
        accessible(page)
        page.screenshot(path=folder / f"{next(number):02d}-{width}-{scheme}.png", full_page=True)

    simulate(page, seen)
    page.emulate_media(media="print")
    page.screenshot(path=folder / f"print-{width}-{scheme}.png", full_page=True)
    page.emulate_media(media="screen", color_scheme=scheme, forced_colors="active")
    page.screenshot(path=folder / f"forced-{width}-{scheme}.png", full_page=True)
    page.emulate_media(forced_colors="none")
    if (width, scheme) == (1280, "light"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / "resultat.png")
