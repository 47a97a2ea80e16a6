"""The login: who gets in, who does not, and what nobody can learn from it."""

import pytest

from dossiers import compte, connecte, dossier

pytestmark = pytest.mark.django_db


def test_a_person_logs_in_and_out(client):
    file = dossier()
    compte(file)
    assert client.get("/mon-compte").url == "/connexion?suite=%2Fmon-compte"
    assert connecte(client).url == "/mon-compte"
    page = client.get("/mon-compte")
    assert "Claire Essai" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert client.post("/deconnexion").url == "/"
    assert client.get("/mon-compte").status_code == 302


def test_a_page_of_an_account_costs_two_queries(client):
    compte(dossier())
    connecte(client)
    client.budget = 2
    assert client.get("/mon-compte").status_code == 200
