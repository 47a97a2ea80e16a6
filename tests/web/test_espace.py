"""Mon compte: what an allocataire reads of their file, and what each page costs."""

import gzip
import json

import pytest
from visite import dit

from dossiers import connecte, dossier
from guichet.records import lectures
from histoires import FAMILLE, REFUSE, SANS_DROIT, paye_et_corrige, refuse, sans_droit

pytestmark = pytest.mark.django_db
PAGES = ("", "/situation", "/paiements", "/paiements/2026-11-05", "/paiements/2026-12-04", "/ressources", "/demarches")
QUERIES, BYTES = 8, 12_000


@pytest.fixture
def read(client):
    client.budget = QUERIES

    def page(address="", matricule=FAMILLE, root=""):
        if "sessionid" not in client.cookies:
            client.budget = 10
            connecte(client, matricule)
            client.budget = QUERIES
        answer = client.get(f"{root}/mon-compte{address}")
        assert answer.status_code == 200, address
        assert len(gzip.compress(answer.content)) < BYTES, address
        return dit(answer)

    return page


def test_what_matters_first(read, tmp_path):
    paye_et_corrige(tmp_path)
    home = read()
    print(home)
    for page in PAGES:
        read(page)


def test_refused(read, tmp_path):
    refuse(tmp_path)
    print(read("", REFUSE))


def test_nothing(read):
    sans_droit()
    print(read("", SANS_DROIT))
