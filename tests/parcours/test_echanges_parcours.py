"""Letters, attestations, questions and data in Chromium, on a phone and on a wide screen, with scripts and without: a letter
is read and contested, an attestation made and checked, a question asked after a mistake, the data taken away."""

from __future__ import annotations

import json
from datetime import date

import pytest
from gestures import PHONE, SCREEN, Member, accessible
from playwright.sync_api import Response
from test_budgets import NEXT_PAGE

import letters
from dossiers import THEIR_PASSWORD, compte, dossier, instant
from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.saisines import Auteur, Geste
from guichet.domain.vocabulaire import Mois
from guichet.operations import saisines
from guichet.records import courriers, grand_livre
from guichet.records.saisines import Saisine


@pytest.fixture
def file(transactional_db):
    file = dossier()
    compte(file)
    for rank, letter in enumerate((letters.droits(), letters.virement_rejete(), letters.indu(date(2026, 11, 20)))):
        courriers.keep(file.pk, letter, clock.now(), str(rank))
    rights = {Prestation.QUOTIENT_FAMILIAL: 512, Prestation.PPA: 200}
    grand_livre.record_liquidations([(file.pk, Mois(2026, 10), rights)], [{}], instant(2026, 11, 2))
    return file


class Walk(Member):
    def reads_and_contests(self) -> None:
        assert self.page.get_by_text("pas encore lue").count() == 3
        self.look("courriers")
        self.follow("Nous vous avons versé")
        self.page.get_by_text("Vous avez ouvert cette lettre pour la première fois").wait_for()
        self.look("courrier")
        assert self.page.title().endswith("de trop · Mon compte · Guichet, démonstration")
        assert self.page.locator(".scrolled").first.evaluate("box => box.scrollWidth <= box.clientWidth")
        self.follow("Contester cette décision")
        self.look("contester")
        self.press("Envoyer ma contestation")
        assert self.page.get_by_role("alert").get_by_role("link").count() == 2
        self.look("contester-erreur")
        self.page.get_by_label("RSA").check()
        self.page.get_by_label("Pourquoi vous n’êtes pas d’accord").fill("Ces salaires ne sont pas les miens.")
        self.press("Envoyer ma contestation")
        self.page.get_by_text("C’est envoyé.").wait_for()
        self.look("contestation")
        self.follow("L’accusé de réception")
        self.look("accuse")

    def has_an_attestation(self) -> str:
        """Its code."""
        self.follow("Mes attestations")
        self.look("attestations")
        self.press("Faire l’attestation de quotient familial")
        self.page.get_by_text("512 €").wait_for()
        self.look("attestation")
        assert self.takes("Télécharger (PDF)").startswith(b"%PDF")
        return self.page.locator("article strong").last.inner_text()

    def asks(self) -> None:
        self.follow("Mes questions")
        self.look("questions")
        self.follow("Poser une question")
        self.page.get_by_label("Votre question").fill("Quand serai-je payée ?")
        self.press("Envoyer ma question")
        assert self.page.get_by_label("Votre question").input_value() == "Quand serai-je payée ?"
        self.look("question-erreur")
        self.page.get_by_label("Un paiement, un montant").check()
        self.press("Envoyer ma question")
        self.page.get_by_text("Elle a jusqu’au").wait_for()
        self.follow("Mes démarches")
        self.page.get_by_role("heading", name="Votre contestation du 25 novembre 2026").wait_for()
        self.look("demarches")
        self.page.get_by_role("link", name="Voir l’échange").last.click()
        saisines.write(Saisine.objects.get(genre="question"), Auteur.CAISSE, Geste.REPONDRE, "Le 4 décembre.\n\nÀ bientôt.")
        self.page.reload()
        self.look("question")

    def takes_the_data(self) -> None:
        self.follow("Mes données")
        self.look("donnees")
        assert json.loads(self.takes("Télécharger mes données (JSON)"))["vous"]["prenoms"] == "Claire"
        self.follow("Lire mes données")
        self.look("donnees-lues")

    def checks(self, code: str) -> None:
        """As anybody, in a browser that knows nobody."""
        self.page.goto("/verifier")
        self.look("verifier")
        self.page.get_by_label("Code de l’attestation").fill(code)
        self.press("Vérifier")
        self.page.get_by_text("Cette attestation est la nôtre.").wait_for()
        self.look("verifiee")
        assert not self.page.context.cookies()


@pytest.mark.parametrize(
    ("viewport", "scheme", "scripts"), [(PHONE, "light", True), (SCREEN, "dark", True), (PHONE, "dark", False)]
)
def test_what_the_caisse_and_somebody_write_to_each_other(open_page, file, viewport, scheme, scripts, photograph):
    def walk() -> Walk:
        page = open_page(java_script_enabled=scripts, viewport=viewport, color_scheme=scheme)

        def look(name: str) -> None:
            if scripts:
                accessible(page)
                photograph(page, name)

        return Walk(page, look)

    claire = walk()
    answers: list[Response] = []

    def note(response: Response) -> None:
        answers.append(response)

    claire.page.on("response", note)
    claire.logs_in("0000354", THEIR_PASSWORD, "/mon-compte/courriers")
    claire.reads_and_contests()
    code = claire.has_an_attestation()
    walk().checks(code)
    claire.asks()
    claire.takes_the_data()
    documents = [one for one in answers if one.request.resource_type == "document" and one.status == 200]
    pages = [one for one in documents if "content-disposition" not in one.headers]
    assert len(pages) >= 12
    sizes = {one.url: one.request.sizes()["responseBodySize"] for one in pages}
    assert max(size for url, size in sizes.items() if "donnees" not in url) < NEXT_PAGE, sizes
