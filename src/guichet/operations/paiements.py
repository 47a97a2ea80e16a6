"""What an allocataire was paid, and what was kept, payday by payday."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from guichet.domain import comptes
from guichet.domain.calendrier import jour_de_rentree, jours_de_paie, mois_settled_on
from guichet.domain.comptes import Beneficiaire, Key, Somme
from guichet.domain.droits import RANKS, Droit, Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.droits import droits_of_dossier
from guichet.operations.looks import MONTHS_READ
from guichet.records import grand_livre, releves
from guichet.records.grand_livre import PRESTATIONS, Indu, Statut
from guichet.records.releves import LigneDePaie

SHOWN_MONTHS = 24
"""Whose paydays are shown, and may be certified: as many as before prescription."""
PAYDAYS = SHOWN_MONTHS + 4
"""The most paydays of so many months: those of August are two, and one may have been added."""


@dataclass(frozen=True, slots=True)
class Versement:
    """A transfer: `sommes` are what it pays, by month and benefit; `statut` is None when it is only expected.

    `motif` is why the bank sent it back, `compte` the number of the fact that says where it goes.
    """

    montant: Euros
    beneficiaire: Beneficiaire
    sommes: tuple[Somme, ...]
    statut: Statut | None = None
    motif: str = ""
    compte: int = 0

    @property
    def rejected(self) -> bool:
        return self.statut is Statut.REJETE


@dataclass(frozen=True)
class Paie:
    """A payday of a file: transfers, and what was kept of what was due (`retenues_from`) for overpayments (`retenues_for`),
    all above zero. `arrete_le` is when its accounts were settled, None when they are not yet: all of it is expected.

    What is due for its month, and for those before, is what is paid and what is kept.
    """

    jour: date
    versements: tuple[Versement, ...] = ()
    retenues_from: tuple[Somme, ...] = ()
    retenues_for: tuple[Somme, ...] = ()
    arrete_le: datetime | None = None

    @property
    def mois(self) -> Mois:
        """The last month that it pays."""
        return mois_settled_on(self.jour)

    @property
    def regular(self) -> bool:
        """Whether it is a payday of the calendar, and not one more, for arrears or for what a bank sent back."""
        return self.jour in jours_de_paie(self.mois)

    @property
    def rentree(self) -> bool:
        """Whether it pays the allocation de rentrée scolaire, ahead of the other rights of August."""
        return self.jour == jour_de_rentree(self.jour.year)

    @property
    def dus(self) -> dict[Prestation, Euros]:
        """What is due for its month, by benefit."""
        return self._everything[0]

    @property
    def rappels(self) -> tuple[Somme, ...]:
        """What is due for months before its own."""
        return self._everything[1]

    @functools.cached_property
    def _everything(self) -> tuple[dict[Prestation, Euros], tuple[Somme, ...]]:
        """What is due for its month, and for those before."""
        own, of_month, before = self.mois, dict[Prestation, Euros](), dict[Key, Euros]()
        for mois, prestation, montant in (*(s for v in self.versements for s in v.sommes), *self.retenues_from):
            if mois == own:
                of_month[prestation] = of_month.get(prestation, ZERO) + montant
            elif mois < own:
                before[mois, prestation] = before.get((mois, prestation), ZERO) + montant
        dus = {prestation: of_month[prestation] for prestation in sorted(of_month, key=RANKS.__getitem__)}
        rappels = sorted(before, key=lambda cle: (cle[0], RANKS[cle[1]]))
        return dus, tuple(Somme(*cle, before[cle]) for cle in rappels)

    @property
    def kept(self) -> Euros:
        return total(self.retenues_for)

    def sent_to(self, beneficiaire: Beneficiaire) -> Euros:
        """What is sent to somebody, whatever their bank did of it."""
        return sum((v.montant for v in self.versements if v.beneficiaire is beneficiaire), ZERO)

    @functools.cached_property
    def montant(self) -> Euros:
        """What the allocataire received, themselves; what a bank sent back was not."""
        own = (v for v in self.versements if v.beneficiaire is Beneficiaire.ALLOCATAIRE)
        return sum((versement.montant for versement in own if not versement.rejected), ZERO)

    @property
    def to_allocataire(self) -> Euros:
        return self.sent_to(Beneficiaire.ALLOCATAIRE)

    @property
    def to_bailleur(self) -> Euros:
        return self.sent_to(Beneficiaire.BAILLEUR)

    @property
    def rejets(self) -> tuple[Versement, ...]:
        return tuple(versement for versement in self.versements if versement.rejected)


def total(sommes: Iterable[Somme]) -> Euros:
    return sum((somme.montant for somme in sommes), ZERO)


def split_rappels(paie: Paie, refused: Iterable[tuple[date, Versement]]) -> tuple[list[Somme], list[tuple[date, Euros]]]:
    """Of what a payday brings for past months: what was never sent, and what is sent again after `refused`, by the day of
    its first payment."""
    left = {(mois, prestation): montant for mois, prestation, montant in paie.rappels}
    again = []
    for day, versement in refused:
        same = {(mois, p): min(montant, left.get((mois, p), ZERO)) for mois, p, montant in versement.sommes}
        left |= {key: left[key] - montant for key, montant in same.items() if montant}
        again.append((day, total(Somme(*key, montant) for key, montant in same.items())))
    return [Somme(*key, montant) for key, montant in left.items() if montant], [one for one in again if one[1]]


def refused(past: Sequence[Paie]) -> Iterator[tuple[date, Versement]]:
    """What banks sent back and that is not paid again in `past` (the latest first), with the day of its payment."""
    for rank, past_one in enumerate(past):
        for versement in past_one.rejets:
            if not any(_paid_again(versement, other) for later in past[:rank] for other in later.versements):
                yield past_one.jour, versement


def _paid_again(rejected: Versement, other: Versement) -> bool:
    """Whether `other`, which came later, pays again what a bank sent back."""
    paid = {(somme.mois, somme.prestation) for somme in other.sommes}
    same = any((somme.mois, somme.prestation) in paid for somme in rejected.sommes)
    return same and other.beneficiaire is rejected.beneficiaire and not other.rejected


def payday_of(dossier: int, day: date) -> Paie | None:
    """What was paid or kept on `day`."""
    return next(paies(releves.reglements(dossier, 1, day)), None)


def before(dossier: int, day: date) -> list[Paie]:
    """The paydays of a file before `day`, the latest first, as far as they are shown."""
    return [payday for payday in paies(releves.reglements(dossier, PAYDAYS)) if payday.jour < day]


def paies(lignes: Iterable[LigneDePaie]) -> Iterator[Paie]:
    """The paydays of a file, the latest first, from the lines that the ledger has of them."""
    for (day, arrete_le), own in groupby(lignes, key=lambda ligne: (ligne.jour, ligne.arrete_le)):
        paid: dict[UUID, list[LigneDePaie]] = {}
        kept_from, kept_for = list[Somme](), list[Somme]()
        for ligne in own:
            if ligne.reference is not None:
                paid.setdefault(ligne.reference, []).append(ligne)
            else:
                (kept_from if ligne.montant < 0 else kept_for).append(_somme(ligne))
        yield Paie(day, tuple(map(_versement, paid.values())), tuple(kept_from), tuple(kept_for), arrete_le)


def _versement(lignes: Sequence[LigneDePaie]) -> Versement:
    """The transfer of one order, from its lines."""
    one, sommes = lignes[0], tuple(map(_somme, lignes))
    return Versement(one.ordonne, Beneficiaire(one.beneficiaire), sommes, Statut(one.statut), one.motif, one.compte)


def _somme(ligne: LigneDePaie) -> Somme:
    return Somme(Mois.of(ligne.mois), PRESTATIONS[ligne.prestation], abs(ligne.montant))


def indus(told: Iterable[Indu], soldes: comptes.Soldes) -> list[tuple[Indu, comptes.Indu]]:
    """The overpayments that were told and are not paid back, each with what remains of it."""
    return [(indu, rest) for indu in told if (rest := indu.with_remaining(soldes)).restant]


def decompte(dossier: int, mois: Mois, known_at: datetime) -> list[Droit]:
    """The rights of a month that was paid, with their lines, on what was known at `known_at`."""
    dus = {due_in: dus for _, due_in, dus in grand_livre.computed_droits([dossier], mois - MONTHS_READ, known_at)}
    return droits_of_dossier(dossier, mois, known_at, dus)
