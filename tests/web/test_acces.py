"""Who may see each page: every address of the site is in this table, or the test fails."""

import re
from uuid import uuid4

import pytest
from django.urls import URLResolver
from visite import repond

import lettres
from dossiers import compte, connecte, dossier
from guichet import horloge
from guichet.operations import saisines
from guichet.records import courriers
from guichet.web.urls import urlpatterns

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


def routes(patterns, prefix="", namespace=""):
    """The name and the route of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, f"{prefix}{pattern.pattern}", inside)
        else:
            yield f"{namespace}{pattern.name}", f"{prefix}{pattern.pattern}"


def addresses(lien, **keys):
    """Every address, its `<parts>` filled with those of a draft, and `keys`."""
    _, _, genre, token = lien.split("/")
    parts = {"genre": genre, "autre": genre, "lien": token, "nom": "loyer", "slug": "rsa", "insee": "35238"}
    parts |= {"lettre": "a", "question": "a", "sujet": "logement", "jour": "2026-12-04"} | keys
    for nom, route in routes(urlpatterns):
        of_route = parts | ({"slug": "simulations-par-genre"} if route.startswith("statistiques") else {})
        yield nom, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part, of_route=of_route: of_route[part[1]], route)


def ask(client, nom, address):
    return client.post(address) if nom in SENT else client.get(address)


def test_every_address_says_who_may_see_it():
    assert {nom for nom, _ in routes(urlpatterns)} == set(WHO)


def test_each_page_is_shown_to_whom_it_should(client, shown_e_mails):
    lien = repond(client)
    for nom, address in addresses(lien):
        # The API has something to say of an empty question.
        expected = {NOBODY: (404,), WHERE_IT_IS_SET: (404,), A_TOWN: (401,)}.get(WHO[nom], (200, 302, 422))
        assert ask(client, nom, address).status_code in expected, nom
    for nom, address in addresses("/simulation/logement/" + "A" * 32):
        known = (200, 302, 422) if WHO[nom] in (EVERYBODY, *MEMBERS) else (404,)
        expected = (401,) if WHO[nom] == A_TOWN else known
        assert ask(client, nom, address).status_code in expected, nom


def test_pages_of_an_account_are_its_owner_s_alone(client, visitor):
    """Nobody, a former session and a forged one are led to the login; another allocataire sees nothing of it."""
    ours, theirs = dossier("0000354"), dossier("0000001")
    ours.personne_set.update(nom="Ferrand")
    owner = compte(ours)
    compte(theirs)
    other, former, forged = visitor(), visitor(), visitor()
    connecte(client, "0000354")
    connecte(other, "0000001")
    connecte(former, "0000354")
    kept = former.cookies["sessionid"].value
    former.post("/deconnexion")
    former.cookies["sessionid"] = kept
    forged.cookies["sessionid"] = "../../etc/passwd"
    letter = courriers.garde(ours.pk, lettres.rappel(), horloge.maintenant())
    question = saisines.demande(owner, uuid4(), "autre", "Pourquoi ?")
    keys = {"lettre": str(letter.cle), "question": str(question.cle)}
    pages = [(nom, address) for nom, address in addresses("/simulation/rsa/x", **keys) if WHO[nom] in MEMBERS]
    for nom, address in pages:
        for stranger in (visitor(), former, forged):
            for response in (stranger.get(address), stranger.post(address, {"fermer": "autres"})):
                assert response.status_code == 302, nom
                assert response.url.startswith("/connexion?suite="), nom
                assert not response.content, nom
        seen = other.get(address)
        assert "Ferrand" not in seen.content.decode(), nom
        assert seen.status_code == 404 or not any(key in address for key in keys.values()), nom
        response = client.get(address)
        second = WHO[nom] == MONEY
        assert response.status_code == (302 if second or nom == "reprise" else 200), nom
        assert not second or response.url.startswith("/mon-compte/code?suite="), nom
    assert "Ferrand" in client.get("/mon-compte").content.decode()


def test_each_page_is_protected(client, shown_e_mails):
    """A script, a frame or a form of elsewhere; a guess of the browser on what it receives; another site's referrer."""
    lien = repond(client)
    for nom, address in addresses(lien):
        headers = ask(client, nom, address).headers
        assert HEADERS.items() <= dict(headers).items(), nom
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        for word in ("unsafe", "script-src", "*"):
            assert word not in policy
        assert headers["Referrer-Policy"] in ("no-referrer", "same-origin"), nom
        if WHO[nom] == THE_LINK:
            assert headers["Referrer-Policy"] == "no-referrer", nom
            assert headers["Cache-Control"] == "no-store", nom
            assert headers["X-Robots-Tag"] == "noindex, nofollow", nom
        if WHO[nom] in MEMBERS or nom in GIVES_A_COOKIE:
            assert headers["Cache-Control"] == "no-store", nom
        assert not client.cookies or nom in GIVES_A_COOKIE, nom
        client.cookies.clear()
