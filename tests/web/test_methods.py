"""How each address may be asked for: the same answer to GET and to HEAD, and 405, which says what is taken, to all else."""

import pytest
from django.test import Client
from routes import addresses
from visit import answer_all

from dossiers import compte, dossier, log_in

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
SENT_ALONE = {"simulation-ailleurs", "api:simulate"}
READ_ALSO = {
    *("simulation", "simulation-debut-mois", "simulation-mois", "simulation-avis", "simulation-page"),
    *("connexion", "premier-acces", "oubli", "oubli-lien", "nouveau-mot-de-passe", "deconnexion", "verifier"),
    *("code", "securite", "mot-de-passe", "application", "attestations", "fermeture"),
    *("contester", "question-nouvelle", "question"),
}
"""What is read, and sent to. All else is only read."""


def taken(name):
    if name in SENT_ALONE:
        return {"POST"}
    return {"GET", "HEAD", "POST"} if name in READ_ALSO else {"GET", "HEAD"}


@pytest.fixture
def strict():
    """A visitor whose forms are not believed without their token."""
    return Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})


def test_what_an_address_does_not_take_is_refused_before_any_other_question(client, strict, shown_e_mails):
    for name, address in addresses(answer_all(client)):
        for method in set(METHODS) - taken(name):
            strict.cookies.clear()
            response = strict.generic(method, address)
            assert response.status_code == 405, (name, method)
            assert set(response.headers["Allow"].split(", ")) == taken(name), (name, method)
            assert response.content or method == "HEAD"
            assert not response.cookies
        for method in taken(name):
            assert strict.generic(method, address).status_code != 405, (name, method)


@pytest.mark.parametrize("who", ["nobody", "an allocataire"])
def test_head_is_get_without_the_page(client, who, shown_e_mails):
    link = answer_all(client)
    if who == "an allocataire":
        compte(dossier())
        log_in(client)
    for name, address in addresses(link):
        if "GET" in taken(name):
            read, asked = client.get(address), client.head(address)
            assert (asked.status_code, asked.content) == (read.status_code, b""), name
            for header in ("Content-Type", "Cache-Control", "Location", "Content-Security-Policy"):
                assert asked.headers.get(header) == read.headers.get(header), (name, header)


def test_the_document_of_an_api_describes_each_operation_once(client):
    for api in ("/api/v1", "/v3"):
        paths = client.get(f"{api}/openapi.json").json()["paths"]
        assert {len(operations) for operations in paths.values()} == {1}
        assert {method for operations in paths.values() for method in operations} <= {"get", "post"}
