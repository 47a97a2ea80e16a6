"""The site in English: nothing is left in French, nothing leads out of it, and it gives the same amounts."""

import html
import re
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pypdf import PdfReader
from test_espace import PAGES as OWN_PAGES
from visit import BOXES, PAGES, RSA, answer_all, page_of, send_form

from dossiers import THEIR_PASSWORD, compte, dossier, give_address, log_in
from guichet.domain.vocabulaire import Mois
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.operations import courriels
from guichet.records import acces, brouillons
from guichet.web.contenu.pages import PAGES as SITE_PAGES
from guichet.web.contenu.prestations import BENEFITS
from guichet.web.filters import montant
from guichet.web.languages import said, speaking
from guichet.web.recherche.index import search
from guichet.web.secret_links import masked
from histories import FAMILLE, REFUSED, WITHOUT_DROIT, tell
from tools import messages

FRENCH = re.compile(
    r"\b(vous|votre|vos|nous|est|sont|les|des|une|un|du|le|pour|avec|dans|sur|qui|que|et|ou|ne|pas|ce|cette)\b|«|»",
    re.IGNORECASE,
)
KEPT = re.compile(
    r"prime d'activité|résidence sociale|pension de famille|prêt conventionné|commission de recours amiable|"
    r"allocations familiales|prime à la naissance|allocation de base"
)
"""Names that stay French, with their meaning beside them."""
PAJE = {
    **{"mois": "2026-11", "couple": "oui", "nombre_enfants": "2", "attend_enfant": "non", "autres": ""},
    **{"enfants-1-naissance": "2025-03-10", "enfants-2-naissance": "2022-04-01", "garde": "assistant_maternel"},
    **{"activite": "salarie", "conjoint_activite": "salarie", "temps_partiel": "conjoint_partielle_80"},
    **{"garde_cout": "900", "garde_heures": "150", "revenus_annuels": "24 000", "conjoint_revenus_annuels": "16 000"},
}


class Texts(HTMLParser):
    """What is read on a page, but for what is told to be in French."""

    def __init__(self):
        super().__init__()
        self.open, self.read = [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag not in ("meta", "link", "input", "path", "br", "circle"):
            self.open.append(named.get("lang"))
        if "fr" not in self.open:
            self.read += [named[name] for name in ("aria-label", "content") if named.get(name)]

    def handle_endtag(self, tag):
        if tag not in ("path", "circle"):
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and "fr" not in self.open and "style" not in self.open:
            self.read.append(data)


def plain(text):
    return re.sub(r"\s+", " ", html.unescape(text).replace("\u2019", "'").replace("\u2026", "...")).strip()


@pytest.fixture(scope="module")
def sources():
    """The French sentences that English says otherwise."""
    found = set()
    for name, gathered in messages.gathered().items():
        catalogue = messages.read(name)
        texts = [(one, catalogue[one].string) for one in gathered if isinstance(one, str)]
        found |= {plain(french) for french, english in texts if plain(french) != plain(english)}
    return {sentence for sentence in found if not sentence.isupper()}  # AAH is the name of the benefit


@pytest.fixture
def english(client, sources):
    """Read a page, or the content of one: no sentence of it is French."""

    def reads(address, content=None):
        texts = Texts()
        texts.feed(client.get(address).content.decode() if content is None else content)
        assert texts.read, f"{address}: nothing to read"
        for text in map(plain, texts.read):
            assert text not in sources, f"{address}: {text!r}"
            left = FRENCH.search(KEPT.sub("", text))
            assert left is None, f"{address}: {left[0]!r} in {text!r}"
            assert not re.search(r"[{}]| [;:!?]|\d €", text), f"{address}: {text!r}"

    return reads


def test_the_catalogue_is_whole():
    assert messages.faults() == []


def test_the_pages_of_the_site(english):
    for address in (*(f"/en/{name}" for name in SITE_PAGES if name != "accueil"), "/en/", "/en/nowhere"):
        english(address)
    for query in ("rent", "loyer", "zzzz", "cerfa"):
        english(f"/en/recherche?q={query}")


@pytest.mark.parametrize("month", ["", "2013-10", "2015-03"])
def test_the_pages_of_the_benefits(english, month):
    for slug in BENEFITS:
        english(f"/en/prestations/{slug}" + (f"?mois={month}" if month else ""))
    english("/en/prestations/rsa?mois=1&annee=1900")


@pytest.mark.parametrize("code", [400, 403, 404, 405, 429, 500])
def test_the_pages_of_errors(english, code):
    with speaking("en"):
        english(code, render_to_string(f"{code}.html", request=RequestFactory().get("/en/")))


@pytest.mark.django_db
@pytest.mark.parametrize("genre", ["logement", "rsa"])
def test_every_state_of_a_simulation(client, english, genre):
    """Each page as it is first seen, with nothing answered, with everything wrong, then the summary and the result."""
    link = answer_all(client, genre=genre, root="/en")
    pages = {"logement": PAGES, "rsa": RSA}[genre]
    for name in (*pages, "mois", "recapitulatif", "resultat"):
        english(f"{link}/{name}")
    english(f"{link}/resultat?loyer=300&mois-mois=08&mois-annee=2026")
    english(f"{link}/resultat?loyer=x&mois-mois=01&mois-annee=2019")
    for name, sent in pages.items():
        boxes = {"autres": BOXES} if name == "autres" else {}
        for wrong in ({}, dict.fromkeys(sent, "x"), dict.fromkeys(sent, "99999"), boxes):
            address, response = send_form(client, f"{link}/{name}", wrong)
            assert address.startswith("/en/")
            english(address, response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{}, {"mois": "2013-01"}, {"garde": "aucune"}, {"activite": "inactif"}])
