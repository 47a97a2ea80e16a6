"""The letter that opens an account: a code that is printed once, and kept nowhere but as its keyed hash."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from guichet import clock
from guichet.documents.courriers import pdf
from guichet.domain.courriers.suivi import code_d_acces
from guichet.operations.courriers import allocataire_of, enveloppe, send
from guichet.records import acces
from guichet.records.acces import LIFETIMES, Code
from guichet.records.dossiers import Dossier

HIDDEN = "•••••-•••••"
"""What the copy in the file shows in the place of the code."""


def letter(dossier: Dossier) -> bytes:
    """The letter to the allocataire of a file, to be printed and posted. The code before it, if there was one, opens nothing
    any more."""
    now = clock.now()
    heading = enveloppe(dossier)
    address = f"{settings.BASE_URL}/connexion/premier-acces"
    end = (now + LIFETIMES[Code.Usage.LETTRE] - timedelta(days=1)).date()
    with transaction.atomic():
        send(dossier, code_d_acces(heading, HIDDEN, adresse=address, valable_jusqu_au=end), now)
        code = acces.give_letter_code(allocataire_of(dossier))
    return pdf(code_d_acces(heading, code, adresse=address, valable_jusqu_au=end))
