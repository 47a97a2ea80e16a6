"""What is paid: on a payday, what is owed up to its month, less what the plan keeps for the overpayments.

By chunks, each in one transaction: the orders of a file, its payments and its deductions are there together or not at all,
once for a payday (a constraint of the database). Killed at any moment, the next run takes the files that have none. The
bank file is written last, from the orders; written again it is the same, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from guichet.clock import PARIS
from guichet.domain import comptes
from guichet.domain.calendrier import jour_de_paie, mois_settled_on
from guichet.domain.comptes import Beneficiaire, Paiement, Reglement, Somme
from guichet.domain.droits import Prestation
from guichet.domain.faits import Genre
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import virements
from guichet.records import dossiers, faits, grand_livre, releves, sql, vault
from guichet.records.dossiers import Dossier
from guichet.records.grand_livre import Echeance, Ecriture, Indu, Nature, Ordre, Statut

FILES = 2000
COMPTES = {Beneficiaire.ALLOCATAIRE: Genre.COMPTE_BANCAIRE, Beneficiaire.BAILLEUR: Genre.BAILLEUR}
"""Which fact says where each payee is paid."""
READ = (Genre.LOGEMENT, Genre.BAILLEUR, Genre.COMPTE_BANCAIRE)
"""The facts that a payday reads; rights are computed before it."""


@dataclass(slots=True)
class Done:
    """What a run has done: files seen, transfers ordered, their sum in euros, deductions, files that are owed money and
    have no account where it could be sent."""

    dossiers: int = 0
    ordres: int = 0
    montant: Euros = ZERO
    retenues: int = 0
    without_account: int = 0

    def add(self, other: Done) -> None:
        self.dossiers += other.dossiers
        self.ordres += other.ordres
        self.montant += other.montant
        self.retenues += other.retenues
        self.without_account += other.without_account


class _Versement(NamedTuple):
    """What a file's payee is sent; `compte` is the fact that says where."""

    dossier: int
    paiement: Paiement
    compte: int


def payer(caisse: str, day: date, at: datetime, folder: Path, progress: Callable[[Done], None] = lambda done: None) -> Done:
    """Pay what a caisse owes on `day`, as far as known at `at`, into a bank file in `folder`.

    On a payday, up to the month that it pays, and on that of the rentrée the allocation of August; on another day, what is
    left of the months already paid (arrears, a payment that a bank sent back). `progress` is told of each chunk. Raises
    OSError when the file can't be written: run it again.
    """
    echeance, _ = Echeance.objects.get_or_create(caisse_id=caisse, jour=day, defaults={"arrete_le": at})
    total = Done()
    if echeance.emise_le is None:
        for numbers in dossiers.chunks(caisse, Mois.of(day), FILES):
            with transaction.atomic():
                done = _pay(numbers, echeance)
            total.add(done)
            progress(done)
    _send(echeance, folder, at)
    return total


def _pay(numbers: Sequence[int], echeance: Echeance) -> Done:
    locked = Dossier.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True)
    settled = set(Ecriture.objects.filter(echeance=echeance, dossier__in=numbers).values_list("dossier_id", flat=True))
    left = [number for number in locked if number not in settled]
    soldes = {number: comptes.payable(own, echeance.jour) for number, own in grand_livre.soldes(left).items()}
    mois = mois_settled_on(echeance.jour)
    owed = [number for number in left if any(solde > 0 for solde in soldes[number].values())]
    known = faits.known(owed, echeance.arrete_le, READ)
    # A deduction is monthly (CSS, art. D553-1): on a payday, not on the others.
    indus = _indus(owed, soldes) if echeance.jour == jour_de_paie(mois) else {}
    already_paid = grand_livre.paid_to_bailleur([number for number in owed if min(soldes[number])[0] < mois])
    done, versements, retenues = Done(dossiers=len(numbers)), list[_Versement](), list[tuple[int, Somme]]()
    (refused,) = sql.ask(releves.refused_comptes(owed, virements.ACCOUNT_AT_FAULT))
    for number in owed:
        parts = parts_of_bailleur(soldes[number], known[number], already_paid.get(number, {}))
        reglement = comptes.settle(soldes[number], mois, indus.get(number, ()), parts)
        destinations = _destinations(known[number], reglement, echeance.jour, refused)
        versements += _versements(number, reglement, destinations)
        retenues += [(number, somme) for retenue in reglement.retenues for somme in retenue.ecritures]
        done.retenues += len(reglement.retenues)
        done.without_account += len(destinations) < len(reglement.paiements)
    _enter(echeance, versements, retenues)
    done.ordres = len(versements)
    done.montant = sum((versement.paiement.montant for versement in versements), ZERO)
    return done


