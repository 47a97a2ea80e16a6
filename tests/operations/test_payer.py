"""What is paid: once, whatever stops it; what is owed, less what the plan keeps; to the landlord what is theirs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from dossiers import IBAN, KNOWN_AT, OTHER_IBAN, SINCE, caisse, dossier, instant, ressource
from guichet.domain.calendrier import jour_de_paie
from guichet.domain.comptes import Beneficiaire
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, Bailleur, CompteBancaire, Fait, Genre
from guichet.domain.foyer import Logement, Occupation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import paiements, prochain
from guichet.operations.liquider import liquider
from guichet.operations.payer import payer
from guichet.operations.rejets import rejeter
from guichet.records import faits, grand_livre, releves
from guichet.records.grand_livre import Ecriture, Indu, Ordre, Statut

pytestmark = pytest.mark.django_db
JANVIER = Mois(2024, 1)
PAYDAY = jour_de_paie(JANVIER)


def month(mois, folder, at=None):
    """What a caisse does in a month: the rights, then the payday."""
    at = at or instant(*(mois + 1).first_day.timetuple()[:2], 2)
    liquider("751", mois, at)
    return payer("751", jour_de_paie(mois), at, folder)


def balances(file):
    return grand_livre.soldes([file.pk])[file.pk]


def past(file):
    return list(paiements.paies(releves.of_dossier(file.pk, paiements.PAYDAYS, JANVIER).reglements))


def test_what_is_owed_is_paid_once(tmp_path):
    file = dossier()
    first = month(JANVIER, tmp_path)
    (order,) = Ordre.objects.all()
    assert (first.ordres, first.montant, order.statut) == (1, order.montant, Statut.EMIS)
    assert balances(file) == {}
    (written,) = tmp_path.iterdir()
    assert IBAN in written.read_text()
    assert str(order.montant) in written.read_text()

    before = written.read_bytes()
    again = month(JANVIER, tmp_path)
    assert (again.ordres, again.retenues) == (0, 0)
    assert written.read_bytes() == before
    assert Ordre.objects.count() == 1


def test_the_database_itself_refuses_a_second_order():
    file = dossier()
    echeance = grand_livre.Echeance.objects.create(caisse=caisse(), jour=PAYDAY, arrete_le=KNOWN_AT)
    account = faits.Fait.objects.get(dossier=file, genre=Genre.COMPTE_BANCAIRE)
    same = {"echeance": echeance, "dossier": file, "beneficiaire": 1, "montant": 5, "compte": account}
    Ordre.objects.create(**same)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ordre.objects.create(**same)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ordre.objects.create(**same | {"beneficiaire": 2, "montant": 0})


def test_the_landlord_has_the_aid_and_the_allocataire_the_rest(tmp_path):
    """CCH, art. L832-1."""
    landlord = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE)
    file = dossier("0000354", "751", landlord)
    month(JANVIER, tmp_path)
    rights = grand_livre.dus_in_ledger([(file.pk, JANVIER)])[file.pk, JANVIER]
    paid = {Beneficiaire(o.beneficiaire): o.montant for o in Ordre.objects.all()}
    assert paid == {
        Beneficiaire.BAILLEUR: rights[Prestation.AIDE_LOGEMENT],
        Beneficiaire.ALLOCATAIRE: rights[Prestation.PPA],
    }


def test_who_has_no_account_keeps_nobody_else_waiting(tmp_path):
    landlord = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE)
    file = dossier("0000354", "751", landlord)
    month(JANVIER, tmp_path)
    to_landlord = Ordre.objects.get(beneficiaire=Beneficiaire.BAILLEUR)
    rejeter({str(to_landlord.reference): "AC04"}, instant(2024, 2, 8))
    paid = month(JANVIER + 1, tmp_path)
    assert (paid.ordres, paid.without_account) == (1, 1)
    assert Ordre.objects.latest("pk").beneficiaire == Beneficiaire.ALLOCATAIRE
    waits = balances(file)
    assert list(waits) == [(mois, Prestation.AIDE_LOGEMENT) for mois in (JANVIER, JANVIER + 1)]
    assert waits[JANVIER, Prestation.AIDE_LOGEMENT] == to_landlord.montant


def test_a_payment_that_a_bank_sends_back_waits_for_another_account(tmp_path):
    file = dossier()
    month(JANVIER, tmp_path)
    (order,) = Ordre.objects.all()
    after = instant(2024, 2, 8)
    assert rejeter({str(order.reference): "AC04", str(file.cle): "AC04"}, after) == [str(file.cle)]
    assert rejeter({str(order.reference): "AC04"}, after) == []
    assert sum(balances(file).values()) == order.montant

    assert payer("751", date(2024, 2, 12), instant(2024, 2, 12), tmp_path).without_account == 1
    corrected = Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, CompteBancaire("Claire Essai", OTHER_IBAN), date(2024, 2, 12))
    faits.learn(file.pk, [corrected], instant(2024, 2, 12, 9))
    again = payer("751", date(2024, 2, 13), instant(2024, 2, 13), tmp_path)
    assert (again.ordres, again.montant, balances(file)) == (1, order.montant, {})
    assert [payday.montant for payday in past(file)] == [order.montant, ZERO]


def test_an_overpayment_is_kept_from_what_follows_as_its_plan_says_and_not_before(tmp_path):
    file = dossier()
    month(JANVIER, tmp_path)
    month(JANVIER + 1, tmp_path)
    cheaper = Logement(Occupation.LOCATAIRE_VIDE, Euros(200))
    lower = Fait(Genre.LOGEMENT, LE_FOYER, cheaper, date(2024, 2, 1), date(2024, 3, 1))
    faits.learn(file.pk, [lower], instant(2024, 3, 20))
    month(JANVIER + 2, tmp_path)
    key = (Mois(2024, 2), Prestation.AIDE_LOGEMENT)
    owed = -balances(file)[key]
    assert owed > 40
    Indu.objects.create(
        dossier=file, mois=key[0].first_day, prestation=key[1], montant=owed,
        notifie_le=date(2024, 4, 10), retenir_des=date(2024, 5, 10), mensualite=Decimal(40),
    )  # fmt: skip
    paid = [month(JANVIER + rank, tmp_path) for rank in (3, 4)]
    assert [done.retenues for done in paid] == [0, 1]
    # Once a month: what a bank sends back is paid again whole.
    sent_back = Ordre.objects.latest("pk")
    rejeter({str(sent_back.reference): "AM04"}, instant(2024, 6, 7))
    again = payer("751", date(2024, 6, 10), instant(2024, 6, 10), tmp_path)
    assert (again.montant, again.retenues) == (sent_back.montant, 0)
    assert -balances(file)[key] == owed - 40
    payday = past(file)[1]
    assert [(s.mois, s.montant) for s in payday.retenues_for] == [(key[0], Decimal(40))]
    assert paid[0].montant - paid[1].montant == 40


def test_the_next_payment_is_what_will_be_paid_and_says_why_it_differs(tmp_path):
    file, april = dossier(), JANVIER + 3
    month(JANVIER, tmp_path)
    raised = ressource(file.personne_set.get(), 1000, date(2024, 2, 1))
    faits.learn(file.pk, [raised], instant(2024, 2, 10))
    for mois in (JANVIER + 1, april - 1):
        month(mois, tmp_path)
    file.refresh_from_db()
    expected = prochain.prevoir(file, instant(2024, 4, 20))
    assert (expected.paie.jour, expected.paie.mois, expected.paie.arrete_le) == (jour_de_paie(april), april, None)

    paid = month(april, tmp_path)
    assert expected.montant == paid.montant
    known = prochain.prevoir(file, instant(2024, 5, 4))
    assert known.paie.arrete_le
    assert known.composantes == expected.composantes
    before, after = (sum(amounts) for amounts in zip(*((p.before, p.after) for p in known.composantes), strict=True))
    assert (before, after) == (past(file)[1].montant, paid.montant)
    (changed,) = (part.evolution for part in known.composantes if part.prestation is Prestation.PPA)
    assert changed.differences


@pytest.mark.parametrize("seed", range(3))
def test_the_ledger_balances_at_any_instant(seed, tmp_path):
    """Whatever is learnt and whenever it is paid: what is due, less what was paid, is the balance of the file."""
    import random

    draw = random.Random(seed)
    files = [dossier(f"{number:07d}") for number in range(3)]
    for mois in JANVIER.until(JANVIER + 5):
        for file in files:
            if draw.random() < 0.6:
                from_day = max(SINCE, mois.first_day - timedelta(days=draw.randrange(150)))
                fact = ressource(file.personne_set.get(), draw.randrange(0, 2500, 100), from_day)
                faits.learn(file.pk, [fact], instant(mois.annee, mois.numero, draw.randrange(3, 28)))
        month(mois, tmp_path)
        for file in files:
            rights = grand_livre.computed_droits([file.pk], JANVIER)
            due = sum(amount for _, _, of in rights for p, amount in of.items() if p is not Prestation.QUOTIENT_FAMILIAL)
            received = sum(o.montant for o in Ordre.objects.filter(dossier=file))
            assert sum(balances(file).values()) == due - received
            assert all(balance < 0 for balance in balances(file).values())
    assert sum(e.montant for e in Ecriture.objects.all()) == sum(sum(balances(file).values()) for file in files)
