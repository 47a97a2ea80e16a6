"""From when a right would be due, and when it would be paid."""

from datetime import date

import pytest

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.operations.ouverture import jour_de_paiement, ouvertures


def test_the_first_month_of_a_housing_aid_is_that_of_the_claim_or_the_next_one():
    deja_la, arrive = ouvertures(Prestation.AIDE_LOGEMENT, Mois(2026, 11))
    assert (deja_la.mois, deja_la.paiement) == (Mois(2026, 11), date(2026, 12, 4))  # the 5th is a Saturday
    assert (arrive.mois, arrive.paiement) == (Mois(2026, 12), date(2027, 1, 5))


def test_the_rsa_counts_from_the_first_day_of_the_month_of_the_claim():
    (ouverture,) = ouvertures(Prestation.RSA, Mois(2026, 10))
    assert (ouverture.mois, ouverture.paiement) == (Mois(2026, 10), date(2026, 11, 5))


@pytest.mark.parametrize(("mois", "jour"), [(Mois(2025, 3), date(2025, 4, 4)), (Mois(2025, 9), date(2025, 10, 6))])
def test_the_5th_is_moved_off_the_week_end_as_in_the_calendar_of_2025(mois, jour):
    assert jour_de_paiement(mois) == jour
