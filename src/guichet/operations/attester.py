"""Attestations: what the ledger says was paid, and the quotient familial of a month, with a code that anybody can check.

Asked for again the same day, an attestation that would say the same is the same document.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings

from guichet import clock, law
from guichet.domain.calendrier import last_mois_paid
from guichet.domain.courriers import attestations, verification
from guichet.domain.courriers import courrier as letters
from guichet.domain.courriers.attestations import Lien, Membre, RetenueDuMois
from guichet.domain.courriers.suivi import SommeVersee
from guichet.domain.droits import Prestation, Unite
from guichet.domain.faits import Fait, Genre, Identite
from guichet.domain.foyer import RANKS, Role
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.courriers import enveloppe
from guichet.operations.looks import MONTHS_READ, Dus, looks
from guichet.operations.paiements import SHOWN_MONTHS
from guichet.records import courriers, dossiers, faits, grand_livre, releves
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier

LIENS = {Role.DEMANDEUR: Lien.ALLOCATAIRE, Role.CONJOINT: Lien.CONJOINT, Role.ENFANT: Lien.ENFANT}


def paid_months(today: date) -> list[Mois]:
    """The months of which the payments can be certified, the last one first."""
    last = last_mois_paid(today)
    return [last - rank for rank in range(SHOWN_MONTHS)]


def liquidated(dossier: int, today: date) -> dict[Mois, Mapping[Prestation, Euros | None]]:
    """The rights of these months and of those that they depend on, as last computed."""
    since = paid_months(today)[-1] - MONTHS_READ
    return {mois: droits for _, mois, droits in grand_livre.computed_droits([dossier], since)}


def quotients(dus: Dus, today: date) -> dict[Mois, int]:
    """The quotient familial of each month that was computed, the last one first; a month whose law is not known well
    enough has none."""
    since = paid_months(today)[-1]
    found = {mois: droits.get(Prestation.QUOTIENT_FAMILIAL, ZERO) for mois, droits in dus.items() if mois >= since}
    return {mois: int(quotient) for mois, quotient in sorted(found.items(), reverse=True) if quotient is not None}


def attestation_de_paiement(dossier: Dossier, first: Mois, last: Mois) -> Courrier:
    """What was paid for the months `first` to `last`, landlord included. ValueError when they are in the wrong order."""
    if last < first:
        raise ValueError(Phrase("Le dernier mois est avant le premier."))
    now = clock.now()
    known_faits = [one.fait for one in faits.of_dossier(dossier.pk, now)]
    identites = dossiers.identites_of(dossier.pk)
    sommes, retenues = _paid(dossier.pk, first, last, now.date())
    letter = attestations.attestation_de_paiement(
        enveloppe(dossier, known_faits=known_faits, identites=identites),
        _membres(known_faits, identites, now.date()),
        du=first,
        au=last,
        sommes=sommes,
        retenues=retenues,
        verification=_code(),
    )
    return _keep(dossier, letter, now)


def attestation_de_quotient_familial(dossier: Dossier, mois: Mois, dus: Dus) -> Courrier:
    """The quotient familial of a month, as it was last computed: `dus` are the rights `liquidated`. ValueError when it was
    not."""
    now = clock.now()
    quotient = quotients(dus, now.date()).get(mois)
    if quotient is None:
        raise ValueError(Phrase("Votre quotient familial n'est pas connu pour {mois}.", mois=mois))
    known_faits = [one.fait for one in faits.of_dossier(dossier.pk, now)]
    identites = dossiers.identites_of(dossier.pk)
    letter = attestations.attestation_de_quotient_familial(
        enveloppe(dossier, known_faits=known_faits, identites=identites),
        _membres(known_faits, identites, mois.first_day),
        mois=mois,
        quotient=quotient,
        parts=_parts(known_faits, identites, mois, dus),
        verification=_code(),
    )
    return _keep(dossier, letter, now)


def _parts(known_faits: Sequence[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus) -> Decimal | None:
    """The parts by which the quotient was divided, from the lines of the law; None for a quotient of zero, that has none."""
    looked_at = looks(known_faits, identites, mois, dus)
    foyers = [v.foyer for v in looked_at if v.foyer is not None and Prestation.QUOTIENT_FAMILIAL in v.prestations]
    droits = [droit for found in law.droits(foyers, mois, [Prestation.QUOTIENT_FAMILIAL]) for droit in found]
    lines = (line for droit in droits for line in droit.decompte.lignes)
    return next((line.valeur for line in lines if line.unite is Unite.PARTS), None)


def _paid(dossier: int, first: Mois, last: Mois, day: date) -> tuple[tuple[SommeVersee, ...], tuple[RetenueDuMois, ...]]:
    """What the caisse sent for these months until `day`, before what it kept for overpayments; and what it kept."""
    paid: dict[tuple[Mois, Prestation, bool], Euros] = {}
    retenues: dict[Mois, Euros] = {}
    for mois, prestation, to_bailleur, montant in releves.paid(dossier, first, last, day):
        paid[mois, prestation, to_bailleur] = paid.get((mois, prestation, to_bailleur), ZERO) + montant
    for mois, prestation, montant in releves.withheld(dossier, first, last, day):
        to_bailleur = (mois, prestation, False) not in paid and (mois, prestation, True) in paid
        paid[mois, prestation, to_bailleur] = paid.get((mois, prestation, to_bailleur), ZERO) + montant
        retenues[mois] = retenues.get(mois, ZERO) + montant
    return (
        tuple(SommeVersee(p, m, paid[m, p, b], b) for m, p, b in sorted(paid) if paid[m, p, b]),
        tuple(RetenueDuMois(mois, retenues[mois]) for mois in sorted(retenues)),
    )


def _membres(known_faits: Iterable[Fait], identites: Mapping[int, Identite], day: date) -> tuple[Membre, ...]:
    """Who lives there on `day`: the allocataire first, then the partner, then the children."""
    present = [fait for fait in known_faits if fait.genre == Genre.PRESENCE and fait.holds_on(day)]
    ordered = sorted(present, key=lambda fait: (RANKS[fait.valeur.role], identites[fait.sujet].naissance))
    who = ((identites[fait.sujet], LIENS[fait.valeur.role]) for fait in ordered)
    return tuple(Membre(f"{i.prenoms} {i.nom}", lien, i.naissance) for i, lien in who)


def _code() -> letters.Verification:
    address = settings.BASE_URL.partition("://")[2] + "/verifier"
    return letters.Verification(verification.code(secrets.randbits(verification.BITS)), address)


def _keep(dossier: Dossier, letter: letters.Courrier, at: datetime) -> Courrier:
    """Keep it in the file, unless the same was asked for today. Who asks for it has it: it is not announced."""
    written = letters.to_json(letter)
    said = [letter.genre, written["enveloppe"]["le"], written["enveloppe"]["destinataire"], written["corps"]]
    fingerprint = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]
    return courriers.keep(dossier.pk, letter, at, f"attestation {fingerprint}")
