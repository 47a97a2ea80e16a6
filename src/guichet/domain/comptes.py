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
from enum import StrEnum
from typing import NamedTuple

from guichet.domain.calendrier import jour_de_paie, last_mois_paid, mois_settled_on
from guichet.domain.droits import Prestation
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import ZERO, Euros, Mois, euros

Cle = tuple[Mois, Prestation]
Soldes = Mapping[Cle, Euros]
PRESCRIPTION, PRESCRIPTION_FRAUDE = 2, 5
"""Years (CSS, art. L553-1; CASF, art. L262-45; after a fraud or a false declaration, Code civil, art. 2224)."""
RSA_NON_RECOUVRE = euros(77)
"""A debt of RSA below this is never asked back (CASF, art. R262-92)."""


class Beneficiaire(StrEnum):
    ALLOCATAIRE = "allocataire"
    BAILLEUR = "bailleur"
    """The landlord, or the bank of a buyer: tiers payant (CCH, art. L832-1)."""


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
    sur: Cle
    pour: Cle
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


def payables(soldes: Soldes, jour: date) -> dict[Cle, Euros]:
    """The balances of which something may be paid on `jour`: those of the months that are paid, and from its day
    on the allocation de rentrée scolaire of August."""
    mois, rentree = last_mois_paid(jour), (mois_settled_on(jour), Prestation.ARS)
    return {cle: solde for cle, solde in soldes.items() if cle[0] <= mois or cle == rentree}


def regler(
    soldes: Soldes, mois_paye: Mois, indus: Iterable[Indu] = (), part_du_bailleur: Mapping[Mois, Euros] | None = None
) -> Reglement:
    """Pay what is due up to `mois_paye`, less what the plan keeps for the overpayments.

    `part_du_bailleur`: for each month whose housing aid goes to the landlord, what may still be paid to them, that is the
    rent less what they received of that month; the excess goes to the allocataire.
    """
    dus = _repartis(soldes, mois_paye, part_du_bailleur or {})
    retenues = _retenues(soldes, dus, mois_paye, indus)
    paiements = []
    for beneficiaire in Beneficiaire:
        siens = sorted((mois, prestation) for qui, mois, prestation in dus if qui is beneficiaire)
        sommes = tuple(Somme(*cle, dus[beneficiaire, *cle]) for cle in siens if dus[beneficiaire, *cle] > 0)
        if sommes:
            paiements.append(Paiement(beneficiaire, sommes))
    return Reglement(tuple(paiements), tuple(retenues))


_Dus = dict[tuple[Beneficiaire, Mois, Prestation], Euros]


def _repartis(soldes: Soldes, mois_paye: Mois, part_du_bailleur: Mapping[Mois, Euros]) -> _Dus:
    """What is due, by payee."""
    dus: _Dus = {}
    for (mois, prestation), solde in soldes.items():
        if solde > 0 and mois <= mois_paye:
            part = part_du_bailleur.get(mois, ZERO) if prestation is Prestation.AIDE_LOGEMENT else ZERO
            au_bailleur = min(solde, max(part, ZERO))
            dus[Beneficiaire.BAILLEUR, mois, prestation] = au_bailleur
            dus[Beneficiaire.ALLOCATAIRE, mois, prestation] = solde - au_bailleur
    return dus


def _retenues(soldes: Soldes, dus: _Dus, mois_paye: Mois, indus: Iterable[Indu]) -> list[Retenue]:
    """Keep from `dus`, which is lessened, one deduction for all overpayments (CSS, art. D553-4).

    The oldest is paid back first, then the smallest. What older ones took of the month counts in the `mensualite` of the
    next. Never more than the overpayment is in the ledger.
    """
    trop_paye = {cle: -solde for cle, solde in soldes.items() if solde < 0}
    jour, prises, retenues = jour_de_paie(mois_paye), ZERO, list[Retenue]()
    for indu in sorted(indus, key=lambda indu: (indu.constate_le, indu.restant, indu.reference)):
        if indu.suspendu or indu.retenir_a_partir_du > jour:
            continue
        pour = (indu.mois, indu.prestation)
        a_prendre = min(indu.mensualite - prises, indu.restant, trop_paye.get(pour, ZERO))
        for du in _dans_l_ordre(dus, indu, mois_paye):
            montant = min(a_prendre, dus[du])
            if montant > 0:
                retenues.append(Retenue(indu.reference, du[1:], pour, montant))
                a_prendre, prises = a_prendre - montant, prises + montant
                dus[du] -= montant
                trop_paye[pour] -= montant
    return retenues


