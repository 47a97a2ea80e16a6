"""From which month an event counts, for what opens and ends at both ends of a month (CSS, art. R552-2 and R552-3)."""

from datetime import date
from decimal import Decimal

import pytest

from dossiers import dossier, instant, personne
from guichet.domain.droits import Prestation
from guichet.domain.faits import DEMANDES, LE_FOYER, Demande, Fait, Genre, Presence
from guichet.domain.foyer import Garde, ModeDeGarde, Role
from guichet.domain.vocabulaire import Mois
from guichet.operations.droits import droits_of_dossier, retained
from guichet.records import faits

CARE = Garde(ModeDeGarde.ASSISTANT_MATERNEL, cout_mensuel=Decimal(600), heures=Decimal(120))


@pytest.mark.django_db
def test_the_cmg_is_due_of_the_months_in_which_the_care_begins_and_ends():
    """« Le premier jour du mois civil suivant » is the end (R552-3, II, 1°), that of the month itself the beginning (R552-2,
    II, 2°); the base allowance, due until the child leaves, is lost from that month on (R552-3, I)."""
    file = dossier(salaire=1600)
    zoe = personne(file, "Essai", "Zoé", date(2025, 1, 3))
    day = date(2026, 3, 10), date(2026, 5, 20)
    known = (
        Fait(Genre.PRESENCE, zoe.pk, Presence(Role.ENFANT), date(2025, 1, 3), day[1]),
        Fait(DEMANDES[Prestation.PAJE_CMG], LE_FOYER, Demande(), day[0]),
        Fait(Genre.GARDE, LE_FOYER, CARE, *day),
    )
    faits.learn(file.pk, known, instant(2026, 6, 1))
    assert due(file, Prestation.PAJE_CMG) == [False, True, True, True, False]
    assert due(file, Prestation.PAJE_BASE) == [True, True, True, False, False]


@pytest.mark.django_db
@pytest.mark.parametrize(("children", "begins"), [(1, True), (2, False)])
def test_the_preparee_of_one_child_is_due_of_the_month_in_which_the_leave_begins(children, begins):
    """R552-2, II, 1°; of two children, it is from the next month on. It ends on the first day of the month (R552-3, I)."""
    file = dossier(salaire=0)
    claire = file.personne_set.get()
    day = date(2026, 3, 10), date(2026, 5, 20)
    known = [
        Fait(DEMANDES[Prestation.PAJE_PREPARE], LE_FOYER, Demande(), day[0]),
        Fait(Genre.CESSATION, claire.pk, {"cessation_activite": "totale"}, *day),
    ]
    for rank in range(children):
        child = personne(file, "Essai", f"Zoé {rank}", date(2025, 12, 3 + rank))
        known.append(Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), date(2025, 12, 3 + rank)))
    faits.learn(file.pk, known, instant(2026, 6, 1))
    assert due(file, Prestation.PAJE_PREPARE) == [False, begins, True, False, False]


def due(file, prestation):
    """Whether it is due of each month from February to June 2026."""
    rights = [droits_of_dossier(file.pk, Mois(2026, number), instant(2026, 6, 2), {}) for number in range(2, 7)]
    return [any(right.prestation is prestation and right.montant for right in of_month) for of_month in rights]


def test_what_is_unknown_at_one_end_is_unknown():
    assert retained(Prestation.PAJE_CMG, Decimal(3), Decimal(5)) == 5
    assert retained(Prestation.AF, Decimal(3), Decimal(5)) == 3
    assert retained(Prestation.PAJE_CMG, Decimal(3), None) is None
