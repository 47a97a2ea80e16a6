"""What a forged answer, a broken provider or a stolen address would be: each is refused, with a page, and opens nothing."""

import json
import logging
import socket
import threading
import time
from itertools import count
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from visite import dit

from fournisseur import BACK, CLIENT, HERE, SECRET, claims_of, claire, comes_back, forged
from guichet.records.acces import Compte
from guichet.web.comptes import openid

pytestmark = pytest.mark.django_db
NOW = int(time.time())
STRANGER, STRANGER_EC = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())
NESTED = "[" * 20_000 + "]" * 20_000


def changed(**claims):
    """The same token, signed by the provider, with other claims; None takes one away."""

    def make(provider, token, algorithm):
        told = {name: value for name, value in (claims_of(token) | claims).items() if value is not None}
        return provider.signed(told, algorithm, typ=None)

    return make


def signed(algorithm, key=None, **headers):
    """The same claims, signed otherwise. `key` is given the provider."""
    return lambda provider, token, _: provider.signed(claims_of(token), algorithm, key and key(provider), **headers)


def with_header(secret=lambda provider: b"", **header):
    """The same claims, under any header, with the signature of HS256 or none."""

    def make(provider, token, algorithm):
        about = {name: kid(provider) if callable(kid) else kid for name, kid in header.items()}
        return forged(claims_of(token), secret(provider), {"kid": provider.kid(algorithm), **about})

    return make


def cut(part, text):
    """The same token, one of its three parts replaced."""

    def make(provider, token, algorithm):
        parts = token.split(".")
        parts[part] = text(parts[part])
        return ".".join(parts)

    return make


