"""What the caisse certifies is what the ledger and the last computation say; asked for twice, it is one document."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from test_payer import JANVIER, month

from dossiers import OTHER_IBAN, SINCE, dossier, instant, personne
from guichet.documents.courriers import pdf
from guichet.domain.courriers.courrier import Paragraphe, Tableau
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, Bailleur, Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.phrases import to_the_cent
from guichet.domain.vocabulaire import ZERO
from guichet.operations.attester import attestation_de_paiement, attestation_de_quotient_familial, liquidated, quotients
from guichet.operations.rejets import rejeter
from guichet.records import faits, grand_livre
from guichet.records.courriers import Courrier
from guichet.records.grand_livre import Ecriture, Nature, Ordre

pytestmark = pytest.mark.django_db
LANDLORD = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE)


def table(courrier):
    return [bloc for bloc in courrier.letter.corps if isinstance(bloc, Tableau)][1]


@pytest.fixture
def paid(tmp_path, set_clock):
    file = dossier("0000354", "751", LANDLORD)
    child = personne(file, "Essai", "Zoé", date(2020, 2, 3))
    faits.note(file.pk, [Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), SINCE)], instant(2024, 1, 2))
    for rank in range(2):
        month(JANVIER + rank, tmp_path)
    set_clock(2024, 3, 20)
    return file


def test_what_was_paid_landlord_included(paid):
    file = paid
    certified = attestation_de_paiement(file, JANVIER, JANVIER + 1)
    sent = [order.montant for order in Ordre.objects.all()]
    assert table(certified).total[-1] == to_the_cent(sum(sent))
    assert sum("versée au bailleur" in line[1] for line in table(certified).lignes) == 2
    people = [line[:2] for bloc in certified.letter.corps[:2] if isinstance(bloc, Tableau) for line in bloc.lignes]
    assert people == [("Claire Essai", "allocataire"), ("Zoé Essai", "enfant à charge")]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(certified.letter))).pages)
    assert certified.verification in text
    with pytest.raises(ValueError, match="avant le premier"):
        attestation_de_paiement(file, JANVIER + 1, JANVIER)


def test_what_was_sent_back_or_is_not_paid_yet_is_not_certified(paid, tmp_path, set_clock):
    file = paid
    for order in Ordre.objects.filter(echeance__jour__month=3):
        rejeter({order.reference.hex: "AC04"}, instant(2024, 3, 8))
    months = {line[0] for line in table(attestation_de_paiement(file, JANVIER, JANVIER + 1)).lignes}
    assert months == {"janvier 2024"}
    set_clock(2024, 2, 1)
    assert (
        Paragraphe("Aucune prestation n'a été versée pour cette période.")
        in attestation_de_paiement(file, JANVIER, JANVIER).letter.corps
    )


def test_what_was_kept_is_said_and_the_total_is_what_was_sent(paid):
    file = paid
    at = instant(2024, 3, 5)
    day = grand_livre.Echeance.objects.get(jour=date(2024, 3, 5))
    for mois, amount in ((JANVIER + 1, "-12.34"), (JANVIER, "12.34")):
        Ecriture.objects.create(
            dossier=file, mois=mois.first_day, prestation=Prestation.PPA, nature=Nature.RETENUE, montant=Decimal(amount),
            le=at, echeance=day,
        )  # fmt: skip
    february = table(attestation_de_paiement(file, JANVIER + 1, JANVIER + 1))
    assert [line[2] for line in february.lignes if line[1].startswith("Retenue")] == [to_the_cent(Decimal("-12.34"))]
    sent = sum((o.montant for o in Ordre.objects.filter(echeance=day)), ZERO)
    assert february.total[-1] == to_the_cent(sent)


def test_the_same_demand_of_a_day_is_the_same_document(paid, set_clock):
    file = paid
    first = attestation_de_paiement(file, JANVIER, JANVIER + 1)
    assert attestation_de_paiement(file, JANVIER, JANVIER + 1) == first
    assert attestation_de_paiement(file, JANVIER, JANVIER) != first
    set_clock(2024, 3, 21)
    assert attestation_de_paiement(file, JANVIER, JANVIER + 1) != first


def test_the_quotient_of_a_month_with_its_parts(paid):
    file = paid
    rights = liquidated(file.pk, date(2024, 3, 20))
    known = quotients(rights, date(2024, 3, 20))
    assert list(known) == [JANVIER + 1, JANVIER]
    certified = attestation_de_quotient_familial(file, JANVIER, rights)
    words = str(certified.letter.corps)
    assert f"'{known[JANVIER]} €'" in words.replace("\u202f", "").replace("\xa0", " ")
    assert "calculé pour 2,5 parts" in words
    with pytest.raises(ValueError, match="n'est pas connu pour avril 2024"):
        attestation_de_quotient_familial(file, JANVIER + 3, rights)
    assert Courrier.objects.count() == 1
