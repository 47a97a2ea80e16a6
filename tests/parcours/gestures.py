"""What a visitor does, with the keyboard alone; and what every page must be.

`Visitor` reads each page as it comes: Tab leads from one control to the next, and what has the focus is answered from a
table of answers by its name (`tests/reponses.py`). It knows no simulator. It notes what it does, for the model of effort
and the budgets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from guichet.domain.vocabulaire import MONTH_NAMES as MONTHS

PHONE, SCREEN = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
RULES = {"rules": {"target-size": {"enabled": True}}}
"""Axe leaves it out by default: nothing to touch is smaller than 24 pixels, or too near another."""
FOCUSED = """() => {
  const control = document.activeElement, {name = "", type = "", value = "", checked = false} = control
  const rank = type === "radio" ? [...control.form.elements[name]].indexOf(control) : 0
  return {name, type, value, checked, rank, form: control.form?.method ?? "", words: control.textContent.trim()}
}"""
RADIOS = "name => [...document.getElementsByName(name)].map(radio => radio.value)"
PARTS = {"annee": 0, "mois": 1, "jour": 2}
MOST_PAGES, MOST_STOPS = 20, 120
AMOUNT = re.compile(r"([\d\s]+)(?:,(\d\d))?\s€")


def fits(page: Page) -> None:
    """Nothing is wider than the screen, once the page is there: a click ends when the next one begins."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def takes_the_focus(page: Page, role: str) -> None:
    """What has this role has the focus, as soon as the page is drawn: `autofocus` is of the first frame, after the load."""
    page.locator(f"[role={role}]:focus").wait_for()


def accessible(page: Page) -> None:
    """No violation that axe can see, and nothing wider than the screen."""
    fits(page)
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


def nothing(page: Page) -> None:
    """What is checked of a page when nothing is."""


def euros(text: str) -> Decimal:
    """The first amount that a text tells."""
    units, cents = AMOUNT.search(text).groups()
    return Decimal(re.sub(r"\s", "", units) + f".{cents or '00'}")


@dataclass
class Visitor:
    """Somebody with these answers, at this page; `look(page)` is called on each page before it is answered."""

    page: Page
    answers: Mapping[str, str]
    look: Callable[[Page], None] = nothing
    typed: list[str] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    """The names of the questions answered by typing, a name a character; and by choosing."""

    def simulates(self, kind: str, month: str = "") -> Visitor:
        """From the first page to the result."""
        self.page.goto(f"/simulation/{kind}" + (f"?mois={month}" if month else ""))
        return self.answers_all()

    def answers_all(self) -> Visitor:
        """Page after page, from the one that is shown to the result."""
        for _ in range(MOST_PAGES):
            self.look(self.page)
            if self.place == "resultat":
                return self
            if self.place == "recapitulatif":
                self.presses("Voir le résultat")
            else:
                self.answers_the_page()
                assert not self.page.get_by_role("alert").count(), self.page.get_by_role("alert").inner_text()
        raise AssertionError(f"no result after {MOST_PAGES} pages: {self.page.url}")

    def answers_the_page(self) -> None:
        """Every question of the page that has an answer, then « Continuer »."""
        self.presses("Aller au contenu")
        self.presses("Continuer", self.answers_one)

    def presses(self, words: str, meanwhile: Callable[[dict], None] = lambda control: None) -> None:
        """Tab to the link or the button of these words, then Enter."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            control = self.page.evaluate(FOCUSED)
            if control["words"] == words:
                self.follows()
                return
            meanwhile(control)
        raise AssertionError(f"« {words} » is not reached at {self.page.url}")

    def follows(self) -> None:
        """Enter, on what has the focus: a link, a button or a field; until the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def answers_one(self, control: dict) -> None:
        """The control that has the focus, if it is a question that has an answer."""
        name, kind = control["name"], control["type"]
        wanted = self.wanted(name)
        if kind == "radio" and wanted is not None:
            self.chooses(control, wanted)
        elif kind == "checkbox" and control["checked"] is not (control["value"] in (wanted or "").split()):
            self.page.keyboard.press("Space")
            self.ticked.append(name)
        elif kind in ("text", "select-one") and wanted is not None and control["value"] != wanted:
            self.page.keyboard.type(wanted)
            self.typed += [name] * len(wanted)

    def wanted(self, name: str) -> str | None:
        """The answer to a question, or to a part of a date."""
        if name in self.answers:
            return self.answers[name]
        question, _, part = name.rpartition("-")
        return self.answers[question].split("-")[PARTS[part]] if part in PARTS and question in self.answers else None

    def question(self, name: str) -> str:
        """The question that a field answers, or is a part of."""
        question, _, part = name.rpartition("-")
        return question if part in PARTS else name

    def chooses_month(self, month: str) -> None:
        """On the page of another month: the letters of its name, then its year."""
        year, number = month.split("-")
        self.answers, given = {"mois-mois": MONTHS[int(number) - 1], "mois-annee": year}, self.answers
        self.answers_the_page()
        self.answers = given

    def chooses(self, control: dict, wanted: str) -> None:
        """One radio button among others: arrows move the choice, Space takes the first."""
        if control["checked"] and control["value"] == wanted:
            return
        values = self.page.evaluate(RADIOS, control["name"])
        assert wanted in values, f"{control['name']}: {wanted} is not offered"
        steps = values.index(wanted) - control["rank"]
        if not steps:
            self.page.keyboard.press("Space")
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        self.ticked.append(control["name"])

    @property
    def place(self) -> str:
        """The name of the page, at the end of its address."""
        return self.page.url.partition("#")[0].rpartition("/")[2]

    @property
    def amounts(self) -> dict[tuple[str, str], float]:
        """What the page of the result pays, by benefit and month, each from the last line of its account."""
        cards = {card.get_attribute("aria-labelledby"): card for card in self.page.locator("section[aria-labelledby]").all()}
        paid = {
            title: card.locator("tfoot td").inner_text() for title, card in cards.items() if card.locator("tfoot").count()
        }
        return {tuple(title.split("-", 1)): float(euros(amount)) for title, amount in paid.items()}


@dataclass
class Member:
    """Somebody who has an account, with a mouse; `look(name)` is called on the pages that are to be looked at."""

    page: Page
    look: Callable[[str], None]

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def takes(self, words: str) -> bytes:
        """The document that a link gives."""
        with self.page.expect_download() as kept:
            self.follow(words)
        return Path(kept.value.path()).read_bytes()

    def logs_in(self, number: str, password: str, going: str) -> None:
        self.page.goto(going)
        self.look("connexion")
        self.page.get_by_label("Numéro d’allocataire").fill(number)
        self.page.get_by_label("Mot de passe").fill(password)
        self.press("Se connecter")
        self.page.wait_for_url(going)
