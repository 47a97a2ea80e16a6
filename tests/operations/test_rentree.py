"""The allocation de rentrée scolaire: a right of August, paid on its own day before the rest of the month."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dossiers import caisse, dossier, instant, personne, ressource
from guichet.domain.calendrier import jour_de_paie, jour_de_rentree, jours_de_paie, mois_settled_on
from guichet.domain.comptes import Somme
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import Mois
from guichet.operations import echeances, paiements
from guichet.operations.echeances import settled_for
from guichet.operations.prochain import prevoir
from guichet.records import faits, grand_livre
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Echeance, Ecriture, Indu, Liquidation, Ordre

pytestmark = pytest.mark.django_db
JUIN, AOUT = Mois(2026, 6), Mois(2026, 8)
RENTREE, SEPTEMBRE = jour_de_rentree(2026), jour_de_paie(AOUT)
ARS = Prestation.ARS


@pytest.fixture
def family(tmp_path):
    """A mother of two pupils, and somebody who has none; June and July are paid."""
    file = dossier()
    dossier("0000355")
    Dossier.objects.update(ouvert_le=JUIN.first_day)
    for name, birth in (("Lou", date(2015, 3, 2)), ("Noé", date(2018, 8, 9))):
        child = personne(file, "Essai", name, birth)
        faits.note(file.pk, [Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), birth)], instant(2024, 1, 3))
    caught_up(instant(2026, 8, 6), tmp_path)
    return file


def caught_up(now, folder):
    return echeances.catch_up("751", now, folder)


def foreseen(file, now):
    return prevoir(Dossier.objects.get(pk=file.pk), now)


def test_it_is_paid_on_its_day_and_the_rest_of_august_on_its_own(family, tmp_path):
    assert [e.jour for e in Echeance.objects.order_by("jour")] == [jour_de_paie(JUIN), jour_de_paie(JUIN + 1)]
    expected = foreseen(family, instant(2026, 8, 7))
    assert (expected.paie.jour, expected.paie.rentree, expected.last) == (RENTREE, True, None)
    assert date(2026, 8, 18) == RENTREE
    assert expected.limit == date(2026, 8, 13)
    assert list(expected.paie.dus) == [ARS]
    assert expected.difference is None

    assert echeances.to_do("751", instant(2026, 8, 13)) == [RENTREE]
    assert caught_up(instant(2026, 8, 13), tmp_path) == 1
    paid = paiements.payday_of(family.pk, RENTREE)
    assert (paid.montant, paid.dus, paid.regular) == (expected.montant, expected.paie.dus, True)
    assert foreseen(family, instant(2026, 8, 14)).paie == paid
    right = Liquidation.objects.get(dossier=family, mois=AOUT.first_day).droits["ars"]
    assert paid.montant == Decimal(right) > 800
    assert Ordre.objects.filter(echeance__jour=RENTREE).count() == 1

    rest = foreseen(family, instant(2026, 8, 20))
    assert rest.paie.jour == SEPTEMBRE
    assert ARS not in rest.paie.dus
    assert rest.last.jour == jour_de_paie(JUIN + 1)
    assert caught_up(instant(2026, 9, 2), tmp_path) == 1
    assert paiements.payday_of(family.pk, SEPTEMBRE).montant == rest.montant
    assert grand_livre.soldes([family.pk])[family.pk] == {}
    once = Ecriture.objects.filter(dossier=family, prestation="ars", nature=grand_livre.Nature.PAIEMENT)
    assert [-entry.montant for entry in once] == [paid.montant]


def test_who_has_no_pupil_waits_for_the_payday_of_august():
    other = dossier("0000356")
    assert foreseen(other, instant(2026, 8, 7)).paie.jour == SEPTEMBRE


def test_done_again_it_pays_nothing_more(family, tmp_path):
    def stop(day):
        raise KeyboardInterrupt

    now = instant(2026, 8, 14)
    with pytest.raises(KeyboardInterrupt):
        echeances.catch_up("751", now, tmp_path, stop)
    before = list(Ecriture.objects.values_list("pk", flat=True))
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert caught_up(now, tmp_path) == 0
    assert list(Ecriture.objects.values_list("pk", flat=True)) == before
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == written


def test_what_is_learnt_after_it_is_an_overpayment_told_before_the_payday_of_august(family, tmp_path):
    """The ceiling looks at the incomes of the year before last (CSS, art. R532-3)."""
    caught_up(instant(2026, 8, 14), tmp_path)
    paid = paiements.payday_of(family.pk, RENTREE).montant
    mother = family.personne_set.order_by("pk")[0]
    rich = ressource(mother, 6000, date(2024, 1, 1), avant=date(2025, 1, 1))
    faits.learn(family.pk, [rich], instant(2026, 8, 21))
    expected = foreseen(family, instant(2026, 8, 24))
    assert (ARS, AOUT, AOUT, paid) in expected.trop_percus
    caught_up(instant(2026, 9, 2), tmp_path)
    assert expected.montant == paiements.payday_of(family.pk, SEPTEMBRE).montant
    assert Indu.objects.get(dossier=family, prestation="ars").montant == paid
    assert not paiements.payday_of(family.pk, SEPTEMBRE).kept


def test_both_paydays_of_august_are_made_late_in_their_order(tmp_path):
    caisse()
    file = dossier()
    Dossier.objects.update(ouvert_le=JUIN.first_day)
    child = personne(file, "Essai", "Lou", date(2015, 3, 2))
    faits.note(file.pk, [Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), child.naissance)], instant(2024, 1, 3))
    days = [day for month in JUIN.until(AOUT) for day in jours_de_paie(month)]
    assert echeances.to_do("751", instant(2026, 9, 10)) == days
    assert caught_up(instant(2026, 9, 10), tmp_path) == 4
    assert [e.arrete_le for e in Echeance.objects.order_by("jour")] == [settled_for(day) for day in days]
    assert [mois_settled_on(day) for day in days] == [JUIN, JUIN + 1, AOUT, AOUT]
    (payment,) = paiements.payday_of(file.pk, RENTREE).versements
    assert payment.sommes == (Somme(AOUT, ARS, payment.montant),)
    assert all(day - timedelta(days=7) < settled_for(day).date() < day for day in days)
