"""The search forgives what people do to words."""

import pytest
from visit import page_of

from guichet.web.recherche.index import entries, search


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("APL", "Aide au logement (APL, ALF, ALS)"),
        ("apl", "Aide au logement (APL, ALF, ALS)"),
        ("handicapé", "Allocation aux adultes handicapés (AAH)"),
        ("ALLOCATION FAMILIALE", "Allocations familiales (AF)"),
        ("allocations familialles", "Allocations familiales (AF)"),
        ("grosesse", "Prime à la naissance (Paje)"),
        ("je suis enceinte", "Prime à la naissance (Paje)"),
        ("rentree", "Allocation de rentrée scolaire (ARS)"),
        ("nounou", "Complément de libre choix du mode de garde (CMG)"),
        ("prime d'activité", "Prime d'activité (PPA)"),
        ("10840", "Cerfa 10840*05, Demande d'aide au logement"),
        ("cerfa 12324*04", "Cerfa 12324*04, Demande de complément de libre choix d'activité"),
        ("cookies", "Vos données"),
        ("pension alimentaire impayee", "Allocation de soutien familial (ASF)"),
        ("quotien familial", "Quotient familial (QF)"),
        ("déménagement", "Mes questions"),
        ("bourse", "Bourse d'études"),
        ("cheque energie", "Chèque énergie"),
        ("mot de passe", "Mot de passe oublié"),
        ("connexion", "Se connecter à mon compte"),
        ("attestation", "Mes attestations"),
        ("mes paiements", "Mes paiements"),
        ("A.P.L.", "Aide au logement (APL, ALF, ALS)"),
        ("remboursement", "Mes paiements"),
        ("quand suis-je payé", "Mes paiements"),
        ("changer de RIB", "Mes questions"),
        ("supprimer mon compte", "Mes données"),
        ("horaires", "Aide"),
        ("numéro de téléphone", "Aide"),
        ("veuve", "Allocation de soutien familial (ASF)"),
        ("réfugié", "Revenu de solidarité active (RSA)"),
        ("mutuelle", "Complémentaire santé solidaire, indemnités journalières"),
        ("prime de noel", "Prime de Noël"),
        ("fsl", "Loyers, factures ou entrée dans un logement"),
    ],
)
def test_what_is_found_first(query, first):
    """But for a simulator, which may come before."""
    assert first in [entry.title for entry in search(query)[:2]]


@pytest.mark.parametrize("query", ["", " ", "de la", "je voudrais savoir", "!!", "zzzz", "x" * 200, "بحث"])
def test_what_finds_nothing(query):
    assert search(query) == []


def test_every_entry_is_found_by_its_title():
    for entry in entries():
        assert entry in search(entry.title), entry.title


def test_the_page_of_what_is_found_and_of_what_is_not(client):
    client.budget = 0
    page = page_of(client.get("/recherche?q=nounou"))
    assert "Une réponse pour « nounou »" in page
    assert "/prestations/complement-de-garde" in page
    page = page_of(client.get("/recherche?q=zzzz"))
    assert "Rien pour « zzzz »" in page
    assert "/prestations/rsa" in page  # somewhere to go
    assert "Les accents" in page_of(client.get("/recherche"))
