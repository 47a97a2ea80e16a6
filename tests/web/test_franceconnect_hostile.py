"""What a broken provider or a stolen address would be to FranceConnect's login: a page, and nothing opens."""

import logging
import socket
import threading
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from visit import page_of

from guichet.records.acces import Compte
from guichet.web.comptes import openid
from identity_provider import BACK, HERE, NESTED, SECRET, claire, comes_back, opens_nothing

pytestmark = pytest.mark.django_db


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
    if BROKEN[failure] in (endless, silent):  # what answers has the time to, on a slow machine
        monkeypatch.setattr(openid, "SLOWEST", 1.0)
        monkeypatch.setattr(openid, "LONGEST", 1.0)
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
    assert "Ce n’est pas de votre fait" in page_of(page)
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
    """Nobody is logged in under another name by an address that is sent to them."""
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
