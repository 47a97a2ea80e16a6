"""Three personas of the demonstration in Chromium, on a phone and on a wide screen, with scripts and without: the next
payment is understood, a letter read, an attestation taken and checked, the data taken away.

One caisse for all of the walks, of the personas alone, with as many months as their stories need. Axe looks at each page
with JavaScript, which it is made of; without it, pages are read and measured.
"""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from gestures import AMOUNT, PHONE, SCREEN, Member, accessible, euros, fits
from pypdf import PdfReader

from guichet import clock
from guichet.domain.calendrier import last_mois_paid
from guichet.domain.courriers import verification
from guichet.domain.phrases import french_print, in_french
from guichet.domain.vocabulaire import Euros
from guichet.operations import demonstration
from guichet.operations.demonstration import PASSWORD, PERSONAS, chargement
from guichet.operations.prochain import Prevu, Sorte, prevoir
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier

MONTHS = 12
"""The overpayment of the Tilleuls began nine months ago."""
SOPHIE, FATOU, NADIA = "0000003", "0000006", "0000008"
TOLD = {
    SOPHIE: ("Retenu pour rembourser",),
    FATOU: ("Versé à votre bailleur", "à votre bailleur, Société du Canal"),
    NADIA: ("en attente d’un compte où le verser", "Le compte est fermé. Donnez un autre compte", "avant le 1er décembre"),
}
"""What is particular to the next payment of each."""
WALKS = [
    *((SOPHIE, PHONE, False), (SOPHIE, SCREEN, True)),
    *((FATOU, PHONE, True), (FATOU, SCREEN, False)),
    *((NADIA, PHONE, True), (NADIA, SCREEN, False)),
]
OF_THE_README = (SOPHIE, 1280, True, "mon-compte")
SCREENSHOT = Path(__file__).parents[2] / "docs" / "screenshots" / "mon-compte.png"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def signed(text: str) -> Decimal:
    """The first amount of a text; below zero after a minus sign."""
    return -euros(text) if "\u2212" in text[: AMOUNT.search(text).end()] else euros(text)