JWK = jwt.algorithms.RSAAlgorithm.to_jwk(STRANGER.public_key(), as_dict=True)
FORGED = {
    "alg none": with_header(alg="none"),
    "alg None": with_header(alg="NonE"),
    "no alg": with_header(alg=None),
    "HS256 with the public key": with_header(lambda provider: provider.public_pem(), alg="HS256"),
    "HS256 with the public key, key of the other algorithm": with_header(
        lambda provider: provider.public_pem(), alg="HS256", kid=lambda provider: provider.kid("ES256")
    ),
    "HS256 with our secret": with_header(lambda provider: SECRET.encode(), alg="HS256"),
    "HS256 with nothing": with_header(alg="HS256"),
    "RS384": signed("RS384", lambda provider: provider.key("RS256"), kid="RS256"),
    "RS512 under the right name": lambda provider, token, _: provider.signed(
        claims_of(token), "RS512", provider.key("RS256"), kid=provider.kid("RS256")
    ),
    "PS256": lambda provider, token, _: provider.signed(
        claims_of(token), "PS256", provider.key("RS256"), kid=provider.kid("RS256")
    ),
    "another key under the right name": signed("RS256", lambda provider: STRANGER),
    "another curve's key under the right name": signed("ES256", lambda provider: STRANGER_EC),
    "a key that is not published": signed("RS256", lambda provider: STRANGER, kid="stranger"),
    "a key in the header": signed("RS256", lambda provider: STRANGER, kid="stranger", jwk=JWK),
    "a key in the header, under the right name": signed("RS256", lambda provider: STRANGER, jwk=JWK),
    "keys at another address": signed("RS256", lambda provider: STRANGER, kid="x", jku="https://elsewhere.example/jwks"),
    "no name of a key": signed("RS256", kid=None),
    "the name of a key is a path": signed("RS256", lambda provider: STRANGER, kid="../../dev/null"),
    "an extension that must be known": signed("RS256", crit=["exp2"], exp2=1),
    "no signature": cut(2, lambda text: ""),
    "half of a signature": cut(2, lambda text: text[: len(text) // 2]),
    "another signature": cut(2, lambda text: text[::-1]),
    "other claims under the signature": cut(1, lambda text: text[:-6] + "AAAAAA"),
    "a header that is no JSON": cut(0, lambda text: "AAAA"),
    "a header too deep": lambda provider, token, _: forged(claims_of(token), b"", NESTED),
    "nothing": lambda *_: "",
    "no token": lambda *_: "a.b.c",
    "four parts": lambda provider, token, _: f"{token}.a",
    "bytes that are no text": lambda *_: "é\ud7ff\u202e" * 50,
    "another issuer": changed(iss="https://elsewhere.example/api/v2"),
    "almost our issuer": lambda provider, token, algorithm: changed(iss=provider.url + "/")(provider, token, algorithm),
    "no issuer": changed(iss=None),
    "several issuers": lambda provider, token, algorithm: changed(iss=[provider.url])(provider, token, algorithm),
    "another audience": changed(aud="another-site"),
    "another audience in a list": changed(aud=["another-site"]),
    "another audience beside us": changed(aud=[CLIENT, "another-site"]),
    "no audience": changed(aud=None),
    "an empty audience": changed(aud=[]),
    "part of our name": changed(aud=CLIENT[:-1]),
    "given to another party": changed(azp="another-site"),
    "expired": changed(exp=NOW - 3600),
    "expires at no time": changed(exp="never"),
    "not yet valid": changed(nbf=NOW + 3600),
    "made in the future": changed(iat=NOW + 3600),
    "nobody": changed(sub=None),
    "a number for a name": changed(sub=12),
    "an empty name": changed(sub=""),
}
OF_ID_TOKEN = {
    "without an end": changed(exp=None),
    "without a beginning": changed(iat=None),
    "another nonce": changed(nonce="A" * 43),
    "no nonce": changed(nonce=None),
    "a nonce that is a list": changed(nonce=["A" * 43]),
    "acr eidas0": changed(acr="eidas0"),
    "acr of another scale": changed(acr="https://elsewhere.example/eidas3"),
    "acr in a list": changed(acr=["eidas1"]),
    "no acr": changed(acr=None),
    "the access token": lambda provider, token, _: provider.signed({**claims_of(token), "nonce": None, "acr": None}),
}
OF_USERINFO = {
    "another person": changed(sub="somebody else"),
    "unsigned": lambda provider, token, _: json.dumps(claims_of(token)),
    "unsigned, in quotes": lambda provider, token, _: f'"{token}"',
}


def opens_nothing(client, page, *statuses):
    assert page.status_code in statuses
    assert 'href="/connexion' in dit(page)
    assert "Set-Cookie" not in page.headers
    assert not Compte.objects.exists()
    assert client.get("/mon-compte").status_code == 302


@pytest.mark.parametrize("forgery", [*FORGED, *OF_ID_TOKEN])
def test_a_forged_id_token_is_refused(client, provider, forgery, caplog):
    claire()

    def forge(answer):
        told = answer.json
        answer.json = told | {"id_token": {**FORGED, **OF_ID_TOKEN}[forgery](provider, told["id_token"], "RS256")}

    provider.twists["token"] = forge
    page = comes_back(client)
    opens_nothing(client, page, 403 if forgery != "nothing" else 503)
    assert "userinfo" not in dict(provider.asked)
    says_nothing(caplog, provider)


@pytest.mark.parametrize("forgery", [*FORGED, *OF_USERINFO])
def test_a_forged_userinfo_is_refused(client, provider, forgery, caplog):
    claire()

    def forge(answer):
        token = {**FORGED, **OF_USERINFO}[forgery](provider, answer.body.decode(), "ES256")
        answer.body = token.encode(errors="replace")

    provider.twists["userinfo"] = forge
    opens_nothing(client, comes_back(client), 403)
    says_nothing(caplog, provider)


def says_nothing(caplog, provider):
    """Our log tells of the failure, not of the person, nor of what would open something."""
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("guichet")]
    assert ours
    for secret in ("Claire", "ESSAI", "eyJ", SECRET, dict(provider.asked)["token"]["code"]):
        assert secret not in "".join(ours)


def test_the_genuine_token_signed_again_is_believed(client, provider):
    """The forgeries above are refused for what is wrong in them alone."""
    claire()

    def again(answer):
        told = answer.json
        answer.json = told | {"id_token": changed()(provider, told["id_token"], "ES256")}

    def again_too(answer):
        answer.body = changed(aud=CLIENT, azp=CLIENT)(provider, answer.body.decode(), "RS256").encode()

    provider.twists |= {"token": again, "userinfo": again_too}
    assert comes_back(client).url == "/mon-compte"


# The provider


def with_status(status, **headers):
    def twist(answer):
        answer.status, answer.headers = status, answer.headers | headers

    return twist


def with_body(body, **headers):
    def twist(answer):
        answer.body, answer.headers = body, answer.headers | headers

    return twist


def endless(answer):
    """Byte after byte, none of which comes late."""
    ever = threading.Event()
    answer.parts = (b" " for _ in count() if not ever.wait(0.02))


def silent(answer):
    """A header, then nothing until whom it answers has left."""
    answer.parts = (b" " for _ in range(2) if not threading.Event().wait(1))


BROKEN = {
    "500": with_status(500),
    "404": with_status(404),
    "204": with_status(204),
    "a redirection elsewhere": with_status(302, Location="http://127.0.0.2:9/"),
    "a redirection to itself": with_status(307, Location="/api/v2/jwks"),
    "garbage": with_body(b"\xff\xfe{{{"),
    "an empty body": with_body(b""),
    "a list": with_body(b"[]"),
    "a page": with_body(b"<!doctype html><title>Maintenance</title>"),
    "too deep": with_body(NESTED.encode()),
    "huge": with_body(b" " * 5_000_000),
    "cut": with_body(b"{", **{"Content-Length": "500", "Connection": "close"}),
    "compressed": with_body(b"\x1f\x8b\x08\0", **{"Content-Encoding": "gzip"}),
    "endless": endless,
    "silent": silent,
}


@pytest.mark.parametrize("failure", BROKEN)
@pytest.mark.parametrize("endpoint", ["provider_config", "token", "jwks", "userinfo"])
def test_a_broken_provider_opens_nothing(client, provider, endpoint, failure, monkeypatch):
    claire()
    monkeypatch.setattr(openid, "SLOWEST", 0.2)
    monkeypatch.setattr(openid, "LONGEST", 0.2)
    provider.twists[endpoint] = BROKEN[failure]
    if endpoint == "provider_config":
        opens_nothing(client, client.get("/connexion/franceconnect"), 503)
    else:
        opens_nothing(client, comes_back(client), *((403, 503) if endpoint == "userinfo" else (503,)))


ELSEWHERE = "https://elsewhere.example/api/v2/token"


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://elsewhere.example"},
        {"issuer": None},
        *(
            {name: address}
            for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint")
            for address in (ELSEWHERE, "", None, ["x"], "//elsewhere.example/x", "javascript:alert(1)", "/token")
        ),
    ],
)
def test_a_provider_that_sends_elsewhere_is_not_followed(client, provider, told):
    def tell(answer):
        answer.json |= told

    provider.twists["provider_config"] = tell
    opens_nothing(client, client.get("/connexion/franceconnect"), 503)
    assert [name for name, _ in provider.asked] == ["provider_config"]


