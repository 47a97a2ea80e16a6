"""Who may see each page: every address of the site is in this table, or the test fails."""

from collections import Counter
from datetime import date
from uuid import uuid4

import pytest
from django.urls import LocalePrefixPattern
from routes import addresses, routes
from visit import answer_all

import letters
from dossiers import OTHER_IBAN, compte, dossier, instant, log_in
from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, CompteBancaire, Fait, Genre
from guichet.domain.identifiants import Nir
from guichet.operations import saisines
from guichet.records import acces, courriers, faits
from guichet.records.acces import Compte
from guichet.web import identity
from guichet.web.urls import urlpatterns
from histories import FAMILLE, REFUSED, tell

pytestmark = pytest.mark.django_db

EVERYBODY, THE_LINK, NOBODY = "everybody", "who has the link", "nobody: it shows nothing"
WHERE_IT_IS_SET = "everybody, where FranceConnect is set (see test_franceconnect.py); nobody elsewhere"
OWNER, MONEY = "who is logged in", "who is logged in, and has given a second factor"
A_TOWN = "a town, by its token, what its scopes open (see test_jetons)"
WHO = {
    "accueil": EVERYBODY,
    "prestations": EVERYBODY,
    "prestation": EVERYBODY,
    "recherche": EVERYBODY,
    "formulaires": EVERYBODY,
    "aide": EVERYBODY,
    "plan": EVERYBODY,
    "accessibilite": EVERYBODY,
    "confidentialite": EVERYBODY,
    "a-propos": EVERYBODY,
    "statistiques": EVERYBODY,
    "statistiques-methode": EVERYBODY,
    "statistiques-graphique": EVERYBODY,
    "statistiques-csv": EVERYBODY,
    "sitemap": EVERYBODY,
    "robots": EVERYBODY,
    "theme": EVERYBODY,
    "healthz": EVERYBODY,
    "metrics": EVERYBODY,  # the operator's proxy closes it
    "api-documentation": EVERYBODY,
    "api:openapi-json": EVERYBODY,
    "api:simulate": EVERYBODY,
    "api:communes": EVERYBODY,
    "api:commune": EVERYBODY,
    "api:api-root": NOBODY,
    "particulier:openapi-json": EVERYBODY,
    "particulier:quotient_familial": A_TOWN,
    "particulier:api-root": NOBODY,
    "simulation": EVERYBODY,
    "simulation-debut-mois": EVERYBODY,
    "simulation-reprise": THE_LINK,
    "simulation-mois": THE_LINK,
    "simulation-recapitulatif": THE_LINK,
    "simulation-resultat": THE_LINK,
    "simulation-pdf": THE_LINK,
    "simulation-ailleurs": THE_LINK,
    "simulation-avis": THE_LINK,
    "simulation-page": THE_LINK,
    "connexion": EVERYBODY,
    "premier-acces": EVERYBODY,
    "oubli": EVERYBODY,
    "oubli-lien": EVERYBODY,  # the link is in what is sent
    "nouveau-mot-de-passe": EVERYBODY,  # a code is in the session
    "deconnexion": EVERYBODY,
    "franceconnect": WHERE_IT_IS_SET,
    "franceconnect-retour": WHERE_IT_IS_SET,
    "franceconnect-fin": WHERE_IT_IS_SET,
    "demonstration-courriels": EVERYBODY,  # of a demonstration
    "mon-compte": OWNER,
    "situation": OWNER,
    "correction": OWNER,
    "paiements": OWNER,
    "paiement": OWNER,
    "ressources": OWNER,
    "demarches": OWNER,
    "reprise": OWNER,
    "code": OWNER,
    "securite": OWNER,
    "mot-de-passe": OWNER,
    "application": MONEY,
    "courriers": OWNER,
    "courrier": OWNER,
    "courrier-pdf": OWNER,
    "contester": OWNER,
    "attestations": OWNER,
    "questions": OWNER,
    "question-nouvelle": OWNER,
    "question": OWNER,
    "donnees": OWNER,
    "donnees-lues": OWNER,
    "donnees-json": OWNER,
    "donnees-completes": MONEY,
    "fermeture": MONEY,
    "verifier": EVERYBODY,  # with a code, what an attestation says
}
MEMBERS = (OWNER, MONEY)
GIVES_A_COOKIE = {"connexion", "premier-acces", "oubli", "oubli-lien"}
SENT = {"simulation-ailleurs", "api:simulate", "deconnexion"}
"""What is sent and not read."""
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def ask(client, name, address):
    return client.post(address) if name in SENT else client.get(address)


def test_every_address_says_who_may_see_it():
    assert {name for name, _ in routes(urlpatterns)} == set(WHO)


def test_each_page_is_shown_to_whom_it_should(client, shown_e_mails):
    link = answer_all(client)
    for name, address in addresses(link):
        # The API has something to say of an empty question.
        expected = {NOBODY: (404,), WHERE_IT_IS_SET: (404,), A_TOWN: (401,)}.get(WHO[name], (200, 302, 422))
        assert ask(client, name, address).status_code in expected, name
    for name, address in addresses("/simulation/logement/" + "A" * 32):
        known = (200, 302, 422) if WHO[name] in (EVERYBODY, *MEMBERS) else (404,)
        expected = (401,) if WHO[name] == A_TOWN else known
        assert ask(client, name, address).status_code in expected, name


ENDS = ("deconnexion", "fermeture")
"""What ends a session when it is sent: last."""


