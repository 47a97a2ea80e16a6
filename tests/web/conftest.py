"""What the tests of pages share."""

import pytest

from fournisseur import CLIENT, SECRET, Fournisseur
from guichet.web.comptes import patience


@pytest.fixture
def tries(monkeypatch):
    """The seconds that tries of passwords and codes have waited, without waiting; the schedules of this test alone."""
    waited = []
    monkeypatch.setattr(patience.time, "sleep", waited.append)
    for schedule in (patience.ACCOUNTS, patience.ADDRESSES, patience.SHORT_CODES):
        monkeypatch.setattr(schedule, "_next", type(schedule._next)())
        monkeypatch.setattr(schedule, "clock", lambda: 1000.0)
    return waited


HERE = "http://127.0.0.1:8000"
"""The name of this site in `settings.BASE_URL`."""


@pytest.fixture(scope="session")
def running_provider():
    pages = ("retour", "fin")
    provider = Fournisseur(*(f"{HERE}{prefix}/connexion/franceconnect/{page}" for prefix in ("", "/en") for page in pages))
    yield provider
    provider.stop()


@pytest.fixture
def provider(running_provider, settings):
    """A provider that this site takes for FranceConnect, which knows one person (`fournisseur.CLAIRE`)."""
    settings.FRANCECONNECT_URL, settings.FRANCECONNECT_CLIENT_ID = running_provider.url, CLIENT
    settings.FRANCECONNECT_CLIENT_SECRET = SECRET
    running_provider.twists.clear()
    running_provider.asked.clear()
    running_provider.knows()
    running_provider.forgive()
    return running_provider
