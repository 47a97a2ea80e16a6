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
    arrete_before,
    jour_de_paie,
    jours_de_paie,
    last_mois_paid,
    mois_settled_on,
    next_jour_de_paie,
)
from guichet.domain.comptes import Beneficiaire, Somme, Suite
from guichet.domain.differences import Evolution
from guichet.domain.droits import Droit, Prestation
from guichet.domain.faits import Fait, Identite, demandes
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import paiements, suivi
from guichet.operations.avenir import Nouvelle, avenir, counts_until, known_at, news, paid_droits
from guichet.operations.echeances import settled_for
from guichet.operations.looks import MONTHS_READ
from guichet.operations.paiements import Paie, Versement
from guichet.operations.payer import parts_of_bailleur, usable_compte
from guichet.operations.suivi import Suivi
from guichet.operations.virements import ACCOUNT_AT_FAULT
from guichet.records import faits, releves, saisines
from guichet.records.dossiers import Dossier
from guichet.records.faits import Connu
from guichet.records.releves import Releve
from guichet.records.saisines import Saisine

LOOKED_BACK = 4
"""Paydays that are looked back at: the one before, with those that were added since, and what a bank sent back."""


class Sorte(StrEnum):
    """What a part of a payment is."""

    DROIT = "droit"
    RAPPELS = "rappels"
    REFUSE = "refuse"
    RETENUES = "retenues"
    BAILLEUR = "bailleur"


@dataclass(frozen=True, slots=True)
class Composante:
    """A part of a payment, in that of before and in the next one, in euros; what is not received is below zero.

    Of a right, `evolution` says why it is not the same, if it is not. Of what a bank refused, and that is paid again, `jour`
    says when it was first sent.
    """

    sorte: Sorte
    before: Euros
    after: Euros
    prestation: Prestation | None = None
    evolution: Evolution | None = None
    jour: date | None = None


@dataclass(frozen=True)
class Prevu:
    """The next payday, as far as what is known today says. `last` is the one before, None when this is the first or that
    of the rentrée, which is like no other.

    `droits` are those of its month with their lines. `comptes` are the facts that say where each payee is paid; without
    one, nothing is sent.
    """

    paie: Paie
    last: Paie | None
    droits: tuple[Droit, ...]
    compute_before: Callable[[], list[Droit]]
    claimed: frozenset[Prestation]
    comptes: Mapping[Beneficiaire, Fait]
    suivis: tuple[Suivi, ...]
    trop_percus: tuple[Suite, ...]
    """What was paid too much, and will be told by letter: nothing is kept for it before."""
    refused: tuple[tuple[date, Versement], ...] = ()
    """What banks refused and that is not paid again yet, with the day of its payment."""

    @property
    def limit(self) -> date:
        """What is learnt on that day or later counts for the payday after."""
        return arrete_before(self.paie.jour)

    @property
    def montant(self) -> Euros:
        return self.paie.to_allocataire

    @property
    def rappels(self) -> list[Suite]:
        """What is due of months before that of the payday, and was not sent yet."""
        return comptes.suites(self.unsent)

    @property
    def unsent(self) -> list[Somme]:
        """What is due of months before that of the payday and was not sent yet, month by month."""
        return self._past[0]

    @property
    def sent_again(self) -> list[tuple[date, Euros]]:
        """What the payday sends again of what banks refused, in euros, by the day of its first payment."""
        return self._past[1]

    @functools.cached_property
    def _past(self) -> tuple[list[Somme], list[tuple[date, Euros]]]:
        return paiements.split_rappels(self.paie, self.refused)

    @property
    def awaits_compte(self) -> bool:
        """What is for the allocataire waits as long as no account is known where it can be sent."""
        return bool(self.montant) and Beneficiaire.ALLOCATAIRE not in self.comptes

    @property
    def not_due(self) -> list[Droit]:
        """The benefits that were asked for, or paid the month before, and of which nothing is due."""
        if self.paie.rentree:
            return []
        expected = self.claimed | (self.last.dus.keys() if self.last else frozenset())
        return [droit for droit in self.droits if droit.montant == 0 and droit.prestation in expected]

    @functools.cached_property
    def before(self) -> list[Droit]:
        """The rights of the month before, as the last payday knew them: computed only when something is not the same."""
        return self.compute_before()

    @functools.cached_property
    def composantes(self) -> tuple[Composante, ...]:
        """What makes the two payments; they add up to what the allocataire is sent."""
        before = self.last or Paie(self.paie.jour)
        dus = [p for p in Prestation if p in before.dus or p in self.paie.dus]
        everything = (
            *(self._of_droit(p, before.dus.get(p, ZERO), self.paie.dus.get(p, ZERO)) for p in dus),
            Composante(Sorte.RAPPELS, paiements.total(before.rappels), paiements.total(self.unsent)),
            *(Composante(Sorte.REFUSE, ZERO, montant, jour=day) for day, montant in self.sent_again),
            Composante(Sorte.RETENUES, -before.kept, -self.paie.kept),
            Composante(Sorte.BAILLEUR, -before.to_bailleur, -self.paie.to_bailleur),
        )
        return tuple(part for part in everything if part.before or part.after)

    @property
    def difference(self) -> Euros | None:
        """What the allocataire is sent more, or less; None for a first payment."""
        return self.montant - self.last.to_allocataire if self.last else None

    @property
    def last_refused(self) -> bool:
        """Whether a bank refused something of what the payday before sent to the allocataire."""
        return self.last is not None and self.last.montant != self.last.to_allocataire

    @property
    def has_changes(self) -> bool:
        """Whether the amount of a right is not that of the payday before: its line says why."""
        lines = (part for part in self.composantes if part.sorte is Sorte.DROIT)
        return self.last is not None and any(line.before != line.after for line in lines)

    def _of_droit(self, prestation: Prestation, before: Euros, after: Euros) -> Composante:
        return Composante(Sorte.DROIT, before, after, prestation, self._evolution(prestation) if before != after else None)

    def _evolution(self, prestation: Prestation) -> Evolution | None:
        before, after = ({d.prestation: d for d in droits}.get(prestation) for droits in (self.before, self.droits))
        evolution = Evolution(prestation, avant=before, apres=after)
        return evolution if evolution.montant else None


