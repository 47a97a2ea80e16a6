"""What begins, changes or ends is told in one letter, with its reason and its ways of appeal."""

from datetime import date

import pytest

from dossiers import dossier, instant, personne, ressource
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Genre, Presence
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.operations.notifier import notifier
from guichet.records import faits
from guichet.records.courriers import Courrier

pytestmark = pytest.mark.django_db
JANVIER, MARS = Mois(2024, 1), date(2024, 3, 1)


def told(mois):
    le = instant(*(mois + 1).premier_jour.timetuple()[:2], 2)
    liquider("751", mois, le)
    return notifier("751", mois, le)


def test_what_opens_and_what_ends_is_told_once():
    file = dossier()
    assert told(JANVIER) == 1
    assert told(JANVIER) == told(JANVIER + 1) == 0
    for prenom, naissance in (("Léo", date(2018, 1, 1)), ("Zoé", date(2020, 1, 1))):
        enfant = personne(file, "Essai", prenom, naissance)
        faits.apprend(
            file.pk, [Fait(Genre.PRESENCE, enfant.pk, Presence(Role.ENFANT), date(2024, 3, 1))], instant(2024, 3, 4)
        )
    faits.apprend(
        file.pk, [ressource(file.personne_set.order_by("pk").first(), 6000, date(2024, 3, 1))], instant(2024, 3, 5)
    )
    assert told(JANVIER + 2) == 1

    letter = Courrier.objects.order_by("pk").last()
    words = str(letter.lettre.corps)
    for mention in (
        *("Allocations familiales : droit ouvert à partir de mars 2024", "les personnes de votre foyer", "4 mars 2024"),
        *("Prime d'activité", "vos ressources", "deux mois", "Textes appliqués"),
    ):
        assert mention in words, mention
    assert letter.objet == "Vos droits à partir de mars 2024"


def test_a_scale_that_moves_is_no_decision():
    """The base of April 2024 raises the prime d'activité: nobody is written to."""
    file = dossier()
    told(Mois(2024, 3))
    assert told(Mois(2024, 4)) == 0
    assert Courrier.objects.filter(dossier=file).count() == 1
    assert Prestation.PPA.nom.capitalize() in str(Courrier.objects.get().lettre.corps)
