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
from guichet.domain.calendrier import dernier_mois_paye
from guichet.domain.courriers import attestations, verification
from guichet.domain.courriers import courrier as lettres
from guichet.domain.courriers.attestations import Lien, Personne, Retenue
from guichet.domain.courriers.suivi import Versement
from guichet.domain.droits import Prestation, Unite
from guichet.domain.faits import Fait, Genre, Identite
from guichet.domain.foyer import Role
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import dossier as calcul
from guichet.operations.courriers import enveloppe
from guichet.operations.dossier import Dus
from guichet.records import courriers, faits, grand_livre
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier

MOIS = 24
"""Months that an attestation may be about, as many as are shown."""
LIENS = {Role.DEMANDEUR: Lien.ALLOCATAIRE, Role.CONJOINT: Lien.CONJOINT, Role.ENFANT: Lien.ENFANT}


def mois_payes(aujourd_hui: date) -> list[Mois]:
    """Those of which the payments can be certified, the last one first."""
    dernier = dernier_mois_paye(aujourd_hui)
    return [dernier - rang for rang in range(MOIS)]


def liquides(dossier: int, aujourd_hui: date) -> dict[Mois, Mapping[Prestation, Euros | None]]:
    """The rights of these months and of those that they depend on, as last computed."""
    depuis = mois_payes(aujourd_hui)[-1] - calcul.MOIS_LUS
    return {mois: droits for _, mois, droits in grand_livre.droits_liquides([dossier], depuis)}


def quotients(dus: Dus, aujourd_hui: date) -> dict[Mois, int]:
    """The quotient familial of each month that was computed, the last one first; a month whose law is not known well
    enough has none."""
    depuis = mois_payes(aujourd_hui)[-1]
    trouves = {mois: droits.get(Prestation.QUOTIENT_FAMILIAL, ZERO) for mois, droits in dus.items() if mois >= depuis}
    return {mois: int(quotient) for mois, quotient in sorted(trouves.items(), reverse=True) if quotient is not None}


def attestation_de_paiement(dossier: Dossier, du: Mois, au: Mois) -> Courrier:
    """What was paid for the months `du` to `au`, landlord included. ValueError when they are in the wrong order."""
    if au < du:
        raise ValueError(Phrase("Le dernier mois est avant le premier."))
    maintenant = clock.now()
    les_faits = [connu.fait for connu in faits.du_dossier(dossier.pk, maintenant)]
    identites = calcul.identites(dossier.pk)
    versements, retenues = _payes(dossier.pk, du, au, maintenant.date())
    lettre = attestations.attestation_de_paiement(
        enveloppe(dossier, les_faits=les_faits, identites=identites),
        _personnes(les_faits, identites, maintenant.date()),
        du=du,
        au=au,
        versements=versements,
        retenues=retenues,
        verification=_code(),
    )
    return _garde(dossier, lettre, maintenant)


def attestation_de_quotient_familial(dossier: Dossier, mois: Mois, dus: Dus) -> Courrier:
    """The quotient familial of a month, as it was last computed: `dus` are the rights `liquides`. ValueError when it was
    not."""
    maintenant = clock.now()
    quotient = quotients(dus, maintenant.date()).get(mois)
    if quotient is None:
        raise ValueError(Phrase("Votre quotient familial n'est pas connu pour {mois}.", mois=mois))
    les_faits = [connu.fait for connu in faits.du_dossier(dossier.pk, maintenant)]
    identites = calcul.identites(dossier.pk)
    lettre = attestations.attestation_de_quotient_familial(
        enveloppe(dossier, les_faits=les_faits, identites=identites),
        _personnes(les_faits, identites, mois.premier_jour),
        mois=mois,
        quotient=quotient,
        parts=_parts(les_faits, identites, mois, dus),
        verification=_code(),
    )
    return _garde(dossier, lettre, maintenant)


def _parts(les_faits: Sequence[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus) -> Decimal | None:
    """The parts by which the quotient was divided, from the lines of the law; None for a quotient of zero, that has none."""
    vues = calcul.vues(les_faits, identites, mois, dus)
    foyers = [v.foyer for v in vues if v.foyer is not None and Prestation.QUOTIENT_FAMILIAL in v.prestations]
    droits = [droit for trouves in law.droits(foyers, mois, [Prestation.QUOTIENT_FAMILIAL]) for droit in trouves]
    lignes = (ligne for droit in droits for ligne in droit.decompte.lignes)
    return next((ligne.valeur for ligne in lignes if ligne.unite is Unite.PARTS), None)


def _payes(dossier: int, du: Mois, au: Mois, jour: date) -> tuple[tuple[Versement, ...], tuple[Retenue, ...]]:
    """What the caisse sent for these months until `jour`, before what it kept for overpayments; and what it kept."""
    verses: dict[tuple[Mois, Prestation, bool], Euros] = {}
    retenues: dict[Mois, Euros] = {}
    for mois, prestation, au_bailleur, montant in grand_livre.payes(dossier, du, au, jour):
        verses[mois, prestation, au_bailleur] = verses.get((mois, prestation, au_bailleur), ZERO) + montant
    for mois, prestation, montant in grand_livre.retenus(dossier, du, au, jour):
        au_bailleur = (mois, prestation, False) not in verses and (mois, prestation, True) in verses
        verses[mois, prestation, au_bailleur] = verses.get((mois, prestation, au_bailleur), ZERO) + montant
        retenues[mois] = retenues.get(mois, ZERO) + montant
    return (
        tuple(Versement(p, m, verses[m, p, b], b) for m, p, b in sorted(verses) if verses[m, p, b]),
        tuple(Retenue(mois, retenues[mois]) for mois in sorted(retenues)),
    )


def _personnes(les_faits: Iterable[Fait], identites: Mapping[int, Identite], jour: date) -> tuple[Personne, ...]:
    """Who lives there on `jour`: the allocataire first, then the partner, then the children."""
    presents = [fait for fait in les_faits if fait.genre == Genre.PRESENCE and fait.tient(jour)]
    ranges = sorted(presents, key=lambda fait: (list(LIENS).index(fait.valeur.role), identites[fait.sujet].naissance))
    qui = ((identites[fait.sujet], LIENS[fait.valeur.role]) for fait in ranges)
    return tuple(Personne(f"{i.prenoms} {i.nom}", lien, i.naissance) for i, lien in qui)


def _code() -> lettres.Verification:
    adresse = settings.BASE_URL.partition("://")[2] + "/verifier"
    return lettres.Verification(verification.code(secrets.randbits(verification.BITS)), adresse)


def _garde(dossier: Dossier, lettre: lettres.Courrier, le: datetime) -> Courrier:
    """Keep it in the file, unless the same was asked for today. Who asks for it has it: it is not announced."""
    ecrite = lettres.to_json(lettre)
    dit = [lettre.genre, ecrite["enveloppe"]["le"], ecrite["enveloppe"]["destinataire"], ecrite["corps"]]
    empreinte = hashlib.sha256(json.dumps(dit).encode()).hexdigest()[:32]
    return courriers.garde(dossier.pk, lettre, le, f"attestation {empreinte}")
