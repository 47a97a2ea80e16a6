"""The pages of a simulation, from the first question to the explained result, seen by a client without JavaScript."""

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory
from visit import PAGES, RSA, START, answer_all, page_of, send_form

from guichet.records.brouillons import Brouillon
from guichet.web import errors

pytestmark = pytest.mark.django_db


def test_from_the_first_question_to_the_explained_amount(client):
    link = answer_all(client)
    summary = page_of(client.get(f"{link}/recapitulatif"))
    assert "520,50 € par mois" in summary
    assert "1er mai 1990" in summary
    assert summary.count("Modifier") == summary.count("<dt>") > len(PAGES)
    assert f'href="{link}/loyer#loyer">Modifier' in summary

    result = page_of(client.get(f"{link}/resultat"))
    assert "Vous auriez droit à" in result
    assert "CCH, art. D823-16, en vigueur depuis le 1er septembre 2019" in result
    assert "Au-delà, l’aide n’augmente plus avec le loyer." in result
    assert (
        "premier mois dû, <strong>novembre 2026</strong>, versé vers le 4 décembre 2026" in result
    )  # the 5th is a Saturday
    assert "premier mois dû, <strong>décembre 2026</strong>, versé vers le 5 janvier 2027" in result
    lines = re.findall(r"<td>([+−])\xa0([\d\u202f]+,\d\d)\xa0€</td>", client.get(f"{link}/resultat").content.decode())
    total = re.search(r"Versé chaque mois</th><td>([\d\u202f]+,\d\d)", result)
    centimes = sum(int(n.replace(",", "").replace("\u202f", "")) * (1 if sign == "+" else -1) for sign, n in lines)
    assert centimes == int(total[1].replace(",", "").replace("\u202f", ""))


def test_boxes_that_an_answer_brings_are_shown_before_the_summary(client):
    link = answer_all(client, autres={"autres": ["enceinte"]})
    address, page = send_form(client, f"{link}/activite", {"activite": "etudiant"})
    page = page_of(page)
    assert address == f"{link}/autres"
    assert "Relisez ces cases : il y en a de nouvelles." in page
    assert re.search(r'value="enceinte"[^>]* checked', page)
    assert 'value="boursier"' in page
    address, _ = send_form(client, address, {"autres": ["enceinte", "boursier"]})
    assert address == f"{link}/recapitulatif"
    # Nothing new on the way back: the summary, at once.
    address, _ = send_form(client, f"{link}/activite", {"activite": "salarie"})
    assert address == f"{link}/recapitulatif"


def test_two_benefits_are_told_one_by_one_under_their_total(client):
    link = answer_all(client, genre="rsa")
    assert "a-t-il été le même chaque mois, de juillet à septembre 2026" in page_of(client.get(f"{link}/recapitulatif"))
    result = page_of(client.get(f"{link}/resultat"))
    assert "premier mois dû, <strong>novembre 2026</strong>, versé vers le 4 décembre 2026" in result
    patterns = (r"<b>{} €</b>", r'id="(?:rsa|ppa)-2026-11">[^<]* : {} €', r"chaque mois</th><td>{}")
    sommes = [re.findall(pattern.format(r"([\d\u202f]+,\d\d)"), result) for pattern in patterns]
    (total,), droits, paid = ([Decimal(euros.replace(",", ".").replace("\u202f", "")) for euros in s] for s in sommes)
    assert droits == paid
    assert sum(droits) == total


def test_one_benefit_of_two_and_a_refusal(client):
    result = page_of(
        client.get(f"{answer_all(client, genre='rsa', trimestre=RSA['trimestre'] | {'salaire': '0'})}/resultat")
    )
    assert "RSA :" in result
    assert "Avoir eu des revenus d’activité" in result


def test_a_student_alone_is_told_at_once(client):
    student = {"foyer": RSA["foyer"] | {"nombre_enfants": "0"}, "activite": {"activite": "etudiant"}}
    address = "/simulation/rsa"
    for name in ("logement", "loyer", "foyer", "activite", "autres"):
        address, response = send_form(client, address, student.get(name, RSA[name]))
    assert address.endswith("/resultat")
    assert "Ne pas être étudiant" in page_of(response)


def test_the_number_of_steps_is_known_from_the_start(client):
    assert "Étape 1 sur 8" in page_of(client.get(START)).replace("<span", "")


def test_the_link_alone_finds_the_draft_where_it_was(client):
    address, _ = send_form(client, START, PAGES["logement"])
    assert re.fullmatch(r"/simulation/logement/[A-Za-z0-9_-]{32}/loyer", address)
    assert client.get(address.removesuffix("/loyer")).url == address
    assert client.get(address.replace("/loyer", "/resultat")).url == address
    assert client.get(address.replace("/loyer", "/recapitulatif")).url == address


def test_wrong_answers_are_kept_and_explained(client):
    address, _ = send_form(client, START, PAGES["logement"])
    following, response = send_form(client, address, {"bailleur": "prive", "loyer": "cinq cents"})
    assert following == address
    page = page_of(response)
    assert '<a href="#loyer">Loyer du mois, sans les charges : indiquez le loyer' in page
    assert 'value="cinq cents"' in page
    assert 'value="prive" checked' in page


