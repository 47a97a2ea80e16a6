"""What is due of the months of a file: of a new one, and of those before that a late fact touches.

Nothing is written here. Liquidation adds to the ledger what differs; the forecast of the next payment shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guichet import law
from guichet.domain.comptes import time_barred
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Identite
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.droits import PAID, Calculation, montants
from guichet.operations.looks import looks

MONTHS_BEFORE_PRESCRIPTION = 26
"""At the most: prescription runs two years from the payday of a month (`comptes.time_barred`)."""


@dataclass(slots=True)
class UnderWay:
    """A file under computation: `dus` is what is due of each month, as last computed."""

    number: int
    faits: Sequence[Fait]
    identites: Mapping[int, Identite]
    months_to_compute: set[Mois]
    dus: dict[Mois, dict[Prestation, Euros | None]] = field(default_factory=dict)


def first_touched(since: date, mois: Mois) -> Mois:
    """The earliest month that a fact true from `since` on touches, and that prescription may leave, as of that of `mois`."""
    return max(Mois.of(since), mois - MONTHS_BEFORE_PRESCRIPTION)


def set_months(dossier: UnderWay, touched: date | None, mois: Mois, on: date) -> None:
    """Set the months to compute: `mois`, if it was not with what is known; those from the day `touched` on, the first that a
    new fact is about, but for prescription as of `on`."""
    computed = dossier.dus.keys()
    if touched is not None and computed:
        first = max(first_touched(touched, mois), min(computed))
        dossier.months_to_compute |= {each for each in first.until(max(*computed, mois)) if not time_barred(each, on)}
    elif mois in computed:
        dossier.months_to_compute.clear()


def compute(dossiers: Sequence[UnderWay], law_montants: Calculation = law.montants) -> list[tuple[UnderWay, Mois]]:
    """Compute what is to be: `dus` is what is due now; the files and the months of which it is no longer the same."""
    changed: list[tuple[UnderWay, Mois]] = []
    for each in sorted(set().union(*(dossier.months_to_compute for dossier in dossiers))):
        concerned = [dossier for dossier in dossiers if each in dossier.months_to_compute]
        looked_at = [looks(d.faits, d.identites, each, d.dus, settled_too=True) for d in concerned]
        for dossier, dus in zip(concerned, montants(looked_at, each, law_montants), strict=True):
            nonzero = {prestation: du for prestation, du in dus.items() if du != ZERO}
            if dossier.dus.get(each) != nonzero:
                dossier.dus[each] = nonzero
                changed.append((dossier, each))
    return changed


def ecarts(dus: Mapping[Prestation, Euros | None], in_ledger: Mapping[Prestation, Euros]) -> dict[Prestation, Euros]:
    """What a month adds to the ledger, where `in_ledger` is due already. An amount that is not known changes nothing until
    somebody has looked at it."""
    found = {p: _ecart(dus.get(p, ZERO), in_ledger.get(p, ZERO)) for p in {*dus, *in_ledger} if p in PAID}
    return {prestation: ecart for prestation, ecart in found.items() if ecart}


def _ecart(du: Euros | None, in_ledger: Euros) -> Euros:
    return ZERO if du is None else du - in_ledger
