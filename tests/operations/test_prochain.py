"""What « Mon compte » foresees is what the payday then pays, to the cent, arrears and overpayments included."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dossiers import OTHER_IBAN, SINCE, dossier, instant, personne, ressource
from guichet import law
from guichet.domain.calendrier import jour_d_arrete, jour_de_paie
from guichet.domain.comptes import Beneficiaire, Suite
from guichet.domain.droits import Prestation
from guichet.domain.faits import DEMANDES, LE_FOYER, Bailleur, Demande, Fait, Genre, Presence
from guichet.domain.foyer import Logement, Occupation, Role
from guichet.domain.vocabulaire import Euros, Mois
from guichet.operations import paiements
from guichet.operations.echeances import settled_at
from guichet.operations.liquider import liquider
from guichet.operations.payer import payer
from guichet.operations.prochain import LOOKED_BACK, Sorte, prevoir
from guichet.operations.regulariser import regulariser
from guichet.operations.rejets import rejeter
from guichet.records import faits, grand_livre, releves
from guichet.records.grand_livre import Indu, Ordre

pytestmark = pytest.mark.django_db
JANVIER = Mois(2024, 1)


def month(mois, folder):
    """What the daily job does when the accounts of a payday are settled."""
    liquider("751", mois, settled_at(mois))
    regulariser("751", settled_at(mois))
    payer("751", jour_de_paie(mois), settled_at(mois), folder)


def foreseen(file, when):
    file.refresh_from_db()
    return prevoir(file, when)


def rent(amount, since, until=date.max):
    return Fait(Genre.LOGEMENT, LE_FOYER, Logement(Occupation.LOCATAIRE_VIDE, Euros(amount)), since, until)


def said(expected):
    """How what was learnt is told, when something was."""
    return [one.next_step for one in expected.suivis if "situation" in one.title]


def test_what_the_months_before_bring_is_in_the_next_payment_line_by_line(tmp_path):
    file = dossier()
    for rank in range(3):
        month(JANVIER + rank, tmp_path)
    before = grand_livre.dus_in_ledger([(file.pk, JANVIER + 1), (file.pk, JANVIER + 2)])
    # What somebody earns has been half of it since February, and we learn it in April.
    faits.learn(file.pk, [ressource(file.personne_set.get(), 450, date(2023, 12, 1))], instant(2024, 4, 10))
    expected = foreseen(file, instant(2024, 4, 20))
    april = JANVIER + 3
    month(april, tmp_path)
    paid = paiements.payday_of(file.pk, jour_de_paie(april))
    after = grand_livre.dus_in_ledger(list(before))
    assert expected.montant == paid.montant
    assert expected.paie.rappels == paid.rappels
    assert (arrears := paiements.total(paid.rappels)) > 0
    (line,) = (part.after for part in expected.composantes if part.sorte is Sorte.RAPPELS)
    assert line == arrears
    assert {(s.du, s.au) for s in expected.rappels} <= {(JANVIER, JANVIER + 2), (JANVIER + 1, JANVIER + 2)}
    assert sum(s.montant for s in expected.rappels) == arrears
    assert after != before
    assert said(expected) == [
        "Les mois passés sont recalculés, à partir de janvier 2024 : ce qui vous est dû en plus est compris dans le montant "
        "prévu du prochain paiement."
    ]


def test_what_was_paid_too_much_is_told_and_nothing_is_kept_for_it_yet(tmp_path):
    file = dossier()
    for rank in range(3):
        month(JANVIER + rank, tmp_path)
    faits.learn(file.pk, [rent(200, date(2024, 2, 1), date(2024, 4, 1))], instant(2024, 4, 10))
    expected = foreseen(file, instant(2024, 4, 20))
    assert not expected.paie.rappels
    month(JANVIER + 3, tmp_path)
    assert expected.montant == paiements.payday_of(file.pk, jour_de_paie(JANVIER + 3)).montant
    told = sum(indu.montant for indu in Indu.objects.all())
    assert expected.trop_percus == (Suite(Prestation.AIDE_LOGEMENT, JANVIER + 1, JANVIER + 2, told),)
    assert any(str(one.title).startswith("Une somme a été versée en trop") for one in expected.suivis)
    (how,) = said(expected)
    assert how.startswith("Les mois passés sont recalculés, à partir de février 2024")


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (Beneficiaire.ALLOCATAIRE, "Nous ne savons pas où vous payer"),
        (Beneficiaire.BAILLEUR, "Nous ne savons pas où payer votre bailleur"),
    ],
)
def test_an_account_that_a_bank_refused_long_ago_is_still_none(refused, said, tmp_path):
    """The other payee is paid each month: the refusal is soon further back than the paydays that are looked at."""
    file = dossier("0000354", "751", Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE))
    month(JANVIER, tmp_path)
    ordre = Ordre.objects.get(dossier=file, beneficiaire=refused)
    rejeter({ordre.reference.hex: "AC04"}, instant(2024, 2, 10))
    told = []
    for rank in range(1, LOOKED_BACK + 3):
        mois = JANVIER + rank
        expected = foreseen(file, instant(mois.annee, mois.numero, 20))
        assert expected.paie.sent_to(refused)
        assert refused not in expected.comptes
        told += [str(one.title) for one in expected.suivis]
        month(mois, tmp_path)
        assert not paiements.payday_of(file.pk, jour_de_paie(mois)).sent_to(refused)
    assert all(title.endswith("du 5 février 2024 a été refusé par la banque") for title in told[:LOOKED_BACK])
    assert told[LOOKED_BACK:] == [said] * 2


def test_what_is_too_little_to_be_asked_back_is_not_announced(tmp_path):
    """CASF, art. R262-92: under 77 euros of RSA."""
    asked = Fait(DEMANDES[Prestation.RSA], LE_FOYER, Demande(), SINCE)
    file = dossier("0000354", "751", asked, salaire=0)
    for rank in range(2):
        month(JANVIER + rank, tmp_path)
    faits.learn(file.pk, [ressource(file.personne_set.get(), 50, date(2023, 11, 1))], instant(2024, 3, 10))
    file.refresh_from_db()
    expected = foreseen(file, instant(2024, 3, 20))
    month(JANVIER + 2, tmp_path)
    assert any(e.nature == grand_livre.Nature.REMISE for e in grand_livre.Ecriture.objects.all())
    assert Prestation.RSA not in {one.prestation for one in expected.trop_percus}
    assert expected.montant == paiements.payday_of(file.pk, jour_de_paie(JANVIER + 2)).montant


@pytest.mark.parametrize(
    ("since", "said_of_it"),
    [
        (date(2024, 1, 1), "Les mois passés sont recalculés, à partir de janvier 2024"),
        (date(2024, 2, 1), "Le montant prévu du prochain paiement en tient déjà compte."),
        (date(2024, 2, 29), "Le montant prévu du prochain paiement en tient déjà compte."),
        (date(2024, 3, 1), "Cela commence le 1er mars 2024, après le mois que règle le prochain paiement"),
    ],
    ids=["a month that was paid", "the month to be paid", "its last day", "the month after"],
)
def test_who_has_changed_reads_what_the_next_payment_counts_already(since, said_of_it, tmp_path):
    file = dossier()
    month(JANVIER, tmp_path)
    assert not foreseen(file, instant(2024, 2, 20)).suivis
    before = foreseen(file, instant(2024, 2, 20)).montant

    # What remains of the rent before is noted again that day: it changes nothing.
    faits.learn(file.pk, [rent(200, since)], instant(2024, 2, 10))
    expected = foreseen(file, instant(2024, 2, 20))
    one = expected.suivis[0]
    assert one.next_step.startswith(said_of_it)
    assert one.since == date(2024, 2, 10)
    after = since >= date(2024, 3, 1)
    assert (expected.montant == before) is after
    assert one.before == jour_d_arrete(JANVIER + 2 if after else JANVIER + 1)
    assert ("Cela comptera au plus tôt dans le paiement du 5 avril 2024." in one.next_step) is after
    month(JANVIER + 1, tmp_path)
    assert expected.montant == paiements.payday_of(file.pk, jour_de_paie(JANVIER + 1)).montant


@pytest.mark.parametrize("paid", [False, True])
def test_what_is_learnt_once_accounts_are_settled_is_for_the_payday_after(paid, tmp_path):
    file, february = dossier(), JANVIER + 1
    month(JANVIER, tmp_path)
    settled = settled_at(february) + timedelta(seconds=1)
    before = foreseen(file, settled)
    if paid:
        month(february, tmp_path)
    faits.learn(file.pk, [rent(200, date(2024, 1, 1))], settled + timedelta(hours=9))
    expected = foreseen(file, settled + timedelta(hours=10))
    (one,) = expected.suivis
    assert one.next_step.startswith("Nous l'avons appris alors que les comptes du prochain paiement étaient arrêtés")
    assert one.next_step.endswith("dans le paiement du 5 avril 2024.")
    assert one.before == jour_d_arrete(february + 1)
    assert (expected.montant, expected.composantes) == (before.montant, before.composantes)
    if not paid:
        month(february, tmp_path)
    assert expected.montant == paiements.payday_of(file.pk, jour_de_paie(february)).montant
    later = foreseen(file, instant(2024, 3, 20))
    month(february + 1, tmp_path)
    assert later.montant == paiements.payday_of(file.pk, jour_de_paie(february + 1)).montant


def test_nothing_is_computed_again_where_nothing_came_late(tmp_path, monkeypatch):
    file = dossier()
    month(JANVIER, tmp_path)

    def never(*_):
        raise AssertionError("the usual page does not ask")

    monkeypatch.setattr(releves, "past_since", never)
    monkeypatch.setattr(faits, "changes", never)
    assert foreseen(file, instant(2024, 2, 20)).montant


def test_two_years_are_computed_once_for_all_the_pages_of_a_reader(tmp_path, monkeypatch):
    """Prescription leaves no more of them (CSS, art. L553-1)."""
    file, last = dossier(), JANVIER + 30
    for rank in range(31):
        month(JANVIER + rank, tmp_path)
    faits.learn(file.pk, [rent(333, date(2022, 1, 1))], instant(2026, 8, 10))
    asked, law_of_the_month = [], law.montants
    monkeypatch.setattr(
        law, "montants", lambda foyers, mois, *more: asked.append(mois) or law_of_the_month(foyers, mois, *more)
    )
    now = instant(2026, 8, 12)
    first = foreseen(file, now)
    assert len(set(asked)) == len(asked) == 25
    assert foreseen(file, now).paie == first.paie
    assert len(asked) == 25
    monkeypatch.undo()
    month(last + 1, tmp_path)
    assert first.montant == paiements.payday_of(file.pk, jour_de_paie(last + 1)).montant
    assert sum(one.montant for one in first.trop_percus) == sum(indu.montant for indu in Indu.objects.all())


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_learnt_and_whenever_what_is_foreseen_is_what_is_paid(seed, tmp_path):
    draw = random.Random(seed)
    files = [_household(draw, number) for number in range(2)]
    arrears = debts = kept = 0
    for mois in JANVIER.until(JANVIER + 6):
        settled = settled_at(mois)
        for file in files:
            for days in sorted(draw.sample(range(1, 24), draw.randrange(3)), reverse=True):
                faits.learn(file.pk, [_learnt(draw, file, mois)], settled - timedelta(days=days))
        _settle(draw)
        expected = {}
        for file in files:
            when = settled if draw.random() < 0.5 else settled + timedelta(days=1)
            expected[file] = foreseen(file, when)
            faits.learn(file.pk, [_learnt(draw, file, mois)], settled + timedelta(days=1, hours=1))
            again = foreseen(file, settled + timedelta(days=1, hours=2))
            assert (again.paie, again.trop_percus) == (expected[file].paie, expected[file].trop_percus)
        told = set(Indu.objects.values_list("pk", flat=True))
        month(mois, tmp_path)
        for file in files:
            paid = paiements.payday_of(file.pk, jour_de_paie(mois)) or paiements.Paie(jour_de_paie(mois))
            one = expected[file].paie
            assert (one.dus, one.rappels, one.retenues_for, one.retenues_from) == (
                *(paid.dus, paid.rappels, paid.retenues_for, paid.retenues_from),
            )
            assert (one.to_allocataire, one.to_bailleur) == (paid.to_allocataire, paid.to_bailleur)
            news = Indu.objects.filter(dossier=file).exclude(pk__in=told)
            assert sum(s.montant for s in expected[file].trop_percus) == sum(indu.montant for indu in news)
            arrears += bool(paid.rappels)
            debts += bool(news)
            kept += bool(paid.kept)
            file.refresh_from_db()
    assert arrears
    assert debts
    assert kept or seed


def _household(draw, number):
    landlord = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE)
    asked = [Fait(DEMANDES[p], LE_FOYER, Demande(), SINCE) for p in (Prestation.RSA, Prestation.ASF)]
    file = dossier(f"{number:07d}", "751", *([landlord] if number % 2 else []), *asked, salaire=draw.randrange(0, 1500, 100))
    child = personne(file, "Essai", "Léo", date(2016, 4, 2))
    faits.note(file.pk, [Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), child.naissance)], instant(2024, 1, 3))
    return file


def _learnt(draw, file, mois):
    """Something about a day up to ten months before the payday, or just after its month."""
    since = max(SINCE, mois.first_day + timedelta(days=draw.randrange(-300, 60)))
    match draw.randrange(4):
        case 0:
            return rent(draw.randrange(100, 700, 50), since)
        case 1:
            born = personne(file, "Essai", f"Zoé {draw.random()}", since)
            return Fait(Genre.PRESENCE, born.pk, Presence(Role.ENFANT), since)
        case _:
            claire = file.personne_set.order_by("pk")[0]
            return ressource(claire, draw.randrange(0, 2500, 100), since.replace(day=1))


def _settle(draw):
    """Some of what was told is agreed upon with its allocataire."""
    for indu in Indu.objects.filter(mensualite=None):
        if draw.random() < 0.7:
            Indu.objects.filter(pk=indu.pk).update(mensualite=Decimal(draw.randrange(10, 120)))
