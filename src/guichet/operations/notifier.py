"""What is decided is told: the rights that open or end with a month, in one letter to each file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from guichet.domain.courriers.decisions import Decision, MontantDecide, Sens, notification_de_droits
from guichet.domain.droits import PAID_ONCE, Prestation
from guichet.domain.vocabulaire import ZERO, Mois
from guichet.operations.courriers import enveloppe, send
from guichet.operations.droits import PAID, Montants
from guichet.operations.motifs import MonthlyRights, known_before
from guichet.records import courriers, dossiers, faits, grand_livre


def notifier(caisse: str, mois: Mois, at: datetime) -> int:
    """Tell the files of a caisse what begins or ends with `mois`, and what changes with it; how many letters. Done again, it
    tells nothing more. Amounts that change while nothing begins nor ends are on Mon compte, line by line, in no letter."""
    letters = 0
    for numbers in dossiers.chunks(caisse, mois):
        read: dict[int, dict[Mois, Montants]] = {number: {} for number in numbers}
        for number, due_in, droits in grand_livre.computed_droits(numbers, mois - 1):
            read[number][due_in] = {p: montant for p, montant in droits.items() if p in PAID}
        concerned = [n for n, dus in read.items() if _changes(dus.get(mois - 1, {}), dus.get(mois, {}))]
        already = courriers.already_sent(concerned, _subject(mois))
        to_tell = [number for number in concerned if number not in already]
        with transaction.atomic():
            _notify(to_tell, mois, read, at)
        letters += len(to_tell)
    return letters


def _changes(before: Montants, after: Montants) -> bool:
    """Something begins or ends, that is not paid once."""
    return {p for p, m in before.items() if m} - PAID_ONCE != {p for p, m in after.items() if m} - PAID_ONCE


def _subject(mois: Mois) -> str:
    return f"droits {mois}"


def _notify(numbers: Sequence[int], mois: Mois, dus: Mapping[int, Mapping[Mois, Montants]], at: datetime) -> None:
    known = faits.known(numbers, at)
    identites = dossiers.personnes(list(numbers))
    known_then = known_before(grand_livre.first_computed(numbers, mois - 1))
    for dossier in dossiers.Dossier.objects.select_related("caisse").filter(pk__in=numbers).order_by("pk"):
        known_now, of_months = known[dossier.pk], dus[dossier.pk]
        before, after = of_months.get(mois - 1, {}), of_months.get(mois, {})
        others = [p for p in Prestation if (before.get(p) or ZERO) != (after.get(p) or ZERO)]
        why = MonthlyRights(mois, known_then.get(dossier.pk), known_now, identites[dossier.pk], others)
        decisions = tuple(_decisions(mois, before, after, why))
        known_faits = [one.fait for one in known_now]
        heading = enveloppe(dossier, at.date(), known_faits=known_faits, identites=identites[dossier.pk])
        send(dossier, notification_de_droits(heading, decisions), at, _subject(mois))


def _decisions(mois: Mois, before: Montants, after: Montants, why: MonthlyRights) -> Iterator[Decision]:
    for prestation in why.others:
        old, new = before.get(prestation) or ZERO, after.get(prestation) or ZERO
        if not new and prestation in PAID_ONCE:
            continue
        sens = Sens.OUVERTURE if not old else Sens.FIN if not new else Sens.CHANGEMENT
        decided = MontantDecide(mois, new, old if old else None)
        motif = why.motif(prestation, changes=sens is Sens.CHANGEMENT)
        yield Decision(prestation, sens, (decided,), motif)
