"""The paydays that are due: rights computed, overpayments told, decisions told, transfers ordered; in that order, in time.

The daily job of an operator, and the first start of the demonstration. What was done is not done again; killed at any
moment, the next run goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db.models import Min

from guichet import horloge
from guichet.domain.calendrier import dernier_mois_paye, jour_d_arrete, jour_de_paie
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
    avance: Callable[[Mois], None] = lambda mois: None,
    payee: Callable[[date], None] = lambda jour: None,
) -> int:
    """Everything due until `maintenant`; how many paydays. Bank files go to the folder `sortie`. `avance` is told of each
    month done, `payee` of each payday. Raises OSError when a bank file cannot be written."""
    mois_dus = a_faire(caisse, maintenant)
    for mois in mois_dus:
        jour, le = jour_de_paie(mois), arrete(mois)
        premier = not Echeance.objects.filter(caisse=caisse, jour__lt=jour).exists()
        liquider(caisse, mois, le)
        regulariser(caisse, le)
        if not premier:  # what its files were paid before is not known: nothing begins
            notifier(caisse, mois, le)
        payer(caisse, jour, le, sortie)
        payee(jour)
        avance(mois)
    return len(mois_dus)


def a_faire(caisse: str, maintenant: datetime) -> list[Mois]:
    """The months whose accounts are to be settled: after the last one paid, from the opening of the first file on."""
    faites = Echeance.objects.filter(caisse=caisse, emise_le__isnull=False).order_by("-jour").values_list("jour", flat=True)
    dernier = next((dernier_mois_paye(jour) for jour in faites[:1]), None)
    if dernier is None:
        ouverture = Dossier.objects.filter(caisse=caisse).aggregate(premiere=Min("ouvert_le"))["premiere"]
        if ouverture is None:
            return []
        dernier = Mois.de(ouverture) - 1
    return list((dernier + 1).jusqu_a(dernier_mois_arrete(maintenant)))


def dernier_mois_arrete(maintenant: datetime) -> Mois:
    """The latest month whose accounts are settled at the instant `maintenant`."""
    mois = Mois.de(maintenant.date())
    return next(mois - avant for avant in range(3) if arrete(mois - avant) <= maintenant)


def arrete(mois: Mois) -> datetime:
    """When the accounts of the payday of `mois` are settled: at the end of the day before, in Paris."""
    jour = jour_d_arrete(mois)
    return datetime(jour.year, jour.month, jour.day, tzinfo=horloge.PARIS) - timedelta(seconds=1)
