"""Sessions, the second factor, a session that ends: what an account allows, and what it keeps others from."""

import base64
import re

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from django_otp.oath import totp
from visit import page_of

from dossiers import THEIR_PASSWORD, compte, dossier, give_address, log_in
from guichet import clock
from guichet.operations import courriels
from guichet.records import acces
from guichet.records.acces import Code
from guichet.records.sessions import Session
from guichet.web import identity
from guichet.web.headers import read_or_send
from guichet.web.urls import urlpatterns as ours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tries")]
SAFETY, CODE = "/mon-compte/securite", "/mon-compte/code"
PASSWORD = f"{SAFETY}/mot-de-passe"
received = []


@identity.espace
@identity.second_factor_required
@read_or_send
def money(request):
    received.append(request.POST.dict())
    return HttpResponse(f"{request.user.dossier.matricule} {request.user.personne.nom}")


@identity.espace
@read_or_send
def form(request):
    received.append(request.POST.dict())
    return HttpResponse("ok")


urlpatterns = [*ours, path("argent", money), path("formulaire", form)]
"""The site, with a page of money and a form."""


@pytest.fixture
def account(settings):
    settings.ROOT_URLCONF = __name__
    received.clear()
    file = dossier()
    give_address(file, "claire@exemple.fr")
    return compte(file)


def code_received():
    courriels.send()
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


# Sessions


def test_sessions_are_listed_and_revoked_wherever_they_are(client, visitor, account):
    phone = visitor()
    phone.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Gecko/140 Firefox/140.0"
    log_in(phone)
    log_in(client)
    page = page_of(client.get(SAFETY))
    assert "Firefox, Android" in page
    assert "Utilisée le 25 novembre 2026, après 12 h 00".replace(" ", "\u00a0") not in page
    assert all(session.session_key not in page for session in Session.objects.all())
    (number,) = re.findall(r'name="fermer" value="(\w{20})"', page)
    assert client.post(SAFETY, {"fermer": number}).status_code == 302
    assert phone.get("/mon-compte").status_code == 302
    assert client.get("/mon-compte").status_code == 200


def test_all_the_others_at_once(client, visitor, account):
    others = [visitor(), visitor()]
    for other in others:
        log_in(other)
    log_in(client)
    client.post(SAFETY, {"fermer": "autres"})
    assert [other.get("/mon-compte").status_code for other in others] == [302, 302]
    assert client.get("/mon-compte").status_code == 200


def test_nobody_revokes_a_session_of_somebody_else(client, visitor, account):
    other = visitor()
    compte(dossier("0000001"))
    log_in(other, "0000001")
    log_in(client)
    theirs = Session.objects.exclude(compte=account).get()
    for number in (theirs.number, theirs.session_key, "", "autres", "\0", "9" * 5000):
        client.post(SAFETY, {"fermer": number})
    assert other.get("/mon-compte").status_code == 200


def test_a_key_known_before_the_login_opens_nothing_after(client, visitor, account):
    """Session fixation: of a session begun by another, or invented."""
    thief = visitor()
    acces.give_letter_code(account.personne_id)
    for planted in ("a" * 32, _begun(thief)):
        client.cookies["sessionid"] = planted
        log_in(client)
        assert client.cookies["sessionid"].value != planted
        thief.cookies["sessionid"] = planted
        assert thief.get("/mon-compte").status_code == 302
        client.post("/deconnexion")


def _begun(client):
    """The key of a session of nobody: that of a code just read."""
    code = acces.give_letter_code(dossier("0000007").personne_set.get().pk)
    birth = {"naissance-jour": "12", "naissance-mois": "5", "naissance-annee": "1990"}
    client.post("/connexion/premier-acces", {"identifiant": "0000007", "code": code} | birth)
    return client.cookies["sessionid"].value


