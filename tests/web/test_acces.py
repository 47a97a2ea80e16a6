"""Who may see each page: every address of the site is in this table, or the test fails."""

import re

import pytest
from visite import repond

from guichet.web.urls import urlpatterns

pytestmark = pytest.mark.django_db

EVERYBODY, THE_LINK = "everybody", "who has the link"
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
    "sitemap": EVERYBODY,
    "robots": EVERYBODY,
    "theme": EVERYBODY,
    "healthz": EVERYBODY,
    "metrics": EVERYBODY,  # the operator's proxy closes it
    "simulation": EVERYBODY,
    "simulation-debut-mois": EVERYBODY,
    "simulation-reprise": THE_LINK,
    "simulation-mois": THE_LINK,
    "simulation-recapitulatif": THE_LINK,
    "simulation-resultat": THE_LINK,
    "simulation-page": THE_LINK,
}
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def addresses(lien):
    """Every address, its `<parts>` filled with those of a draft."""
    _, _, genre, token = lien.split("/")
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        for part, said in (("genre", genre), ("lien", token), ("nom", "loyer"), ("slug", "rsa")):
            route = re.sub(rf"<\w+:{part}>", said, route)
        yield pattern.name, f"/{route}"


def test_every_address_says_who_may_see_it():
    assert {pattern.name for pattern in urlpatterns} == set(WHO)


def test_each_page_is_shown_to_whom_it_should(client):
    lien = repond(client)
    for nom, address in addresses(lien):
        assert client.get(address).status_code in (200, 302), nom
    for nom, address in addresses("/simulation/logement/" + "A" * 32):
        expected = (200,) if WHO[nom] == EVERYBODY else (404,)
        assert client.get(address).status_code in expected, nom


def test_each_page_is_protected(client):
    """A script, a frame or a form of elsewhere; a guess of the browser on what it receives; another site's referrer."""
    lien = repond(client)
    for nom, address in addresses(lien):
        headers = client.get(address).headers
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
        assert "Set-Cookie" not in headers, nom
