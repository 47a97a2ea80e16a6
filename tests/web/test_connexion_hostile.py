"""What nobody should send to the pages by which one gets in: it is refused with a page, whatever it is."""

import pytest
from django.core import mail
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import THEIR_PASSWORD, compte, dossier, log_in
from guichet.operations import courriels
from guichet.records import acces
from guichet.records.acces import Code
from guichet.records.courriels import Courriel
from guichet.records.sessions import Session
from guichet.web.comptes import patience

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tries")]
OPEN = ("/connexion", "/connexion/premier-acces", "/connexion/oubli", "/connexion/oubli/lien", "/connexion/mot-de-passe")
OURS = ("/mon-compte/code", "/mon-compte/securite", "/mon-compte/securite/mot-de-passe", "/mon-compte/securite/application")
FIELDS = [
    *("identifiant", "caisse", "mot_de_passe", "encore", "ancien", "code", "lien", "suite", "fermer", "envoyer", "retirer"),
    *("naissance-jour", "naissance-mois", "naissance-annee"),
]
FORM = "application/x-www-form-urlencoded"
WORDS = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"[0-9]{1,16}", fullmatch=True),
    st.sampled_from(
        ["", "\0", "0000354", "255081416802538", "751", "2024", "9" * 5000, "é" * 3000, "\u202e", "{{7*7}}", "²³"]
    ),
)


@pytest.mark.parametrize("address", OPEN + OURS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=8))
def test_whatever_is_sent_the_answer_is_a_page(client, address, sent):
    if not Session.objects.filter(compte__isnull=False).exists():
        compte(dossier())
        log_in(client)
    patience.ADDRESSES._next.clear()
    patience.ACCOUNTS._next.clear()
    assert client.post(address, sent).status_code in (200, 302, 429)
    assert client.get(address, sent).status_code in (200, 302)


@pytest.mark.parametrize("address", OPEN)
def test_what_is_typed_is_shown_escaped_and_never_a_secret(client, address):
    text = '"><script>alert(1)</script>'
    page = client.post(address, dict.fromkeys(FIELDS, text))
    assert b"<script>" not in page.content
    assert b'type="password" value="&' not in page.content.replace(b'value="" type="password"', b"")


@pytest.mark.parametrize("address", OPEN)
def test_bodies_too_long_and_bytes_that_are_no_text_are_refused(client, address):
    code = acces.give_letter_code(dossier().personne_set.get().pk)
    birth = {"naissance-jour": "12", "naissance-mois": "5", "naissance-annee": "1990"}
    client.post("/connexion/premier-acces", {"identifiant": "0000354", "code": code} | birth)
    assert client.post(address, data=b"identifiant=" + b"9" * 3_000_000, content_type=FORM).status_code == 400
    assert client.post(address, data=b"a=b&" * 5000, content_type=FORM).status_code == 400
    for body in (b"identifiant=%ff%fe&mot_de_passe=%00", b"&&&=", b"identifiant"):
        assert client.post(address, data=body, content_type=FORM).status_code in (200, 302)
    assert client.put(address).status_code == 405
    assert client.get(address, headers={"host": "elsewhere.example"}).status_code == 400


def test_fields_that_nobody_asked_for_change_nothing(client):
    """Mass assignment."""
    account = compte(dossier())
    sent = {
        "identifiant": "0000354",
        "mot_de_passe": THEIR_PASSWORD,
        "titulaire": "",
        "dossier": "2",
        "is_active": "",
        "pk": "9",
    }
    assert client.post("/connexion", sent).status_code == 302
    account.refresh_from_db()
    assert account.titulaire
    assert account.is_active