def test_a_new_password_ends_the_other_sessions(client, visitor, account):
    other = visitor()
    log_in(other)
    log_in(client)
    new = {"mot_de_passe": "Des pommes & 12 poires", "encore": "Des pommes & 12 poires"}
    before = client.cookies["sessionid"].value
    assert "pas votre mot de passe actuel" in page_of(client.post(PASSWORD, {"ancien": "x"} | new))
    assert "différents" in page_of(client.post(PASSWORD, {"ancien": THEIR_PASSWORD} | new | {"encore": "x"}))
    client.budget = 12
    assert client.post(PASSWORD, {"ancien": THEIR_PASSWORD} | new).url == f"{SAFETY}?fait"
    assert client.cookies["sessionid"].value != before
    assert client.get("/mon-compte").status_code == 200
    assert other.get("/mon-compte").status_code == 302
    assert log_in(other).status_code == 200
    assert log_in(other, password=new["encore"]).status_code == 302


def test_a_closed_account_ends_its_sessions(client, account):
    log_in(client)
    account.ferme_le = clock.now()
    account.save()
    assert client.get("/mon-compte").status_code == 302
    assert log_in(client).status_code == 200


# A session that ends


def test_a_session_ends_half_an_hour_after_the_last_page_which_says_when(client, account, set_clock):
    log_in(client)
    assert "se ferme à 12 h 30" in page_of(client.get("/mon-compte")).replace("\u00a0", " ")
    set_clock(2026, 11, 25, 12, 29)
    assert "se ferme à 12 h 59" in page_of(client.get("/mon-compte")).replace("\u00a0", " ")
    set_clock(2026, 11, 25, 12, 58)
    assert client.get("/mon-compte").status_code == 200
    set_clock(2026, 11, 25, 13, 28)
    assert client.get("/mon-compte").status_code == 302


def test_what_was_typed_when_the_session_ended_is_sent_after_the_login(client, account, set_clock):
    log_in(client)
    set_clock(2026, 11, 25, 13, 0)
    typed = {"nom": "Essai <b>", "choix": ["a", "b"], "mot_de_passe": "secret!", "suite": "/formulaire"}
    asked = client.post("/formulaire?etape=2", typed)
    assert asked.url == "/connexion?suite=%2Fformulaire%3Fetape%3D2"
    assert not received
    assert "Essai" not in str(Session.objects.values())
    assert "est gardé" in page_of(client.get(asked.url))
    assert log_in(client).url == "/mon-compte/reprise"
    page = page_of(client.get("/mon-compte/reprise"))
    assert 'action="/formulaire?etape=2"' in page
    assert 'name="nom" value="Essai <b>"' in page
    assert page.count('name="choix"') == 2
    assert "secret!" not in page
    assert "<b>" not in client.get("/mon-compte/reprise").content.decode()


def test_it_is_kept_for_nobody_else(client, visitor, account, set_clock):
    """On a shared computer, the next one to log in sees nothing of it; who was never logged in has nothing kept."""
    compte(dossier("0000001"))
    log_in(client)
    set_clock(2026, 11, 25, 13, 0)
    client.post("/formulaire", {"nom": "Essai"})
    assert log_in(client, "0000001").url == "/mon-compte"
    assert client.get("/mon-compte/reprise").url == "/mon-compte"
    stranger = visitor()
    stranger.cookies["sessionid"] = "a" * 32
    stranger.post("/formulaire", {"nom": "Essai"})
    assert log_in(stranger).url == "/mon-compte"
    client.post("/deconnexion")
    client.post("/formulaire", {"nom": "x" * 200_000})
    assert log_in(client).url == "/mon-compte"


# The second factor


def test_money_asks_for_a_code_by_e_mail_then_goes_back(client, account, set_clock):
    log_in(client)
    asked = client.get("/argent?compte=1")
    assert asked.url == f"{CODE}?suite=%2Fargent%3Fcompte%3D1"
    assert "c•••@exemple.fr" in page_of(client.get(asked.url))
    sent = client.post(CODE, {"envoyer": "1", "suite": "/argent?compte=1"})
    assert "Le code part" in page_of(client.get(sent.url))
    code = code_received()
    assert "matricule" not in mail.outbox[-1].body + mail.outbox[-1].subject
    assert "0000354" not in mail.outbox[-1].body
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} ", "suite": "/argent?compte=1"}).url == "/argent?compte=1"
    assert client.get("/argent").content == b"0000354 Essai"
    assert not Code.objects.exists()
    set_clock(2026, 11, 25, 12, 16)
    assert client.get("/argent").status_code == 302


