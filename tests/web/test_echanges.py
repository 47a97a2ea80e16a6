"""Letters, attestations, questions, contests and data: read by their owner alone, kept once, with nothing lost."""

import json
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from test_english import FRENCH, KEPT, Texts, plain
from visit import page_of

import letters
from dossiers import IBAN, OTHER_IBAN, SINCE, compte, dossier, instant, log_in, personne
from guichet import clock
from guichet.domain.courriers import verification
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, Bailleur, Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.identifiants import Nir
from guichet.domain.saisines import LONGEST
from guichet.domain.vocabulaire import Mois
from guichet.records import courriers, faits, grand_livre
from guichet.records.courriers import Courrier
from guichet.records.saisines import Message, Saisine
from guichet.records.sessions import Session
from guichet.web import identity
from guichet.web.courriers import attestations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tries")]
LETTERS, QUESTIONS, NEW = "/mon-compte/courriers", "/mon-compte/questions", "/mon-compte/questions/nouvelle"
CERTIFIED, DATA, CHECK = "/mon-compte/attestations", "/mon-compte/donnees", "/verifier"
WRITTEN = 19
"""Queries of a contest: a letter, its e-mail, an overpayment and a message are written at once, with savepoints."""
NIR = Nir.parse("2 90 05 99 990 001 " + str(97 - 2900599990001 % 97).zfill(2))
PAGES = [
    *(LETTERS, CERTIFIED, QUESTIONS, NEW, DATA, f"{DATA}/lire", f"{DATA}/donnees.json"),
    *(f"{LETTERS}/{{letter}}", f"{LETTERS}/{{letter}}.pdf", f"{LETTERS}/{{letter}}/contester", f"{QUESTIONS}/{{question}}"),
]


@pytest.fixture
def account():
    file = dossier()
    claire = file.personne_set.get()
    claire.nir = NIR
    claire.save()
    return compte(file)


@pytest.fixture
def letter(account):
    told = letters.indu(date(2026, 11, 20), (Prestation.AF, Prestation.RSA))
    return courriers.keep(account.dossier_id, told, clock.now())


@pytest.fixture
def inside(client, account):
    log_in(client)
    return client


@pytest.fixture
def confirmed(monkeypatch):
    monkeypatch.setattr(identity, "is_confirmed", lambda request: True)


def asks(client, text="Pourquoi ?", **more):
    return client.post(NEW, {"sujet": "paiement", "texte": text, "cle": str(uuid4()), **more})


# Letters


def test_a_letter_is_read_and_that_is_kept_and_said(inside, letter):
    page = page_of(inside.get(LETTERS))
    assert "pas encore lue" in page
    assert inside.head(f"{LETTERS}/{letter.cle}").status_code == 200
    inside.get(f"{LETTERS}/{letter.cle}", headers={"sec-purpose": "prefetch"})
    assert Courrier.objects.get().lu_le is None
    page = page_of(inside.get(f"{LETTERS}/{letter.cle}"))
    assert "Vous avez ouvert cette lettre pour la première fois le 25 novembre 2026" in page.replace("\xa0", " ")
    assert "jusqu’au 25 janvier 2027" in page.replace("\xa0", " ")
    for words in ("1 635,71", "CSS, art. R133-9-2", "Comment rembourser"):
        assert words.replace(" ", "\u202f") in page or words in page.replace("\xa0", " "), words
    assert Courrier.objects.get().lu_le == clock.now()
    assert "pas encore lue" not in page_of(inside.get(LETTERS))


def test_a_letter_opened_after_its_delay_says_so_and_what_the_delay_is_counted_from(client, letter, set_clock):
    set_clock(2027, 3, 1)
    log_in(client)
    page = page_of(client.get(f"{LETTERS}/{letter.cle}")).replace("\xa0", " ")
    assert "le délai pour contester s’est terminé le 2 février 2027" in page
    assert "prouver ce jour" in page
    assert "vous pouvez contester jusqu’au" not in page
    contest = page_of(client.get(f"{LETTERS}/{letter.cle}/contester")).replace("\xa0", " ")
    assert "depuis le 2 décembre 2026, une semaine après l’envoi" in contest
    assert "Vous pouvez encore envoyer votre contestation" in contest


def test_a_delay_is_counted_from_the_reading_when_it_came_before_the_post(inside, letter):
    inside.get(f"{LETTERS}/{letter.cle}")
    page = page_of(inside.get(f"{LETTERS}/{letter.cle}/contester")).replace("\xa0", " ")
    assert "depuis le 25 novembre 2026, jour où vous avez ouvert la lettre" in page


