"""The pages around the simulators: every link leads somewhere, every benefit is there, nothing typed makes an error."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from visit import page_of

from guichet.domain.droits import Prestation
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.web.contenu.pages import PAGES
from guichet.web.contenu.prestations import BENEFITS
from guichet.web.contenu.simulateurs import DOORS

HOSTILE = ["\0", "0", "13", "-1", "2013-1", "1e3", "٢٠١٣-٠١", "2013-01-01", "<script>", "é" * 5000, "99999999999999999999"]
LINK = re.compile(r'(?:href|action)="([^"]+)"')


@pytest.fixture(autouse=True)
def nothing_is_stored(client):
    client.budget = 0


def links(page: str, address: str):
    for link in LINK.findall(page):
        whole = urljoin(f"http://127.0.0.1{address}", unescape(link))
        if urlsplit(whole).netloc == "127.0.0.1" and not urlsplit(whole).path.startswith("/static/"):
            yield whole.removeprefix("http://127.0.0.1")


@pytest.mark.django_db
def test_every_link_leads_somewhere(client, shown_e_mails):
    """From the home page on, as a robot goes: no page is missing, no anchor either, no page is out of reach."""
    client.budget = 1  # of the login: the caisses
    seen: dict[str, str] = {}
    waiting = ["/", "/recherche?q=zzzz", "/nulle-part", "/prestations/rsa?mois=1&annee=1900"]
    anchors = set()
    while waiting:
        address = waiting.pop()
        response = client.get(address, follow=True)  # the account leads to the login
        assert response.status_code == (404 if address.endswith("/nulle-part") else 200), address
        seen[address] = response.content.decode()
        for link in links(seen[address], address):
            page, anchor = urldefrag(link)
            anchors.add((address, page, anchor))
            if page not in seen and page not in waiting:
                waiting.append(page)
    for address, page, anchor in anchors:
        assert not anchor or f'id="{anchor}"' in seen[page], f"{address}: {page}#{anchor}"
    wanted = {f"/prestations/{slug}" for slug in BENEFITS} | {f"/simulation/{genre}" for genre in SIMULATEURS}
    assert wanted | {f"/{name}" for name in PAGES if name != "accueil"} <= set(seen)


def test_every_benefit_and_every_simulator_has_its_words():
    told = [prestation for benefit in BENEFITS.values() for prestation in benefit.prestations]
    assert sorted(told) == sorted(Prestation)
    assert sorted(door.genre for door in DOORS) == sorted(SIMULATEURS)


def test_no_figure_of_the_law_is_typed():
    """Amounts and rates come from the law; the household of an example has its own."""
    for benefit in BENEFITS.values():
        for sentence in (benefit.summary, benefit.payment, *benefit.who, *benefit.how):
            assert not re.search(r"[€%]|\d{3,} euros", sentence), sentence
            assert not re.search(r"\d ans", sentence.replace("15 ans", "").replace("16 à 18 ans", "")), sentence


@pytest.mark.parametrize("month", ["2012-06", "2013-01", "2015-03", "2016-01", "2018-04", "2021-03", "2025-09", "2026-11"])
def test_every_benefit_at_any_month(client, month):
    for slug in BENEFITS:
        page = client.get(f"/prestations/{slug}?mois={month}").content.decode()
        amount = re.search(r'class="amount"><b>([\d\u202f,]+)', page)
        if amount is None:
            assert "Pas de droit ce mois-là" in page
            assert (slug, month) in {("prime-d-activite", m) for m in ("2012-06", "2013-01", "2015-03")} | {
                ("prime-a-la-naissance", "2015-03")  # of those born then, the grant was paid before the birth
            }
            continue
        total = re.search(r"(?:Total|Versé chaque mois)</th><td>([\d\u202f,]+)", page)
        counted = re.findall(r"<td>([+−])\s([\d\u202f]+,\d\d)\s€</td>", page)
        sum_ = sum(cents(number) * (1 if sign == "+" else -1) for sign, number in counted)
        assert sum_ == cents(total[1]), (slug, month)


def cents(number: str) -> int:
    return int(number.replace("\u202f", "").replace(",", ""))


def test_a_month_has_one_address(client):
    response = client.get("/prestations/rsa?mois=1&annee=2013")
    assert (response.status_code, response.url) == (302, "/prestations/rsa?mois=2013-01")
    page = page_of(client.get(response.url))
    assert "483,24 €" in page
    assert "Décret 2012-1488 du 28/12/2012" in page
    assert "651,69" not in page
    assert "/simulation/logement?mois=2013-01" in client.get("/prestations/aide-au-logement?mois=2013-01").content.decode()


def test_a_wrong_month_is_told_and_kept(client):
    page = page_of(client.get("/prestations/rsa?mois=3&annee=1999"))
    assert "Indiquez un mois, de juin 2012 à novembre 2026." in page
    assert 'value="1999"' in page
    assert '<option value="3" selected>' in page
    assert "651,69 €" in page  # what can be shown is shown


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_months_and_words(client, text):
    for query in ({"mois": text}, {"mois": text, "annee": "2013"}, {"mois": "1", "annee": text}, {"annee": text}):
        response = client.get("/prestations/rsa", query)
        assert response.status_code in (200, 302)
        assert b"<script>" not in response.content
    response = client.get("/recherche", {"q": text})
    assert response.status_code == 200
    assert b"<script>" not in response.content
    for address in (f"/prestations/{'x' * 3000}", "/prestations/%00", "/prestations/rsa/", "/prestations/RSA"):
        assert client.get(address).status_code == 404


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60), month=st.text(max_size=8), year=st.text(max_size=5))
def test_nothing_typed_makes_an_error(client, words, month, year):
    assert client.get("/recherche", {"q": words}).status_code == 200
    assert client.get("/prestations/aide-au-logement", {"mois": month, "annee": year}).status_code in (200, 302)


def test_robots_are_told_what_to_read(client):
    robots = client.get("/robots.txt")
    assert robots.headers["Content-Type"].startswith("text/plain")
    lines = robots.content.decode().splitlines()
    for genre in SIMULATEURS:
        assert f"Disallow: /simulation/{genre}/" in lines  # what follows is a secret
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines

    tree = ET.fromstring(client.get("/sitemap.xml").content)
    addresses = [urlsplit(location.text).path for location in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(addresses) == len(set(addresses)) > len(BENEFITS)
    for address in addresses:
        assert client.get(address).status_code == 200
        assert not any(address.startswith(line.removeprefix("Disallow: ")) for line in lines if "Disallow" in line)


def test_pages_that_are_the_same_for_all_are_kept(client):
    assert client.get("/").headers["Cache-Control"] == "max-age=300"
    assert "Cache-Control" not in client.get("/recherche?q=rsa").headers


def test_what_is_told_of_data_is_what_is_done(client):
    page = page_of(client.get("/confidentialite"))
    assert "30 jours après votre dernière réponse" in page
    assert "Aucun tiers ne l’a audité" in page_of(client.get("/accessibilite"))
    assert "n’est pas celui d’une caisse" in page_of(client.get("/a-propos"))


@pytest.mark.parametrize("address", ["/", "/prestations", "/prestations/rsa", "/recherche", "/aide", "/sitemap.xml"])
def test_these_pages_are_only_read(client, address):
    response = client.post(address, {"q": "rsa"})
    assert response.status_code in (403, 405)
