"""What liquidation will do for a file before its next payday, with what is known today: nothing is written.

What counts is what is known when the accounts of the payday are settled. Where something was learnt since rights were last
computed, the months that it touches are computed again, by what liquidation itself calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from guichet.clock import day_of
from guichet.domain import comptes
from guichet.domain.droits import Droit, Prestation
from guichet.domain.faits import Identite
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import recalcul
from guichet.operations.droits import PAID, droits_of, kept_montants
from guichet.operations.echeances import settled_at
from guichet.operations.looks import MONTHS_READ, Dus
from guichet.operations.recalcul import UnderWay, first_touched, set_months
from guichet.records import faits, releves
from guichet.records.dossiers import Dossier
from guichet.records.faits import Connu
from guichet.records.releves import Releve


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """Something learnt on `learnt_on` that no computation has seen; `touched` is the first day that it changes."""

    learnt_on: date
    touched: date


@dataclass(frozen=True, slots=True)
class Avenir:
    """The rights of the month that is paid, with their lines; the balances that the payday will find, once liquidation has
    added its `ecarts` to them; what the landlord has received of each month."""

    droits: Sequence[Droit]
    soldes: comptes.Soldes
    to_bailleur: Mapping[Mois, Euros]
    ecarts: Mapping[comptes.Key, Euros] = field(default_factory=dict)
    recomputed: Sequence[Mois] = ()
    """Months before the one that is paid."""


def counts_until(dossier: Dossier, mois: Mois, now: datetime) -> datetime:
    """Until when what is learnt counts for the payday of `mois`."""
    at = min(now, settled_at(mois))
    return max(at, dossier.liquide_le or at)


def known_at(ever_known: Sequence[Connu], at: datetime) -> list[Connu]:
    """Of `ever_known`, the facts known at the instant `at`."""
    return [one for one in ever_known if one.connu_le <= at and (one.avant is None or one.avant > at)]


def news(dossier: int, ever_known: Sequence[Connu], since: datetime, at: datetime) -> Nouvelle | None:
    """What was learnt from `since` to `at` and changes something; a fact that was cut is noted again."""
    instants = [when for one in ever_known for when in (one.connu_le, one.avant) if when and since < when <= at]
    touched = faits.changes({dossier: since}, at).get(dossier) if instants else None
    return Nouvelle(day_of(max(instants)), touched) if touched is not None else None


def avenir(
    dossier: int,
    learnt: Nouvelle | None,
    known: Sequence[Connu],
    identites: Mapping[int, Identite],
    mois: Mois,
    statement: Releve,
) -> Avenir:
    """What liquidation does for the payday of `mois`, with the facts `known`; the months before are read and computed again
    only if what was `learnt` touches them."""
    if learnt and learnt.touched < mois.first_day:
        return _with_months_before(dossier, learnt.touched, known, identites, mois, statement)
    return _of_month(known, identites, mois, statement)


def _of_month(known: Sequence[Connu], identites: Mapping[int, Identite], mois: Mois, statement: Releve) -> Avenir:
    droits = paid_droits(known, identites, mois, statement.droits)
    in_ledger = {prestation: du for prestation, du in statement.droits.get(mois, {}).items() if du is not None}
    ecarts = _ecarts(mois, {droit.prestation: droit.montant for droit in droits}, in_ledger)
    return Avenir(droits, _with_added(statement.soldes, ecarts), statement.paid_to_bailleur, ecarts)


def _with_months_before(
    dossier: int, touched: date, known: Sequence[Connu], identites: Mapping[int, Identite], mois: Mois, statement: Releve
) -> Avenir:
    past = releves.past_since(dossier, first_touched(touched, mois) - MONTHS_READ)
    under_way = UnderWay(dossier, [one.fait for one in known], identites, {mois}, past.droits)
    set_months(under_way, touched, mois, settled_at(mois).date())
    ecarts: dict[comptes.Key, Euros] = {}
    for _, changed in recalcul.compute([under_way], kept_montants):
        ecarts |= _ecarts(changed, under_way.dus[changed], past.in_ledger.get(changed, {}))
    return Avenir(
        *(paid_droits(known, identites, mois, under_way.dus), _with_added(statement.soldes, ecarts)),
        *({**statement.paid_to_bailleur, **past.paid_to_bailleur}, ecarts),
        sorted(each for each in under_way.months_to_compute if each < mois),
    )


def paid_droits(known: Sequence[Connu], identites: Mapping[int, Identite], mois: Mois, dus: Dus) -> list[Droit]:
    """The rights of `mois` that are paid to somebody, with their lines."""
    found = droits_of([one.fait for one in known], identites, mois, dus)
    return [droit for droit in found if droit.prestation in PAID]


def _ecarts(
    mois: Mois, dus: Mapping[Prestation, Euros | None], in_ledger: Mapping[Prestation, Euros]
) -> dict[comptes.Key, Euros]:
    return {(mois, prestation): ecart for prestation, ecart in recalcul.ecarts(dus, in_ledger).items()}


def _with_added(soldes: comptes.Soldes, ecarts: Mapping[comptes.Key, Euros]) -> dict[comptes.Key, Euros]:
    """The balances once these differences are in the ledger; those that are zero are not there."""
    totals = {cle: soldes.get(cle, ZERO) + ecarts.get(cle, ZERO) for cle in {**soldes, **ecarts}}
    return {cle: solde for cle, solde in totals.items() if solde}
