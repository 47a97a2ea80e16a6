"""The rights of a file for a month: what the law grants to the households that they depend on (`looks`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from guichet import law
from guichet.domain import effets
from guichet.domain.droits import COUNTED_AS_INCOME, Droit, Prestation, existing
from guichet.domain.faits import Fait, Identite
from guichet.domain.foyer import Foyer
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.looks import Dus, Look, looks
from guichet.records import dossiers, faits

PAID = tuple(prestation for prestation in Prestation if prestation is not Prestation.QUOTIENT_FAMILIAL)
"""The quotient familial is computed with the rights, and paid to nobody."""

Montants = dict[Prestation, Euros | None]
LawMontants = Mapping[Prestation, list[Euros | None]]
Calculation = Callable[[Sequence[Foyer], Mois, Sequence[Prestation]], LawMontants]
"""`law.montants`, or what keeps its answers."""


def kept_montants(foyers: Sequence[Foyer], mois: Mois, prestations: Sequence[Prestation]) -> LawMontants:
    """`law.montants`, kept for the next pages of who reads theirs."""
    return _kept(tuple(foyers), mois, tuple(prestations))


@functools.lru_cache(maxsize=1024)
def _kept(foyers: tuple[Foyer, ...], mois: Mois, prestations: tuple[Prestation, ...]) -> LawMontants:
    return law.montants(foyers, mois, prestations)


def montants(files: Sequence[Sequence[Look]], mois: Mois, law_montants: Calculation = law.montants) -> list[Montants]:
    """What is due to each of `files`, as it is looked at, of each of its benefits; and its quotient familial, on that."""
    everything = [look for each in files for look in each]
    granted = {
        law_month: _granted([look for look in everything if look.mois == law_month], mois, law_month, law_montants)
        for law_month in {mois, *(look.mois for look in everything)}
    }
    found = [_dus(each, granted) for each in files]
    _add_quotients(files, found, mois)
    return found


def _granted(seen: Sequence[Look], mois: Mois, law_month: Mois, law_montants: Calculation) -> Iterator[Montants]:
    """What the law of one month grants to each household that is looked at under it, in their order."""
    foyers = [look.foyer for look in seen if look.foyer is not None]
    computed = law_montants(foyers, law_month, existing(PAID if law_month == mois else effets.QUARTERLY, law_month))
    for own in zip(*computed.values(), strict=True):
        yield dict(zip(computed, own, strict=True))


def _dus(seen: Sequence[Look], granted: Mapping[Mois, Iterator[Montants]]) -> Montants:
    """What is due of each benefit that was looked at, where the law knows it."""
    dus: Montants = {}
    for look in seen:
        nothing = dict.fromkeys(look.prestations, ZERO)
        amounts = look.settled or (nothing if look.foyer is None else next(granted[look.mois]))
        for prestation in look.prestations & amounts.keys():
            montant = amounts[prestation]
            dus[prestation] = retained(prestation, dus[prestation], montant) if prestation in dus else montant
    return dus


def retained(prestation: Prestation, one: Euros | None, other: Euros | None) -> Euros | None:
    """Of what two looks open, the lesser or the greater (`effets.GREATEST`). Unknown as soon as one of them is."""
    if one is None or other is None:
        return None
    return max(one, other) if prestation in effets.GREATEST else min(one, other)


def _add_quotients(files: Sequence[Sequence[Look]], dus_of_files: Sequence[Montants], mois: Mois) -> None:
    """What was not asked for, and so is not due, does not count. Of several looks, the lesser is kept."""
    looked_at: list[tuple[Montants, Foyer, Euros]] = []
    for each, dus in zip(files, dus_of_files, strict=True):
        foyers = [look.foyer for look in each if Prestation.QUOTIENT_FAMILIAL in look.prestations]
        counted = [dus.get(prestation, ZERO) for prestation in COUNTED_AS_INCOME]
        known = [montant for montant in counted if montant is not None]
        if None in foyers:
            dus[Prestation.QUOTIENT_FAMILIAL] = ZERO
        elif len(known) < len(counted):
            dus[Prestation.QUOTIENT_FAMILIAL] = None
        else:
            looked_at += [(dus, foyer, sum(known, ZERO)) for foyer in foyers if foyer is not None]
    found = law.quotients([foyer for _, foyer, _ in looked_at], mois, [total for _, _, total in looked_at])
    for (dus, _, _), quotient in zip(looked_at, found, strict=True):
        already = dus.get(Prestation.QUOTIENT_FAMILIAL)
        dus[Prestation.QUOTIENT_FAMILIAL] = quotient if already is None else min(already, quotient)


def droits_of_dossier(dossier: int, mois: Mois, known_at: datetime, dus: Dus) -> list[Droit]:
    """The rights of `mois` with their lines, on the facts known at `known_at`; `dus` is what was due before."""
    known_faits = [one.fait for one in faits.of_dossier(dossier, known_at)]
    return droits_of(known_faits, dossiers.identites_of(dossier), mois, dus)


def droits_of(known_faits: Collection[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus) -> list[Droit]:
    """The rights of `mois` with their lines; those of which a look finds nobody are not due (see `montants`)."""
    found: dict[Prestation, Droit] = {}
    not_due: set[Prestation] = set()
    for look in looks(known_faits, identites, mois, dus):
        if look.foyer is None:
            not_due |= look.prestations
            continue
        for droit in _all_droits(look.foyer, look.mois):
            other = found.get(droit.prestation)
            if droit.prestation in look.prestations and (other is None or _prevails(droit, other)):
                found[droit.prestation] = droit if look.mois == mois else replace(droit, mois=mois)
    return [found[prestation] for prestation in Prestation if prestation in found and prestation not in not_due]


def _prevails(droit: Droit, other: Droit) -> bool:
    """Whether what another look opens is due instead of `other`."""
    return other.montant != retained(droit.prestation, other.montant, droit.montant)


@functools.lru_cache(maxsize=256)
def _all_droits(foyer: Foyer, mois: Mois) -> tuple[Droit, ...]:
    """Whatever was asked for: one program of the law serves all files. Kept for the next pages of who reads theirs."""
    return tuple(law.droits([foyer], mois)[0])
