"""On which days the caisse pays, and until when what it learns counts for that day.

Benefits of a month are paid on the 5th of the next one, or on the nearest working day (CSS, art. R553-1; order of
29 June 1994, art. 1; that of 28 October 2019 said the next one, that of 2 June 2021 took the word out, and the calendar
published for the autumn of 2020 never followed it).

The order does not say what a working day is. Our choice, the only simple one that gives every calendar that was read
(2018, 2020, 2022 to 2026): neither a Saturday, a Sunday, a public holiday nor Good Friday, when banks settle no
transfer; of two days as near, the earlier. So the caisses paid on Tuesday 7 April 2026 (Friday 3 was Good Friday) and on
Friday 3 June 2022 (before Whit Monday).
"""

from __future__ import annotations

import functools
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from guichet.domain.vocabulaire import Mois

DAY = timedelta(days=1)
AUGUST = 8
DAYS_OF_ARRETE = 3
"""Working days between what is settled for a payday and the payday: time to compute, to check and to send the file."""


@functools.lru_cache(maxsize=1024)
def jour_de_paie(mois_du_droit: Mois) -> date:
    """When the rights of `mois_du_droit` are paid."""
    fifth = (mois_du_droit + 1).first_day.replace(day=5)
    return next(day for gap in range(5) for day in (fifth - gap * DAY, fifth + gap * DAY) if is_working_day(day))


@functools.lru_cache(maxsize=64)
def jour_de_rentree(year: int) -> date:
    """When the allocation de rentrée scolaire is paid, ahead of the other rights of August: on its third Tuesday, or on the
    next working day.

    No text that was read says it (it is due before the first day of school: CSS, art. R543-1). The rule gives the days that
    the press announced: 20 August 2019, 18 in 2020, 17 in 2021, 16 in 2022, 20 in 2024. La Réunion and Mayotte, whose
    schools begin earlier, are paid on the first Tuesday: not done.
    """
    tuesday = next(day for day in (date(year, AUGUST, rank) for rank in range(15, 22)) if day.weekday() == 1)
    return next(day for gap in range(5) if is_working_day(day := tuesday + gap * DAY))


def mois_settled_on(day: date) -> Mois:
    """The latest month of which something is paid on `day`."""
    august = Mois(day.year, AUGUST)
    return august if jour_de_rentree(day.year) <= day < jour_de_paie(august) else last_mois_paid(day)


def jours_de_paie(mois_du_droit: Mois) -> list[date]:
    """The paydays of a month: one, but for August."""
    before = [jour_de_rentree(mois_du_droit.annee)] if mois_du_droit.numero == AUGUST else []
    return [*before, jour_de_paie(mois_du_droit)]


def last_mois_paid(day: date) -> Mois:
    """The latest month whose rights are paid by `day`, that day included."""
    mois = Mois.of(day) - 1
    return mois if jour_de_paie(mois) <= day else mois - 1


def next_jour_de_paie(day: date) -> date:
    """The first payday on `day` or later."""
    mois = Mois.of(day) - 1
    return jour_de_paie(mois) if day <= jour_de_paie(mois) else jour_de_paie(mois + 1)


def jour_d_arrete(mois_du_droit: Mois) -> date:
    """The day when the accounts of the payday of a month are settled."""
    return arrete_before(jour_de_paie(mois_du_droit))


def arrete_before(day: date) -> date:
    """The day when the accounts of the payday `day` are settled: what is learnt from it on counts for the next."""
    for _ in range(DAYS_OF_ARRETE):
        day -= DAY
        while not is_working_day(day):
            day -= DAY
    return day


def months_after(day: date, months: int) -> date:
    """A day, `months` months later: the same of its month, or the last one if that month is shorter."""
    later: date = day + relativedelta(months=months)
    return later


def is_working_day(day: date) -> bool:
    """Whether the caisse works and the banks settle transfers on `day`."""
    good_friday: date = easter(day.year) - 2 * DAY
    return day.weekday() < 5 and day not in jours_feries(day.year) and day != good_friday


@functools.lru_cache(maxsize=256)
def jours_feries(year: int) -> frozenset[date]:
    """The eleven public holidays (Code du travail, art. L3133-1), without those of Alsace-Moselle or of one overseas."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    easter_monday, ascension, whit_monday = (easter(year) + gap * DAY for gap in (1, 39, 50))
    return frozenset({*(date(year, *fixed_day) for fixed_day in fixed), easter_monday, ascension, whit_monday})