def test_results_of_young_children(client, english, changes):
    link = f"/en/simulation/paje/{brouillons.begin('paje', PAJE | changes)}"
    for page in SIMULATEURS["paje"].parcours.pages:
        response = client.get(f"{link}/{page.nom}", follow=True)
        english(page.nom, response.content.decode())
    english(link, client.get(link, follow=True).content.decode())
    english(link, client.get(f"{link}/resultat", follow=True).content.decode())


@pytest.mark.django_db
def test_the_pages_of_an_account(client, english, tmp_path):
    tell(tmp_path)
    for number in (FAMILLE, REFUSED, WITHOUT_DROIT):
        log_in(client, number)
        for page in (*OWN_PAGES, "/situation/corriger/compte", "/situation/corriger/prestations"):
            if number != WITHOUT_DROIT or "2026-11-05" not in page:
                english(f"/en/mon-compte{page}")
        # The name that all these people have is a word too.
        data = client.get("/en/mon-compte/donnees/lire").content.decode()
        english("the data", data.replace("Essai", "Martin"))
        client.post("/deconnexion")


def amounts(page, comma, point):
    """The euros of a page, in cents, wherever they stand."""
    text = html.unescape(page).replace("\u2212", "-")
    found = re.findall(r"(?:€([\d,.]+)|([\d\u202f,]+)\xa0€)", text)
    numbers = ("".join(pair).replace(comma, "").strip(".,") for pair in found)
    return [round(100 * float(number.replace(point, "."))) for number in numbers]


@pytest.mark.django_db
@pytest.mark.parametrize("genre", ["logement", "rsa", "paje"])
def test_the_amounts_are_the_same(client, genre):
    link = f"/simulation/paje/{brouillons.begin('paje', PAJE)}" if genre == "paje" else answer_all(client, genre=genre)
    french, english = (client.get(f"{root}{link}/resultat").content.decode() for root in ("", "/en"))
    told = amounts(english, ",", ".")
    assert len(told) > 10
    assert told == amounts(french, "\u202f", ",")


