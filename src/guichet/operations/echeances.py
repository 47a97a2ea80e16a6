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
from guichet.domain.calendrier import arrete_avant, dernier_mois_paye, jour_de_paie, jours_de, mois_regle
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.operations.notifier import notifier
from guichet.operations.payer import payer
from guichet.operations.regulariser import regulariser
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Echeance


def rattrape(
    caisse: str,
    maintenant: datetime,
    sortie: Path,
    avance: Callable[[date], None] = lambda jour: None,
    payee: Callable[[date], None] = lambda jour: None,
) -> int:
    """Everything due until `maintenant`; how many paydays. Bank files go to the folder `sortie`. `avance` is told of each
    payday done, `payee` of its transfers. Raises OSError when a bank file cannot be written."""
    jours = a_faire(caisse, maintenant)
    for jour in jours:
        mois, le = mois_regle(jour), arrete_du(jour)
        premier = not Echeance.objects.filter(caisse=caisse, jour__lte=jour_de_paie(mois - 1)).exists()
        liquider(caisse, mois, le)
        regulariser(caisse, le)
        if jour == jour_de_paie(mois) and not premier:  # what its files were paid before is not known: nothing begins
            notifier(caisse, mois, le)
        payer(caisse, jour, le, sortie)
        payee(jour)
        avance(jour)
    return len(jours)


def a_faire(caisse: str, maintenant: datetime) -> list[date]:
    """The paydays whose accounts are to be settled: those of the months after the last one paid, from the opening of the
    first file on, but for what was done."""
    faites = set(Echeance.objects.filter(caisse=caisse, emise_le__isnull=False).values_list("jour", flat=True))
    dernier = dernier_mois_paye(max(faites)) if faites else None
    if dernier is None:
        ouverture = Dossier.objects.filter(caisse=caisse).aggregate(premiere=Min("ouvert_le"))["premiere"]
        if ouverture is None:
            return []
        dernier = Mois.de(ouverture) - 1
    jours = [jour for mois in (dernier + 1).jusqu_a(Mois.de(maintenant.date())) for jour in jours_de(mois)]
    return [jour for jour in jours if arrete_du(jour) <= maintenant and jour not in faites]


def dernier_mois_arrete(maintenant: datetime) -> Mois:
    """The latest month whose accounts are settled at the instant `maintenant`."""
    mois = Mois.de(maintenant.date())
    return next(mois - avant for avant in range(3) if arrete(mois - avant) <= maintenant)


def arrete(mois: Mois) -> datetime:
    """When the accounts of the payday of `mois` are settled."""
    return arrete_du(jour_de_paie(mois))


def arrete_du(jour: date) -> datetime:
    """When those of the payday `jour` are: at the end of the day before that of the calendar, in Paris."""
    jour = arrete_avant(jour)
    return datetime(jour.year, jour.month, jour.day, tzinfo=clock.PARIS) - timedelta(seconds=1)
