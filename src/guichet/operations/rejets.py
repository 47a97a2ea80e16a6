"""What banks send back: the payment is owed again, a letter says why, and it waits for an account where it can go."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from guichet.domain.comptes import Beneficiaire
from guichet.domain.courriers.suivi import SommeVersee, virement_rejete
from guichet.domain.droits import Prestation
from guichet.domain.identifiants import Iban
from guichet.domain.vocabulaire import Mois
from guichet.operations import virements
from guichet.operations.courriers import enveloppe, send
from guichet.operations.virements import CompteRendu, Rejet
from guichet.records import vault
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Ecriture, Nature, Ordre, Statut

_MESSAGE = re.compile(r"([0-9]{3})-([0-9]{8})-([0-9]{3})")
"""The name of a bank file: the caisse, the payday, its rank."""


def read(report: CompteRendu) -> tuple[dict[str, str], list[str]]:
    """The orders that a report sends back and why, and the references in it that are none of its file. ValueError with a
    sentence when it answers no file of ours."""
    name = _MESSAGE.fullmatch(report.message)
    day = _day(name[2]) if name else None
    if name is None or day is None:
        raise ValueError(f"Le fichier de virements « {report.message} » n'est pas l'un des nôtres.")
    ordres = Ordre.objects.filter(echeance__caisse=name[1], echeance__jour=day).values_list("reference", flat=True)
    start = (int(name[3]) - 1) * virements.PER_FILE
    sent = sorted(reference.hex for reference in ordres)[max(start, 0) : start + virements.PER_FILE]
    if not sent:
        raise ValueError(f"Le fichier de virements « {report.message} » n'est pas l'un des nôtres.")
    rejected, unknown = report.rejets(sent)
    return {rejet.reference: rejet.code for rejet in rejected}, unknown


def _day(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits)
    except ValueError:
        return None


def rejeter(motifs: Mapping[str, str], at: datetime) -> list[str]:
    """Note the orders that a bank sent back: their references, and why (a code of ISO 20022). Noted twice, they count once.

    The references that are no order that was sent are returned.
    """
    unknown = []
    for reference, motif in motifs.items():
        with transaction.atomic():
            ordres = Ordre.objects.select_for_update(of=["self"]).select_related("compte", "echeance")
            ordre = ordres.filter(reference=reference).first()
            if ordre is None or ordre.statut == Statut.ORDONNANCE:
                unknown.append(reference)
            elif ordre.statut == Statut.EMIS:
                _send_back(ordre, motif[:4], at)
    return unknown


def _send_back(ordre: Ordre, motif: str, at: datetime) -> None:
    ordre.statut, ordre.motif = Statut.REJETE, motif
    ordre.save(update_fields=["statut", "motif"])
    paid = list(Ecriture.objects.filter(ordre=ordre, nature=Nature.PAIEMENT).order_by("mois", "prestation"))
    Ecriture.objects.bulk_create(
        Ecriture(
            dossier_id=one.dossier_id,
            mois=one.mois,
            prestation=one.prestation,
            nature=Nature.REJET,
            montant=-one.montant,
            le=at,
            ordre=ordre,
        )
        for one in paid
    )
    _tell(ordre, paid, at)


def _tell(ordre: Ordre, paid: Collection[Ecriture], at: datetime) -> None:
    """The letter that says it to the allocataire, who alone can give another account, or ask the landlord for one."""
    dossier = Dossier.objects.select_related("caisse").get(pk=ordre.dossier_id)
    rejet = Rejet(ordre.reference.hex, ordre.motif)
    to_bailleur = ordre.beneficiaire == Beneficiaire.BAILLEUR
    letter = virement_rejete(
        enveloppe(dossier, at.date()),
        tuple(SommeVersee(Prestation(p.prestation), Mois.of(p.mois), -p.montant, to_bailleur) for p in paid),
        emis_le=ordre.echeance.jour,
        compte=Iban(vault.decrypt(ordre.compte.valeur["iban"])).masked,
        motif=_within_sentence(rejet.reason),
        adresse=f"{settings.BASE_URL}/mon-compte/situation/corriger/compte",
        autre_compte=rejet.account_at_fault,
    )
    send(dossier, letter, at, f"rejet {ordre.reference}")


def _within_sentence(reason: str) -> str:
    return reason[:1].lower() + reason[1:].rstrip(".")