def test_a_letter_is_the_same_as_a_document(inside, letter):
    response = inside.get(f"{LETTERS}/{letter.cle}.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'filename="indu-2026-11-20.pdf"' in response.headers["Content-Disposition"]
    document = PdfReader(BytesIO(response.content))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "de trop" in document.metadata.title
    assert Courrier.objects.get().lu_le is not None


def test_what_is_read_and_taken_is_counted_without_saying_who(inside, letter, folders):
    for page in (LETTERS, f"{LETTERS}/{letter.cle}.pdf"):
        inside.get(page)
        inside.head(LETTERS)
    events = [json.loads(line) for file in folders.events.glob("*.jsonl") for line in file.read_text().splitlines()]
    assert [(e["event"], e["kind"]) for e in events] == [("rubrique", "courriers"), ("telechargement", "courriers")]
    assert all(str(letter.dossier.cle) not in str(event) for event in events)


def test_a_long_list_has_pages(inside, account):
    for rank in range(41):
        courriers.keep(account.dossier_id, letters.rappel(), clock.now(), str(rank))
    assert "Plus anciens" in page_of(inside.get(LETTERS))
    for page in ("2", "0", "-1", "9" * 5000, "x", "٣", ""):
        assert inside.get(LETTERS, {"page": page}).status_code == 200


# Who may see


@pytest.fixture
def question(account, visitor):
    client = visitor()
    log_in(client)
    asks(client)
    return Saisine.objects.get()


def test_nothing_of_it_is_shown_to_others(visitor, account, letter, question):
    parts = {"letter": letter.cle, "question": question.cle}
    other = visitor()
    compte(dossier("0000355"))
    log_in(other, "0000355")
    for address in (page.format(**parts) for page in PAGES):
        asked = visitor().get(address)
        assert asked.url.startswith("/connexion"), address
        response = other.get(address)
        assert response.status_code == (404 if str(letter.cle) in address or str(question.cle) in address else 200), address
        for secret in ("0000354", "635,71", "Pourquoi ?", IBAN):
            assert secret not in response.content.decode(), address
        if "contester" in address or "questions/" in address:
            assert other.post(address, {"texte": "Non.", "quoi": "commission"}).status_code in (200, 404)
    assert Message.objects.count() == 1


def test_a_key_that_is_none_is_not_found(inside, letter):
    for key in ("x", "0" * 32, str(letter.cle)[:-1], "1", "-", "a" * 3000):
        for page in (f"{LETTERS}/{key}", f"{LETTERS}/{key}.pdf", f"{LETTERS}/{key}/contester", f"{QUESTIONS}/{key}"):
            assert inside.get(page).status_code == 404, page


def test_who_lives_there_reads_but_is_not_the_addressee_and_who_has_left_sees_no_more(client, account, letter):
    other = personne(account.dossier, "Essai", "Dominique", date(1988, 1, 1))
    other.nir = Nir.parse("1880199990002" + str(97 - 1880199990002 % 97).zfill(2))
    other.save()
    compte(account.dossier, other, titulaire=False)
    present = Fait(Genre.PRESENCE, other.pk, Presence(Role.CONJOINT), SINCE)
    faits.note(account.dossier_id, [present], instant(2024, 1, 2))
    log_in(client, other.nir)
    page = client.get(f"{LETTERS}/{letter.cle}")
    assert "Contester" not in page_of(page)
    assert Courrier.objects.get().lu_le is None
    assert client.get(f"{LETTERS}/{letter.cle}/contester").status_code == 404
    assert client.get(CERTIFIED).status_code == 200
    read = client.get(f"{DATA}/donnees.json").json()
    assert IBAN not in str(read)
    assert not any(fait["qui"] == "Claire Essai" and fait["quoi"] != "presence" for fait in read["faits"])

    gone = Fait(Genre.PRESENCE, other.pk, Presence(Role.CONJOINT, motif="separation"), SINCE, date(2026, 11, 1))
    faits.Fait.objects.filter(personne=other).update(connu=(instant(2024, 1, 2), instant(2026, 11, 2)))
    faits.note(account.dossier_id, [gone], instant(2026, 11, 2))
    assert client.get(f"{LETTERS}/{letter.cle}").status_code == 404
    for page in (
        CERTIFIED,
        *(f"/mon-compte{name}" for name in ("", "/situation", "/paiements", "/demarches", "/ressources")),
    ):
        assert client.get(page).url == LETTERS, page
    read = client.get(f"{DATA}/donnees.json").json()
    assert "comptes" not in read
    assert "Claire" not in str(read)


# Attestations


@pytest.fixture
def computed(account):
    month = Mois(2026, 10)
    rights = {Prestation.QUOTIENT_FAMILIAL: 512, Prestation.PPA: 200}
    grand_livre.record_liquidations([(account.dossier_id, month, rights)], [{}], instant(2026, 11, 2))


def test_an_attestation_is_made_kept_and_checked_by_anybody(inside, computed, visitor):
    inside.budget = WRITTEN
    sent = {"attestation": "quotient", "mois": "2026-10"}
    made = inside.post(CERTIFIED, sent)
    assert inside.post(CERTIFIED, sent).url == made.url
    assert inside.post(CERTIFIED, {"attestation": "paiement", "du": "2026-09", "au": "2026-10"}).status_code == 302
    kept = Courrier.objects.get(genre="attestation_de_quotient_familial")
    assert "512 €" in page_of(inside.get(made.url)).replace("\xa0", " ")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(inside.get(f"{made.url}.pdf").content)).pages)
    assert kept.verification in text

    anybody = visitor()
    anybody.budget = 1
    for typed in (kept.verification, kept.verification.lower().replace("-", " ")):
        for root in ("", "/en"):
            shown = anybody.post(f"{root}{CHECK}", {"code": typed})
            page = page_of(shown).replace("\xa0", " ")
            assert "512 €" in page
            assert "Claire Essai" in page
            assert "0000354" not in page
            assert shown.headers["Cache-Control"] == "no-store"
    assert not anybody.cookies


