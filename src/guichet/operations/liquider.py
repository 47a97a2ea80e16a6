"""What is due: the rights of a month, for all the files of a caisse; and of the months before, where a fact came late.

By chunks, each in one transaction: a kill loses the chunk under way, and the next run begins with it. A month computed
again adds to the ledger what differs, a rappel or an indu; computed twice with the same facts it adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.looks import MONTHS_READ
from guichet.operations.recalcul import UnderWay, compute, ecarts, first_touched, set_months
from guichet.records import dossiers, faits, grand_livre

FILES = 2000
"""Files of a chunk: enough for the law's arrays, little enough to be done again."""


@dataclass(slots=True)
class Done:
    """What a run has done: files seen, months computed, rows added to the ledger, and their sum in euros."""

    dossiers: int = 0
    mois: int = 0
    ecritures: int = 0
    montant: Euros = ZERO

    def add(self, other: Done) -> None:
        self.dossiers += other.dossiers
        self.mois += other.mois
        self.ecritures += other.ecritures
        self.montant += other.montant


def liquider(caisse: str, mois: Mois, at: datetime, progress: Callable[[Done], None] = lambda done: None) -> Done:
    """Compute the rights of `mois` with the facts known at `at`, and those of the months since June 2012, but for
    prescription, that facts learnt since the last run touch. `progress` is told of each chunk. Raises ValueError for a month
    before June 2012."""
    total = Done()
    for numbers in dossiers.chunks(caisse, mois, FILES):
        with transaction.atomic():
            done = _liquidate(numbers, mois, at)
        total.add(done)
        progress(done)
    return total


def _liquidate(numbers: Sequence[int], mois: Mois, at: datetime) -> Done:
    locked = dossiers.Dossier.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    read = list(locked.values_list("pk", "liquide_le"))
    touched = faits.changes({number: before for number, before in read if before is not None and before <= at}, at)
    under_way = _read([number for number, before in read if before is None or before <= at], touched, mois, at)
    for dossier in under_way:
        set_months(dossier, touched.get(dossier.number), mois, at.date())
    computed = compute(under_way)
    done = _write(computed, at)
    dossiers.Dossier.objects.filter(pk__in=[dossier.number for dossier in under_way]).update(liquide_le=at)
    done.dossiers, done.mois = len(under_way), len(computed)
    return done


def _read(numbers: Sequence[int], touched: Mapping[int, date], mois: Mois, at: datetime) -> list[UnderWay]:
    """The files, with what was due of the months that their computation reads."""
    known = faits.with_effect(numbers, at)
    identites = dossiers.personnes(numbers)
    found = {number: UnderWay(number, known[number], identites[number], {mois}) for number in numbers}
    first = min((first_touched(day, mois) for day in touched.values()), default=mois)
    for which, since in ((numbers, mois), (list(touched), first)):
        for number, due_in, droits in grand_livre.computed_droits(which, since - MONTHS_READ):
            found[number].dus[due_in] = droits
    return list(found.values())


def _write(computed: Sequence[tuple[UnderWay, Mois]], at: datetime) -> Done:
    """The computations whose result is new, and what they add to the ledger."""
    if not computed:
        return Done()
    in_ledger = grand_livre.dus_in_ledger([(dossier.number, mois) for dossier, mois in computed])
    rows: list[tuple[int, Mois, dict[Prestation, Euros | None]]] = []
    differences: list[dict[Prestation, Euros]] = []
    for dossier, mois in computed:
        dus = dossier.dus[mois]
        rows.append((dossier.number, mois, dus))
        differences.append(ecarts(dus, in_ledger.get((dossier.number, mois), {})))
    grand_livre.record_liquidations(rows, differences, at)
    return Done(
        ecritures=sum(map(len, differences)),
        montant=sum((ecart for each in differences for ecart in each.values()), ZERO),
    )
