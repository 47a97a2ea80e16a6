"""What is paid: on a payday, what is owed up to its month, less what the plan keeps for the overpayments.

By chunks, each in one transaction: the orders of a file, its payments and its deductions are there together or not at all,
once for a payday (a constraint of the database). Killed at any moment, the next run takes the files that have none. The
bank file is written last, from the orders; written again it is the same, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from guichet.clock import PARIS
from guichet.domain import comptes
from guichet.domain.calendrier import jour_de_paie, mois_regle
from guichet.domain.comptes import Paiement, Reglement, Somme
from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import virements
from guichet.records import dossiers, faits, grand_livre, vault
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Beneficiaire, Echeance, Ecriture, Indu, Nature, Ordre, Statut

DOSSIERS = 2000
BENEFICIAIRES = {
    comptes.Beneficiaire.ALLOCATAIRE: (Beneficiaire.ALLOCATAIRE, Genre.COMPTE_BANCAIRE),
    comptes.Beneficiaire.BAILLEUR: (Beneficiaire.BAILLEUR, Genre.BAILLEUR),
}
"""How each payee is kept, and which fact says where the money goes."""
LUS = (Genre.LOGEMENT, Genre.BAILLEUR, Genre.COMPTE_BANCAIRE)
"""The facts that a payday reads; rights are computed before it."""


@dataclass(slots=True)
class Bilan:
    """What a run has done: files seen, transfers ordered, their sum in euros, deductions, files that are owed money and
    have no account where it could be sent."""

    dossiers: int = 0
    ordres: int = 0
    montant: Euros = ZERO
    retenues: int = 0
    sans_compte: int = 0

    def ajoute(self, autre: Bilan) -> None:
        self.dossiers += autre.dossiers
        self.ordres += autre.ordres
        self.montant += autre.montant
        self.retenues += autre.retenues
        self.sans_compte += autre.sans_compte


class _Versement(NamedTuple):
    """What a file's payee is sent; `compte` is the fact that says where."""

    dossier: int
    paiement: Paiement
    compte: int


def payer(
    caisse: str, jour: date, le: datetime, sortie: Path, avance: Callable[[Bilan], None] = lambda bilan: None
) -> Bilan:
    """Pay what a caisse owes on `jour`, as far as known at `le`, into a bank file of the folder `sortie`.

    On a payday, up to the month that it pays, and on that of the rentrée the allocation of August; on another day, what is
    left of the months already paid (arrears, a payment that a bank sent back). `avance` is told of each chunk. Raises
    OSError when the file can't be written: run it again.
    """
    echeance, _ = Echeance.objects.get_or_create(caisse_id=caisse, jour=jour, defaults={"arrete_le": le})
    total = Bilan()
    if echeance.emise_le is None:
        for numeros in dossiers.lots(caisse, Mois.de(jour), DOSSIERS):
            with transaction.atomic():
                bilan = _paie(numeros, echeance)
            total.ajoute(bilan)
            avance(bilan)
    _emet(echeance, sortie, le)
    return total


def _paie(numeros: Sequence[int], echeance: Echeance) -> Bilan:
    verrouilles = Dossier.objects.select_for_update().filter(pk__in=numeros).order_by("pk").values_list("pk", flat=True)
    regles = set(Ecriture.objects.filter(echeance=echeance, dossier__in=numeros).values_list("dossier_id", flat=True))
    restants = [numero for numero in verrouilles if numero not in regles]
    soldes = {numero: comptes.payables(siens, echeance.jour) for numero, siens in grand_livre.soldes(restants).items()}
    mois = mois_regle(echeance.jour)
    dus = [numero for numero in restants if any(solde > 0 for solde in soldes[numero].values())]
    lus = faits.connus(dus, echeance.arrete_le, LUS)
    # A deduction is monthly (CSS, art. D553-1): on a payday, not on the others.
    indus = _indus(dus, soldes) if echeance.jour == jour_de_paie(mois) else {}
    verses = grand_livre.verse_au_bailleur([numero for numero in dus if min(soldes[numero])[0] < mois])
    bilan, versements, retenues = Bilan(dossiers=len(numeros)), list[_Versement](), list[tuple[int, Somme]]()
    rejets = _rejets(dus)
    for numero in dus:
        parts = parts_du_bailleur(soldes[numero], lus[numero], verses.get(numero, {}))
        reglement = comptes.regler(soldes[numero], mois, indus.get(numero, ()), parts)
        destinations = _destinations(lus[numero], reglement, echeance.jour, rejets.get(numero, {}))
        versements += _versements(numero, reglement, destinations)
        retenues += [(numero, somme) for retenue in reglement.retenues for somme in retenue.ecritures]
        bilan.retenues += len(reglement.retenues)
        bilan.sans_compte += len(destinations) < len(reglement.paiements)
    _inscrit(echeance, versements, retenues)
    bilan.ordres = len(versements)
    bilan.montant = sum((versement.paiement.montant for versement in versements), ZERO)
    return bilan


def _du_genre(lus: Sequence[faits.Connu], genre: Genre) -> list[faits.Connu]:
    return [connu for connu in lus if connu.fait.genre == genre]


