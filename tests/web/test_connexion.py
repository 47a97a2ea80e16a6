"""The login: who gets in, who does not, and what nobody can learn from it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from visit import page_of

from dossiers import KNOWN_AT, SINCE, THEIR_PASSWORD, compte, dossier, log_in, personne
from guichet.domain.faits import Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.identifiants import Nir
from guichet.records import faits
from guichet.records.sessions import Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tries")]
NIR = "255081416802538"
OURS = "/mon-compte"


def test_a_person_logs_in_and_out(client):
    file = dossier()
    compte(file)
    assert client.get(OURS).url == "/connexion?suite=%2Fmon-compte"
    assert log_in(client).url == OURS
    page = client.get(OURS)
    assert "Claire Essai" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert client.post("/deconnexion").url == "/deconnexion"
    out = client.get("/deconnexion")
    assert "Votre session est fermée" in out.content.decode()
    assert [name for name, cookie in client.cookies.items() if cookie.value] == ["navigateur"]
    assert client.get(OURS).status_code == 302
    assert not Session.objects.filter(compte__isnull=False)


def test_a_nir_names_its_bearer_whatever_the_file(client):
    file = dossier()
    compte(file)
    partner = personne(file, "Essai", "Paul", "1988-03-02", nir=Nir(NIR))
    faits.note(file.pk, [Fait(Genre.PRESENCE, partner.pk, Presence(Role.CONJOINT), SINCE)], KNOWN_AT)
    compte(file, partner, password="Un autre secret, 4 mots", titulaire=False)
    assert log_in(client, NIR, "Un autre secret, 4 mots").url == OURS
    assert "Paul Essai" in client.get(OURS).content.decode()
    client.post("/deconnexion")
    assert log_in(client, "0000354", "Un autre secret, 4 mots").status_code == 200  # the number is the allocataire's
    assert log_in(client, NIR).status_code == 200


def test_with_several_caisses_the_number_needs_its_own(client):
    compte(dossier())
    compte(dossier("0000354", "131"), password="Un autre secret, 4 mots")
    assert "Choisissez votre caisse." in page_of(log_in(client))
    sent = {"identifiant": "354 A", "mot_de_passe": THEIR_PASSWORD}
    assert client.post("/connexion", sent | {"caisse": "131"}).status_code == 200
    assert client.post("/connexion", sent | {"caisse": "999"}).status_code == 200
    assert client.post("/connexion", sent | {"caisse": "751"}).url == OURS


def test_a_page_of_an_account_costs_two_queries(client):
    compte(dossier())
    client.budget = 8
    log_in(client)
    client.budget = 2
    assert client.get(f"{OURS}/situation/corriger/compte").status_code == 200


def test_nobody_learns_whether_an_account_exists(client):
    """The same page, the same status, the same cookies, the same queries, one hash: an unknown number, a file without
    account, a closed account, a wrong password."""
    compte(dossier())
    dossier("0000001")
    closed = compte(dossier("0000002"))
    closed.ferme_le = closed.ouvert_le
    closed.save()
    seen = set()
    client.get("/connexion")
    for matricule in ("0000354", "0000001", "0000002", "9999999"):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as made:
            response = log_in(client, matricule, "Ce n'est pas lui, 1")
        page = re.sub(f'{matricule}|csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
        statements = [query["sql"].replace(matricule, "") for query in made]
        seen.add((response.status_code, len(statements), page, *statements, *map(str, client.cookies)))
    assert len(seen) == 1, seen


def test_each_refusal_costs_one_hash(client, monkeypatch):
    from guichet.records.passwords import Argon2id

    hashes = []
    compte(dossier())
    for name in ("encode", "verify"):
        real = getattr(Argon2id, name)
        monkeypatch.setattr(Argon2id, name, lambda *a, name=name, real=real, **k: hashes.append(name) or real(*a, **k))
    for matricule in ("0000354", "9999999"):
        hashes.clear()
        log_in(client, matricule, "Ce n'est pas lui, 1")
        assert len(hashes) == 1
    assert (Argon2id.time_cost, Argon2id.memory_cost, Argon2id.parallelism) == (5, 7168, 1)
