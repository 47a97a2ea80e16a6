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

import calendar
import functools
from datetime import date, timedelta

from guichet.domain.vocabulaire import Mois

JOUR = timedelta(days=1)
AOUT = 8
JOURS_D_ARRETE = 3
"""Working days between what is settled for a payday and the payday: time to compute, to check and to send the file."""


@functools.lru_cache(maxsize=1024)
def jour_de_paie(mois_du_droit: Mois) -> date:
    """When the rights of `mois_du_droit` are paid."""
    cinq = (mois_du_droit + 1).premier_jour.replace(day=5)
    return next(jour for ecart in range(5) for jour in (cinq - ecart * JOUR, cinq + ecart * JOUR) if est_ouvre(jour))


@functools.lru_cache(maxsize=64)
def jour_de_rentree(annee: int) -> date:
    """When the allocation de rentrée scolaire is paid, ahead of the other rights of August: on its third Tuesday, or on the
    next working day.

    No text that was read says it (it is due before the first day of school: CSS, art. R543-1). The rule gives the days that
    the press announced: 20 August 2019, 18 in 2020, 17 in 2021, 16 in 2022, 20 in 2024. La Réunion and Mayotte, whose
    schools begin earlier, are paid on the first Tuesday: not done.
    """
    mardi = next(jour for jour in (date(annee, AOUT, rang) for rang in range(15, 22)) if jour.weekday() == 1)
    return next(jour for ecart in range(5) if est_ouvre(jour := mardi + ecart * JOUR))


def mois_regle(jour: date) -> Mois:
    """The latest month of which something is paid on `jour`."""
    aout = Mois(jour.year, AOUT)
    return aout if jour_de_rentree(jour.year) <= jour < jour_de_paie(aout) else dernier_mois_paye(jour)


def jours_de(mois_du_droit: Mois) -> list[date]:
    """The paydays of a month: one, but for August."""
    avant = [jour_de_rentree(mois_du_droit.annee)] if mois_du_droit.numero == AOUT else []
    return [*avant, jour_de_paie(mois_du_droit)]


def dernier_mois_paye(jour: date) -> Mois:
    """The latest month whose rights are paid by `jour`, that day included."""
    mois = Mois.de(jour) - 1
    return mois if jour_de_paie(mois) <= jour else mois - 1


def prochain_jour_de_paie(jour: date) -> date:
    """The first payday on `jour` or later."""
    mois = Mois.de(jour) - 1
    return jour_de_paie(mois) if jour <= jour_de_paie(mois) else jour_de_paie(mois + 1)


def jour_d_arrete(mois_du_droit: Mois) -> date:
    """The day when the accounts of the payday of a month are settled."""
    return arrete_avant(jour_de_paie(mois_du_droit))


def arrete_avant(jour: date) -> date:
    """The day when the accounts of the payday `jour` are settled: what is learnt from it on counts for the next."""
    for _ in range(JOURS_D_ARRETE):
        jour -= JOUR
        while not est_ouvre(jour):
            jour -= JOUR
    return jour


def mois_apres(jour: date, mois: int) -> date:
    """The same day, `mois` months later; the last one of the month if it is shorter."""
    annee, rang = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    return date(annee, rang + 1, min(jour.day, calendar.monthrange(annee, rang + 1)[1]))


def est_ouvre(jour: date) -> bool:
    """Whether the caisse works and the banks settle transfers on `jour`."""
    return jour.weekday() < 5 and jour not in jours_feries(jour.year) and jour != paques(jour.year) - 2 * JOUR


@functools.lru_cache(maxsize=256)
def jours_feries(annee: int) -> frozenset[date]:
    """The eleven public holidays (Code du travail, art. L3133-1), without those of Alsace-Moselle or of one overseas."""
    fixes = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    lundi_de_paques, ascension, lundi_de_pentecote = (paques(annee) + ecart * JOUR for ecart in (1, 39, 50))
    return frozenset({*(date(annee, *fixe) for fixe in fixes), lundi_de_paques, ascension, lundi_de_pentecote})


def paques(annee: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous method of 1876)."""
    siecle, rang = divmod(annee, 100)
    or_ = annee % 19
    lune = (19 * or_ + siecle - siecle // 4 - (siecle - (siecle + 8) // 25 + 1) // 3 + 15) % 30
    semaine = (32 + 2 * (siecle % 4) + 2 * (rang // 4) - lune - rang % 4) % 7
    recul = (or_ + 11 * lune + 22 * semaine) // 451
    mois, jour = divmod(lune + semaine - 7 * recul + 114, 31)
    return date(annee, mois, jour + 1)