def _indus(numeros: Sequence[int], soldes: Mapping[int, comptes.Soldes]) -> dict[int, list[comptes.Indu]]:
    """Those that were told and are not paid back, and whose deduction is settled."""
    trouves: dict[int, list[comptes.Indu]] = {}
    for indu in Indu.objects.filter(dossier__in=numeros, mensualite__isnull=False).order_by("pk"):
        reste = indu.en_cours(soldes[indu.dossier_id])
        if reste.restant:
            trouves.setdefault(indu.dossier_id, []).append(reste)
    return trouves


def _rejets(numeros: Sequence[int]) -> dict[int, dict[Genre, set[int]]]:
    """The accounts that a bank has sent a payment back from, for their own reasons: nothing more is sent there."""
    trouves: dict[int, dict[Genre, set[int]]] = {}
    genres = dict(BENEFICIAIRES.values())
    rejetes = Ordre.objects.filter(dossier__in=numeros, statut=Statut.REJETE, motif__in=virements.COMPTE_EN_CAUSE)
    for numero, beneficiaire, compte in rejetes.values_list("dossier_id", "beneficiaire", "compte_id"):
        trouves.setdefault(numero, {}).setdefault(genres[Beneficiaire(beneficiaire)], set()).add(compte)
    return trouves


def parts_du_bailleur(soldes: comptes.Soldes, lus: Sequence[faits.Connu], verses: Mapping[Mois, Euros]) -> dict[Mois, Euros]:
    """What a landlord may still receive for each month of housing aid: the rent, less what was received."""
    bailleurs = _du_genre(lus, Genre.BAILLEUR)
    parts: dict[Mois, Euros] = {}
    for mois, prestation in soldes if bailleurs else ():
        if prestation is Prestation.AIDE_LOGEMENT and any(b.fait.tient(mois.premier_jour) for b in bailleurs):
            logements = (c.fait.valeur for c in _du_genre(lus, Genre.LOGEMENT) if c.fait.tient(mois.premier_jour))
            parts[mois] = next((logement.loyer for logement in logements), ZERO) - verses.get(mois, ZERO)
    return parts


def _destinations(
    lus: Sequence[faits.Connu], reglement: Reglement, jour: date, rejets: Mapping[Genre, set[int]]
) -> dict[comptes.Beneficiaire, int]:
    """The fact that says where each payment goes. One that has nowhere to go waits, and keeps nobody else waiting."""
    trouvees: dict[comptes.Beneficiaire, int] = {}
    for paiement in reglement.paiements:
        _, genre = BENEFICIAIRES[paiement.beneficiaire]
        bons = [c for c in _du_genre(lus, genre) if c.fait.tient(jour) and c.numero not in rejets.get(genre, ())]
        if bons:
            trouvees[paiement.beneficiaire] = bons[-1].numero
    return trouvees


def _versements(numero: int, reglement: Reglement, destinations: Mapping[comptes.Beneficiaire, int]) -> Iterator[_Versement]:
    for paiement in reglement.paiements:
        if paiement.beneficiaire in destinations:
            yield _Versement(numero, paiement, destinations[paiement.beneficiaire])


def _inscrit(echeance: Echeance, versements: Sequence[_Versement], retenues: Sequence[tuple[int, Somme]]) -> None:
    """The orders, and what payments and deductions do to the balances."""
    ordres = grand_livre.ordonne(
        echeance.pk,
        [(v.dossier, BENEFICIAIRES[v.paiement.beneficiaire][0], v.paiement.montant, v.compte) for v in versements],
    )
    payees = [
        (versement.dossier, Nature.PAIEMENT, ordre, Somme(somme.mois, somme.prestation, -somme.montant))
        for versement, ordre in zip(versements, ordres, strict=True)
        for somme in versement.paiement.sommes
    ]
    gardees = [(dossier, Nature.RETENUE, None, somme) for dossier, somme in retenues]
    grand_livre.regle(echeance, [*payees, *gardees])


def _emet(echeance: Echeance, sortie: Path, le: datetime) -> None:
    """Write the bank files of a payday; its orders are sent. The files first: what is killed between is written again."""
    ordres = Ordre.objects.filter(echeance=echeance)
    transferts = [
        virements.Virement(reference.hex, montant, compte.get("titulaire") or compte["nom"], vault.decrypt(compte["iban"]))
        for reference, montant, compte in ordres.values_list("reference", "montant", "compte__valeur")
    ]
    if transferts:
        caisse = echeance.caisse
        virements.ecrire(
            sortie,
            virements.Emetteur(caisse.nom, caisse.iban, caisse.bic),
            transferts,
            echeance.jour,
            f"{caisse.code}-{echeance.jour:%Y%m%d}",
            echeance.arrete_le.astimezone(PARIS),
        )
    with transaction.atomic():
        ordres.filter(statut=Statut.ORDONNANCE).update(statut=Statut.EMIS)
        Echeance.objects.filter(pk=echeance.pk, emise_le=None).update(emise_le=le)
