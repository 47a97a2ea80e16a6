"""The paydays that are due: rights computed, overpayments told, decisions told, transfers ordered; in that order, in time.

The daily job of an operator, and the first start of the demonstration. What was done is not done again; killed at any
moment, the next run goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db.models import Min

from guichet import clock
from guichet.domain.calendrier import arrete_before, jour_de_paie, jours_de_paie, last_mois_paid, mois_settled_on
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.operations.notifier import notifier
from guichet.operations.payer import payer
from guichet.operations.regulariser import regulariser
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Echeance


def catch_up(caisse: str, now: datetime, folder: Path, progress: Callable[[date], None] = lambda day: None) -> int:
    """Everything due until `now`; how many paydays. Bank files go to `folder`. `progress` is told of each payday done.
    Raises OSError when a bank file cannot be written."""
    days = to_do(caisse, now)
    for day in days:
        mois, at = mois_settled_on(day), settled_for(day)
        first = not Echeance.objects.filter(caisse=caisse, jour__lte=jour_de_paie(mois - 1)).exists()
        liquider(caisse, mois, at)
        regulariser(caisse, at)
        if day == jour_de_paie(mois) and not first:  # what its files were paid before is not known: nothing begins
            notifier(caisse, mois, at)
        payer(caisse, day, at, folder)
        progress(day)
    return len(days)


def to_do(caisse: str, now: datetime) -> list[date]:
    """The paydays whose accounts are to be settled: those of the months after the last one paid, from the opening of the
    first file on, but for what was done."""
    done = set(Echeance.objects.filter(caisse=caisse, emise_le__isnull=False).values_list("jour", flat=True))
    last = last_mois_paid(max(done)) if done else None
    if last is None:
        opening = Dossier.objects.filter(caisse=caisse).aggregate(first=Min("ouvert_le"))["first"]
        if opening is None:
            return []
        last = Mois.of(opening) - 1
    days = [day for mois in (last + 1).until(Mois.of(now.date())) for day in jours_de_paie(mois)]
    return [day for day in days if settled_for(day) <= now and day not in done]


def settled_at(mois: Mois) -> datetime:
    """When the accounts of the payday of `mois` are settled."""
    return settled_for(jour_de_paie(mois))


def settled_for(day: date) -> datetime:
    """When the accounts of the payday `day` are settled: at the end of the day before that of the calendar, in Paris."""
    day = arrete_before(day)
    return datetime(day.year, day.month, day.day, tzinfo=clock.PARIS) - timedelta(seconds=1)