def _of_genre(known: Sequence[faits.Connu], genre: Genre) -> list[faits.Connu]:
    return [one for one in known if one.fait.genre == genre]


def _indus(numbers: Sequence[int], soldes: Mapping[int, comptes.Soldes]) -> dict[int, list[comptes.Indu]]:
    """The overpayments that were told and are not paid back, and whose deduction is settled, by file."""
    found: dict[int, list[comptes.Indu]] = {}
    for indu in Indu.objects.filter(dossier__in=numbers, mensualite__isnull=False).order_by("pk"):
        rest = indu.with_remaining(soldes[indu.dossier_id])
        if rest.restant:
            found.setdefault(indu.dossier_id, []).append(rest)
    return found


def parts_of_bailleur(
    soldes: comptes.Soldes, known: Sequence[faits.Connu], already_paid: Mapping[Mois, Euros]
) -> dict[Mois, Euros]:
    """What a landlord may still receive for each month of housing aid: the rent, less what was received."""
    bailleurs = _of_genre(known, Genre.BAILLEUR)
    parts: dict[Mois, Euros] = {}
    for mois, prestation in soldes if bailleurs else ():
        if prestation is Prestation.AIDE_LOGEMENT and any(b.fait.holds_on(mois.first_day) for b in bailleurs):
            logements = (c.fait.valeur for c in _of_genre(known, Genre.LOGEMENT) if c.fait.holds_on(mois.first_day))
            parts[mois] = next((logement.loyer for logement in logements), ZERO) - already_paid.get(mois, ZERO)
    return parts


def _destinations(
    known: Sequence[faits.Connu], reglement: Reglement, day: date, refused: Collection[int]
) -> dict[Beneficiaire, int]:
    """The fact that says where each payment goes. One that has nowhere to go waits, and keeps nobody else waiting."""
    payees = (paiement.beneficiaire for paiement in reglement.paiements)
    found = {payee: usable_compte(known, payee, day, refused) for payee in payees}
    return {payee: compte.number for payee, compte in found.items() if compte}


def usable_compte(
    known: Sequence[faits.Connu], beneficiaire: Beneficiaire, day: date, refused: Collection[int]
) -> faits.Connu | None:
    """The fact that says where a payee is paid on `day`; to what a bank `refused` for the account's own reasons, nothing
    more is sent."""
    own = (one for one in reversed(_of_genre(known, COMPTES[beneficiaire])) if one.fait.holds_on(day))
    return next((one for one in own if one.number not in refused), None)


def _versements(number: int, reglement: Reglement, destinations: Mapping[Beneficiaire, int]) -> Iterator[_Versement]:
    for paiement in reglement.paiements:
        if paiement.beneficiaire in destinations:
            yield _Versement(number, paiement, destinations[paiement.beneficiaire])


def _enter(echeance: Echeance, versements: Sequence[_Versement], retenues: Sequence[tuple[int, Somme]]) -> None:
    """The orders, and what payments and deductions do to the balances."""
    ordres = grand_livre.record_ordres(
        echeance.pk,
        [(v.dossier, v.paiement.beneficiaire, v.paiement.montant, v.compte) for v in versements],
    )
    paid = [
        (versement.dossier, Nature.PAIEMENT, ordre, Somme(somme.mois, somme.prestation, -somme.montant))
        for versement, ordre in zip(versements, ordres, strict=True)
        for somme in versement.paiement.sommes
    ]
    kept = [(dossier, Nature.RETENUE, None, somme) for dossier, somme in retenues]
    grand_livre.record_reglements(echeance, [*paid, *kept])


def _send(echeance: Echeance, folder: Path, at: datetime) -> None:
    """Write the bank files of a payday; its orders are sent. The files first: what is killed between is written again."""
    ordres = Ordre.objects.filter(echeance=echeance)
    transfers = [
        virements.Virement(
            reference.hex, montant, account.get("titulaire") or account["nom"], vault.decrypt(account["iban"])
        )
        for reference, montant, account in ordres.values_list("reference", "montant", "compte__valeur")
    ]
    if transfers:
        caisse = echeance.caisse
        virements.write(
            folder,
            virements.CompteEmetteur(caisse.nom, caisse.iban, caisse.bic),
            transfers,
            echeance.jour,
            f"{caisse.code}-{echeance.jour:%Y%m%d}",
            echeance.arrete_le.astimezone(PARIS),
        )
    with transaction.atomic():
        ordres.filter(statut=Statut.ORDONNANCE).update(statut=Statut.EMIS)
        Echeance.objects.filter(pk=echeance.pk, emise_le=None).update(emise_le=at)
