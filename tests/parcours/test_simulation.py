"""A whole simulation in Chromium: by keyboard or mouse, with JavaScript or without, on a phone or not."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from gestes import accessible, continue_, fill_date, simulate

SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with JavaScript", "without"])
def test_a_simulation_explained(open_page, java_script_enabled):
    page = open_page(java_script_enabled=java_script_enabled, viewport=PHONE)
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


def begin(page, occupation, address="/simulation/logement"):
    """Until the page of what the dwelling costs, with its errors."""
    page.goto(address)
    page.get_by_label("Code postal").fill("35000")
    page.locator(f"[value={occupation}]").check()
    continue_(page)
    accessible(page)
    continue_(page)  # nothing answered
    page.get_by_role("alert").wait_for()
    accessible(page)


PHONE = {"width": 320, "height": 640}


def test_foyers_loans_and_months(open_page):
    page = open_page(viewport=PHONE)
    begin(page, "residence_sociale")
    begin(page, "accedant")
    fill_date(page, "Date de signature du prêt", "5", "5", "2021")
    continue_(page)
    page.get_by_text("Un prêt signé en 2020 ou après").wait_for()
    accessible(page)
    page.goto("/simulation/logement/mois")
    page.get_by_label("Année").fill("1990")
    continue_(page)
    page.get_by_role("alert").wait_for()
    accessible(page)


def test_every_question_of_a_past_month_and_its_doubts(open_page):
    page = open_page(viewport=PHONE)
    begin(page, "vide", "/simulation/logement?mois=2013-01")
    page.get_by_label("Un propriétaire privé", exact=True).check()
    page.get_by_label("Loyer du mois").fill("400")
    continue_(page)
    fill_date(page, "Votre date de naissance", "1", "5", "1992")
    page.get_by_role("group", name="Vivez-vous en couple").get_by_label("Oui").check()
    page.get_by_label("Combien d’enfants").fill("1")
    continue_(page)
    fill_date(page, "Date de naissance de votre conjoint", "2", "6", "1991")
    fill_date(page, "Date de naissance de l’enfant 1", "3", "7", "1991")
    continue_(page)
    page.get_by_text("Vérifiez l’année").first.wait_for()
    accessible(page)
    fill_date(page, "Date de naissance de l’enfant 1", "3", "7", "2011")
    continue_(page)
    page.get_by_role("group", name="Votre activité").get_by_label("Chômage, avec").check()
    page.get_by_role("group", name="Activité de votre conjoint").get_by_label("Retraite").check()
    continue_(page)
    accessible(page)
    for field in page.get_by_role("textbox").all():
        field.fill("3000" if field.get_attribute("inputmode") == "decimal" else "1")
    fill_date(page, "Début de votre chômage", "1", "3", "2012")
    fill_date(page, "Début de la retraite", "1", "3", "2012")
    continue_(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    continue_(page)
    page.get_by_text("Encore").wait_for()
    accessible(page)
    for field in page.get_by_role("textbox").all():
        field.fill("1")
    continue_(page)
    page.get_by_role("link", name="Voir le résultat").click()
    page.get_by_text("Ce dont nous ne sommes pas sûrs").wait_for()
    accessible(page)


def test_a_keyboard_is_enough(open_page):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto("/simulation/logement")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0  # it shows when it has the focus
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "code_postal"
    page.keyboard.type("35000")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Votre loyer").wait_for()
    page.goto(page.url.replace("/loyer", "/logement"))
    assert page.get_by_label("Locataire d’un logement meublé").is_checked()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_each_screen_has_enough_contrast(open_page, width, scheme, tmp_path):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    folder = Path(os.environ.get("GUICHET_SCREENSHOTS", tmp_path))
    number = iter(range(100))

    def seen(page):
        accessible(page)
        page.screenshot(path=folder / f"{next(number):02d}-{width}-{scheme}.png", full_page=True)

    simulate(page, seen)
    if (width, scheme) == (1280, "light"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / "resultat.png", full_page=True)
    page.emulate_media(media="print")
    page.screenshot(path=folder / f"print-{width}-{scheme}.png", full_page=True)
    page.emulate_media(media="screen", color_scheme=scheme, forced_colors="active")
    page.screenshot(path=folder / f"forced-{width}-{scheme}.png", full_page=True)
