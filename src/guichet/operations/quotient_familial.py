"""The quotient familial that a town asks for, by the pivot identity of an allocataire or of the partner.

What is answered is what was computed (the last `Liquidation` of the month, the one that Mon compte shows), with the
household of the first day of that month, as it was known when it was computed: they agree, and who has left a household
learns nothing of what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from guichet.clock import day_of
from guichet.domain.droits import Prestation
from guichet.domain.faits import Adresse, Genre
from guichet.domain.foyer import Role
from guichet.domain.identite_pivot import IdentitePivot
from guichet.domain.vocabulaire import Mois
from guichet.records import dossiers, faits, grand_livre
from guichet.records.dossiers import Personne

FILES_READ = 3
"""One person may have had several files, one after the other; of somebody who has more of them, we do not choose."""
OLDEST = 24
"""How many months old the last quotient familial may be, when no month is asked for."""
ADULTES = frozenset((Role.DEMANDEUR, Role.CONJOINT))


class UnknownAllocataireError(Exception):
    """Nobody has this identity, or several people do."""


class UnknownMoisError(Exception):
    """No quotient familial is known for the month."""


@dataclass(frozen=True, slots=True)
class QuotientFamilial:
    dossier: int
    value: int
    """In whole euros."""
    mois: Mois
    computed_in: Mois
    allocataires: tuple[Personne, ...]
    enfants: tuple[Personne, ...]
    adresse: Adresse | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file, as it was known when the quotient familial of a month was computed; None if it was not."""

    dossier: int
    mois: Mois
    liquidation: grand_livre.Liquidation | None
    roles: Mapping[int, Role]
    adresse: Adresse | None


def quotient_familial(who: IdentitePivot, mois: Mois | None, at: datetime) -> QuotientFamilial:
    """The quotient familial of `mois`, or else the last one known at the instant `at`. Raises UnknownAllocataireError,
    UnknownMoisError."""
    named = [
        personne
        for personne in dossiers.born_on(who.naissance)
        if who.is_named(personne.nom, personne.prenoms)
        and personne.sexe in ("", who.sexe)
        and who.born_in(personne.lieu_naissance)
    ]
    files = {personne.pk: personne.dossier_id for personne in named}
    if not 0 < len(set(files.values())) <= FILES_READ:
        raise UnknownAllocataireError
    seen = _seen(sorted(set(files.values())), mois, at)
    adults = [seen[dossier] for number, dossier in files.items() if seen[dossier].roles.get(number) in ADULTES]
    if len(adults) != 1:
        raise UnknownAllocataireError
    return _answer(adults[0])


def _seen(numbers: list[int], mois: Mois | None, at: datetime) -> dict[int, _Seen]:
    last = mois or Mois.of(at.date())
    liquidations = grand_livre.last_liquidations(numbers, mois or last - OLDEST, last)
    seen = {}
    for dossier in numbers:
        liquidation = liquidations.get(dossier)
        month = Mois.of(liquidation.mois) if liquidation else last
        true_faits = [one.fait for one in faits.of_dossier(dossier, liquidation.connu_le if liquidation else at)]
        on_that_day = [fait for fait in true_faits if fait.holds_on(month.first_day)]
        roles = {fait.sujet: fait.valeur.role for fait in on_that_day if fait.genre == Genre.PRESENCE}
        adresse = next((fait.valeur for fait in on_that_day if fait.genre == Genre.ADRESSE), None)
        seen[dossier] = _Seen(dossier, month, liquidation, roles, adresse)
    return seen


def _answer(seen: _Seen) -> QuotientFamilial:
    value = seen.liquidation and seen.liquidation.droits.get(Prestation.QUOTIENT_FAMILIAL)
    if seen.liquidation is None or value is None:
        raise UnknownMoisError
    present = [p for p in dossiers.personnes_of(seen.dossier) if p.pk in seen.roles]
    allocataires = [p for p in present if seen.roles[p.pk] in ADULTES]
    return QuotientFamilial(
        seen.dossier,
        int(Decimal(value)),
        seen.mois,
        Mois.of(day_of(seen.liquidation.connu_le)),
        tuple(sorted(allocataires, key=lambda p: (seen.roles[p.pk] is Role.CONJOINT, p.pk))),
        tuple(p for p in present if seen.roles[p.pk] is Role.ENFANT),
        seen.adresse,
    )
