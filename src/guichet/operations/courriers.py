"""Letters are written by the caisse of a file to its allocataire, kept in the file, and announced."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings

from guichet import clock
from guichet.domain.courriers.courrier import Courrier as Letter
from guichet.domain.courriers.courrier import Destinataire, Emetteur, Enveloppe
from guichet.domain.faits import Fait, Genre, Identite
from guichet.domain.foyer import Role
from guichet.operations import courriels
from guichet.records import courriers, dossiers, faits
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier

SERVICE = "Service des prestations"
SIGNATORY = "Pour la direction, le service des prestations"
DIGITS = 12
"""Of a reference: a caisse never writes the same one twice."""
NEWS = timedelta(days=1)
"""How long a letter is news: one that is written again, years later, is none."""


def enveloppe(
    dossier: Dossier,
    on: date | None = None,
    known_faits: Sequence[Fait] | None = None,
    identites: Mapping[int, Identite] | None = None,
) -> Enveloppe:
    """Who writes, to whom and where, as known now; `known_faits` and `identites`: those of the file, if they were read."""
    on = on or clock.today()
    if known_faits is None:
        known_faits = [one.fait for one in faits.of_dossier(dossier.pk, clock.now())]
    who = (dossiers.identites_of(dossier.pk) if identites is None else identites)[_allocataire(known_faits)]
    addresses = [f.valeur for f in known_faits if f.genre == Genre.ADRESSE and f.holds_on(on)]
    lines = (addresses[-1].voie, f"{addresses[-1].code_postal} {addresses[-1].commune}") if addresses else ()
    caisse = dossier.caisse
    emetteur = Emetteur(
        caisse=caisse.nom,
        service=SERVICE,
        adresse=tuple(caisse.adresse.split("\n")) if caisse.adresse else (),
        contact=settings.BASE_URL,
        signataire=SIGNATORY,
        site=settings.SITE_NAME,
        demonstration=settings.IS_DEMONSTRATION,
    )
    reference = f"{caisse.code}-{on.year}-{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    destinataire = Destinataire(f"{who.prenoms} {who.nom}", lines, dossier.matricule)
    return Enveloppe(emetteur, destinataire, on, reference)


def allocataire_of(dossier: Dossier) -> int:
    """The person whom letters are written to, as known now."""
    return _allocataire([one.fait for one in faits.of_dossier(dossier.pk, clock.now())])


def _allocataire(known_faits: Sequence[Fait]) -> int:
    return next(f.sujet for f in reversed(known_faits) if f.genre == Genre.PRESENCE and f.valeur.role is Role.DEMANDEUR)


def send(dossier: Dossier, letter: Letter, at: datetime, subject: str = "") -> Courrier:
    """Keep a letter in the file at the instant `at` (`records.courriers.keep`). Its first time, the allocataire is told by
    e-mail that a message awaits, if they agreed to it. To be called in a transaction."""
    courrier = courriers.keep(dossier.pk, letter, at, subject)
    if courrier.is_new and clock.now() - at < NEWS:
        courriels.announce(dossier.pk)
    return courrier