@pytest.mark.parametrize("challenges", [None, "S256", 12, ["plain"]])
def test_a_provider_that_does_not_say_s256_is_sent_no_challenge(client, provider, challenges):
    def tell(answer):
        answer.json |= {"code_challenge_methods_supported": challenges}

    provider.twists["provider_config"] = tell
    assert "code_challenge" not in client.get("/connexion/franceconnect").url


WEAK = rsa.generate_private_key(65537, 1024)
OCT = {"kty": "oct", "alg": "HS256", "k": "AAAA"}


@pytest.mark.parametrize(
    ("keys", "forge"),
    [
        (None, None),
        ("keys", None),
        ([], None),
        (["key", 1, None, []], None),
        ([{}], None),
        ([{"kty": "RSA"}], None),
        ([{"kty": "RSA", "n": "AA", "e": "AA"}], None),
        ([{"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}], None),
        ([{**OCT}], with_header(lambda provider: b"\0\0\0", alg="HS256")),
        ([{**OCT, "alg": "RS256"}], with_header(lambda provider: b"\0\0\0", alg="HS256")),
        ([JWK | {"use": "enc"}], signed("RS256", lambda provider: STRANGER)),
        ([JWK | {"alg": "HS256"}], None),
        ([JWK | {"alg": "RS512"}], signed("RS512", lambda provider: STRANGER, kid=None)),
        (
            [jwt.algorithms.RSAAlgorithm.to_jwk(WEAK.public_key(), as_dict=True)],
            lambda provider, token, _: provider.signed(claims_of(token), "RS256", WEAK),
        ),
    ],
)
def test_keys_that_are_none_open_nothing(client, provider, keys, forge):
    claire()
    kid = provider.kid("RS256")

    def publish(answer):
        named = [key | {"kid": kid} if isinstance(key, dict) else key for key in keys] if isinstance(keys, list) else keys
        answer.json = {"keys": named}

    def sign(answer):
        if forge:
            answer.json |= {"id_token": forge(provider, answer.json["id_token"], "RS256")}

    provider.twists |= {"jwks": publish, "token": sign}
    opens_nothing(client, comes_back(client), 403)


@pytest.mark.parametrize(
    "told",
    [{"id_token": None}, {"access_token": None}, {"id_token": 1}, {"access_token": ["a"]}, {"access_token": "a\r\nb: c"}],
)
def test_an_answer_without_tokens_opens_nothing(client, provider, told):
    claire()

    def forge(answer):
        answer.json |= told

    provider.twists["token"] = forge
    opens_nothing(client, comes_back(client), 503)


def test_a_provider_that_is_down_leaves_the_password(client, provider, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.FRANCECONNECT_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
    page = client.get("/connexion/franceconnect")
    opens_nothing(client, page, 503)
    assert "Ce n’est pas de votre fait" in dit(page)
    assert client.get("/connexion").status_code == 200


def test_a_slow_provider_does_not_take_all_the_threads(client, provider, monkeypatch):
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(openid, "_places", places)
    with places:
        opens_nothing(client, client.get("/connexion/franceconnect"), 503)
        assert client.get("/connexion").status_code == 200
    assert client.get("/connexion/franceconnect").status_code == 302


# The address that one comes back to


def asked(client):
    """The address that leads back from a login that has begun."""
    there = client.get("/connexion/franceconnect").url
    return requests.get(there, allow_redirects=False, timeout=5).headers["Location"].removeprefix(HERE)


def of(address, *names):
    query = parse_qs(urlsplit(address).query)
    return {name: query[name][0] for name in names}


@pytest.mark.parametrize(
    "change",
    [
        {"state": None},
        {"state": ""},
        {"state": "A" * 43},
        {"state": "\0"},
        {"state": "é\ud7ff" * 3000},
        {"state": "__proto__"},
    ],
)
def test_an_answer_without_its_state_is_refused(client, provider, change):
    claire()
    query = of(asked(client), "code", "state") | change
    page = client.get(BACK, {name: value for name, value in query.items() if value is not None})
    opens_nothing(client, page, 400)
    assert "token" not in dict(provider.asked)


def test_an_answer_is_good_once(client, visitor, provider):
    claire()
    back = asked(client)
    assert client.get(back).url == "/mon-compte"
    provider.asked.clear()
    assert client.get(back).status_code == 400
    client.post("/deconnexion")
    assert client.get(back).status_code == 400
    assert "token" not in dict(provider.asked)


def test_an_answer_is_good_in_the_browser_that_asked(client, visitor, provider):
    """Nobody is logged in under another name by an address that is sent to him."""
    claire()
    back, other = asked(client), visitor()
    opens_nothing(other, other.get(back), 400)
    other.get("/connexion/franceconnect")
    opens_nothing(other, other.get(back), 400)
    other.cookies["sessionid"] = "forged"
    opens_nothing(other, other.get(back), 400)
    assert client.get(back).url == "/mon-compte"


@pytest.mark.parametrize("pkce", [True, False])
def test_a_code_is_good_for_the_login_that_asked_for_it(client, visitor, provider, pkce):
    """A code that was stolen is of no use under another state: the challenge refuses it, else the nonce does."""
    claire()
    if not pkce:
        provider.asks_no_proof_of_the_code()
    stolen, thief = asked(client), visitor()
    mixed = of(stolen, "code") | of(asked(thief), "state")
    opens_nothing(thief, thief.get(BACK, mixed), 403 if not pkce else 503)


def test_a_code_that_was_used_is_refused(client, visitor, provider):
    claire()
    first = asked(client)
    client.get(first)
    Compte.objects.all().delete()
    other = visitor()
    opens_nothing(other, other.get(BACK, of(first, "code") | of(asked(other), "state")), 503)


@pytest.mark.parametrize("code", ["", "x", "\0", "é" * 5000, "../../etc/passwd", "a&client_id=other"])
def test_a_code_that_is_none_is_refused(client, provider, code):
    claire()
    opens_nothing(client, client.get(BACK, of(asked(client), "state") | {"code": code}), 503)


@pytest.mark.parametrize("error", ["server_error", "<script>alert(1)</script>", "login_required"])
def test_an_error_is_told_without_its_words(client, provider, error):
    state = of(asked(client), "state")
    page = client.get(BACK, {"error": error, "error_description": "<b>Appelez le 0 899…</b>", **state})
    opens_nothing(client, page, 503)
    assert "0 899" not in page.content.decode()
    assert "alert(1)" not in page.content.decode()


def test_older_tabs_are_not_lost_and_few_are_kept(client, provider):
    claire()
    tabs = [asked(client) for _ in range(7)]
    assert len(client.session["franceconnect-asked"]) == 5
    assert client.get(tabs[1]).status_code == 400
    assert client.get(tabs[2]).url == "/mon-compte"


@pytest.mark.parametrize("page", ["", "/retour", "/fin"])
def test_nothing_is_sent_to_these_addresses(client, provider, page):
    for method in (client.post, client.put, client.delete):
        assert method(f"/connexion/franceconnect{page}").status_code == 405
    assert client.get(f"/connexion/franceconnect{page}", headers={"host": "elsewhere.example"}).status_code == 400


def test_the_log_has_no_address_of_a_login(client, provider, caplog):
    caplog.set_level(logging.INFO)  # that of production
    claire()
    back = asked(client)
    client.get(back)
    secrets = [*of(back, "code", "state").values(), SECRET]
    said = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("idpyoidc"))
    assert not [secret for secret in secrets if secret in said]