def test_the_postal_code_suggests_its_communes(client):
    _, response = send_form(client, START, {"code_postal": "01400", "occupation": "vide"})
    page = page_of(response)
    assert "Encore une question" in page
    assert 'value="01001"' in page
    assert "à corriger" not in page


def test_previous_and_modify_lose_nothing(client):
    link = answer_all(client)
    page = page_of(client.get(f"{link}/loyer"))
    assert 'value="520,50"' in page
    assert f'href="{link}/logement">Précédent' in page
    following, response = send_form(client, f"{link}/loyer", {"bailleur": "prive", "loyer": "600"})
    assert following == f"{link}/recapitulatif"
    assert "600 € par mois" in page_of(response)


def test_a_refusal_says_what_was_found_and_needed(client):
    link = answer_all(client, ressources={"revenus_mensuels": "4000"})
    page = page_of(client.get(f"{link}/resultat"))
    assert "Pas d’aide au logement" in page
    for words in ("Ce que nous trouvons", "Ce qu’il faudrait", "Au plus ", "Ce qui changerait la réponse", "€ par an"):
        assert words in page


def test_a_decided_journey_goes_to_its_result_at_once(client):
    address, _ = send_form(client, START, PAGES["logement"])
    following, response = send_form(client, address, {"bailleur": "famille", "loyer": "500"})
    assert following.endswith("/resultat")
    assert "CCH, art. L822-3" in page_of(response)


def test_another_month_asks_what_it_needs(client):
    link = answer_all(client, proches=PAGES["proches"] | {"enfants-1-naissance-annee": "2011"})
    following, response = send_form(client, f"{link}/mois", {"mois-mois": "01", "mois-annee": "2013"})
    assert following == f"{link}/ressources"
    assert "2011" in page_of(response)
    following, _ = send_form(client, following, {"revenus_annuels": "9000", "salaire_actuel": "1000"})
    assert following == f"{link}/recapitulatif"
    page = page_of(client.get(f"{link}/resultat"))
    assert "janvier 2013" in page
    assert "premier mois dû" not in page

    refused = client.post(f"{link}/mois", {"mois-mois": "05", "mois-annee": "2012"})
    assert refused.status_code == 200
    assert "de juin 2012 à novembre 2026" in page_of(refused)


def test_another_month_before_the_first_answer(client):
    response = client.post(f"{START}/mois", {"mois-mois": "03", "mois-annee": "2015"})
    assert response.url == f"{START}?mois=2015-03"
    assert "mars 2015" in page_of(client.get(response.url))
    assert "novembre 2026" in page_of(client.get(f"{START}?mois=hier"))
    _, response = send_form(client, f"{START}?mois=2015-03", PAGES["logement"])
    assert "mars 2015" in page_of(response)


def test_after_the_last_month_that_is_known_the_last_one_is_simulated(client, set_clock):
    set_clock(2027, 3, 1)
    assert "novembre 2026" in page_of(client.get(START))


def test_another_link_is_not_found(client):
    link = answer_all(client)
    other = link[:-1] + ("A" if link[-1] != "A" else "B")
    for rest in ("", "/loyer", "/recapitulatif", "/resultat", "/mois"):
        assert client.get(other + rest).status_code == 404
    assert client.post(f"{other}/loyer", PAGES["loyer"]).status_code == 404
    for missing in ("/simulation/voiture", "/simulation/voiture/mois", f"{link}/cave", f"/simulation/voiture/{link[-32:]}"):
        assert client.get(missing).status_code == 404


def test_a_draft_expires(client, set_clock):
    link = answer_all(client)
    set_clock(2026, 12, 26)
    response = client.get(f"{link}/resultat")
    assert response.status_code == 404
    assert "30 jours" in page_of(response)


def test_secret_pages_are_not_kept_nor_told(client):
    link = answer_all(client)
    for rest in ("", "/loyer", "/recapitulatif", "/resultat", "/mois"):
        headers = client.get(link + rest).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "script-src" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers


def test_a_visit_without_answer_leaves_nothing(client):
    client.budget = 0
    assert client.get("/").status_code == 200
    assert client.get(START).status_code == 200
    client.budget = 10
    assert not Brouillon.objects.exists()


def test_pages_make_few_queries(client):
    link = answer_all(client)
    client.budget = 1
    for rest in ("", "/loyer", "/recapitulatif", "/resultat"):
        assert client.get(link + rest).status_code == (200 if rest else 302)


def test_an_error_page_helps():
    request = RequestFactory().get("/")
    for view, status in ((errors.server_error, 500), (errors.csrf_failure, 403), (errors.bad_request, 400)):
        response = view(request)
        assert response.status_code == status
        assert "Commencer une simulation" in response.content.decode()
    assert "30&nbsp;jours" in render_to_string("404.html", request=request)
    try:
        raise OperationalError("the server closed the connection")
    except OperationalError:  # as Django calls the view
        response = errors.server_error(request)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Rechargez cette page dans une minute" in response.content.decode()


def test_every_link_of_the_pages_leads_somewhere(client):
    link = answer_all(client)
    for address in (
        "/",
        START,
        f"{START}/mois",
        f"{link}/loyer",
        f"{link}/mois",
        f"{link}/recapitulatif",
        f"{link}/resultat",
    ):
        for target in re.findall(r'href="(/[^"]*)"', client.get(address).content.decode()):
            if not target.startswith("/static/"):
                assert client.get(urlsplit(target).path).status_code in (200, 302), target
