"""From when a right would be due, and when it would be paid."""

from datetime import date

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.operations.ouverture import ouvertures


def test_the_first_month_of_a_housing_aid_is_that_of_the_claim_or_the_next_one():
    already_there, newcomer = ouvertures(Prestation.AIDE_LOGEMENT, Mois(2026, 11))
    assert (already_there.mois, already_there.paiement) == (Mois(2026, 11), date(2026, 12, 4))  # the 5th is a Saturday
    assert (newcomer.mois, newcomer.paiement) == (Mois(2026, 12), date(2027, 1, 5))


def test_the_rsa_counts_from_the_first_day_of_the_month_of_the_claim():
    (ouverture,) = ouvertures(Prestation.RSA, Mois(2026, 10))
    assert (ouverture.mois, ouverture.paiement) == (Mois(2026, 10), date(2026, 11, 5))
