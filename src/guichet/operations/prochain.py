"""The next payment of a file: how much, to whom, why it is not that of the month before, and what is under way."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from guichet.domain import comptes
from guichet.domain.calendrier import dernier_mois_paye, jour_d_arrete, jour_de_paie, prochain_jour_de_paie
from guichet.domain.comptes import Somme
from guichet.domain.differences import Ecart
from guichet.domain.droits import Droit, Prestation
from guichet.domain.faits import Fait, Identite, demandes
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.horloge import PARIS
from guichet.operations import dossier as calcul
from guichet.operations import paiements, suivi
from guichet.operations.paiements import Paie, Versement
from guichet.operations.payer import BENEFICIAIRES, parts_du_bailleur
from guichet.operations.suivi import Suivi
from guichet.records import faits, releves
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
    """The next payday, as far as what is known today says. `derniere` is the one before, None when this is the first.

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

    @property
    def limite(self) -> date:
        """What is learnt on that day or later counts for the payday after."""
        return jour_d_arrete(self.paie.mois)

    @property
    def montant(self) -> Euros:
        return self.paie.a_l_allocataire

    @property
    def attend_un_compte(self) -> bool:
        """What is for the allocataire waits as long as no account is known where it can be sent."""
        return bool(self.montant) and Beneficiaire.ALLOCATAIRE not in self.comptes

    @property
    def non_dus(self) -> list[Droit]:
        """The benefits that were asked for, or paid the month before, and of which nothing is due."""
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


def prevoir(dossier: Dossier, maintenant: datetime) -> Prevu:
    """What the next payday brings to a file."""
    jour = prochain_jour_de_paie(maintenant.date())
    mois = dernier_mois_paye(jour)
    releve = releves.du_dossier(dossier.pk, DERNIERES, mois - 1 - calcul.MOIS_LUS)
    toutes = list(paiements.paies(releve.reglements))
    deja, passees = [paie for paie in toutes if paie.jour == jour], [paie for paie in toutes if paie.jour < jour]
    derniere = _derniere(passees, mois - 1)
    alors = (derniere and derniere.arrete_le) or maintenant
    sus, identites = faits.entre(dossier.pk, alors, maintenant)
    lus = [connu for connu in sus if connu.avant is None]
    soldes, dus = releve.soldes, releve.droits
    droits = _droits(lus, identites, mois, dus)
    sus_alors = [connu for connu in sus if connu.connu_le <= alors] if derniere else []
    dits = paiements.indus(releve.indus, soldes)
    indus = [reste for _, reste in dits]
    paie = deja[0] if deja else _attendue(jour, _soldes(soldes, mois, droits, dus), indus, lus, releve.verses)
    trop_percus = comptes.trop_percus(soldes, dernier_mois_paye(maintenant.date()), indus)
    appris = _appris(sus, dossier.liquide_le)
    touche = faits.changes({dossier.pk: dossier.liquide_le}, maintenant).get(dossier.pk) if appris else None
    les_suivis = [
        *suivi.de_la_paie(paie, passees, lus),
        *suivi.des_droits(mois, droits, appris, touche),
        *suivi.des_dettes(dits, trop_percus),
    ]
    bons = {b: suivi.bons_comptes(b, jour, passees, lus) for b in Beneficiaire}
    return Prevu(
        *(paie, derniere, tuple(droits), functools.partial(_droits, sus_alors, identites, mois - 1, dus)),
        frozenset(demandes([connu.fait for connu in lus], mois)),
        {beneficiaire: connus[-1].fait for beneficiaire, connus in bons.items() if connus},
        tuple(les_suivis),
    )


def _appris(sus: Sequence[Connu], liquide_le: datetime | None) -> date | None:
    """The last day on which something was learnt since rights were computed; a fact that was cut is noted again."""
    instants = [le for connu in sus for le in (connu.connu_le, connu.avant) if liquide_le and le and le > liquide_le]
    return max(instants).astimezone(PARIS).date() if instants else None


def _derniere(passees: Sequence[Paie], mois: Mois) -> Paie | None:
    """The payday of `mois`; when nothing was due on it, that is what it brought."""
    jour = jour_de_paie(mois)
    return next((paie for paie in passees if paie.jour == jour), Paie(jour) if passees else None)


def _droits(lus: Sequence[Connu], identites: Mapping[int, Identite], mois: Mois, dus: calcul.Dus) -> list[Droit]:
    trouves = calcul.droits_de([connu.fait for connu in lus], identites, mois, dus)
    return [droit for droit in trouves if droit.prestation is not Prestation.QUOTIENT_FAMILIAL]


def _attendue(
    jour: date,
    soldes: comptes.Soldes,
    indus: Collection[comptes.Indu],
    lus: Sequence[Connu],
    verses: Mapping[Mois, Euros],
) -> Paie:
    """What the payday will be, as `payer` will do it; the landlord has had `verses` of the months before."""
    mois = dernier_mois_paye(jour)
    planifies = [indu for indu in indus if indu.mensualite]
    parts = parts_du_bailleur(soldes, lus, verses)
    reglement = comptes.regler(soldes, mois, planifies, parts)
    versements = (Versement(p.montant, BENEFICIAIRES[p.beneficiaire][0], p.sommes) for p in reglement.paiements)
    return Paie(
        jour,
        tuple(versements),
        tuple(Somme(*retenue.sur, retenue.montant) for retenue in reglement.retenues),
        tuple(Somme(*retenue.pour, retenue.montant) for retenue in reglement.retenues),
    )


def _soldes(soldes: comptes.Soldes, mois: Mois, droits: Collection[Droit], dus: calcul.Dus) -> dict[comptes.Cle, Euros]:
    """The balances as they will be once the rights of `mois` are in the ledger."""
    prevus = dict(soldes)
    inscrits = dus.get(mois, {})
    for droit in droits:
        if droit.montant is not None:
            cle = mois, droit.prestation
            prevus[cle] = prevus.get(cle, ZERO) + droit.montant - (inscrits.get(droit.prestation) or ZERO)
    return {cle: solde for cle, solde in prevus.items() if solde}
