"""What an allocataire was paid, what comes next, and why it is not the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from guichet.domain import comptes
from guichet.domain.calendrier import dernier_mois_paye, prochain_jour_de_paie
from guichet.domain.comptes import Somme
from guichet.domain.differences import Ecart, ecarts
from guichet.domain.droits import Droit, Prestation
from guichet.domain.faits import Genre
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import dossier as calcul
from guichet.operations.payer import indus_en_cours, parts_du_bailleur
from guichet.records import faits, grand_livre
from guichet.records.grand_livre import Beneficiaire, Echeance, Ecriture, Nature, Ordre, Statut

ECHEANCES = 24
"""Paydays that are shown, as many as months before prescription."""


@dataclass(frozen=True, slots=True)
class Versement:
    """A transfer: `sommes` are what it pays, by month and benefit. `motif` is why the bank sent it back."""

    reference: str
    jour: date
    montant: Euros
    beneficiaire: Beneficiaire
    statut: Statut
    motif: str
    sommes: tuple[Somme, ...]


@dataclass(frozen=True, slots=True)
class Paye:
    """What happened on a payday: transfers, and what was kept for overpayments (above zero)."""

    jour: date
    mois: Mois
    """The last month that it paid."""
    versements: tuple[Versement, ...]
    retenues: tuple[Somme, ...]

    @property
    def montant(self) -> Euros:
        """What the allocataire received, themselves; what a bank sent back was not."""
        return sum(
            (
                v.montant
                for v in self.versements
                if v.beneficiaire is Beneficiaire.ALLOCATAIRE and v.statut is not Statut.REJETE
            ),
            ZERO,
        )

    @property
    def au_bailleur(self) -> Euros:
        return sum((v.montant for v in self.versements if v.beneficiaire is Beneficiaire.BAILLEUR), ZERO)


@dataclass(frozen=True, slots=True)
class Prevu:
    """The next payday, as far as what is known today says; `arrete` once its transfers are ordered.

    `droits` are those of its month with their lines, `ecarts` what differs from the month before.
    """

    jour: date
    mois: Mois
    arrete: bool
    montant: Euros
    au_bailleur: Euros
    sommes: tuple[Somme, ...]
    retenues: tuple[Somme, ...]
    droits: tuple[Droit, ...]
    ecarts: tuple[Ecart, ...]

    @property
    def rappels(self) -> tuple[Somme, ...]:
        """What it pays for months before its own."""
        return tuple(somme for somme in self.sommes if somme.mois < self.mois)


def passes(dossier: int, nombre: int = ECHEANCES) -> list[Paye]:
    """The last paydays of a file, the latest first."""
    jours = list(
        Echeance.objects.filter(ecriture__dossier=dossier).distinct().order_by("-jour").values_list("pk", "jour")[:nombre]
    )
    ecritures: dict[int, list[Ecriture]] = {pk: [] for pk, _ in jours}
    lignes = Ecriture.objects.filter(dossier=dossier, echeance__in=list(ecritures)).select_related("ordre").order_by("pk")
    for ecriture in lignes:
        ecritures[ecriture.echeance_id].append(ecriture)
    return [_paye(jour, ecritures[pk]) for pk, jour in jours]


def _paye(jour: date, ecritures: Iterable[Ecriture]) -> Paye:
    par_ordre: dict[Ordre, list[Somme]] = {}
    retenues = []
    for ecriture in ecritures:
        if ecriture.nature == Nature.PAIEMENT:
            par_ordre.setdefault(ecriture.ordre, []).append(_somme(ecriture, -ecriture.montant))
        elif ecriture.montant > 0:  # what the overpayment got back
            retenues.append(_somme(ecriture, ecriture.montant))
    versements = (
        Versement(
            *(str(o.reference), jour, o.montant, Beneficiaire(o.beneficiaire), Statut(o.statut), o.motif, tuple(sommes))
        )
        for o, sommes in par_ordre.items()
    )
    return Paye(jour, dernier_mois_paye(jour), tuple(versements), tuple(retenues))


def _somme(ecriture: Ecriture, montant: Euros) -> Somme:
    return Somme(Mois.de(ecriture.mois), Prestation(ecriture.prestation), montant)


def prochain(dossier: int, maintenant: datetime) -> Prevu:
    """What the next payday brings."""
    jour = prochain_jour_de_paie(maintenant.date())
    mois = dernier_mois_paye(jour)
    lus = faits.du_dossier(dossier, maintenant)
    dus = {de: droits for _, de, droits in grand_livre.droits_liquides([dossier], mois - 1 - calcul.MOIS_LUS)}
    identites = calcul.identites(dossier)
    les_faits = [connu.fait for connu in lus]
    avant, apres = (calcul.droits_de(les_faits, identites, chaque, dus) for chaque in (mois - 1, mois))
    deja = [paye for paye in passes(dossier, 1) if paye.jour == jour]
    if deja:
        sommes, retenues = [s for v in deja[0].versements for s in v.sommes], list(deja[0].retenues)
        montant, au_bailleur = deja[0].montant, deja[0].au_bailleur
    else:
        soldes = _soldes(dossier, mois, apres, dus)
        reglement = comptes.regler(
            soldes,
            mois,
            indus_en_cours([dossier], {dossier: soldes}).get(dossier, ()),
            parts_du_bailleur(soldes, lus, _verses(dossier, lus)),
        )
        sommes = [somme for paiement in reglement.paiements for somme in paiement.sommes]
        retenues = [Somme(*retenue.pour, retenue.montant) for retenue in reglement.retenues]
        par_beneficiaire = {paiement.beneficiaire: paiement.montant for paiement in reglement.paiements}
        montant = par_beneficiaire.get(comptes.Beneficiaire.ALLOCATAIRE, ZERO)
        au_bailleur = par_beneficiaire.get(comptes.Beneficiaire.BAILLEUR, ZERO)
    return Prevu(
        *(jour, mois, bool(deja), montant, au_bailleur, tuple(sommes), tuple(retenues)),
        tuple(apres),
        tuple(ecart for ecart in ecarts(avant, apres) if ecart.prestation is not Prestation.QUOTIENT_FAMILIAL),
    )


def _soldes(dossier: int, mois: Mois, droits: Collection[Droit], dus: calcul.Dus) -> dict[comptes.Cle, Euros]:
    """The balances as they will be once the rights of `mois` are in the ledger."""
    soldes = grand_livre.soldes([dossier])[dossier]
    inscrits = dus.get(mois, {})
    for droit in droits:
        if droit.montant is not None and droit.prestation is not Prestation.QUOTIENT_FAMILIAL:
            ecart = droit.montant - (inscrits.get(droit.prestation) or ZERO)
            cle = mois, droit.prestation
            soldes[cle] = soldes.get(cle, ZERO) + ecart
    return {cle: solde for cle, solde in soldes.items() if solde}


def _verses(dossier: int, lus: Collection[faits.Connu]) -> Mapping[Mois, Euros]:
    if all(connu.fait.genre != Genre.BAILLEUR for connu in lus):
        return {}
    verses: dict[int, dict[Mois, Euros]] = grand_livre.verse_au_bailleur([dossier])
    return verses.get(dossier, {})


def decompte(dossier: int, mois: Mois, connu_le: datetime) -> Iterator[Droit]:
    """The rights of a month that was paid, with their lines, on what was known at `connu_le`."""
    dus = {de: droits for _, de, droits in grand_livre.droits_liquides([dossier], mois - calcul.MOIS_LUS)}
    yield from calcul.droits(dossier, mois, connu_le, dus)
