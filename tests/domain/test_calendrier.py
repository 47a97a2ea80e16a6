"""The paydays are those that the CNAF published."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guichet.domain.calendrier import (
    is_working_day,
    jour_d_arrete,
    jour_de_paie,
    jour_de_rentree,
    jours_feries,
    last_mois_paid,
    next_jour_de_paie,
)
from guichet.domain.vocabulaire import Mois

PUBLISHED = {
    2018: ("02-05", "03-05", "04-05", "05-04", "06-05", "07-05", "08-06", "09-05", "10-05", "11-05"),
    2020: ("09-04", "10-05", "11-05", "12-04"),
    2022: ("06-03",),  # « un ou deux jours plus tôt, mais jamais plus tard » : two days, before Whit Monday
    2023: ("01-05", "02-06", "03-06", "04-05", "05-05", "06-05", "07-05", "08-04", "09-05", "10-05", "11-06", "12-05"),
    2024: ("05-06", "10-04"),
    2025: ("01-06", "02-05", "03-05", "04-04", "05-05", "06-05", "07-04", "08-05", "09-05", "10-06", "11-05", "12-05"),
    2026: ("01-05", "02-05", "03-05", "04-07", "05-05", "06-05", "07-06", "08-05", "09-04", "10-05", "11-05", "12-04"),
}
"""Calendars of the CNAF as the press printed them; 2020 as printed in August, when the spring's were past."""
MOIS = st.builds(Mois, st.integers(1995, 2090), st.integers(1, 12))


@pytest.mark.parametrize("year", PUBLISHED)
def test_published_paydays(year):
    published = [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]]
    assert [jour_de_paie(Mois.of(day) - 1) for day in published] == published


@pytest.mark.parametrize("day", ["2019-08-20", "2020-08-18", "2021-08-17", "2022-08-16", "2024-08-20"])
def test_announced_days_of_the_rentree(day):
    assert str(jour_de_rentree(int(day[:4]))) == day


def test_the_rentree_waits_for_a_working_day():
    assert jour_de_rentree(2023) == date(2023, 8, 16)  # Tuesday was the 15th


@settings(deadline=None)
@given(MOIS)
@example(Mois(2053, 3))
def test_a_payday_is_a_working_day_near_the_fifth(mois):
    day = jour_de_paie(mois)
    fifth = date(day.year, day.month, 5)
    assert is_working_day(day)
    assert abs(day - fifth) <= timedelta(days=2)
    assert last_mois_paid(day) == mois
    assert last_mois_paid(day - timedelta(days=1)) == mois - 1
    assert next_jour_de_paie(day) == day
    assert next_jour_de_paie(day + timedelta(days=1)) == jour_de_paie(mois + 1)
    eve = fifth - timedelta(days=1)
    if fifth.weekday() == 5:  # the Friday, but for a Good Friday (4 April 2053)
        assert day == eve or not is_working_day(eve)


@settings(deadline=None)
@given(MOIS)
def test_what_is_settled_leaves_three_working_days(mois):
    arrete, payday = jour_d_arrete(mois), jour_de_paie(mois)
    between = [arrete + timedelta(days=n) for n in range((payday - arrete).days)]
    assert sum(map(is_working_day, between)) == 3
    assert is_working_day(arrete)


def test_public_holidays():
    assert sorted(jours_feries(2026)) == [
        *(date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25)),
        *(date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1), date(2026, 11, 11), date(2026, 12, 25)),
    ]
    assert len(jours_feries(2008)) == 10  # Ascension was on 1 May
