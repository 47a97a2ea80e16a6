"""What banks send back: the payment is owed again, and waits for an account where it can go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from guichet.records.grand_livre import Ecriture, Nature, Ordre, Statut


def rejeter(motifs: Mapping[str, str], le: datetime) -> list[str]:
    """Note the orders that a bank sent back: their references, and why (a code of ISO 20022). Noted twice, they count once.

    The references that are no order that was sent are returned.
    """
    inconnues = []
    for reference, motif in motifs.items():
        with transaction.atomic():
            ordre = Ordre.objects.select_for_update().filter(reference=reference).first()
            if ordre is None or ordre.statut == Statut.ORDONNANCE:
                inconnues.append(reference)
            elif ordre.statut == Statut.EMIS:
                _rend(ordre, motif, le)
    return inconnues


def _rend(ordre: Ordre, motif: str, le: datetime) -> None:
    ordre.statut, ordre.motif = Statut.REJETE, motif
    ordre.save(update_fields=["statut", "motif"])
    Ecriture.objects.bulk_create(
        Ecriture(
            dossier_id=payee.dossier_id,
            mois=payee.mois,
            prestation=payee.prestation,
            nature=Nature.REJET,
            montant=-payee.montant,
            le=le,
            ordre=ordre,
        )
        for payee in Ecriture.objects.filter(ordre=ordre, nature=Nature.PAIEMENT)
    )
