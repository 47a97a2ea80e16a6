"""From the balances of a file to what is paid, to whom, and what is kept of it.

A balance is what the caisse still owes of one benefit for one month: what is due, less what was paid. Above zero it is
paid at the next payday, as a rappel when its month is past; below zero it was paid too much, an indu. All pure: the ledger
gives the balances, and writes what comes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from guichet.domain.calendrier import jour_de_paie, last_mois_paid, mois_settled_on
from guichet.domain.droits import RANKS, Prestation
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import ZERO, Euros, Mois, euros

Key = tuple[Mois, Prestation]
Soldes = Mapping[Key, Euros]
PRESCRIPTION = 2
"""Years (CSS, art. L553-1; CASF, art. L262-45). Five after a fraud or a false declaration (Code civil, art. 2224), which
nothing here knows of yet."""
RSA_NOT_RECOVERED = euros(77)
"""A debt of RSA below this is never asked back (CASF, art. R262-92)."""


class Beneficiaire(IntEnum):
    """Who is paid: the number under which the ledger keeps it."""

    ALLOCATAIRE = 1
    BAILLEUR = 2
    """The landlord, or the bank of a buyer: tiers payant (CCH, art. L832-1)."""

    @property
    def nom(self) -> str:
        return self.name.lower()


class Somme(NamedTuple):
    """An amount of one benefit for one month, in euros. Two years of payments are a hundred of them: a tuple is made in a
    third of the time."""

    mois: Mois
    prestation: Prestation
    montant: Euros


@dataclass(frozen=True, slots=True)
class Indu:
    """An overpayment of one benefit for one month that was notified.

    `restant` is what is still owed, `mensualite` what the plan allows to keep in a month (`domain.plan`). Nothing is kept
    before `retenir_a_partir_du` (20 days to ask for a correction: CSS, art. R133-9-2), nor while `suspendu`, as an appeal
    or a request for remission does for the RSA (CASF, art. L262-46).
    """

    reference: str
    mois: Mois
    prestation: Prestation
    restant: Euros
    mensualite: Euros
    constate_le: date
    retenir_a_partir_du: date
    suspendu: bool = False


@dataclass(frozen=True, slots=True)
class Paiement:
    """What one payee receives; every sum is above zero."""

    beneficiaire: Beneficiaire
    sommes: tuple[Somme, ...]

    @property
    def montant(self) -> Euros:
        return sum((somme.montant for somme in self.sommes), ZERO)


@dataclass(frozen=True, slots=True)
class Retenue:
    """What is kept of a benefit due (`sur`) for an overpayment (`pour`)."""

    reference: str
    sur: Key
    pour: Key
    montant: Euros

    @property
    def ecritures(self) -> tuple[Somme, Somme]:
        """The two entries of the ledger; together they are zero."""
        return Somme(*self.sur, -self.montant), Somme(*self.pour, self.montant)


@dataclass(frozen=True, slots=True)
class Reglement:
    """What a payday does for a file."""

    paiements: tuple[Paiement, ...]
    retenues: tuple[Retenue, ...]


def payable(soldes: Soldes, day: date) -> dict[Key, Euros]:
    """The balances of which something may be paid on `day`: those of the months that are paid, and from its day
    on the allocation de rentrée scolaire of August."""
    mois, rentree = last_mois_paid(day), (mois_settled_on(day), Prestation.ARS)
    return {key: solde for key, solde in soldes.items() if key[0] <= mois or key == rentree}


def settle(
    soldes: Soldes, mois_paid: Mois, indus: Iterable[Indu] = (), part_of_bailleur: Mapping[Mois, Euros] | None = None
) -> Reglement:
    """Pay what is due up to `mois_paid`, less what the plan keeps for the overpayments.

    `part_of_bailleur`: for each month whose housing aid goes to the landlord, what may still be paid to them, that is the
    rent less what they received of that month; the excess goes to the allocataire.
    """
    due = _shared_out(soldes, mois_paid, part_of_bailleur or {})
    retenues = _kept(soldes, due, mois_paid, indus)
    paiements = []
    for beneficiaire in Beneficiaire:
        theirs = sorted((mois, prestation) for who, mois, prestation in due if who is beneficiaire)
        sommes = tuple(Somme(*key, due[beneficiaire, *key]) for key in theirs if due[beneficiaire, *key] > 0)
        if sommes:
            paiements.append(Paiement(beneficiaire, sommes))
    return Reglement(tuple(paiements), tuple(retenues))


_Due = dict[tuple[Beneficiaire, Mois, Prestation], Euros]


def _shared_out(soldes: Soldes, mois_paid: Mois, part_of_bailleur: Mapping[Mois, Euros]) -> _Due:
    """What is due, by payee."""
    due: _Due = {}
    for (mois, prestation), solde in soldes.items():
        if solde > 0 and mois <= mois_paid:
            part = part_of_bailleur.get(mois, ZERO) if prestation is Prestation.AIDE_LOGEMENT else ZERO
            to_bailleur = min(solde, max(part, ZERO))
            due[Beneficiaire.BAILLEUR, mois, prestation] = to_bailleur
            due[Beneficiaire.ALLOCATAIRE, mois, prestation] = solde - to_bailleur
    return due


def _kept(soldes: Soldes, due: _Due, mois_paid: Mois, indus: Iterable[Indu]) -> list[Retenue]:
    """Keep from `due`, which is lessened, one deduction for all overpayments (CSS, art. D553-4).

    The oldest is paid back first, then the smallest. What older ones took of the month counts in the `mensualite` of the
    next. Never more than the overpayment is in the ledger.
    """
    overpaid = {key: -solde for key, solde in soldes.items() if solde < 0}
    day, taken, retenues = jour_de_paie(mois_paid), ZERO, list[Retenue]()
    for indu in sorted(indus, key=lambda indu: (indu.constate_le, indu.restant, indu.reference)):
        if indu.suspendu or indu.retenir_a_partir_du > day:
            continue
        owed = (indu.mois, indu.prestation)
        to_take = min(indu.mensualite - taken, indu.restant, overpaid.get(owed, ZERO))
        for one in _in_order(due, indu, mois_paid):
            montant = min(to_take, due[one])
            if montant > 0:
                retenues.append(Retenue(indu.reference, one[1:], owed, montant))
                to_take, taken = to_take - montant, taken + montant
                due[one] -= montant
                overpaid[owed] -= montant
    return retenues


def _in_order(due: _Due, indu: Indu, mois_paid: Mois) -> list[tuple[Beneficiaire, Mois, Prestation]]:
    """From what is due, what `indu` is taken from: the same benefit, then the others (D553-4), the latest month first.

    The law lets the caisse begin with what is paid to the allocataire. We do, and touch the landlord's part for a housing
    aid only: else a debt of another benefit would make an unpaid rent.
    """
    return sorted(
        (one for one in due if one[0] is Beneficiaire.ALLOCATAIRE or indu.prestation is Prestation.AIDE_LOGEMENT),
        key=lambda one: (
            one[0] is Beneficiaire.BAILLEUR,
            one[2] is not indu.prestation,
            mois_paid.months_since(one[1]),
            one[2],
        ),
    )


def trop_percus(soldes: Soldes, day: date, indus: Iterable[Indu] = ()) -> tuple[Somme, ...]:
    """What was paid too much until `day`, and is in none of `indus` yet; above zero."""
    known: defaultdict[Key, Euros] = defaultdict(lambda: ZERO)
    for indu in indus:
        known[indu.mois, indu.prestation] += indu.restant
    payable_now = payable(soldes, day)
    new = (Somme(*key, -payable_now[key] - known[key]) for key in sorted(payable_now) if payable_now[key] < 0)
    return tuple(somme for somme in new if somme.montant > 0)


def recoverable(prestation: Prestation, montant: Euros) -> bool:
    """Whether an overpayment of `montant` in all, of one notification, may be asked back."""
    return prestation is not Prestation.RSA or montant >= RSA_NOT_RECOVERED


def split(trop_percus: Iterable[Somme]) -> tuple[list[Somme], list[Somme]]:
    """Of what was paid too much, what is asked back, and what is too little for it; benefit by benefit."""
    by_prestation: dict[Prestation, list[Somme]] = {}
    for somme in trop_percus:
        by_prestation.setdefault(somme.prestation, []).append(somme)
    to_ask, to_remit = list[Somme](), list[Somme]()
    for prestation, sommes in by_prestation.items():
        asked = recoverable(prestation, sum((somme.montant for somme in sommes), ZERO))
        (to_ask if asked else to_remit).extend(sommes)
    return to_ask, to_remit


class Suite(NamedTuple):
    """An amount of one benefit for months that follow one another, in euros."""

    prestation: Prestation
    du: Mois
    au: Mois
    montant: Euros

    @property
    def mois(self) -> Phrase:
        if self.du == self.au:
            return Phrase("{au}", au=self.au)
        if self.du.annee == self.au.annee:
            return Phrase("{du:de_nom} à {au}", du=self.du, au=self.au)
        return Phrase("{du:de} à {au}", du=self.du, au=self.au)


def suites(sommes: Iterable[Somme]) -> list[Suite]:
    """The sums, in as few lines as they can be: by benefit, then by month."""
    found: list[Suite] = []
    for mois, prestation, montant in sorted(sommes, key=lambda somme: (RANKS[somme.prestation], somme.mois)):
        last = found[-1] if found else None
        if last and last.prestation is prestation and mois.months_since(last.au) <= 1:
            found[-1] = last._replace(au=mois, montant=last.montant + montant)
        else:
            found.append(Suite(prestation, mois, mois, montant))
    return found


def time_barred(mois: Mois, le: date) -> bool:
    """Whether a difference on the rights of `mois` that is learnt on `le` comes too late to be paid or asked back.

    The years run from the payday of the month.
    """
    payday = jour_de_paie(mois)
    return le > payday.replace(year=payday.year + PRESCRIPTION)