@pytest.fixture
def told(tmp_path, monkeypatch):
    """A file with payments, a letter, a question, a NIR: the parts of its own addresses, and what is in it alone.

    A second factor is taken as given, by anybody: it protects nothing here.
    """
    monkeypatch.setattr(identity, "is_confirmed", lambda request: True)
    ours = tell(tmp_path)[FAMILLE]
    owner = Compte.objects.get(dossier=ours)
    owner.personne.nir, owner.personne.nom = Nir.parse("2900599990001" + f"{97 - 2900599990001 % 97:02d}"), "Ferrand"
    owner.personne.save()
    account = Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire("Claire Ferrand", OTHER_IBAN), date(2026, 11, 20))
    faits.learn(ours.pk, [account], instant(2026, 11, 20))
    letter = courriers.keep(ours.pk, letters.indu(prestations=(Prestation.RSA,)), clock.now())
    question = saisines.ask(owner, uuid4(), "autre", "Pourquoi cette somme-là ?")
    keys = {"lettre": str(letter.cle), "question": str(question.cle), "jour": "2026-11-05"}
    words = ["Ferrand", "Lou Essai", FAMILLE, "12 rue de l", "claire@exemple.fr", "Habitat d", "Pourquoi cette somme-là"]
    amounts = ["825,23", "825.23", "763,91", "88,32", "1\u202f635,71"]
    return keys, [*words, *amounts, owner.personne.nir, OTHER_IBAN]


def in_english(pages):
    """Those that have an English side, there."""
    (translated,) = (pattern for pattern in urlpatterns if isinstance(pattern.pattern, LocalePrefixPattern))
    names = {name for name, _ in routes([translated])}
    return [(name, f"/en{address}") for name, address in pages if name in names]


def received(response):
    """All that a browser gets, but for the address that it asked for."""
    body = b"".join(response) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name != "Location"}
    return f"{body.decode(errors='replace')} {headers}"


def test_pages_of_an_account_are_its_owner_s_alone(client, visitor, told, tries, shown_e_mails, record_property):
    """Every address, in both languages, read and sent to: nobody, a session that has ended, a forged one and one whose
    account is closed are led to the login; another allocataire sees nothing of it."""
    keys, secrets = told
    pages = list(addresses(answer_all(visitor()), **keys))
    pages = sorted([*pages, *in_english(pages)], key=lambda page: page[0] in ENDS)
    log_in(client, FAMILLE)
    own = "".join(received(client.get(address)) for name, address in pages if WHO[name] in MEMBERS)
    assert [secret for secret in secrets if secret not in own] == []
    former, other = visitor(), visitor()
    log_in(former, FAMILLE)
    ended = former.cookies["sessionid"].value
    former.post("/deconnexion")
    log_in(other, REFUSED)

    def with_session(key):
        stranger = visitor()
        stranger.cookies["sessionid"] = key
        return stranger

    def sweep(role, who):
        for name, address in pages:
            for method in ("get", "post"):
                response = getattr(who(), method)(address)
                tried[role] += 1
                assert response.status_code < 500, (role, address)
                assert [secret for secret in secrets if secret in received(response)] == [], (role, method, address)
                if response.status_code == 405:  # only read, or only sent to (see test_methods.py)
                    assert (method == "get") == (name in SENT), (role, method, address)
                elif role != "another allocataire" and WHO[name] in MEMBERS:
                    assert response.status_code == 302, (role, address)
                    assert response.url.removeprefix("/en").startswith("/connexion?suite="), (role, address)
                    assert not response.content, (role, address)
                elif keys["lettre"] in address or keys["question"] in address:
                    assert response.status_code in (404, 405), (role, address)

    tried = Counter()
    sweep("nobody", visitor)
    sweep("a former session", lambda: with_session(ended))
    sweep("a forged session", lambda: with_session("../../etc/passwd"))
    sweep("another allocataire", lambda: other)
    acces.close(Compte.objects.get(dossier__matricule=FAMILLE))
    still = client.cookies["sessionid"].value
    sweep("a closed account", lambda: with_session(still))
    record_property("addresses", len(pages))
    record_property("roles", len(tried))
    record_property("requests", tried.total())


def test_a_second_factor_is_asked_where_money_or_contact_moves(client):
    compte(dossier())
    log_in(client)
    behind = {name: client.get(address) for name, address in addresses("/simulation/rsa/x") if WHO[name] == MONEY}
    assert set(behind) == {"application", "donnees-completes", "fermeture"}
    for name, response in behind.items():
        assert response.url.startswith("/mon-compte/code?suite="), name


def test_each_page_is_protected(client, shown_e_mails):
    """A script, a frame or a form of elsewhere; a guess of the browser on what it receives; another site's referrer."""
    link = answer_all(client)
    for name, address in addresses(link):
        headers = ask(client, name, address).headers
        assert HEADERS.items() <= dict(headers).items(), name
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        for word in ("unsafe", "script-src", "*"):
            assert word not in policy
        assert headers["Referrer-Policy"] in ("no-referrer", "same-origin"), name
        if WHO[name] == THE_LINK:
            assert headers["Referrer-Policy"] == "no-referrer", name
            assert headers["Cache-Control"] == "no-store", name
            assert headers["X-Robots-Tag"] == "noindex, nofollow", name
        if WHO[name] in MEMBERS or name in GIVES_A_COOKIE:
            assert headers["Cache-Control"] == "no-store", name
        assert not client.cookies or name in GIVES_A_COOKIE, name
        client.cookies.clear()