@pytest.mark.django_db
def test_nothing_leads_out_but_the_link_that_changes_the_language(client):
    link = answer_all(client, root="/en")
    addresses = [
        "/en/",
        "/en/prestations",
        "/en/prestations/rsa",
        "/en/plan",
        "/en/aide",
        "/en/recherche?q=rent",
        "/en/nowhere",
    ]
    addresses += [f"{link}/{name}" for name in ("logement", "loyer", "mois", "recapitulatif", "resultat")]
    for address in addresses:
        page = client.get(address).content.decode()
        other = re.search(r'<a class="language" href="([^"]*)" lang="fr" hreflang="fr">Français</a>', page)
        assert html.unescape(other[1]) == address.removeprefix("/en"), address
        for target in re.findall(r'(?:href|action)="(/[^"]*)"', page.replace(other[0], "")):
            assert target.startswith(("/en/", "/static/")), f"{address}: {target}"


@pytest.mark.django_db
def test_the_same_draft_in_both_languages(client):
    """The link in the head leads to the same page of the same draft, and back."""
    link = answer_all(client)
    for name in ("logement", "loyer", "mois", "recapitulatif", "resultat", "resultat?loyer=300"):
        address = f"{link}/{name}"
        page = client.get(address)
        assert page.headers["Content-Language"] == "fr"
        to_english = re.search(
            r'<a class="language" href="([^"]*)" lang="en" hreflang="en">English</a>', page.content.decode()
        )
        page = client.get(html.unescape(to_english[1]))
        assert (page.status_code, page.headers["Content-Language"]) == (200, "en")
        assert '<html lang="en">' in page.content.decode()
        assert f'href="{html.escape(address)}"' in page.content.decode()
    assert "€520.50 per month" in page_of(client.get(f"/en{link}/recapitulatif"))


ASK_THE_RENT = "enter the rent without charges, for example 520."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        *((typed, ASK_THE_RENT) for typed in ("five hundred", "\0", "<script>", "{mois}", "%(month)s")),
        ("-1", "this amount can’t be negative. Enter the rent without charges, for example 520."),
        ("9" * 3000, "this amount is too large: it is more than €20,000 per month. Check it."),
        ("0", "if you pay no rent, choose “Housed free of charge” on the page “Your home”."),
    ],
)
def test_what_is_wrong_is_told_in_english_and_kept(client, typed, told):
    link = answer_all(client, root="/en")
    address, response = send_form(client, f"{link}/loyer", {"bailleur": "prive", "loyer": typed})
    assert address == f"{link}/loyer"
    page = page_of(response)
    assert f'<a href="#loyer">Monthly rent, without charges: {told}</a>' in page
    assert "<script>" not in response.content.decode()
    if typed.isprintable() and len(typed) < 200:
        assert f'value="{html.escape(typed)}"' in response.content.decode()


@pytest.mark.django_db
def test_amounts_are_typed_as_english_writes_them(client):
    link = answer_all(client, root="/en")
    send_form(client, f"{link}/loyer", {"bailleur": "prive", "loyer": "€1,234.50"})
    send_form(client, f"{link}/loyer", {"bailleur": "prive", "loyer": "1,234.50"})
    assert "€1,234.50 per month" in page_of(client.get(f"{link}/recapitulatif"))


@pytest.mark.django_db
def test_the_document_speaks_the_language_of_its_page(client):
    link = answer_all(client, root="/en")
    document = PdfReader(BytesIO(client.get(f"{link}/resultat.pdf").content))
    assert str(document.trailer["/Root"]["/Lang"]).startswith("en")
    text = plain(" ".join(page.extract_text() for page in document.pages))
    assert "You would be entitled to" in text
    assert "CCH, art. D823-16, in force since 1 September 2019" in text
    assert not re.search(r"\b(vous|votre|selon|montant)\b", text, re.IGNORECASE)


def test_the_address_alone_decides(client):
    """Not what the browser prefers; and no cookie remembers it."""
    for address, language in (("/aide", "fr"), ("/en/aide", "en")):
        response = client.get(address, headers={"accept-language": "en" if language == "fr" else "fr"})
        assert response.headers["Content-Language"] == language
        assert f'<html lang="{language}">' in response.content.decode()
        assert "Set-Cookie" not in response.headers
        assert "Accept-Language" not in response.headers.get("Vary", "")
    assert client.get("/en").url == "/en/"
    for address in ("/en/api/docs", "/en/healthz", "/en/sitemap.xml", "/en/en/", "/EN/aide"):
        assert client.get(address).status_code == 404


