"""The API: what the site answers, what it refuses and how it says so; then strangers' requests by the thousand."""

import json
import re
from collections import Counter
from http import HTTPStatus

import pytest
import schemathesis
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from test_accord import HOUSEHOLDS, answered
from visit import page_of

from guichet.web.wsgi import application

pytestmark = pytest.mark.django_db

REPONSES = {
    **{"mois": "2026-11", "code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": 520.5},
    **{"naissance": "1990-05-01", "couple": False, "enfants": [{"naissance": "2020-02-03"}]},
    **{"activite": "salarie", "revenus_mensuels": 1100},
}


def post(client, body, kind="logement"):
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(f"/api/v1/simulations/{kind}", data=sent, content_type="application/json")


def test_a_result_is_an_event_that_tells_nobody(client, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "EVENTS_DIR", tmp_path / "events")
    post(client, REPONSES)
    post(client, {"mois": "1990-01"})
    (line,) = (tmp_path / "events" / "2026-11-25.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        **{"at": "2026-11-25T12:00:00+01:00", "event": "simulation", "kind": "logement"},
        **{"who": None, "who_period": None, "value": None},
    }


def test_a_full_disk_stops_nobody(client, tmp_path, monkeypatch):
    (tmp_path / "events").write_text("a file in place of the folder")
    monkeypatch.setattr(settings, "EVENTS_DIR", tmp_path / "events")
    assert post(client, REPONSES).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (REPONSES | {"loyer": "cinq cents"}, "loyer"),
        (REPONSES | {"loyer": -1}, "loyer"),
        (REPONSES | {"mois": "2012-05"}, "mois"),
        (REPONSES | {"surface": 30}, "surface"),
        (REPONSES | {"loyer": {}}, "loyer"),
        (REPONSES | {"enfants": [3]}, "enfants"),
        (REPONSES | {"enfants": [{"age": 3}]}, "enfants-1-age"),
        (REPONSES | {"nombre_enfants": 4}, "nombre_enfants"),
        ([], "réponses"),
        (b"{", "réponses"),
        (b"\xff", "réponses"),
        (REPONSES | {"loyer": float("nan")}, "loyer"),
        (b"[" * 100_000, "réponses"),
    ],
)
def test_what_is_wrong_is_named(client, body, field):
    response = post(client, body)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["title"]) == (422, "Réponses à corriger")
    assert field in {error["field"] for error in problem["errors"]}


@pytest.mark.parametrize(
    ("address", "field", "example"),
    [
        ("communes", "code_postal", "35000"),
        ("communes?code_postal=3500", "code_postal", "35000"),
        ("communes?code_postal=35000&code_postal=%00", "code_postal", "35000"),
        ("communes/x", "insee", "35238"),
    ],
)
def test_a_wrong_parameter_is_named_in_a_sentence_that_says_what_to_write(client, address, field, example):
    (error,) = client.get(f"/api/v1/{address}").json()["errors"]
    assert error["field"] == field
    assert error["detail"].startswith("Indiquez le code")
    assert f"par exemple {example}" in error["detail"]


def sentences(document):
    """What a document of OpenAPI says to people."""
    if isinstance(document, list):
        for part in document:
            yield from sentences(part)
    elif isinstance(document, dict):
        for name, part in document.items():
            if name in ("description", "summary") and isinstance(part, str):
                yield part
            else:
                yield from sentences(part)


@pytest.mark.parametrize("api", ["/api/v1", "/v3"])
def test_the_document_is_in_french(client, api):
    """But for the phrases of HTTP, which are its own."""
    told = set(sentences(client.get(f"{api}/openapi.json").json())) - {status.phrase for status in HTTPStatus}
    assert len(told) > 10
    assert [sentence for sentence in told if re.search(r"\b(the|of|is|are|and|not|without|when)\b", sentence)] == []


def test_too_much_is_refused(client):
    assert post(client, b'{"loyer": "' + b"9" * 2_000_000 + b'"}').json()["status"] == 413
    assert post(client, b'{"loyer": "' + b"9" * 5_000_000 + b'"}').json()["status"] == 413


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("get", "/api/v1/simulations/logement", 405), ("get", "/api/v1/rien", 404), ("post", "/api/v1/simulations/rien", 404)],
)
def test_an_error_is_told_to_programs_as_to_programs(client, method, address, status):
    response = getattr(client, method)(address)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status


def test_communes_by_postal_code_and_by_former_code(client):
    found = client.get("/api/v1/communes", {"code_postal": "01400"}).json()
    assert {"insee": "01093", "name": "Châtillon-sur-Chalaronne", "zone": 3, "department": "01"} in found
    assert client.get("/api/v1/communes", {"code_postal": "99999"}).json() == []
    assert client.get("/api/v1/communes", {"code_postal": "abc"}).json()["errors"][0]["field"] == "code_postal"
    assert client.get("/api/v1/communes/00000").json()["status"] == 404


def test_other_sites_are_not_invited(client):
    response = client.get("/api/v1/communes", {"code_postal": "35000"}, headers={"origin": "https://ailleurs.example"})
    assert not [name for name in response.headers if name.startswith("Access-Control")]
    assert "Set-Cookie" not in response.headers


def test_the_documentation_lists_every_question(client):
    page = page_of(client.get("/api/docs"))
    assert "/api/v1/simulations/logement" in page
    assert "Loyer du mois, sans les charges" in page


def test_the_documentation_gives_our_address_whatever_host_is_said(client):
    page = page_of(client.get("/api/docs", headers={"host": "127.0.0.1:99"}))
    assert f"POST {settings.BASE_URL}/api/v1/simulations/logement" in page
    assert ":99" not in page


contract = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=SchemathesisConfig())


@pytest.mark.parametrize(("kind", "household"), HOUSEHOLDS)
def test_a_common_household_is_answered_as_the_contract_says(kind, household):
    """Of the simulators that strangers do not guess the answers of, too."""
    operation = contract[f"/api/v1/simulations/{kind}"]["POST"]
    case = operation.Case(body=answered(kind, household), media_type="application/json")
    assert case.call_and_validate(headers={"Accept-Encoding": "identity"}).status_code == 200


TRIED = Counter()


@pytest.fixture(autouse=True)
def requests_are_counted(record_property):
    """Schemathesis runs many in one test."""
    yield
    for operation, number in TRIED.items():
        record_property(f"requests of strangers, {operation}", number)
    TRIED.clear()


@contract.hook
def map_body(context, body):
    """Half of them are a household with something changed: they go as far as the law."""
    return REPONSES | dict(list(body.items())[:2]) if isinstance(body, dict) and len(body) % 2 else body


@contract.parametrize()
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_the_contract_says(case):
    # A household may follow the schema and still have to say more (422); what its situation leaves aside is not read
    # (`not_read`), right or wrong.
    TRIED[case.operation.label] += 1
    excluded = [positive_data_acceptance, negative_data_rejection]
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=excluded)