def test_a_code_that_is_none_shows_nothing_and_sets_no_cookie(client, monkeypatch):
    client.budget = 1
    for typed, said in (
        ("", "Indiquez le code"),
        ("AAAA", "vous en avez écrit 4"),
        (verification.code(5), "Aucune attestation n’a ce code"),
        ("<script>alert(1)</script>", "Le code n’a pas de « &lt; »"),
        ("\0" * 50, "Indiquez le code"),
        ("9" * 100_000, "vous en avez écrit"),
    ):
        response = client.post(CHECK, {"code": typed})
        assert response.status_code == 200
        assert said in response.content.decode().replace("\xa0", " "), typed[:20]
    assert not client.cookies
    monkeypatch.setattr(attestations.CHECKS, "wait", lambda key: 1.0)
    response = client.post(CHECK, {"code": verification.code(5)})
    assert response.status_code == 429
    assert verification.code(5) in response.content.decode()


def test_a_letter_cannot_be_checked(inside, letter, client):
    assert Courrier.objects.get().verification is None
    assert "Aucune attestation" in page_of(client.post(CHECK, {"code": verification.code(7)}))


# Questions and contests


def test_a_question_is_sent_once_followed_and_completed(inside):
    key = str(uuid4())
    for _ in range(2):
        sent = asks(inside, cle=key)
        assert sent.status_code == 302
    page = page_of(inside.get(sent.url)).replace("\xa0", " ")
    assert "Votre caisse doit vous répondre. Elle a jusqu’au 25 janvier 2027." in page
    address = sent.url.partition("?")[0]
    for _ in range(2):
        inside.post(address, {"texte": "J'ajoute ceci."})
    assert Message.objects.count() == 2
    assert "Un paiement, un montant" in page_of(inside.get(QUESTIONS))


def test_nothing_typed_is_lost(inside):
    long = "é" * (LONGEST + 1)
    response = asks(inside, long)
    page = response.content.decode()
    assert long in page
    assert "Votre message compte 4001 caractères" in page.replace("\u202f", "").replace("\xa0", " ")
    response = inside.post(NEW, {"texte": "Ma question", "cle": "x"})
    assert "Choisissez de quoi il s’agit." in response.content.decode()
    assert "Ma question</textarea>" in response.content.decode()
    assert not Saisine.objects.exists()


def test_a_contest_is_acknowledged_and_said_on_the_letter(inside, letter):
    inside.budget = WRITTEN
    address = f"{LETTERS}/{letter.cle}/contester"
    page = page_of(inside.get(address)).replace("\xa0", " ")
    for words in ("RSA", "Allocations familiales", "CASF, art. L262-46", "Un juge pourrait les compter autrement"):
        assert words in page, words
    refused = inside.post(address, {"texte": "Non."})
    assert "Choisissez ce que vous contestez." in refused.content.decode()
    assert "Non.</textarea>" in refused.content.decode()
    done = inside.post(address, {"texte": "Non.", "quoi": "conseil_departemental"})
    page = page_of(inside.get(done.url)).replace("\xa0", " ")
    assert "Sans réponse le 25 janvier 2027, elle est rejetée." in page
    assert "L’accusé de réception" in page
    assert inside.post(address, {"texte": "Non.", "quoi": "conseil_departemental"}).url in done.url
    assert Saisine.objects.count() == 1
    inside.post(address, {"texte": "Non plus."})
    assert inside.get(address).status_code == 302
    assert Saisine.objects.count() == 2
    assert "Votre contestation du" in page_of(inside.get(f"{LETTERS}/{letter.cle}"))


