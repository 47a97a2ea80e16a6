"""What was paid too much is told once, in a letter that says all that the law wants, and kept after its time."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_payer import month

from dossiers import dossier, instant, ressource
from guichet.documents.courriers import pdf
from guichet.domain.courriers import courrier
from guichet.domain.courriers.courrier import Tableau
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, Fait, Genre
from guichet.domain.foyer import Logement, Occupation
from guichet.domain.vocabulaire import Euros, Mois
from guichet.operations.liquider import liquider
from guichet.operations.regulariser import regulariser, retenir_des
from guichet.records import faits, grand_livre
from guichet.records.courriers import Courrier
from guichet.records.grand_livre import Ecriture, Indu, Nature

pytestmark = pytest.mark.django_db
JANVIER = Mois(2024, 1)
LEARNT = instant(2024, 4, 10)


@pytest.fixture
def quarter(tmp_path):
    """The prime d'activité and the housing aid of three months are paid."""
    file = dossier()
    for rank in range(3):
        month(JANVIER + rank, tmp_path)
    return file


@pytest.fixture
def file(quarter):
    """Two months of too high a rent are paid; we learn it in April."""
    cheaper = Logement(Occupation.LOCATAIRE_VIDE, Euros(200))
    faits.learn(quarter.pk, [Fait(Genre.LOGEMENT, LE_FOYER, cheaper, date(2024, 2, 1), date(2024, 4, 1))], LEARNT)
    return quarter


def test_a_correction_changes_the_months_that_it_touches_and_is_told_once(file):
    before = grand_livre.dus_in_ledger([(file.pk, JANVIER + rank) for rank in range(3)])
    liquider("751", JANVIER + 3, LEARNT)
    after = grand_livre.dus_in_ledger([(file.pk, JANVIER + rank) for rank in range(3)])
    changed = [mois for (_, mois), of in before.items() if of != after[file.pk, mois]]
    assert changed == [JANVIER + 1, JANVIER + 2]

    assert regulariser("751", LEARNT) == 1
    indus = Indu.objects.order_by("mois")
    owed = grand_livre.soldes([file.pk])[file.pk]
    assert [(Mois.of(i.mois), i.montant) for i in indus] == [(m, -owed[m, Prestation.AIDE_LOGEMENT]) for m in changed]
    assert regulariser("751", LEARNT + timedelta(days=1)) == 0
    assert Courrier.objects.count() == 1


def test_its_letter_has_what_the_law_wants(file):
    """CSS, art. R133-9-2: nature, months, sums, dates, reason; correction, appeal; and it is printed."""
    liquider("751", JANVIER + 3, LEARNT)
    regulariser("751", LEARNT)
    kept = Courrier.objects.get()
    words = str(kept.letter.corps)
    for mention in (
        *("Aide au logement", "février 2024", "mars 2024", "05/03/2024", "05/04/2024", "votre logement", "10 avril 2024"),
        *("20 jours", "R133-9-2", "tribunal administratif", "deux mois", "n'est pas encore fixé"),
    ):
        assert mention in words, mention
    assert "de trop" in kept.objet
    # What remains of the rent that we knew, before and after, is no news.
    assert words.count("Un changement concerne") == 1
    assert pdf(kept.letter).startswith(b"%PDF")


def test_a_second_correction_tells_the_difference_only(file):
    liquider("751", JANVIER + 3, LEARNT)
    regulariser("751", LEARNT)
    first = sum(i.montant for i in Indu.objects.all())
    claire = file.personne_set.get()
    later = instant(2024, 4, 20)
    faits.learn(file.pk, [ressource(claire, 2500, date(2022, 1, 1))], later)
    liquider("751", JANVIER + 3, later)
    assert regulariser("751", later) == 1
    owed = -sum(balance for balance in grand_livre.soldes([file.pk])[file.pk].values() if balance < 0)
    assert sum(i.montant for i in Indu.objects.all()) == owed > first


