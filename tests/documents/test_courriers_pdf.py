"""A letter on paper: accessible, the same each time, and nothing typed is a command."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

import letters
from guichet.documents.courriers import _printed, pdf
from guichet.domain.courriers.courrier import Genre, Liste, Paragraphe, Tableau, Titre, Verification, to_json

FAULTS = re.compile(r"'|\.\.\.| [;:!?»%€]|« |[{}]|\bde [aeiouéè]|\bno \d")


def text_of(document):
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.fixture(scope="module")
def documents():
    return {genre: PdfReader(BytesIO(pdf(letter()))) for genre, letter in letters.BY_GENRE.items()}


@pytest.mark.parametrize("genre", Genre)
def test_a_screen_reader_reads_it(documents, genre):
    document, courrier = documents[genre], letters.BY_GENRE[genre]()
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("fr")
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert document.metadata.title.replace("\u00a0", " ") == courrier.objet.replace("'", "’").replace("\u00a0", " ")


@pytest.mark.parametrize("genre", Genre)
def test_all_that_the_letter_says_is_printed(documents, genre):
    courrier, text = letters.BY_GENRE[genre](), text_of(documents[genre])
    emetteur, destinataire = letters.EMETTEUR, letters.DESTINATAIRE
    expected = [courrier.objet, emetteur.caisse, emetteur.service, emetteur.contact, emetteur.signataire]
    expected += [destinataire.nom, *destinataire.adresse, destinataire.matricule, "C-2026-000123", "Le 12 novembre 2026"]
    expected += ["Document de démonstration, sans valeur", "Guichet, démonstration", "Page 1 / "]
    for block in courrier.corps:
        match block:
            case Titre(sentence) | Paragraphe(sentence):
                expected.append(sentence)
            case Liste(elements):
                expected.extend(elements)
            case Tableau(entetes, lignes, total):
                expected.extend(cell for line in (entetes, *lignes, total) for cell in line)
    without_spaces = re.sub(r"\s", "", text)
    missing = [sentence for sentence in expected if re.sub(r"\s", "", sentence).replace("'", "’") not in without_spaces]
    assert missing == []


@pytest.mark.parametrize("genre", Genre)
def test_it_is_on_a4_and_counts_its_pages(documents, genre):
    pages = documents[genre].pages
    assert len(pages) <= 2
    for rank, page in enumerate(pages, 1):
        assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
        assert f"Page {rank} / {len(pages)}" in page.extract_text()


def test_an_attestation_prints_its_code_and_where_to_check_it(documents):
    for genre in (Genre.ATTESTATION_DE_PAIEMENT, Genre.ATTESTATION_DE_QUOTIENT_FAMILIAL):
        text = text_of(documents[genre])
        assert letters.VERIFICATION.code in text
        assert "guichet.example/verifier" in text


def test_the_address_is_behind_the_window():
    """That of an envelope of 110 mm by 220 mm, the page folded in three: 45 to 85 mm from the top, at the right."""
    places = {}

    def visited(text, cm, tm, _font, _size):
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        places.setdefault(text.strip(), (x / 72 * 25.4, 297 - y / 72 * 25.4))

    PdfReader(BytesIO(pdf(letters.indu()))).pages[0].extract_text(visitor_text=visited)
    for line in (letters.DESTINATAIRE.nom, *letters.DESTINATAIRE.adresse[:-1]):
        x, y = places[line]
        assert 105 <= x <= 120
        assert 45 <= y <= 85


@pytest.mark.parametrize("genre", [Genre.INDU, Genre.ATTESTATION_DE_PAIEMENT])
def test_the_same_letter_is_always_the_same_document(genre):
    assert pdf(letters.BY_GENRE[genre]()) == pdf(letters.BY_GENRE[genre]())


def test_a_real_caisse_prints_no_warning():
    enveloppe = replace(letters.enveloppe(), emetteur=replace(letters.EMETTEUR, site="Caisse d'ici", demonstration=False))
    text = text_of(PdfReader(BytesIO(pdf(replace(letters.rappel(), enveloppe=enveloppe)))))
    assert "démonstration, sans valeur" not in text
    assert "Caisse d’ici, référence C-2026-000123" in text


def test_words_are_not_commands_of_the_letter():
    hostile = "#panic() *A* $x$ @b <c> [d] \\e // f"
    enveloppe = replace(letters.enveloppe(), destinataire=replace(letters.DESTINATAIRE, nom=hostile, adresse=(hostile,) * 5))
    blocks = (Titre(hostile), Paragraphe(hostile), Liste((hostile,)), Tableau((hostile,), ((hostile,),), (hostile,)))
    courrier = replace(letters.rappel(), objet=hostile, enveloppe=enveloppe, corps=blocks)
    for verification in (None, Verification(hostile, hostile)):
        text = text_of(PdfReader(BytesIO(pdf(replace(courrier, verification=verification)))))
        assert text.count("#panic() *A* $x$ @b") >= 10


@pytest.mark.parametrize("nom", ["李 😀", "\0\x1b[31m", "\ue000", "\u202ecba", "é" * 300, "Łukasz Ğ Ñandú Œ ŷ", "а\nб"])
def test_no_name_stops_a_letter(nom):
    enveloppe = replace(letters.enveloppe(), destinataire=replace(letters.DESTINATAIRE, nom=nom))
    document = PdfReader(BytesIO(pdf(replace(letters.rappel(), enveloppe=enveloppe))))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Nous vous devons" in text_of(document)


def test_long_letters_repeat_the_heads_of_their_tables():
    line = ("Allocations familiales", "mai 2026", "1,00 €")
    corps = (Tableau(("Prestation", "Mois", "Montant"), (line,) * 120, ("Total", "", "120,00 €"), chiffres=1),)
    pages = PdfReader(BytesIO(pdf(replace(letters.rappel(), corps=corps)))).pages
    assert len(pages) >= 3
    assert all("Montant" in page.extract_text() for page in pages[:3])


@pytest.mark.parametrize("genre", Genre)
def test_letters_are_well_printed(genre):
    for block in _printed(to_json(letters.BY_GENRE[genre]()))["corps"]:
        rows = (block.get("entetes", ()), *block.get("lignes", ()), block.get("total", ()))
        for sentence in (block.get("texte", ""), *block.get("elements", ()), *(cell for row in rows for cell in row)):
            assert FAULTS.search(sentence) is None, sentence
