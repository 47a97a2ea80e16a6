"""A letter on paper: accessible, the same each time, and nothing typed is a command."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

import lettres
from guichet.documents.courriers import _printed, pdf
from guichet.domain.courriers.courrier import Genre, Liste, Paragraphe, Tableau, Titre, Verification, to_json

FAUTES = re.compile(r"'|\.\.\.| [;:!?»%€]|« |[{}]|\bde [aeiouéè]|\bno \d")


def lu(document):
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.fixture(scope="module")
def documents():
    return {genre: PdfReader(BytesIO(pdf(lettre()))) for genre, lettre in lettres.LETTRES.items()}


@pytest.mark.parametrize("genre", Genre)
def test_a_screen_reader_reads_it(documents, genre):
    document, courrier = documents[genre], lettres.LETTRES[genre]()
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("fr")
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert document.metadata.title.replace("\u00a0", " ") == courrier.objet.replace("'", "’").replace("\u00a0", " ")


@pytest.mark.parametrize("genre", Genre)
def test_all_that_the_letter_says_is_printed(documents, genre):
    courrier, texte = lettres.LETTRES[genre](), lu(documents[genre])
    emetteur, destinataire = lettres.EMETTEUR, lettres.DESTINATAIRE
    attendus = [courrier.objet, emetteur.caisse, emetteur.service, emetteur.contact, emetteur.signataire]
    attendus += [destinataire.nom, *destinataire.adresse, destinataire.matricule, "C-2026-000123", "Le 12 novembre 2026"]
    attendus += ["Document de démonstration, sans valeur", "Guichet, démonstration", "Page 1 / "]
    for bloc in courrier.corps:
        match bloc:
            case Titre(dit) | Paragraphe(dit):
                attendus.append(dit)
            case Liste(elements):
                attendus.extend(elements)
            case Tableau(entetes, lignes, total):
                attendus.extend(cellule for ligne in (entetes, *lignes, total) for cellule in ligne)
    sans_espaces = re.sub(r"\s", "", texte)
    manquent = [dit for dit in attendus if re.sub(r"\s", "", dit).replace("'", "’") not in sans_espaces]
    assert manquent == []


@pytest.mark.parametrize("genre", Genre)
def test_it_is_on_a4_and_counts_its_pages(documents, genre):
    pages = documents[genre].pages
    assert len(pages) <= 2
    for rang, page in enumerate(pages, 1):
        assert [round(float(cote) / 72 * 25.4) for cote in page.mediabox[2:]] == [210, 297]
        assert f"Page {rang} / {len(pages)}" in page.extract_text()


def test_an_attestation_prints_its_code_and_where_to_check_it(documents):
    for genre in (Genre.ATTESTATION_DE_PAIEMENT, Genre.ATTESTATION_DE_QUOTIENT_FAMILIAL):
        texte = lu(documents[genre])
        assert lettres.VERIFICATION.code in texte
        assert "guichet.example/verifier" in texte


def test_the_address_is_behind_the_window():
    """That of an envelope of 110 mm by 220 mm, the page folded in three: 45 to 85 mm from the top, at the right."""
    places = {}

    def visite(text, cm, tm, _font, _size):
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        places.setdefault(text.strip(), (x / 72 * 25.4, 297 - y / 72 * 25.4))

    PdfReader(BytesIO(pdf(lettres.indu()))).pages[0].extract_text(visitor_text=visite)
    for ligne in (lettres.DESTINATAIRE.nom, *lettres.DESTINATAIRE.adresse[:-1]):
        x, y = places[ligne]
        assert 105 <= x <= 120
        assert 45 <= y <= 85


@pytest.mark.parametrize("genre", [Genre.INDU, Genre.ATTESTATION_DE_PAIEMENT])
def test_the_same_letter_is_always_the_same_document(genre):
    assert pdf(lettres.LETTRES[genre]()) == pdf(lettres.LETTRES[genre]())


def test_a_real_caisse_prints_no_warning():
    enveloppe = replace(lettres.enveloppe(), emetteur=replace(lettres.EMETTEUR, site="Caisse d'ici", demonstration=False))
    texte = lu(PdfReader(BytesIO(pdf(replace(lettres.rappel(), enveloppe=enveloppe)))))
    assert "démonstration, sans valeur" not in texte
    assert "Caisse d’ici, référence C-2026-000123" in texte


def test_words_are_not_commands_of_the_letter():
    hostile = "#panic() *A* $x$ @b <c> [d] \\e // f"
    enveloppe = replace(lettres.enveloppe(), destinataire=replace(lettres.DESTINATAIRE, nom=hostile, adresse=(hostile,) * 5))
    blocs = (Titre(hostile), Paragraphe(hostile), Liste((hostile,)), Tableau((hostile,), ((hostile,),), (hostile,)))
    courrier = replace(lettres.rappel(), objet=hostile, enveloppe=enveloppe, corps=blocs)
    for verification in (None, Verification(hostile, hostile)):
        texte = lu(PdfReader(BytesIO(pdf(replace(courrier, verification=verification)))))
        assert texte.count("#panic() *A* $x$ @b") >= 10


@pytest.mark.parametrize("nom", ["李 😀", "\0\x1b[31m", "\ue000", "\u202ecba", "é" * 300, "Łukasz Ğ Ñandú Œ ŷ", "а\nб"])
def test_no_name_stops_a_letter(nom):
    enveloppe = replace(lettres.enveloppe(), destinataire=replace(lettres.DESTINATAIRE, nom=nom))
    document = PdfReader(BytesIO(pdf(replace(lettres.rappel(), enveloppe=enveloppe))))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Nous vous devons" in lu(document)


def test_long_letters_repeat_the_heads_of_their_tables():
    ligne = ("Allocations familiales", "mai 2026", "1,00 €")
    corps = (Tableau(("Prestation", "Mois", "Montant"), (ligne,) * 120, ("Total", "", "120,00 €"), chiffres=1),)
    pages = PdfReader(BytesIO(pdf(replace(lettres.rappel(), corps=corps)))).pages
    assert len(pages) >= 3
    assert all("Montant" in page.extract_text() for page in pages[:3])


@pytest.mark.parametrize("genre", Genre)
def test_letters_are_well_printed(genre):
    for bloc in _printed(to_json(lettres.LETTRES[genre]()))["corps"]:
        for dit in (bloc.get("texte", ""), *bloc.get("elements", ())):
            assert FAUTES.search(dit) is None, dit
