"""What was paid too much is told once, in a letter that says all that the law wants, and kept after its time."""

from datetime import date, timedelta

import pytest
from test_payer import month

from dossiers import dossier, instant, ressource
from guichet.documents.courriers import pdf
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, Fait, Genre
from guichet.domain.foyer import Logement, Occupation
from guichet.domain.vocabulaire import Euros, Mois
from guichet.operations.liquider import liquider
from guichet.operations.regulariser import regulariser, retenir_des
from guichet.records import faits, grand_livre
from guichet.records.courriers import Courrier
from guichet.records.grand_livre import Indu

pytestmark = pytest.mark.django_db
JANVIER = Mois(2024, 1)
APPRIS = instant(2024, 4, 10)


@pytest.fixture
def file(tmp_path):
    """Two months of too high a rent are paid; we learn it in April."""
    file = dossier()
    for rank in range(3):
        month(JANVIER + rank, tmp_path)
    cheaper = Logement(Occupation.LOCATAIRE_VIDE, Euros(200))
    faits.apprend(file.pk, [Fait(Genre.LOGEMENT, LE_FOYER, cheaper, date(2024, 2, 1), date(2024, 4, 1))], APPRIS)
    return file


def test_a_correction_changes_the_months_that_it_touches_and_is_told_once(file):
    before = grand_livre.dus_inscrits([(file.pk, JANVIER + rank) for rank in range(3)])
    liquider("751", JANVIER + 3, APPRIS)
    after = grand_livre.dus_inscrits([(file.pk, JANVIER + rank) for rank in range(3)])
    changed = [mois for (_, mois), of in before.items() if of != after[file.pk, mois]]
    assert changed == [JANVIER + 1, JANVIER + 2]

    assert regulariser("751", APPRIS) == 1
    indus = Indu.objects.order_by("mois")
    owed = grand_livre.soldes([file.pk])[file.pk]
    assert [(Mois.de(i.mois), i.montant) for i in indus] == [(m, -owed[m, Prestation.AIDE_LOGEMENT]) for m in changed]
    assert regulariser("751", APPRIS + timedelta(days=1)) == 0
    assert Courrier.objects.count() == 1


def test_its_letter_has_what_the_law_wants(file):
    """CSS, art. R133-9-2: nature, months, sums, dates, reason; correction, appeal; and it is printed."""
    liquider("751", JANVIER + 3, APPRIS)
    regulariser("751", APPRIS)
    kept = Courrier.objects.get()
    words = str(kept.lettre.corps)
    for mention in (
        *("Aide au logement", "février 2024", "mars 2024", "05/03/2024", "05/04/2024", "votre logement", "10 avril 2024"),
        *("20 jours", "R133-9-2", "tribunal administratif", "deux mois", "n'est pas encore fixé"),
    ):
        assert mention in words, mention
    assert "de trop" in kept.objet
    # What remains of the rent that we knew, before and after, is no news.
    assert words.count("Un changement concerne") == 1
    assert pdf(kept.lettre).startswith(b"%PDF")


def test_a_second_correction_tells_the_difference_only(file):
    liquider("751", JANVIER + 3, APPRIS)
    regulariser("751", APPRIS)
    first = sum(i.montant for i in Indu.objects.all())
    claire = file.personne_set.get()
    later = instant(2024, 4, 20)
    faits.apprend(file.pk, [ressource(claire, 2500, date(2022, 1, 1))], later)
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