def prevoir(dossier: Dossier, now: datetime, personne: int | None = None) -> Prevu:
    """What the next payday brings to a file; with what is under way of what `personne` wrote to the caisse."""
    read = _read(dossier, now, personne)
    known, counted = known_at(read.ever_known, now), known_at(read.ever_known, read.at)
    in_time, late = _news(dossier, read.ever_known, read.at, now)
    coming = avenir(dossier.pk, None if read.settled else in_time, counted, read.identites, read.mois, read.statement)
    soldes = read.statement.soldes if read.settled else coming.soldes
    told = paiements.indus(read.statement.indus, soldes)
    indus = [rest for _, rest in told]
    paie = read.settled or _expected(_days(read.day, now), soldes, indus, counted, coming.to_bailleur)
    trop_percus, _ = comptes.split(comptes.trop_percus(soldes, now.date(), indus))
    suivis = [
        *suivi.of_payday(paie, read.past, _comptes(paie, read.refused, known).keys()),
        *([suivi.in_time(in_time, paie, coming)] if in_time else ()),
        *([suivi.too_late(late, paie)] if late else ()),
        *suivi.of_droits(coming.droits),
        *suivi.of_debts(told, trop_percus),
        *suivi.of_saisines(read.written, now.date()),
    ]
    return Prevu(
        paie=paie,
        last=None if paie.rentree else read.last,
        droits=tuple(coming.droits),
        compute_before=read.droits_before,
        claimed=frozenset(demandes([one.fait for one in counted], read.mois)),
        comptes=_comptes(paie, read.refused, counted),
        suivis=tuple(suivis),
        trop_percus=tuple(comptes.suites(trop_percus)),
        refused=tuple(paiements.refused(read.past)),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read of a file for its next payday, on `day`: its facts that were known at any time since the accounts of the
    payday before were settled (`then`), until now."""

    day: date
    statement: Releve
    settled: Paie | None
    """That payday itself, once its accounts are."""
    past: Sequence[Paie]
    """The paydays before it, the latest first."""
    ever_known: Sequence[Connu]
    identites: Mapping[int, Identite]
    written: Sequence[Saisine]
    refused: Collection[int]
    """The accounts that a bank refused, for their own reasons."""
    at: datetime
    """Until when what is learnt counts for it."""
    then: datetime

    @property
    def mois(self) -> Mois:
        """The month that it pays."""
        return last_mois_paid(self.day)

    @property
    def last(self) -> Paie | None:
        return _last(self.past, self.mois - 1)

    def droits_before(self) -> list[Droit]:
        """The rights of the month before, with what was known when it was paid."""
        known_then = known_at(self.ever_known, self.then) if self.last else []
        return paid_droits(known_then, self.identites, self.mois - 1, self.statement.droits)


def _read(dossier: Dossier, now: datetime, personne: int | None) -> _Read:
    day = next_jour_de_paie(now.date())
    mois = last_mois_paid(day)
    # The accounts of the payday before were settled since, as a rule: its facts are asked for with the rest.
    since = datetime.combine((mois - 1).first_day, time(), PARIS)
    also = (
        faits.known_between_question(dossier.pk, since, now),
        saisines.unanswered(personne),
        releves.refused_comptes([dossier.pk], ACCOUNT_AT_FAULT),
    )
    statement, [(ever_known, identites), written, refused] = releves.of_dossier_with(
        dossier.pk, LOOKED_BACK, mois - 1 - MONTHS_READ, *also
    )
    settled, past = _paydays(statement, day, now.date())
    last = _last(past, mois - 1)
    at = (settled and settled.arrete_le) or counts_until(dossier, mois, now)
    then = (last and last.arrete_le) or at
    if then < since:
        ever_known, identites = faits.known_between(dossier.pk, then, now)
    return _Read(
        day=day,
        statement=statement,
        settled=settled,
        past=past,
        ever_known=ever_known,
        identites=identites,
        written=written,
        refused=refused,
        at=at,
        then=then,
    )


def _paydays(statement: Releve, day: date, today: date) -> tuple[Paie | None, list[Paie]]:
    """Of the paydays of a file, the one to come that is settled already, of the month that `day` pays; those before."""
    paydays = list(paiements.paies(statement.reglements))
    of_mois = jours_de_paie(last_mois_paid(day))
    settled = next((paie for paie in reversed(paydays) if paie.jour >= today and paie.jour in of_mois), None)
    return settled, [paie for paie in paydays if paie.jour < (settled or Paie(day)).jour]


def _days(day: date, now: datetime) -> list[date]:
    """The paydays of the month that `day` pays, whose accounts are not settled; and `day` itself."""
    return [one for one in jours_de_paie(last_mois_paid(day)) if one == day or now <= settled_for(one)]


def _comptes(paie: Paie, refused: Collection[int], known: Sequence[Connu]) -> dict[Beneficiaire, Fait]:
    """The fact that says where each payee is paid, when one does."""
    found = {payee: usable_compte(known, payee, paie.jour, refused) for payee in Beneficiaire}
    return {payee: compte.fait for payee, compte in found.items() if compte}


def _news(
    dossier: Dossier, ever_known: Sequence[Connu], at: datetime, now: datetime
) -> tuple[Nouvelle | None, Nouvelle | None]:
    """What was learnt since rights were computed: in time for the payday, too late for it."""
    liquide_le = dossier.liquide_le
    if liquide_le is None:
        return None, None
    return news(dossier.pk, ever_known, liquide_le, at), news(dossier.pk, ever_known, max(at, liquide_le), now)


def _last(past: Sequence[Paie], mois: Mois) -> Paie | None:
    """The payday of `mois`; when nothing was due on it, that is what it brought."""
    day = jour_de_paie(mois)
    return next((paie for paie in past if paie.jour == day), Paie(day) if past else None)


def _expected(
    days: Sequence[date],
    soldes: comptes.Soldes,
    indus: Collection[comptes.Indu],
    known: Sequence[Connu],
    already_paid: Mapping[Mois, Euros],
) -> Paie:
    """The first of the paydays `days` that brings something, else the last one; the landlord has had `already_paid` of the
    months before."""
    paies = [_payday(day, soldes, indus, known, already_paid) for day in days]
    return next((paie for paie in paies if paie.versements), paies[-1])


def _payday(
    day: date,
    soldes: comptes.Soldes,
    indus: Collection[comptes.Indu],
    known: Sequence[Connu],
    already_paid: Mapping[Mois, Euros],
) -> Paie:
    """What a payday will be, as `payer` will do it."""
    mois, soldes = mois_settled_on(day), comptes.payable(soldes, day)
    planned = [indu for indu in indus if indu.mensualite and day == jour_de_paie(mois)]
    parts = parts_of_bailleur(soldes, known, already_paid)
    reglement = comptes.settle(soldes, mois, planned, parts)
    versements = (Versement(p.montant, p.beneficiaire, p.sommes) for p in reglement.paiements)
    return Paie(
        day,
        tuple(versements),
        tuple(Somme(*retenue.sur, retenue.montant) for retenue in reglement.retenues),
        tuple(Somme(*retenue.pour, retenue.montant) for retenue in reglement.retenues),
    )
