"""The letter that opens an account: a code that is printed once, and kept nowhere but as its keyed hash."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from guichet import clock
from guichet.documents.courriers import pdf
from guichet.domain.courriers.suivi import code_d_acces
from guichet.operations.courriers import allocataire, enveloppe, envoie
from guichet.records import acces
from guichet.records.acces import DUREES, Code
from guichet.records.dossiers import Dossier

CACHE = "•••••-•••••"
"""What the copy in the file shows in the place of the code."""


def lettre(dossier: Dossier) -> bytes:
    """The letter to the allocataire of a file, to be printed and posted. The code before it, if there was one, opens nothing
    any more."""
    maintenant = clock.now()
    entete = enveloppe(dossier)
    adresse = f"{settings.BASE_URL}/connexion/premier-acces"
    fin = (maintenant + DUREES[Code.Usage.LETTRE] - timedelta(days=1)).date()
    with transaction.atomic():
        envoie(dossier, code_d_acces(entete, CACHE, adresse=adresse, valable_jusqu_au=fin), maintenant)
        code = acces.donne_lettre(allocataire(dossier))
    return pdf(code_d_acces(entete, code, adresse=adresse, valable_jusqu_au=fin))
