"""What banks send back: the payment is owed again, a letter says why, and it waits for an account where it can go."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from guichet.domain.courriers.suivi import Versement, virement_rejete
from guichet.domain.droits import Prestation
from guichet.domain.identifiants import Iban
from guichet.domain.vocabulaire import Mois
from guichet.operations import virements
from guichet.operations.courriers import enveloppe, envoie
from guichet.operations.virements import CompteRendu, Rejet
from guichet.records import vault
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Beneficiaire, Ecriture, Nature, Ordre, Statut

_MESSAGE = re.compile(r"([0-9]{3})-([0-9]{8})-([0-9]{3})")
"""The name of a bank file: the caisse, the payday, its rank."""


def lire(rendu: CompteRendu) -> tuple[dict[str, str], list[str]]:
    """The orders that a report sends back and why, and the references in it that are none of its file. ValueError with a
    sentence when it answers no file of ours."""
    nom = _MESSAGE.fullmatch(rendu.message)
    jour = _jour(nom[2]) if nom else None
    if nom is None or jour is None:
        raise ValueError(f"Le fichier de virements « {rendu.message} » n'est pas l'un des nôtres.")
    ordres = Ordre.objects.filter(echeance__caisse=nom[1], echeance__jour=jour).values_list("reference", flat=True)
    debut = (int(nom[3]) - 1) * virements.PAR_FICHIER
    emis = sorted(reference.hex for reference in ordres)[max(debut, 0) : debut + virements.PAR_FICHIER]
    if not emis:
        raise ValueError(f"Le fichier de virements « {rendu.message} » n'est pas l'un des nôtres.")
    rejetes, inconnues = rendu.rejets(emis)
    return {rejet.reference: rejet.code for rejet in rejetes}, inconnues


def _jour(chiffres: str) -> date | None:
    try:
        return date.fromisoformat(chiffres)
    except ValueError:
        return None


def rejeter(motifs: Mapping[str, str], le: datetime) -> list[str]:
    """Note the orders that a bank sent back: their references, and why (a code of ISO 20022). Noted twice, they count once.

    The references that are no order that was sent are returned.
    """
    inconnues = []
    for reference, motif in motifs.items():
        with transaction.atomic():
            ordres = Ordre.objects.select_for_update(of=["self"]).select_related("compte", "echeance")
            ordre = ordres.filter(reference=reference).first()
            if ordre is None or ordre.statut == Statut.ORDONNANCE:
                inconnues.append(reference)
            elif ordre.statut == Statut.EMIS:
                _rend(ordre, motif[:4], le)
    return inconnues


def _rend(ordre: Ordre, motif: str, le: datetime) -> None:
    ordre.statut, ordre.motif = Statut.REJETE, motif
    ordre.save(update_fields=["statut", "motif"])
    payees = list(Ecriture.objects.filter(ordre=ordre, nature=Nature.PAIEMENT).order_by("mois", "prestation"))
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
        for payee in payees
    )
    _previent(ordre, payees, le)


def _previent(ordre: Ordre, payees: Collection[Ecriture], le: datetime) -> None:
    """The letter that says it to the allocataire, who alone can give another account, or ask the landlord for one."""
    dossier = Dossier.objects.select_related("caisse").get(pk=ordre.dossier_id)
    rejet = Rejet(ordre.reference.hex, ordre.motif)
    au_bailleur = ordre.beneficiaire == Beneficiaire.BAILLEUR
    lettre = virement_rejete(
        enveloppe(dossier, le.date()),
        tuple(Versement(Prestation(p.prestation), Mois.de(p.mois), -p.montant, au_bailleur) for p in payees),
        emis_le=ordre.echeance.jour,
        compte=Iban(vault.decrypt(ordre.compte.valeur["iban"])).masque,
        motif=_dans_la_phrase(rejet.raison),
        adresse=f"{settings.BASE_URL}/mon-compte",
        autre_compte=rejet.compte_en_cause,
    )
    envoie(dossier, lettre, le, f"rejet {ordre.reference}")


def _dans_la_phrase(raison: str) -> str:
    return raison[:1].lower() + raison[1:].rstrip(".")