@dataclass
class Persona(Member):
    number: str = ""

    @property
    def file(self) -> Dossier:
        return Dossier.objects.get(caisse=demonstration.CODE, matricule=self.number)

    def understands_the_next_payment(self) -> None:
        """Its day, its amount, each of its parts before and now; and they add up."""
        expected = prevoir(self.file, clock.now())
        page = plain(self.page.locator("main").inner_text())
        heading = plain(self.page.get_by_role("heading", level=1).inner_text())
        assert heading.startswith(f"Prochain paiement, le {in_french(expected.paie.jour)}")
        assert signed(heading.partition("2026")[2]) == expected.montant
        for words in TOLD[self.number]:
            assert words in page, words
        rows = self.page.locator("table.composed tbody tr")
        shown = [self._part(plain(cell)) for cell in rows.locator("td").all_inner_texts()]
        assert shown == [(part.after, part.before) for part in expected.composantes]
        for name, part in zip(rows.locator("th").all_inner_texts(), expected.composantes, strict=True):
            assert part.sorte is not Sorte.DROIT or name.strip().lower() == french_print(part.prestation.nom).lower()
        self._adds_up(expected, shown)
        for summary in self.page.locator("main summary").all():
            summary.click()
        self.look("mon-compte")
        self.follow("Voir tout le calcul")
        assert plain(f"{expected.montant:.2f}".removesuffix(".00").replace(".", ",")) in plain(
            self.page.locator("main").inner_text()
        ).replace(" ", "")
        self.look("paiement")

    def _part(self, cell: str) -> tuple[Euros, Euros]:
        """What a part is, and was: when nothing is said of it, the same."""
        now, changed, before = cell.partition("€")[0] + "€", "avant" in cell, cell.partition("€")[2]
        return signed(now), (Decimal(0) if "rien avant" in before else signed(before)) if changed else signed(now)

    def _adds_up(self, expected: Prevu, shown: list[tuple[Euros, Euros]]) -> None:
        total = plain(self.page.locator("table.composed tfoot td").inner_text())
        assert signed(total) == sum(after for after, _ in shown) == expected.montant
        assert sum(before for _, before in shown) == expected.last.to_allocataire
        told = plain(self.page.locator("#pourquoi").inner_text())
        difference = sum(after - before for after, before in shown)
        if not difference:
            assert told == f"Le même montant que le {in_french(expected.last.jour)}"
        else:
            assert euros(told) == abs(difference)
            assert ("de plus" if difference > 0 else "de moins") in told

    def reads_a_letter(self) -> None:
        """The first that the caisse wrote, if it did; that it was read is kept, and said."""
        self.follow("Mes courriers")
        self.look("courriers")
        letter = Courrier.objects.filter(dossier=self.file, verification=None).order_by("pk").first()
        assert (letter is None) == (self.number == FATOU)  # to whom nothing has happened
        if letter is None:
            return
        link = self.page.locator(f"a[href$='{letter.cle}']")
        line = self.page.get_by_role("listitem").filter(has=link)
        assert ("pas encore lue" in line.inner_text()) == (letter.lu_le is None)
        link.click()
        self.page.get_by_text("Vous avez ouvert cette lettre pour la première fois le 25 novembre 2026").wait_for()
        self.look("courrier")
        self.page.go_back()
        self.page.reload()
        assert "lue le 25 novembre 2026" in plain(line.inner_text())
        letter.refresh_from_db()
        assert letter.lu_le == clock.now()

    def takes_an_attestation(self) -> str:
        """The code that is printed on it."""
        self.follow("Mes attestations")
        self.look("attestations")
        self.press("Faire l’attestation de paiement")
        code = self.page.locator("article strong").last.inner_text()
        self.look("attestation")
        document = PdfReader(BytesIO(self.takes("Télécharger (PDF)")))
        printed = "".join(page.extract_text() for page in document.pages)
        assert code in printed
        assert self.number in printed
        return code

    def takes_the_data(self) -> None:
        self.follow("Mes données")
        self.look("donnees")
        data = json.loads(self.takes("Télécharger mes données (JSON)"))
        assert data["dossier"]["numero_d_allocataire"] == self.number
        assert data["droits"]
        assert data["comptes"]

    def logs_out(self) -> None:
        self.press("Se déconnecter")
        self.page.wait_for_url("/deconnexion")
        self.page.goto("/mon-compte")
        self.page.get_by_role("heading", name="Se connecter").wait_for()

    def checks(self, code: str) -> None:
        """As nobody: it is true; another one is not ours."""
        self.page.goto("/verifier")
        for typed, answer in (
            (verification.code(2012), "Aucune attestation n’a ce code."),
            (code, "Cette attestation est la nôtre."),
        ):
            self.page.get_by_label("Code de l’attestation").fill(typed)
            self.press("Vérifier")
            self.page.get_by_text(answer).wait_for()
            self.look("verifier")
        assert not self.page.context.cookies()


@pytest.fixture
def caisse(transactional_db, law_is_read, tmp_path, record_property):
    """The dozen personas, paid for a year."""
    now, started = clock.now(), time.monotonic()
    last = last_mois_paid(now.date())
    chargement.load(last - (MONTHS - 1), last, now, len(PERSONAS), lambda files: None)
    demonstration.catch_up(now, tmp_path)
    record_property("seconds to make the caisse", round(time.monotonic() - started, 1))


def test_three_personas_find_what_they_came_for(caisse, open_page, photograph, record_property):
    seen = []

    def walk(number: str, screen: dict[str, int], scripts: bool) -> Persona:
        width, scheme = screen["width"], "dark" if screen is PHONE else "light"
        page = open_page(java_script_enabled=scripts, viewport=screen, color_scheme=scheme)

        def look(name: str) -> None:
            fits(page)
            if scripts:
                accessible(page)
            seen.append(scripts)
            photograph(page, f"persona-{number}-{name}")
            if "GUICHET_SCREENSHOTS" in os.environ and (number, width, scripts, name) == OF_THE_README:
                page.screenshot(path=SCREENSHOT, full_page=True)

        return Persona(page, look, number)

    for number, screen, scripts in WALKS:
        persona = walk(number, screen, scripts)
        persona.logs_in(number, PASSWORD, "/mon-compte")
        persona.understands_the_next_payment()
        persona.reads_a_letter()
        code = persona.takes_an_attestation()
        persona.takes_the_data()
        persona.logs_out()
        walk(number, screen, scripts).checks(code)
    record_property("pages looked at", len(seen))
    record_property("by axe", sum(seen))