def test_what_decides_nothing_is_not_contested(inside, account):
    plain = courriers.keep(account.dossier_id, letters.virement_rejete(), clock.now())
    assert "Contester" not in page_of(inside.get(f"{LETTERS}/{plain.cle}"))
    assert inside.get(f"{LETTERS}/{plain.cle}/contester").status_code == 404


HOSTILE = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        ["\0", "\r\n" * 50, "<script>alert(1)</script>", "9" * 9000, "\u202e\ufffe", "{{ 7|add:7 }}", "%s%n", "2026-10"]
    ),
)
FIELDS = ("sujet", "texte", "cle", "quoi", "attestation", "du", "au", "mois", "code", "personne", "genre", "etat")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), HOSTILE, max_size=8))
def test_no_form_ever_fails(inside, letter, question, computed, sent):
    inside.budget = WRITTEN
    address = f"{LETTERS}/{letter.cle}/contester"
    for page in (NEW, f"{QUESTIONS}/{question.cle}", CERTIFIED, CHECK, address):
        for fields in (sent, {"attestation": "paiement", **sent}, {"attestation": "quotient", **sent}):
            response = inside.post(page, fields)
            assert response.status_code in (200, 302, 404), page
            assert b"<script>" not in response.content
    for page in (LETTERS, QUESTIONS):
        assert inside.get(page, sent).status_code == 200


# Data, and the closing of an account


def test_the_data_of_the_file_are_whole_and_tell_no_secret_of_others(inside, letter, question, confirmed):
    landlord = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE)
    faits.note(question.dossier_id, [landlord], instant(2024, 1, 2))
    plain = inside.get(f"{DATA}/donnees.json")
    read = json.loads(plain.content)
    assert read["vous"]["prenoms"] == "Claire"
    assert {fait["quoi"] for fait in read["faits"]} >= {"presence", "logement", "ressource_salaire", "compte_bancaire"}
    assert read["questions_et_contestations"][0]["messages"][0]["texte"] == "Pourquoi ?"
    assert "Comment rembourser" in read["courriers"][0]["texte"]
    whole = inside.get(f"{DATA}/completes.json").content.decode()
    for secret in (IBAN, str(NIR)):
        assert secret not in plain.content.decode()
        assert secret in whole
    assert OTHER_IBAN not in whole
    assert plain.headers["Cache-Control"] == "no-store"
    page = page_of(inside.get(f"{DATA}/lire")).replace("\xa0", " ")
    for words in ("Claire", "Établi le", "25 novembre 2026, 12 h 00", "12 mai 1990", "numéro d’allocataire"):
        assert words in page, words


def test_secrets_and_the_closing_ask_for_a_second_factor(inside):
    for page in (f"{DATA}/completes.json", "/mon-compte/fermeture"):
        assert inside.get(page).url.startswith("/mon-compte/code"), page
    assert inside.post("/mon-compte/fermeture").url.startswith("/mon-compte/code")


def test_an_account_is_closed_everywhere_and_the_file_stays(inside, visitor, account, letter, confirmed):
    elsewhere = visitor()
    log_in(elsewhere)
    assert "Ce qui est gardé" in page_of(inside.get("/mon-compte/fermeture"))
    assert "Votre accès est fermé" in page_of(inside.post("/mon-compte/fermeture"))
    assert not Session.objects.filter(compte=account).exists()
    for client in (inside, elsewhere):
        assert client.get(LETTERS).status_code == 302
        assert log_in(client).status_code == 200
    assert Courrier.objects.filter(pk=letter.pk).exists()


def test_english_pages_have_no_french_but_what_is_told_to_be(inside, letter, question, computed):
    errors = [inside.post(f"/en{NEW}", {"texte": "é" * 4001}), inside.post(f"/en{CHECK}", {"code": "U"})]
    asked = [f"/en{page}" for page in (*PAGES, CHECK) if "pdf" not in page and "json" not in page]
    for response in (*errors, *(inside.get(page.format(letter=letter.cle, question=question.cle)) for page in asked)):
        texts = Texts()
        texts.feed("<main" + response.content.decode().partition("<main")[2].partition("</main")[0])
        said = KEPT.sub("", plain(" ".join(texts.read)))
        assert FRENCH.findall(said) == [], said


def test_pages_are_cheap(inside, letter, question, computed):
    inside.budget = 8
    for page in PAGES:
        for root in ("", "/en"):
            address = root + page.format(letter=letter.cle, question=question.cle)
            assert inside.get(address).status_code == 200, address
