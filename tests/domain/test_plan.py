"""What is kept each month: D553-1, by hand."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.domain.droits import Prestation
from guichet.domain.plan import BAREMES, UnknownBaremeError, bareme, parts, revenu_pondere
from guichet.domain.vocabulaire import CENT, euros

REVENUS = st.decimals(min_value=-500, max_value=5000, places=2)


@pytest.mark.parametrize(
    ("year", "revenu", "mensualite"),
    [
        (2019, "0", "48"),
        (2019, "-35.20", "48"),
        (2019, "261.99", "48"),
        (2019, "500", "118.15"),  # 48 + 25 % × (390 − 262) + 35 % × (500 − 391)
        (2019, "1000", "366.70"),  # 48 + 32 + 35 % × 193 + 45 % × 195 + 60 % × (1 000 − 781)
        (2019, "390.50", "80"),  # between two brackets
        (2014, "400", "85.90"),  # 48 + 25 % × 125 + 35 % × 19
        (2015, "700", "202.15"),  # 48 + 25 % × 126 + 35 % × 191 + 45 % × 124
        (2020, "300", "57.50"),  # 49 + 25 % × 34
        (2018, "600", "156.05"),  # 48 + 25 % × 127 + 35 % × 191 + 45 % × (600 − 579)
        (2025, "500", "110.40"),  # 56 + 25 % × 149 + 35 % × (500 − 451)
    ],
)
def test_by_hand(year, revenu, mensualite):
    assert bareme(year).mensualite(Decimal(revenu)) == Decimal(mensualite)


def test_an_income_that_is_not_known_has_the_one_of_the_order():
    assert bareme(2019).mensualite(None) == bareme(2019).mensualite(Decimal(1167)) == Decimal("466.90")
    assert bareme(2020).mensualite(None) == bareme(2020).mensualite(Decimal(1186))
    assert bareme(2025).mensualite(None) == bareme(2025).mensualite(Decimal(1345))


@pytest.mark.parametrize("year", [2013, 2017, 2021, 2024, 2026])
def test_a_year_that_was_not_read_is_refused(year):
    with pytest.raises(UnknownBaremeError, match=f"de {year} n'a pas été trouvé .*2014, 2015, 2018, 2019, 2020, 2025"):
        bareme(year)


@settings(deadline=None)
@given(st.sampled_from(sorted(BAREMES)), REVENUS, REVENUS)
def test_who_has_more_gives_back_more_and_keeps_more(year, revenu, other):
    less, more = sorted((revenu, other))
    mensualites = bareme(year).mensualite(less), bareme(year).mensualite(more)
    assert mensualites[0] <= mensualites[1]
    assert mensualites[1] - mensualites[0] <= (more - less) * Decimal("0.6") + CENT


def test_the_weighted_income():
    prestations = {Prestation.AF: euros("127.68"), Prestation.AIDE_LOGEMENT: euros(200), Prestation.ARS: euros(360)}
    # (9 000 / 12 + 127.68 + 200 − 450) / 2.5: the ARS does not count
    assert revenu_pondere(euros(9000), 12, prestations, euros(450), Decimal("2.5")) == Decimal("251.07")
    assert revenu_pondere(euros(600), 3, {}, euros(450), Decimal(1)) == Decimal(-250)


def test_housing_costs_that_are_not_known_are_a_quarter_of_the_rest():
    # 75 % × (9 000 / 12 + 127.68) / 2.5
    found = revenu_pondere(euros(9000), 12, {Prestation.AF: euros("127.68")}, None, parts(True, 1))
    assert found == Decimal("263.30")


@pytest.mark.parametrize(
    ("menage", "enfants", "found"), [(False, 0, "1.5"), (False, 1, "2"), (True, 0, "2"), (True, 3, "3.5")]
)
def test_the_parts(menage, enfants, found):
    assert parts(menage, enfants) == Decimal(found)


@pytest.mark.parametrize(("duree", "number", "phrase"), [(6, 1, "trimestre ou d'une année"), (12, 0, "nombre de parts")])
def test_what_makes_no_income(duree, number, phrase):
    with pytest.raises(ValueError, match=phrase):
        revenu_pondere(euros(9000), duree, {}, euros(0), Decimal(number))
