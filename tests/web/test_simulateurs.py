"""The pages of a simulation, from the first question to the explained result, seen by a client without JavaScript."""

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory
from visite import DEBUT, PAGES, RSA, dit, envoie, repond

from guichet.records.brouillons import Brouillon
from guichet.web import errors

pytestmark = pytest.mark.django_db


def test_from_the_first_question_to_the_explained_amount(client):
    lien = repond(client)
    recapitulatif = dit(client.get(f"{lien}/recapitulatif"))
    assert "520,50 € par mois" in recapitulatif
    assert "1er mai 1990" in recapitulatif
    assert recapitulatif.count("Modifier") == recapitulatif.count("<dt>") > len(PAGES)
    assert f'href="{lien}/loyer#loyer">Modifier' in recapitulatif

    resultat = dit(client.get(f"{lien}/resultat"))
    assert "Vous auriez droit à" in resultat
    assert "CCH, art. D823-16, en vigueur depuis le 1er septembre 2019" in resultat
    assert "Au-delà, l’aide n’augmente plus avec le loyer." in resultat
    assert (
        "premier mois dû, <strong>novembre 2026</strong>, versé vers le 4 décembre 2026" in resultat
    )  # the 5th is a Saturday
    assert "premier mois dû, <strong>décembre 2026</strong>, versé vers le 5 janvier 2027" in resultat
    lignes = re.findall(r"<td>([+−])\xa0([\d\u202f]+,\d\d)\xa0€</td>", client.get(f"{lien}/resultat").content.decode())
    total = re.search(r"Versé chaque mois</th><td>([\d\u202f]+,\d\d)", resultat)
    centimes = sum(int(n.replace(",", "").replace("\u202f", "")) * (1 if signe == "+" else -1) for signe, n in lignes)
    assert centimes == int(total[1].replace(",", "").replace("\u202f", ""))


def test_two_benefits_are_told_one_by_one_under_their_total(client):
    lien = repond(client, genre="rsa")
    assert "a-t-il été le même chaque mois, de juillet à septembre 2026" in dit(client.get(f"{lien}/recapitulatif"))
    resultat = dit(client.get(f"{lien}/resultat"))
    assert "premier mois dû, <strong>novembre 2026</strong>, versé vers le 4 décembre 2026" in resultat
    motifs = (r"<b>{} €</b>", r'id="(?:rsa|ppa)-2026-11">[^<]* : {} €', r"chaque mois</th><td>{}")
    sommes = [re.findall(motif.format(r"([\d\u202f]+,\d\d)"), resultat) for motif in motifs]
    (total,), droits, versees = ([Decimal(euros.replace(",", ".").replace("\u202f", "")) for euros in s] for s in sommes)
    assert droits == versees
    assert sum(droits) == total


def test_one_benefit_of_two_and_a_refusal(client):
    resultat = dit(client.get(f"{repond(client, genre='rsa', trimestre=RSA['trimestre'] | {'salaire': '0'})}/resultat"))
    assert "RSA :" in resultat
    assert "Avoir eu des revenus d’activité" in resultat


def test_a_student_alone_is_told_at_once(client):
    etudiante = {"foyer": RSA["foyer"] | {"nombre_enfants": "0"}, "activite": {"activite": "etudiant"}}
    address = "/simulation/rsa"
    for nom in ("logement", "loyer", "foyer", "activite", "autres"):
        address, response = envoie(client, address, etudiante.get(nom, RSA[nom]))
    assert address.endswith("/resultat")
    assert "Ne pas être étudiant" in dit(response)


def test_the_number_of_steps_is_known_from_the_start(client):
    assert "Étape 1 sur 8" in dit(client.get(DEBUT)).replace("<span", "")


def test_the_link_alone_finds_the_draft_where_it_was(client):
    address, _ = envoie(client, DEBUT, PAGES["logement"])
    assert re.fullmatch(r"/simulation/logement/[A-Za-z0-9_-]{32}/loyer", address)
    assert client.get(address.removesuffix("/loyer")).url == address
    assert client.get(address.replace("/loyer", "/resultat")).url == address
    assert client.get(address.replace("/loyer", "/recapitulatif")).url == address


def test_wrong_answers_are_kept_and_explained(client):
    address, _ = envoie(client, DEBUT, PAGES["logement"])
    suivante, response = envoie(client, address, {"bailleur": "prive", "loyer": "cinq cents"})
    assert suivante == address
    page = dit(response)
    assert '<a href="#loyer">Loyer du mois, sans les charges : indiquez le loyer' in page
    assert 'value="cinq cents"' in page
    assert 'value="prive" checked' in page


def test_the_postal_code_suggests_its_communes(client):
    _, response = envoie(client, DEBUT, {"code_postal": "01400", "occupation": "vide"})
    page = dit(response)
    assert "Encore une question" in page
    assert 'value="01001"' in page
    assert "à corriger" not in page