def test_robots_and_logs_know_both_languages(client):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /en/simulation/logement/" in robots
    assert "Disallow: /en/recherche" in robots
    assert "Disallow: /en/metrics" not in robots
    links = set(
        re.findall(r'hreflang="(\w+)" href="http://127.0.0.1:8000([^"]*)"', client.get("/sitemap.xml").content.decode())
    )
    assert {
        ("fr", "/prestations/rsa"),
        ("en", "/en/prestations/rsa"),
        ("en", "/en/simulation/paje"),
        ("en", "/en/"),
    } <= links
    assert masked("/en/simulation/logement/abcdef/loyer") == "/en/simulation/logement/*/loyer"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("rent", "Housing aid (APL, ALF, ALS)"),
        ("APL", "Housing aid (APL, ALF, ALS)"),
        ("loyer", "Housing aid (APL, ALF, ALS)"),
        ("I am pregnant", "Birth grant (prime à la naissance) (Paje)"),
        ("nounou", "Childcare supplement (CMG)"),
        ("chilminder", "Childcare supplement (CMG)"),
        ("12324", "Cerfa 12324*04, Application for the parental leave supplement (CLCA)"),
    ],
)
def test_english_and_french_words_find(query, title):
    with speaking("en"):
        assert title in [entry.title for entry in search(query)[:3]]


def test_how_english_writes_amounts():
    with speaking("en"):
        assert (montant(Decimal("1234.5")), montant(Decimal(-304))) == ("€1,234.50", "\u2212€304")
    assert montant(Decimal("1234.5")) == "1\u202f234,50\xa0€"


def test_a_month_of_a_journey_is_said_in_english():
    parcours = SIMULATEURS["logement"].parcours
    with speaking("en"):
        for month, told in ((Mois(2026, 11), "from October 2025 to September 2026"), (Mois(2013, 1), "in 2011")):
            assert told in said(parcours.say("Vos salaires, en moyenne par mois, {periode}", {"mois": month}))


@pytest.mark.django_db
def test_getting_in_and_the_safety_of_an_account(client, english, shown_e_mails, tries):
    """Each page as it is first seen, with nothing typed, with everything wrong."""
    file = dossier()
    give_address(file, "claire@exemple.fr")
    dossier("0000001", "131")  # so that the caisse is asked
    compte(file)
    open_to_all = ("/connexion", "/connexion/premier-acces", "/connexion/oubli", "/connexion/oubli/lien")
    wrong = {"identifiant": "123456789", "naissance-jour": "x", "code": "A", "mot_de_passe": "x", "encore": "y"}
    birth = {"naissance-jour": "12", "naissance-mois": "5", "naissance-annee": "1990"}
    number = {"identifiant": "0000354", "caisse": "751"}

    def states(address, *sent):
        english(f"/en{address}", client.get(f"/en{address}").content.decode())
        for one in ({}, wrong, *sent):
            english(f"/en{address}", client.post(f"/en{address}", one, follow=True).content.decode())

    for address in open_to_all:
        states(address, wrong | birth | number, {"identifiant": "2 55 08 14", "caisse": ""})
    sent = {**number, "mot_de_passe": THEIR_PASSWORD}
    assert client.post("/en/connexion", sent).url == "/en/mon-compte"
    english("/en/mon-compte")
    states("/mon-compte/code", {"envoyer": "1"})
    courriels.send()
    shown = page_of(client.get("/en/demonstration/courriels"))
    english("/en/demonstration/courriels", re.sub(r"<article.*</article>", "", shown))
    code = acces.give_letter_code(file.personne_set.get().pk)
    client.post("/en/mon-compte/code", {"code": code})
    states("/mon-compte/securite/application")
    for password in ("court", "que des minuscules", "Treize13signe", "Aa1!Aa1!Aa1!Aa1!", "x" * 250):
        states("/mon-compte/securite/mot-de-passe", {"ancien": "x", "mot_de_passe": password, "encore": password})
    english("/en/mon-compte/securite?fait")