def test_a_form_of_money_is_kept_while_the_code_is_asked(client, account):
    log_in(client)
    assert client.post("/argent", {"iban": "FR76"}).url.startswith(CODE)
    client.post(CODE, {"envoyer": "1"})
    assert client.post(CODE, {"code": code_received()}).url == "/mon-compte/reprise"
    assert 'name="iban" value="FR76"' in page_of(client.get("/mon-compte/reprise"))
    assert not received


@pytest.mark.parametrize("why", ["forged", "expired", "replaced", "of another", "five tries"])
def test_a_code_that_is_not_good_confirms_nothing(client, account, set_clock, why):
    log_in(client)
    client.post(CODE, {"envoyer": "1"})
    code = code_received()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    if why == "forged":
        code = wrong
    elif why == "expired":
        set_clock(2026, 11, 25, 12, 16)
    elif why == "replaced":
        set_clock(2026, 11, 25, 12, 2)
        while acces.give_digits(account.personne_id) == code:
            Code.objects.all().delete()
    elif why == "of another":
        Code.objects.update(personne=dossier("0000001").personne_set.get())
    else:
        for _ in range(5):
            assert not acces.confirm(account, wrong)
    assert "ne convient pas" in page_of(client.post(CODE, {"code": code}))
    assert client.get("/argent").status_code == 302


def test_guesses_of_a_code_are_slowed(client, account):
    log_in(client)
    statuses = [client.post(CODE, {"code": f"{guess:06}"}).status_code for guess in range(7)]
    assert statuses == [200] * 6 + [429]


def test_an_application_gives_the_codes_once_each(client, account, set_clock):
    log_in(client)
    client.post(CODE, {"envoyer": "1"})
    client.post(CODE, {"code": code_received()})
    page = page_of(client.get(f"{SAFETY}/application"))
    secret = "".join(re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].split())
    assert "ne convient pas" in page_of(client.post(f"{SAFETY}/application", {"code": "abcdef"}))
    assert client.post(f"{SAFETY}/application", {"code": shown(secret)}).url == f"{SAFETY}?fait"
    account.refresh_from_db()
    assert secret not in account.totp_chiffre
    set_clock(2026, 11, 25, 12, 20)
    client.get("/mon-compte")
    set_clock(2026, 11, 25, 12, 40)
    assert client.get("/argent").status_code == 302
    assert "Recevoir un code" not in page_of(client.get(CODE))
    code = shown(secret)
    assert client.post(CODE, {"code": code}).url == "/mon-compte"
    account.refresh_from_db()
    assert not acces.confirm(account, code)  # replayed
    assert client.post(f"{SAFETY}/application", {"retirer": "1"}).url == f"{SAFETY}?fait"
    account.refresh_from_db()
    assert not account.totp_chiffre


def shown(secret):
    """What an application shows now."""
    now = clock.now().timestamp()
    import django_otp.oath

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_otp.oath, "time", lambda: now)
        return f"{totp(base64.b32decode(secret)):06}"


# Going elsewhere


@pytest.mark.parametrize(
    "address",
    [
        *("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example"),
        *("javascript:alert(1)", "http:elsewhere.example", "///elsewhere.example", "/\t/elsewhere.example"),
        *("https:///elsewhere.example", " //elsewhere.example", "elsewhere.example", "\x00//elsewhere.example", "/\r\nX: y"),
    ],
)
def test_no_page_leads_to_another_site(client, account, address):
    sent = {"identifiant": "0000354", "mot_de_passe": THEIR_PASSWORD, "suite": address}
    going = client.post("/connexion", sent).url
    assert going in ("/mon-compte", "/%0D%0AX:%20y")
    assert client.get("/connexion", {"suite": address}).url == going
    assert client.post(CODE, {"envoyer": "1", "suite": address}).url.startswith(CODE)


def test_devices_are_told_in_rough_words():
    from guichet.web.user_agents import device

    chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/140.0.0.0 Safari/537.36"
    assert device(chrome) == "Chrome, Windows"
    assert device(f"{chrome} Edg/140.0") == "Edge, Windows"
    assert device("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1") == "Safari, iPhone"
    assert device("\0" * 10_000) == ""


def test_a_page_without_cookie_asks_nothing_of_the_database(queries):
    request = RequestFactory().get("/mon-compte")
    with queries(0):
        assert identity.member(request) is None