def test_forms_of_another_site_are_refused_those_of_an_older_page_are_kept():
    """Without the token: refused. From a page of this site that a login in another tab has made old: kept, to be sent."""
    compte(dossier())
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    sent = {"identifiant": "0000354", "mot_de_passe": THEIR_PASSWORD}
    elsewhere = {"origin": "https://elsewhere.example"}
    assert strict.post("/connexion", sent).status_code == 403
    assert strict.post("/connexion", sent, headers=elsewhere).status_code == 403
    strict.get("/connexion")
    token = strict.cookies["csrftoken"].value
    assert strict.post("/connexion", sent | {"csrfmiddlewaretoken": token}, headers=elsewhere).status_code == 403
    assert strict.post("/connexion", sent | {"csrfmiddlewaretoken": token}).status_code == 302
    assert strict.cookies["csrftoken"].value != token
    page, here = "/mon-compte/securite/mot-de-passe", {"origin": "http://127.0.0.1"}
    older = {"csrfmiddlewaretoken": token, "ancien": "x", "autre": "gardé"}
    assert strict.post(page, older).status_code == 403
    assert strict.post(page, older, headers=elsewhere).status_code == 403
    assert strict.post(page, older, headers=here).url.startswith("/mon-compte/reprise")
    shown = strict.get("/mon-compte/reprise").content.decode()
    assert 'name="autre" value="gardé"' in shown
    assert 'name="ancien"' not in shown
    assert strict.post("/connexion", sent | {"csrfmiddlewaretoken": "x"}, headers=here).url == "/connexion"


def test_cookies_come_with_the_login_and_not_before(client):
    for address in ("/", "/aide", "/simulation/logement", "/mon-compte"):
        assert not client.get(address).cookies, address
    compte(dossier())
    assert set(client.get("/connexion").cookies) == {"csrftoken"}
    assert set(log_in(client, password="faux").cookies) <= {"csrftoken"}
    logged = log_in(client).cookies
    assert set(logged) == {"csrftoken", "sessionid", "navigateur"}  # the last one: tests/web/test_browsers.py
    for cookie in (logged["csrftoken"], logged["sessionid"]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["max-age"]


# Guesses


def test_guesses_are_slowed_and_their_target_still_gets_in(client, tries):
    compte(dossier())
    for _ in range(patience.ACCOUNTS.burst + 1):
        assert log_in(client, password="faux").status_code == 200
    assert not tries
    for _ in range(30):
        assert log_in(client, password="faux").status_code == 200
    assert len(tries) == 30
    assert 0 < min(tries) <= max(tries) <= patience.LONGEST_WAIT
    assert log_in(client).url == "/mon-compte"  # whoever knows the password waits, and gets in
    tries.clear()
    client.post("/deconnexion")
    log_in(client)
    assert not tries


def test_an_address_that_tries_many_accounts_is_slowed_others_are_not(client, visitor, tries, monkeypatch):
    monkeypatch.setattr(patience.ADDRESSES, "burst", 5)
    compte(dossier())
    for number in range(11):
        log_in(client, f"{number:07}", "faux")
    assert len(tries) == 5
    tries.clear()
    neighbour = visitor()
    neighbour.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert log_in(neighbour).url == "/mon-compte"
    assert not tries


def test_few_wait_at_once_one_from_each_address(client, monkeypatch):
    compte(dossier())
    for _ in range(patience.ACCOUNTS.burst + 1):
        log_in(client, password="faux")
    for waiting in ({"127.0.0.1"}, {"192.0.2.1", "192.0.2.2", "192.0.2.3"}):
        monkeypatch.setattr(patience, "_waiting", waiting)
        response = log_in(client)
        assert response.status_code == 429
        assert 'value="0000354"' in response.content.decode()
    monkeypatch.setattr(patience, "_waiting", set())
    assert log_in(client).status_code == 302


def test_what_is_kept_of_tries_names_nobody(client):
    compte(dossier())
    log_in(client, password="faux")
    assert "0000354" not in str(patience.ACCOUNTS._next)


def test_a_flood_of_requests_writes_one_e_mail(client):
    from dossiers import give_address

    file = dossier()
    compte(file)
    give_address(file, "claire@exemple.fr")
    for _ in range(8):
        client.post("/connexion/oubli", {"identifiant": "0000354"})
    courriels.send()
    assert len(mail.outbox) == Code.objects.count() == 1
    assert not Courriel.objects.exists()
