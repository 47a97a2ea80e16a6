"""Letters are written by the caisse of a file to its allocataire, kept in the file, and announced."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings

from guichet import clock
from guichet.domain.courriers.courrier import Courrier as Lettre
from guichet.domain.courriers.courrier import Destinataire, Emetteur, Enveloppe
from guichet.domain.faits import Fait, Genre, Identite
from guichet.domain.foyer import Role
from guichet.operations import courriels
from guichet.records import courriers, dossiers, faits
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier

SERVICE = "Service des prestations"
SIGNATAIRE = "Pour la direction, le service des prestations"
CHIFFRES = 12
"""Of a reference: a caisse never writes the same one twice."""
NOUVELLE = timedelta(days=1)
"""How long a letter is news: one that is written again, years later, is none."""


def enveloppe(
    dossier: Dossier,
    le: date | None = None,
    les_faits: Sequence[Fait] | None = None,
    identites: Mapping[int, Identite] | None = None,
) -> Enveloppe:
    """Who writes, to whom and where, as known now; `les_faits` and `identites` are those of the file, if they were read."""
    le = le or clock.today()
    if les_faits is None:
        les_faits = [connu.fait for connu in faits.du_dossier(dossier.pk, clock.now())]
    qui = (dossiers.personnes([dossier.pk])[dossier.pk] if identites is None else identites)[_allocataire(les_faits)]
    adresses = [f.valeur for f in les_faits if f.genre == Genre.ADRESSE and f.tient(le)]
    lignes = (adresses[-1].voie, f"{adresses[-1].code_postal} {adresses[-1].commune}") if adresses else ()
    caisse = dossier.caisse
    emetteur = Emetteur(
        caisse=caisse.nom,
        service=SERVICE,
        adresse=tuple(caisse.adresse.split("\n")) if caisse.adresse else (),
        contact=settings.BASE_URL,
        signataire=SIGNATAIRE,
        site=settings.SITE_NAME,
        demonstration=settings.IS_DEMONSTRATION,
    )
    reference = f"{caisse.code}-{le.year}-{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}d}"
    destinataire = Destinataire(f"{qui.prenoms} {qui.nom}", lignes, dossier.matricule)
    return Enveloppe(emetteur, destinataire, le, reference)


def allocataire(dossier: Dossier) -> int:
    """The person whom letters are written to, as known now."""
    return _allocataire([connu.fait for connu in faits.du_dossier(dossier.pk, clock.now())])


def _allocataire(les_faits: Sequence[Fait]) -> int:
    return next(f.sujet for f in reversed(les_faits) if f.genre == Genre.PRESENCE and f.valeur.role is Role.DEMANDEUR)


def envoie(dossier: Dossier, lettre: Lettre, le: datetime, sujet: str = "") -> Courrier:
    """Keep a letter in the file at the instant `le` (`records.courriers.garde`). Its first time, the allocataire is told by
    e-mail that a message awaits, if they agreed to it. To be called in a transaction."""
    courrier = courriers.garde(dossier.pk, lettre, le, sujet)
    if courrier.neuf and clock.now() - le < NOUVELLE:
        courriels.annonce(dossier.pk)
    return courrier