def _dans_l_ordre(dus: _Dus, indu: Indu, mois_paye: Mois) -> list[tuple[Beneficiaire, Mois, Prestation]]:
    """From what is due, what `indu` is taken from: the same benefit, then the others (D553-4), the latest month first.

    The law lets the caisse begin with what is paid to the allocataire. We do, and touch the landlord's part for a housing
    aid only: else a debt of another benefit would make an unpaid rent.
    """
    return sorted(
        (du for du in dus if du[0] is Beneficiaire.ALLOCATAIRE or indu.prestation is Prestation.AIDE_LOGEMENT),
        key=lambda du: (du[0] is Beneficiaire.BAILLEUR, du[2] is not indu.prestation, mois_paye.ecart(du[1]), du[2]),
    )


def rappels(soldes: Soldes, mois_paye: Mois) -> tuple[Somme, ...]:
    """What the payday of `mois_paye` pays for months before it."""
    return tuple(Somme(*cle, soldes[cle]) for cle in sorted(soldes) if soldes[cle] > 0 and cle[0] < mois_paye)


def trop_percus(soldes: Soldes, jour: date, indus: Iterable[Indu] = ()) -> tuple[Somme, ...]:
    """What was paid too much until `jour`, and is in none of `indus` yet; above zero."""
    connus: defaultdict[Cle, Euros] = defaultdict(lambda: ZERO)
    for indu in indus:
        connus[indu.mois, indu.prestation] += indu.restant
    payes = payables(soldes, jour)
    nouveaux = (Somme(*cle, -payes[cle] - connus[cle]) for cle in sorted(payes) if payes[cle] < 0)
    return tuple(somme for somme in nouveaux if somme.montant > 0)


def recouvrable(prestation: Prestation, montant: Euros) -> bool:
    """Whether an overpayment of `montant` in all, of one notification, may be asked back."""
    return prestation is not Prestation.RSA or montant >= RSA_NON_RECOUVRE


def partage(trop_percus: Iterable[Somme]) -> tuple[list[Somme], list[Somme]]:
    """Of what was paid too much, what is asked back, and what is too little for it; benefit by benefit."""
    par_prestation: dict[Prestation, list[Somme]] = {}
    for somme in trop_percus:
        par_prestation.setdefault(somme.prestation, []).append(somme)
    a_dire, a_remettre = list[Somme](), list[Somme]()
    for prestation, sommes in par_prestation.items():
        demande = recouvrable(prestation, sum((somme.montant for somme in sommes), ZERO))
        (a_dire if demande else a_remettre).extend(sommes)
    return a_dire, a_remettre


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
    """The same sums, in as few lines: by benefit, then by month."""
    trouvees: list[Suite] = []
    for mois, prestation, montant in sorted(
        sommes, key=lambda somme: (list(Prestation).index(somme.prestation), somme.mois)
    ):
        derniere = trouvees[-1] if trouvees else None
        if derniere and derniere.prestation is prestation and mois.ecart(derniere.au) <= 1:
            trouvees[-1] = derniere._replace(au=mois, montant=derniere.montant + montant)
        else:
            trouvees.append(Suite(prestation, mois, mois, montant))
    return trouvees


def prescrit(mois: Mois, le: date, fraude: bool = False) -> bool:
    """Whether a difference on the rights of `mois` that is learnt on `le` comes too late to be paid or asked back.

    The years run from the payday of the month. `fraude`, or a false declaration: what the caisse asks back only.
    """
    paie = jour_de_paie(mois)
    return le > paie.replace(year=paie.year + (PRESCRIPTION_FRAUDE if fraude else PRESCRIPTION))
