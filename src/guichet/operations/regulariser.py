"""What was paid too much: found in the ledger, told with its reason and its ways of appeal, never kept before its time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from guichet.domain import comptes
from guichet.domain.calendrier import months_after
from guichet.domain.comptes import Key, Somme, trop_percus
from guichet.domain.courriers.decisions import Ecart
from guichet.domain.courriers.indus import notification_d_indu
from guichet.domain.courriers.recours import DELAI, received_on, recouvrement
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.courriers import enveloppe, send
from guichet.operations.motifs import known_before, motif
from guichet.records import faits, grand_livre
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Ecriture, Indu, Nature


def regulariser(caisse: str, at: datetime) -> int:
    """Tell the overpayments of a caisse that were not told yet; how many letters. Done again, it tells nothing more."""
    letters = 0
    for numbers in grand_livre.overpaid(caisse):
        for number in _to_tell(numbers, at):
            with transaction.atomic():
                letters += _tell(Dossier.objects.select_for_update().get(pk=number), at)
    return letters


def _to_tell(numbers: Sequence[int], at: datetime) -> list[int]:
    """The files, among those that were paid too much, that were not told all of it."""
    soldes = grand_livre.soldes(numbers)
    told: dict[int, list[comptes.Indu]] = {number: [] for number in numbers}
    for indu in Indu.objects.filter(dossier__in=numbers):
        told[indu.dossier_id].append(indu.with_remaining(soldes[indu.dossier_id]))
    return [number for number in numbers if trop_percus(soldes[number], at.date(), told[number])]


def _tell(dossier: Dossier, at: datetime) -> int:
    soldes = grand_livre.soldes([dossier.pk])[dossier.pk]
    told = [indu.with_remaining(soldes) for indu in Indu.objects.filter(dossier=dossier)]
    new = trop_percus(soldes, at.date(), told)
    to_tell, to_remit = comptes.split(new)
    Ecriture.objects.bulk_create(_remises(dossier, to_remit, at))
    if not to_tell:
        return 0
    Indu.objects.bulk_create(
        Indu(
            dossier=dossier,
            mois=somme.mois.first_day,
            prestation=somme.prestation,
            montant=somme.montant,
            notifie_le=at.date(),
            retenir_des=retenir_des(somme.prestation, at.date()),
        )
        for somme in to_tell
    )
    ecarts = _ecarts(dossier, to_tell)
    known_then = known_before(grand_livre.first_computed([dossier.pk], min(somme.mois for somme in to_tell))).get(dossier.pk)
    reason = motif(known_then, faits.of_dossier(dossier.pk, at), [(somme.mois, somme.prestation) for somme in to_tell])
    send(dossier, notification_d_indu(enveloppe(dossier, at.date()), ecarts, reason, plan=None), at)
    return 1


def retenir_des(prestation: Prestation, told_on: date) -> date:
    """The day from which something may be kept for an overpayment told on `told_on`: the one after the delay that its letter
    opens, or after that of the appeal (CSS, art. R133-9-2; CASF, art. R262-92-1; CSS, art. R847-1-1)."""
    rule, received = recouvrement(prestation, told_on), received_on(told_on, None)
    if rule.rectification and not rule.apres_recours:
        return received + timedelta(days=rule.rectification + 1)
    return months_after(received, DELAI) + timedelta(days=1)


def _remises(dossier: Dossier, sommes: Sequence[Somme], at: datetime) -> Iterable[Ecriture]:
    """What is too little to be asked back is given (CASF, art. R262-92)."""
    for somme in sommes:
        yield Ecriture(
            dossier=dossier,
            mois=somme.mois.first_day,
            prestation=somme.prestation,
            nature=Nature.REMISE,
            montant=somme.montant,
            le=at,
        )


def _ecarts(dossier: Dossier, sommes: Sequence[Somme]) -> tuple[Ecart, ...]:
    """For each month and benefit, what is due, what was paid and when, and what of it needs no telling: told already, paid
    back or given."""
    dus = grand_livre.dus_in_ledger((dossier.pk, somme.mois) for somme in sommes)
    paid: dict[Key, Euros] = {}
    days: dict[Key, set[date]] = {}
    for cle, montant, day in _versements(dossier):
        paid[cle] = paid.get(cle, ZERO) - montant
        if montant < 0:
            days.setdefault(cle, set()).add(day)
    ecarts = []
    for mois, prestation, montant in sommes:
        due = dus.get((dossier.pk, mois), {}).get(prestation, ZERO)
        amount_paid, paid_on = paid.get((mois, prestation), ZERO), days.get((mois, prestation), ())
        ecarts.append(Ecart(prestation, mois, due, amount_paid, tuple(sorted(paid_on)), amount_paid - due - montant))
    return tuple(ecarts)


def _versements(dossier: Dossier) -> Iterable[tuple[Key, Euros, date]]:
    """The entries of what was paid, below zero, and of what came back. What was kept to pay something back is paid too."""
    paid = Q(nature__in=(Nature.PAIEMENT, Nature.REJET)) | Q(nature=Nature.RETENUE, montant__lt=0)
    rows = Ecriture.objects.filter(paid, dossier=dossier)
    for mois, prestation, montant, day in rows.values_list("mois", "prestation", "montant", "echeance__jour"):
        yield (Mois.of(mois), Prestation(prestation)), montant, day
