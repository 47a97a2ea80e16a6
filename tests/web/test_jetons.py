"""Forged tokens of every kind open nothing, and are told nothing."""

import base64
import hashlib
import hmac
import json
import uuid
from datetime import timedelta

import jwt
import pytest
from communes import ADDRESS, CLAIRE, SIRET, ask, refusal, token
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from guichet import clock
from guichet.operations import jetons
from guichet.records.jetons import Jeton, revoke

pytestmark = pytest.mark.django_db
REFUSED = (401, "00101", "token")
UNKNOWN = "Votre jeton n'est pas valide ou n'est pas renseigné."


def claims(text):
    return jwt.decode(text, options={"verify_signature": False})


def signed(told, key=None, algorithm="HS256", **headers):
    """Signed with our own key, unless it is said."""
    return jwt.encode(told, jetons._key() if key is None else key, algorithm, headers)


def unsigned(told, algorithm="none", signature=b""):
    def part(content):
        return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

    header = json.dumps({"alg": algorithm, "typ": "JWT"}).encode()
    return ".".join([part(header), part(json.dumps(told).encode()), part(signature)])


def detail(response):
    assert refusal(response) == REFUSED
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Cache-Control"] == "no-store"
    return response.json()["errors"][0]["detail"]


def test_a_token_of_ours_gets_as_far_as_the_file(client):
    assert refusal(ask(client, token())) == (404, "23003", None)
    assert refusal(ask(client, signed(claims(token())))) == (404, "23003", None)


FORGED = {
    "nothing": lambda told: "",
    "no token": lambda told: "a.b.c",
    "bytes": lambda told: "\xff.\xff.\xff",
    "very long": lambda told: "a" * 7000,
    "alg none": unsigned,
    "alg None, in other letters": lambda told: unsigned(told, "nOnE"),
    "alg none, with a signature": lambda told: unsigned(told, "none", b"signature"),
    "no signature": lambda told: signed(told).rpartition(".")[0] + ".",
    "another algorithm, our key": lambda told: signed(told, jetons._key() * 2, "HS512"),
    "an algorithm that nobody knows": lambda told: unsigned(told, "XX999", b"signature"),
    "RSA": lambda told: signed(told, generate_private_key(65537, 2048), "RS256"),
    "EdDSA": lambda told: signed(told, Ed25519PrivateKey.generate(), "EdDSA"),
    "another key": lambda told: signed(told, b"k" * 32),
    "an empty key": lambda told: unsigned(told, "HS256", hmac.digest(b"", b"", hashlib.sha256)),
    "the key beside it": lambda told: signed(told, b"k" * 32, jwk={"kty": "oct", "k": "a2tr"}, jku="http://127.0.0.1/k"),
    "a file as its key": lambda told: signed(told, b"k" * 32, kid="../../../../dev/null"),
    "somebody else's audience": lambda told: signed(told | {"aud": "https://particulier.example/v3"}),
    "several audiences": lambda told: signed(told | {"aud": [told["aud"], "https://particulier.example"]}),
    "no audience": lambda told: signed({name: value for name, value in told.items() if name != "aud"}),
    "another issuer": lambda told: signed(told | {"iss": "https://ailleurs.example"}),
    "no end": lambda told: signed({name: value for name, value in told.items() if name != "exp"}),
    "a later end": lambda told: signed(told | {"exp": told["exp"] + 86_400}),
    "not yet valid": lambda told: signed(told | {"nbf": told["nbf"] + 86_400}),
    "more scopes": lambda told: signed(told | {"scopes": [*told["scopes"], "cnaf_adresse"]}),
    "fewer scopes": lambda told: signed(told | {"scopes": []}),
    "another town": lambda told: signed(told | {"sub": "13002526500013"}),
    "a claim more": lambda told: signed(told | {"admin": True}),
    "never issued": lambda told: signed(told | {"jti": str(uuid.uuid4())}),
    "no number": lambda told: signed(told | {"jti": "1 OR 1=1"}),
    "a number that is not a text": lambda told: signed(told | {"jti": 1}),
    "the number of all": lambda told: signed(told | {"jti": None}),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forged_token_is_refused(client, forge):
    assert detail(ask(client, forge(claims(token("cnaf_enfants"))))) == UNKNOWN


def test_each_byte_of_a_token_counts(client):
    text = token()
    for place in range(0, len(text), 7):
        other = "A" if text[place] != "A" else "B"
        assert refusal(ask(client, text[:place] + other + text[place + 1 :])) == REFUSED


@pytest.mark.parametrize("header", [None, "", "Basic ", "Token ", "Bearer", "bearer\t"])
def test_a_token_is_in_its_header(client, header):
    text = token()
    headers = {} if header is None else {"authorization": f"{header}{text if header != 'Bearer' else ''}"}
    assert detail(client.get(ADDRESS, CLAIRE | {"token": text, "access_token": text}, headers=headers)) == UNKNOWN


def test_a_token_ends(client, set_clock):
    text = token(until=clock.now() + timedelta(hours=1))
    set_clock(2026, 11, 25, 12, 59)
    assert refusal(ask(client, text)) == (404, "23003", None)
    set_clock(2026, 11, 25, 13)
    assert detail(ask(client, text)) == "Votre jeton a expiré."


def test_a_token_does_not_begin_before_it_is_issued(client, set_clock):
    text = token()
    set_clock(2026, 11, 24)
    assert detail(ask(client, text)) == UNKNOWN


def test_a_revoked_token_opens_nothing_and_the_others_go_on(client):
    text, other = token(), token()
    assert revoke(uuid.UUID(claims(text)["jti"]), clock.now())
    assert detail(ask(client, text)) == "Votre jeton a été révoqué."
    assert refusal(ask(client, other)) == (404, "23003", None)


def test_a_token_of_another_installation_is_refused(client, settings):
    text = token()
    settings.SECRET_KEY = "another one"
    assert detail(ask(client, text)) == UNKNOWN


def test_a_row_that_is_gone_or_narrowed_closes_its_token(client):
    text = token()
    Jeton.objects.update(portees=["cnaf_enfants"])
    assert detail(ask(client, text)) == UNKNOWN
    Jeton.objects.all().delete()
    assert detail(ask(client, text)) == UNKNOWN


def test_a_town_asks_for_itself(client):
    assert refusal(ask(client, token(), CLAIRE | {"recipient": "13002526500013"})) == (403, "00100", "recipient")
    assert SIRET not in ask(client, token(), CLAIRE | {"recipient": "13002526500013"}).content.decode()
