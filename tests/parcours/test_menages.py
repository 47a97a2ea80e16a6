"""The five common households walk through each simulator in Chromium, by the keyboard alone.

Each household meets each simulator once at least, in one of four modes (JavaScript on or off, 320 or 1280 pixels), in
turn; those who would use it, on a phone without JavaScript, and what it costs them is counted (`effort.py`). In each
simulator one household, who sees all of its pages, meets the four modes. So every page that a common
household sees is seen in every mode. Axe looks at them with JavaScript, in the dark on a phone and in the light on a
screen: each page in both widths, and in both lights.

What the pages pay is what `guichet calculate` pays to the same households, written by hand (`tests/situations.py`).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from effort import USERS, Effort
from gestures import PHONE, SCREEN, Visitor, accessible, fits, nothing

from guichet import law
from guichet.journeys.simulateurs import SIMULATEURS
from reponses import COMMON, answers_of
from situations import montants

MODES = [(True, 320), (True, 1280), (False, 320), (False, 1280)]
EVERYWHERE = {
    "logement": "a couple with two children, one salary",
    "rsa": "a couple with two children, one salary",
    "paje": "a lone parent with RSA",
}
COUNTED = (False, 320)


def modes(kind, household, rank):
    if household == EVERYWHERE[kind]:
        return MODES
    return [COUNTED if household in USERS[kind] else MODES[rank % len(MODES)]]


WALKS = sorted(
    (kind, household, *mode)
    for shift, (kind, households) in enumerate(COMMON.items())
    for rank, household in enumerate(households)
    for mode in modes(kind, household, rank + shift)
)
LARGER = "document.documentElement.style.setProperty('font-size', '200%')"
SCREENSHOT = Path(__file__).parents[2] / "docs" / "screenshots" / "resultat.png"


def pages(kind, household):
    parcours, reponses = SIMULATEURS[kind].parcours, answers_of(kind, COMMON[kind][household])
    return {(kind, page.nom) for page, _ in parcours.steps(reponses)}


def test_every_page_of_a_common_household_is_seen_in_every_mode():
    seen = {mode: set().union(*(pages(*walk[:2]) for walk in WALKS if walk[2:] == mode)) for mode in MODES}
    everything = set().union(*(pages(kind, household) for kind in COMMON for household in COMMON[kind]))
    assert all(seen[mode] == everything for mode in MODES)
    assert {walk[:2] for walk in WALKS} == {(kind, household) for kind in COMMON for household in COMMON[kind]}
    assert {(kind, household, *COUNTED) for kind, households in USERS.items() for household in households} <= set(WALKS)


@pytest.mark.parametrize(("kind", "household", "script", "width"), WALKS)
def test_a_household_finds_by_keyboard_what_the_law_pays(
    open_page, photograph, record_property, kind, household, script, width
):
    screen, scheme = (PHONE, "dark") if width == 320 else (SCREEN, "light")
    page = open_page(java_script_enabled=script, viewport=screen, color_scheme=scheme)
    everywhere, effort = household == EVERYWHERE[kind], Effort()

    def look(page):
        effort.sees(page)
        fits(page)
        (accessible if script and everywhere else nothing)(page)
        photograph(page, f"{kind}-{household.split()[1]}")

    visitor = Visitor(page, COMMON[kind][household], look).simulates(kind)
    assert visitor.amounts == montants(kind, household, law.calculate)
    if (script, width) == COUNTED and household in USERS[kind]:
        effort.does(visitor)
        record_property(f"{kind}, {household}", str(effort))
        assert effort.is_light(household), str(effort)
    if "GUICHET_SCREENSHOTS" in os.environ and (kind, everywhere, script, width) == ("logement", True, True, 1280):
        page.screenshot(path=SCREENSHOT, full_page=True)  # that of README.md


@pytest.mark.parametrize("width", [640, 1280])
def test_everything_is_there_at_two_hundred_percent(open_page, draft, width):
    """A screen of 1280 pixels holds 640 when all is twice as large; letters alone twice as large fit in it too."""
    page = open_page(viewport={"width": width, "height": 450})
    for kind, household in EVERYWHERE.items():
        link = draft(kind, COMMON[kind][household])
        for _, name in [*sorted(pages(kind, household)), ("", "recapitulatif"), ("", "resultat")]:
            page.goto(f"{link}/{name}")
            if width == 1280:
                page.evaluate(LARGER)
            fits(page)
