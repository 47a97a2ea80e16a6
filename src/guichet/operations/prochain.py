"""The next payment of a file: how much, to whom, why it is not that of the month before, and what is under way."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from guichet.clock import PARIS
from guichet.domain import comptes
from guichet.domain.calendrier import (
    arrete_avant,
    dernier_mois_paye,
    jour_de_paie,
    jours_de,
    mois_regle,
    prochain_jour_de_paie,
)
from guichet.domain.comptes import Somme, Suite
from guichet.domain.differences import Ecart
from guichet.domain.droits import Droit, Prestation
from guichet.domain.faits import Fait, demandes
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import dossier as calcul
from guichet.operations import paiements, suivi
from guichet.operations.avenir import Nouvelle, avenir, compte_jusqu_a, connus_a, droits_payes, nouvelle
from guichet.operations.echeances import arrete_du
from guichet.operations.paiements import Paie, Versement
from guichet.operations.payer import BENEFICIAIRES, parts_du_bailleur
from guichet.operations.suivi import Suivi
from guichet.records import faits, releves, saisines
from guichet.records.dossiers import Dossier
from guichet.records.faits import Connu
from guichet.records.grand_livre import Beneficiaire

DERNIERES = 4
"""Paydays that are looked back at: the one before, with those that were added since, and what a bank sent back."""


class Nature(StrEnum):
    DROIT = "droit"
    RAPPELS = "rappels"
    RETENUES = "retenues"
    BAILLEUR = "bailleur"


@dataclass(frozen=True, slots=True)
class Poste:
    """A part of a payment, in that of before and in the next one, in euros; what is not received is below zero.

    Of a right, `ecart` says why it is not the same, if it is not.
    """

    nature: Nature
    avant: Euros
    apres: Euros
    prestation: Prestation | None = None
    ecart: Ecart | None = None


@dataclass(frozen=True)
class Prevu:
    """The next payday, as far as what is known today says. `derniere` is the one before, None when this is the first or that
    of the rentrée, which is like no other.

    `droits` are those of its month with their lines. `comptes` are the facts that say where each payee is paid; without
    one, nothing is sent.
    """

    paie: Paie
    derniere: Paie | None
    droits: tuple[Droit, ...]
    calcul_d_avant: Callable[[], list[Droit]]
    demandees: frozenset[Prestation]
    comptes: Mapping[Beneficiaire, Fait]
    suivis: tuple[Suivi, ...]
    trop_percus: tuple[Suite, ...]
    """What was paid too much, and will be told by letter: nothing is kept for it before."""

    @property
    def limite(self) -> date:
        """What is learnt on that day or later counts for the payday after."""
        return arrete_avant(self.paie.jour)

    @property
    def montant(self) -> Euros:
        return self.paie.a_l_allocataire

    @property
    def rappels(self) -> list[Suite]:
        """What is due of months before that of the payday."""
        return comptes.suites(self.paie.rappels)

    @property
    def attend_un_compte(self) -> bool:
        """What is for the allocataire waits as long as no account is known where it can be sent."""
        return bool(self.montant) and Beneficiaire.ALLOCATAIRE not in self.comptes

    @property
    def non_dus(self) -> list[Droit]:
        """The benefits that were asked for, or paid the month before, and of which nothing is due."""
        if self.paie.rentree:
            return []
        attendues = self.demandees | (self.derniere.dus.keys() if self.derniere else frozenset())
        return [droit for droit in self.droits if droit.montant == 0 and droit.prestation in attendues]

    @functools.cached_property
    def avant(self) -> list[Droit]:
        """The rights of the month before, as the last payday knew them: computed only when something is not the same."""
        return self.calcul_d_avant()

    @functools.cached_property
    def postes(self) -> tuple[Poste, ...]:
        """What makes the two payments; they add up to what the allocataire is sent."""
        avant = self.derniere or Paie(self.paie.jour)
        dus = [p for p in Prestation if p in avant.dus or p in self.paie.dus]
        tous = (
            *(self._poste(p, avant.dus.get(p, ZERO), self.paie.dus.get(p, ZERO)) for p in dus),
            Poste(Nature.RAPPELS, paiements.total(avant.rappels), paiements.total(self.paie.rappels)),
            Poste(Nature.RETENUES, -avant.retenu, -self.paie.retenu),
            Poste(Nature.BAILLEUR, -avant.au_bailleur, -self.paie.au_bailleur),
        )
        return tuple(poste for poste in tous if poste.avant or poste.apres)

    @property
    def difference(self) -> Euros | None:
        """What the allocataire is sent more, or less; None for a first payment."""
        return self.montant - self.derniere.a_l_allocataire if self.derniere else None

    def _poste(self, prestation: Prestation, avant: Euros, apres: Euros) -> Poste:
        return Poste(Nature.DROIT, avant, apres, prestation, self._ecart(prestation) if avant != apres else None)

    def _ecart(self, prestation: Prestation) -> Ecart | None:
        droits = (next((d for d in mois if d.prestation is prestation), None) for mois in (self.avant, self.droits))
        ecart = Ecart(prestation, *droits)
        return ecart if ecart.montant else None


def prevoir(dossier: Dossier, maintenant: datetime, personne: int | None = None) -> Prevu:
    """What the next payday brings to a file; with what is under way of what `personne` wrote to the caisse."""
    aujourd_hui = maintenant.date()
    jour = prochain_jour_de_paie(aujourd_hui)
    mois = dernier_mois_paye(jour)
    # The accounts of the payday before were settled since, as a rule: its facts are asked for with the rest.
    depuis = datetime.combine((mois - 1).premier_jour, time(), PARIS)
    des_faits = faits.lus_entre(dossier.pk, depuis, maintenant)
    autres = des_faits, saisines.ouvertes(personne)
    releve, [(sus, identites), ecrites] = releves.avec(dossier.pk, DERNIERES, mois - 1 - calcul.MOIS_LUS, *autres)
    toutes = list(paiements.paies(releve.reglements))
    deja = next((paie for paie in reversed(toutes) if paie.jour >= aujourd_hui and paie.jour in jours_de(mois)), None)
    passees = [paie for paie in toutes if paie.jour < (deja or Paie(jour)).jour]
    derniere = _derniere(passees, mois - 1)
    le = (deja and deja.arrete_le) or compte_jusqu_a(dossier, mois, maintenant)
    alors = (derniere and derniere.arrete_le) or le
    if alors < depuis:
        sus, identites = faits.entre(dossier.pk, alors, maintenant)
    lus, comptent = connus_a(sus, maintenant), connus_a(sus, le)
    a_temps, tardive = _nouvelles(dossier, sus, le, maintenant)
    futur = avenir(dossier.pk, None if deja else a_temps, comptent, identites, mois, releve)
    soldes = releve.soldes if deja else futur.soldes
    dits = paiements.indus(releve.indus, soldes)
    indus = [reste for _, reste in dits]
    jours = [un for un in jours_de(mois) if un == jour or maintenant <= arrete_du(un)]
    paie = deja or _attendue(jours, soldes, indus, comptent, futur.verses)
    trop_percus, _ = comptes.partage(comptes.trop_percus(soldes, aujourd_hui, indus))
    les_suivis = [
        *suivi.de_la_paie(paie, passees, lus),
        *([suivi.a_temps(a_temps, paie, futur)] if a_temps else ()),
        *([suivi.trop_tard(tardive, paie)] if tardive else ()),
        *suivi.des_droits(futur.droits),
        *suivi.des_dettes(dits, trop_percus),
        *suivi.des_saisines(ecrites, aujourd_hui),
    ]
    bons = {b: suivi.bons_comptes(b, paie.jour, passees, comptent) for b in Beneficiaire}
    sus_alors = connus_a(sus, alors) if derniere else []
    return Prevu(
        *(paie, None if paie.rentree else derniere, tuple(futur.droits)),
        functools.partial(droits_payes, sus_alors, identites, mois - 1, releve.droits),
        frozenset(demandes([connu.fait for connu in comptent], mois)),
        {beneficiaire: connus[-1].fait for beneficiaire, connus in bons.items() if connus},
        *(tuple(les_suivis), tuple(comptes.suites(trop_percus))),
    )


def _nouvelles(
    dossier: Dossier, sus: Sequence[Connu], le: datetime, maintenant: datetime
) -> tuple[Nouvelle | None, Nouvelle | None]:
    """What was learnt since rights were computed: in time for the payday, too late for it."""
    liquide_le = dossier.liquide_le
    if liquide_le is None:
        return None, None
    return nouvelle(dossier.pk, sus, liquide_le, le), nouvelle(dossier.pk, sus, max(le, liquide_le), maintenant)


def _derniere(passees: Sequence[Paie], mois: Mois) -> Paie | None:
    """The payday of `mois`; when nothing was due on it, that is what it brought."""
    jour = jour_de_paie(mois)
    return next((paie for paie in passees if paie.jour == jour), Paie(jour) if passees else None)


def _attendue(
    jours: Sequence[date],
    soldes: comptes.Soldes,
    indus: Collection[comptes.Indu],
    lus: Sequence[Connu],
    verses: Mapping[Mois, Euros],
) -> Paie:
    """The first of the paydays `jours` that brings something, else the last one; the landlord has had `verses` of the months
    before."""
    jour, *suivants = jours
    paie = _du_jour(jour, soldes, indus, lus, verses)
    return _attendue(suivants, soldes, indus, lus, verses) if suivants and not paie.versements else paie


def _du_jour(
    jour: date,
    soldes: comptes.Soldes,
    indus: Collection[comptes.Indu],
    lus: Sequence[Connu],
    verses: Mapping[Mois, Euros],
) -> Paie:
    """What a payday will be, as `payer` will do it."""
    mois, soldes = mois_regle(jour), comptes.payables(soldes, jour)
    planifies = [indu for indu in indus if indu.mensualite and jour == jour_de_paie(mois)]
    parts = parts_du_bailleur(soldes, lus, verses)
    reglement = comptes.regler(soldes, mois, planifies, parts)
    versements = (Versement(p.montant, BENEFICIAIRES[p.beneficiaire][0], p.sommes) for p in reglement.paiements)
    return Paie(
        jour,
        tuple(versements),
        tuple(Somme(*retenue.sur, retenue.montant) for retenue in reglement.retenues),
        tuple(Somme(*retenue.pour, retenue.montant) for retenue in reglement.retenues),
    )