def test_previous_and_modify_lose_nothing(client):
    lien = repond(client)
    page = dit(client.get(f"{lien}/loyer"))
    assert 'value="520,50"' in page
    assert f'href="{lien}/logement">Précédent' in page
    suivante, response = envoie(client, f"{lien}/loyer", {"bailleur": "prive", "loyer": "600"})
    assert suivante == f"{lien}/recapitulatif"
    assert "600 € par mois" in dit(response)


def test_a_refusal_says_what_was_found_and_needed(client):
    lien = repond(client, ressources={"revenus_mensuels": "4000"})
    page = dit(client.get(f"{lien}/resultat"))
    assert "Pas d’aide au logement" in page
    for mots in ("Ce que nous trouvons", "Ce qu’il faudrait", "Au plus ", "Ce qui changerait la réponse", "€ par an"):
        assert mots in page


def test_a_decided_journey_goes_to_its_result_at_once(client):
    address, _ = envoie(client, DEBUT, PAGES["logement"])
    suivante, response = envoie(client, address, {"bailleur": "famille", "loyer": "500"})
    assert suivante.endswith("/resultat")
    assert "CCH, art. L822-3" in dit(response)


def test_another_month_asks_what_it_needs(client):
    lien = repond(client, proches=PAGES["proches"] | {"enfants-1-naissance-annee": "2011"})
    suivante, response = envoie(client, f"{lien}/mois", {"mois-mois": "01", "mois-annee": "2013"})
    assert suivante == f"{lien}/ressources"
    assert "2011" in dit(response)
    suivante, _ = envoie(client, suivante, {"revenus_annuels": "9000", "salaire_actuel": "1000"})
    assert suivante == f"{lien}/recapitulatif"
    page = dit(client.get(f"{lien}/resultat"))
    assert "janvier 2013" in page
    assert "Ce dont nous ne sommes pas sûrs" in page
    assert "premier mois dû" not in page

    refuse = client.post(f"{lien}/mois", {"mois-mois": "05", "mois-annee": "2012"})
    assert refuse.status_code == 200
    assert "de juin 2012 à novembre 2026" in dit(refuse)


def test_another_month_before_the_first_answer(client):
    response = client.post(f"{DEBUT}/mois", {"mois-mois": "03", "mois-annee": "2015"})
    assert response.url == f"{DEBUT}?mois=2015-03"
    assert "mars 2015" in dit(client.get(response.url))
    assert "novembre 2026" in dit(client.get(f"{DEBUT}?mois=hier"))
    _, response = envoie(client, f"{DEBUT}?mois=2015-03", PAGES["logement"])
    assert "mars 2015" in dit(response)


def test_after_the_last_month_that_is_known_the_last_one_is_simulated(client, set_clock):
    set_clock(2027, 3, 1)
    assert "novembre 2026" in dit(client.get(DEBUT))


def test_another_link_is_not_found(client):
    lien = repond(client)
    autre = lien[:-1] + ("A" if lien[-1] != "A" else "B")
    for suite in ("", "/loyer", "/recapitulatif", "/resultat", "/mois"):
        assert client.get(autre + suite).status_code == 404
    assert client.post(f"{autre}/loyer", PAGES["loyer"]).status_code == 404
    for absente in ("/simulation/voiture", "/simulation/voiture/mois", f"{lien}/cave", f"/simulation/voiture/{lien[-32:]}"):
        assert client.get(absente).status_code == 404


def test_a_draft_expires(client, set_clock):
    lien = repond(client)
    set_clock(2026, 12, 26)
    response = client.get(f"{lien}/resultat")
    assert response.status_code == 404
    assert "30 jours" in dit(response)


def test_secret_pages_are_not_kept_nor_told(client):
    lien = repond(client)
    for suite in ("", "/loyer", "/recapitulatif", "/resultat", "/mois"):
        headers = client.get(lien + suite).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "script-src" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers


def test_a_visit_without_answer_leaves_nothing(client):
    client.budget = 0
    assert client.get("/").status_code == 200
    assert client.get(DEBUT).status_code == 200
    client.budget = 10
    assert not Brouillon.objects.exists()


def test_pages_make_few_queries(client):
    lien = repond(client)
    client.budget = 1
    for suite in ("", "/loyer", "/recapitulatif", "/resultat"):
        client.get(lien + suite)


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
    lien = repond(client)
    for address in (
        "/",
        DEBUT,
        f"{DEBUT}/mois",
        f"{lien}/loyer",
        f"{lien}/mois",
        f"{lien}/recapitulatif",
        f"{lien}/resultat",
    ):
        for cible in re.findall(r'href="(/[^"]*)"', client.get(address).content.decode()):
            if not cible.startswith("/static/"):
                assert client.get(urlsplit(cible).path).status_code in (200, 302), cible
