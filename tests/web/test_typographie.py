"""French as it is printed, on every page that a visitor can reach."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import escape
from test_espace import PAGES as OWN_PAGES
from visit import BOXES, PAGES, START, answer_all, send_form

from dossiers import log_in
from guichet.domain.phrases import french_print as typo
from guichet.domain.vocabulaire import Mois
from guichet.journeys.parcours import Groupe
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.web.contenu.pages import PAGES as SITE_PAGES
from guichet.web.contenu.prestations import BENEFITS
from guichet.web.filters import in_a_sentence
from histories import FAMILLE, REFUSED, tell

FAULTS = {
    "a straight apostrophe": re.compile("'"),
    "three dots": re.compile(r"\.\.\."),
    "a space that may break": re.compile(r" [;:!?»%€]|« |\d (ans|mois|jours)\b"),
    "no space at all": re.compile(r"\w[;:!?»]"),
    "an abbreviation": re.compile(r"\bno \d"),
    "an elision forgotten": re.compile(r"\b(de|le|la|que|ne|se) (a|â|e|é|è|i|o|u|h(?:abit|eure))[a-zé]", re.IGNORECASE),
    "a name between braces": re.compile(r"[{}]"),
}


class Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.read = []

    def handle_data(self, data):
        if data.strip():
            self.read.append(re.sub(r"[ \n]+", " ", data).strip(" "))


def proofread(page, where):
    texts = Texts()
    texts.feed(page)
    assert texts.read, f"{where}: nothing to read"
    for text in texts.read:
        for fault, pattern in FAULTS.items():
            found = pattern.search(text)
            assert found is None, f"{where}: {fault} in {text!r}"


@pytest.mark.django_db
def test_every_page_is_well_printed(client):
    link = answer_all(client)
    for address in ("/", START, f"{START}/mois", f"{link}/mois", f"{link}/recapitulatif", f"{link}/resultat", "/nulle-part"):
        proofread(client.get(address).content.decode(), address)
    for name in PAGES:
        proofread(client.get(f"{link}/{name}").content.decode(), name)
    # Nothing answered, or everything wrong.
    for name in PAGES:
        for sent in ({}, dict.fromkeys(PAGES[name], "x"), {"autres": BOXES} if name == "autres" else {}):
            _, response = send_form(client, f"{link}/{name}", sent)
            proofread(response.content.decode(), f"{name}, {sent}")


@pytest.mark.django_db
@pytest.mark.parametrize("mois", ["2013-01", "2019-10", "2026-08"])
def test_results_of_other_months_are_well_printed(client, mois):
    changes = {"ressources": {"revenus_annuels": "9000", "salaire_actuel": "800"}} if mois < "2021" else {}
    changes |= {"proches": PAGES["proches"] | {"enfants-1-naissance-annee": "2011"}}
    link = answer_all(client, mois, **changes)
    for rest in ("ressources", "autres", "recapitulatif", "resultat"):
        proofread(client.get(f"{link}/{rest}").content.decode(), f"{mois}, {rest}")


def said(parcours):
    """Every sentence of a journey."""
    for page in parcours.pages:
        yield page.titre
        for element in page.contenu:
            for champ in element.unfold({element.nombre: 1}) if isinstance(element, Groupe) else (element,):
                yield from (champ.question, champ.aide, champ.erreur)
                yield from (
                    sentence for option in getattr(champ, "options", ()) for sentence in (option.libelle, option.aide)
                )
    for arret in parcours.arrets:
        yield from (arret.condition, arret.trouve, arret.requis, arret.conseil)
    yield from (fait for _, fait in parcours.non_demande)


@pytest.mark.parametrize("genre", sorted(SIMULATEURS))
def test_every_sentence_of_a_simulator_is_well_printed(genre):
    parcours = SIMULATEURS[genre].parcours
    for mois in (Mois(2013, 1), Mois(2025, 2), Mois(2026, 11)):
        for phrase in filter(None, (*said(parcours), SIMULATEURS[genre].demande)):
            proofread(escape(typo(parcours.say(phrase, {"mois": mois}))), phrase)


@pytest.mark.parametrize("month", ["", "2013-10", "2014-08"])
def test_the_pages_around_are_well_printed(client, month):
    for slug in BENEFITS:
        proofread(client.get(f"/prestations/{slug}", {"mois": month} if month else {}).content.decode(), f"{slug}, {month}")
    for address in (*(f"/{name}" for name in SITE_PAGES if name != "accueil"), "/recherche?q=rsa", "/recherche?q=zzzz"):
        proofread(client.get(address).content.decode(), address)
    proofread(client.get("/prestations/rsa?mois=1&annee=1900").content.decode(), "a wrong month")


@pytest.mark.django_db
def test_the_pages_of_an_account_are_well_printed(client, tmp_path):
    tell(tmp_path)
    for number in (FAMILLE, REFUSED):
        log_in(client, number)
        for page in (*OWN_PAGES, "/situation/corriger/compte"):
            read = client.get(f"/mon-compte{page}").content.decode()
            proofread(re.sub(r"(Habitat|Caisse) d&#39;essai|rue de l&#39;Exemple", "", read), page)
        client.post("/deconnexion")


@pytest.mark.parametrize("code", [400, 403, 404, 405, 500])
def test_the_pages_of_errors_are_well_printed(code):
    proofread(render_to_string(f"{code}.html", request=RequestFactory().get("/")), code)


def test_what_is_typed_becomes_what_is_printed():
    assert typo("l'aide : 30 % de « tout » ; art. 3, no 96-50...") == (
        "l’aide\u00a0: 30\u00a0% de «\u00a0tout\u00a0»\u00a0; art.\u00a03, n°\u00a096-50…"
    )
    assert (in_a_sentence("Votre loyer"), in_a_sentence("RSA reçu")) == ("votre loyer", "RSA reçu")