@pytest.mark.parametrize(
    ("prestation", "told", "kept"),
    [
        # A week for the post, the delay, the day after.
        (Prestation.AIDE_LOGEMENT, date(2024, 4, 10), date(2024, 5, 8)),
        # CASF, art. R262-92-1: after the two months of the appeal.
        (Prestation.RSA, date(2024, 4, 10), date(2024, 6, 18)),
        (Prestation.AF, date(2020, 4, 10), date(2020, 6, 18)),
    ],
)
def test_nothing_is_kept_before_its_time(prestation, told, kept):
    assert retenir_des(prestation, told) == kept


@pytest.fixture
def family(quarter):
    """A higher pay of February is told in April."""
    claire = quarter.personne_set.get()
    faits.learn(quarter.pk, [ressource(claire, 2500, date(2022, 1, 1))], LEARNT)
    return quarter


def paid(file):
    """What the ledger has paid of each month and benefit, that did not come back, with what was kept of it."""
    found = {}
    for row in Ecriture.objects.filter(dossier=file, nature__in=(Nature.PAIEMENT, Nature.REJET, Nature.RETENUE)):
        if row.nature != Nature.RETENUE or row.montant < 0:
            key = (Prestation(row.prestation).nom.capitalize(), Mois.of(row.mois).in_words)
            found[key] = found.get(key, 0) - row.montant
    return found


def amount(text):
    return Decimal(text.removesuffix("€").replace("\u00a0", "").replace("\u202f", "").replace(",", "."))


def lines(letter):
    """Of each line of its table: benefit, month, and its sums by the name of their column."""
    (table,) = [block for block in letter.letter.corps if isinstance(block, Tableau)]
    for line in table.lignes:
        when = line[0], line[1].partition(",")[0]
        yield when, dict(zip(table.entetes[-table.chiffres :], map(amount, line[-table.chiffres :]), strict=True))


def test_several_benefits_of_one_month_are_not_counted_several_times(family):
    liquider("751", JANVIER + 3, LEARNT)
    assert regulariser("751", LEARNT) == 1
    letter, was_paid = Courrier.objects.get(), paid(family)
    told = dict(lines(letter))
    assert set(told) == set(was_paid)
    assert len(told) == 6  # three months of two benefits
    for key, sums in told.items():
        assert list(sums) == ["Versé", "Dû", "En trop"]
        assert sums["Versé"] == was_paid[key]
        assert sums["Versé"] - sums["Dû"] == sums["En trop"]


def test_the_ledger_answers_once_what_is_asked_twice(file):
    asked = [(file.pk, JANVIER + rank) for rank in range(3)]
    assert grand_livre.dus_in_ledger(asked * 3) == grand_livre.dus_in_ledger(asked)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=4), st.integers(0, 80))
def test_what_is_paid_less_what_is_due_is_too_much(quarter, tmp_path, pays, kept):
    """Whatever was learnt, in however many times, while something is kept each month: a letter agrees with the ledger."""
    with transaction.atomic():
        file, folder = quarter, tmp_path / uuid4().hex
        for rank, pay in enumerate(pays):
            at = instant(2024, 5 + rank, 2)
            faits.learn(file.pk, [ressource(file.personne_set.get(), pay, date(2022, 1, 1))], at)
            month(JANVIER + 3 + rank, folder, at)
            was_paid = paid(file)
            told = regulariser("751", at)
            letter = Courrier.objects.filter(genre=courrier.Genre.INDU, envoye_le=at).first()
            assert bool(told) == bool(letter)
            for key, sums in lines(letter) if letter else ():
                assert sums["Versé"] == was_paid[key]
                assert sums["Versé"] - sums["Dû"] - sums.get("Déjà demandé", 0) == sums["En trop"] > 0
            Indu.objects.update(mensualite=kept, retenir_des=at.date())
        transaction.set_rollback(True)
