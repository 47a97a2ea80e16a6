"""What an allocataire was paid, and what was kept, payday by payday."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from guichet.domain import comptes
from guichet.domain.calendrier import jour_de_rentree, jours_de, mois_regle
from guichet.domain.comptes import Cle, Somme
from guichet.domain.droits import Droit, Prestation
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import dossier as rights
from guichet.records import grand_livre
from guichet.records.grand_livre import PRESTATIONS, Beneficiaire, Indu, Statut

MOIS = 24
"""Whose paydays are shown: as many as before prescription."""
ECHEANCES = MOIS + 4
"""The most paydays of so many months: those of August are two, and one may have been added."""
RANGS = {prestation: rang for rang, prestation in enumerate(Prestation)}


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
    def rejete(self) -> bool:
        return self.statut is Statut.REJETE


@dataclass(frozen=True)
class Paie:
    """A payday of a file: transfers, and what was kept of what was due (`retenues_sur`) for overpayments (`retenues_pour`),
    all above zero. `arrete_le` is when its accounts were settled, None when they are not yet: all of it is expected.

    What is due for its month, and for those before, is what is paid and what is kept.
    """

    jour: date
    versements: tuple[Versement, ...] = ()
    retenues_sur: tuple[Somme, ...] = ()
    retenues_pour: tuple[Somme, ...] = ()
    arrete_le: datetime | None = None

    @property
    def mois(self) -> Mois:
        """The last month that it pays."""
        return mois_regle(self.jour)

    @property
    def reguliere(self) -> bool:
        """One of those of a month, and not one more, for arrears or for what a bank sent back."""
        return self.jour in jours_de(self.mois)

    @property
    def rentree(self) -> bool:
        """That of the allocation de rentrée scolaire, ahead of the other rights of August."""
        return self.jour == jour_de_rentree(self.jour.year)

    @property
    def dus(self) -> dict[Prestation, Euros]:
        """What is due for its month, by benefit."""
        return self._tout[0]

    @property
    def rappels(self) -> tuple[Somme, ...]:
        """What is due for months before its own."""
        return self._tout[1]

    @functools.cached_property
    def _tout(self) -> tuple[dict[Prestation, Euros], tuple[Somme, ...]]:
        """What is due for its month, and for those before."""
        le_sien, du_mois, d_avant = self.mois, dict[Prestation, Euros](), dict[Cle, Euros]()
        for mois, prestation, montant in (*(s for v in self.versements for s in v.sommes), *self.retenues_sur):
            if mois == le_sien:
                du_mois[prestation] = du_mois.get(prestation, ZERO) + montant
            elif mois < le_sien:
                d_avant[mois, prestation] = d_avant.get((mois, prestation), ZERO) + montant
        dus = {prestation: du_mois[prestation] for prestation in sorted(du_mois, key=RANGS.__getitem__)}
        rappels = sorted(d_avant, key=lambda cle: (cle[0], RANGS[cle[1]]))
        return dus, tuple(Somme(*cle, d_avant[cle]) for cle in rappels)

    @property
    def retenu(self) -> Euros:
        return total(self.retenues_pour)

    def ordonne(self, beneficiaire: Beneficiaire) -> Euros:
        """What is sent to somebody, whatever their bank did of it."""
        return sum((v.montant for v in self.versements if v.beneficiaire is beneficiaire), ZERO)

    @functools.cached_property
    def montant(self) -> Euros:
        """What the allocataire received, themselves; what a bank sent back was not."""
        siens = (v for v in self.versements if v.beneficiaire is Beneficiaire.ALLOCATAIRE)
        return sum((versement.montant for versement in siens if not versement.rejete), ZERO)

    @property
    def a_l_allocataire(self) -> Euros:
        return self.ordonne(Beneficiaire.ALLOCATAIRE)

    @property
    def au_bailleur(self) -> Euros:
        return self.ordonne(Beneficiaire.BAILLEUR)

    @property
    def rejets(self) -> tuple[Versement, ...]:
        return tuple(versement for versement in self.versements if versement.rejete)


def total(sommes: Iterable[Somme]) -> Euros:
    return sum((somme.montant for somme in sommes), ZERO)


def du_jour(dossier: int, jour: date) -> Paie | None:
    """What was paid or kept on `jour`."""
    return next(paies(grand_livre.reglements(dossier, jour)), None)


def paies(lignes: list[tuple[Any, ...]]) -> Iterator[Paie]:
    """The paydays of a file, the latest first, from what the ledger says of them (`releves.du_dossier`)."""
    for (jour, arrete_le), siennes in groupby(lignes, key=itemgetter(0, 1)):
        versements: dict[Any, tuple[tuple[Any, ...], list[Somme]]] = {}
        sur, pour = list[Somme](), list[Somme]()
        for _, _, mois, prestation, montant, reference, *ordre in siennes:
            somme = Somme(Mois.de(mois), PRESTATIONS[prestation], abs(montant))
            if reference is not None:
                versements.setdefault(reference, (tuple(ordre), []))[1].append(somme)
            else:
                (sur if montant < 0 else pour).append(somme)
        yield Paie(jour, tuple(_versement(*un) for un in versements.values()), tuple(sur), tuple(pour), arrete_le)


def _versement(ordre: tuple[Any, ...], sommes: list[Somme]) -> Versement:
    beneficiaire, montant, statut, motif, compte = ordre
    return Versement(montant, Beneficiaire(beneficiaire), tuple(sommes), Statut(statut), motif, compte)


def indus(dits: Iterable[Indu], soldes: comptes.Soldes) -> list[tuple[Indu, comptes.Indu]]:
    """The overpayments that were told and are not paid back, each with what remains of it."""
    return [(indu, reste) for indu in dits if (reste := indu.en_cours(soldes)).restant]


def decompte(dossier: int, mois: Mois, connu_le: datetime) -> list[Droit]:
    """The rights of a month that was paid, with their lines, on what was known at `connu_le`."""
    dus = {de: droits for _, de, droits in grand_livre.droits_liquides([dossier], mois - rights.MONTHS_READ, connu_le)}
    return rights.droits(dossier, mois, connu_le, dus)
