"""The household of a file at a month, as it was known on a day; and the rights that it opens."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from guichet import law
from guichet.domain import composition, effets, faits
from guichet.domain.calendrier import months_after
from guichet.domain.composition import Regard
from guichet.domain.droits import COUNTED_AS_INCOME, Droit, Prestation, existing
from guichet.domain.faits import Fait, Identite
from guichet.domain.foyer import Foyer, Nature, Ressource
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.records import dossiers
from guichet.records import faits as stored

WITHOUT_CLAIM = frozenset(
    (
        *(Prestation.AF, Prestation.CF, Prestation.ARS, Prestation.PAJE_NAISSANCE, Prestation.PAJE_BASE),
        Prestation.QUOTIENT_FAMILIAL,
    )
)
"""What the caisse opens by itself when it knows the household; the others are asked for."""
PAID = tuple(prestation for prestation in Prestation if prestation is not Prestation.QUOTIENT_FAMILIAL)
"""The quotient familial is computed with the rights, and paid to nobody."""
PAID_BEFORE = {Prestation.RSA: Nature.RSA, Prestation.AAH: Nature.AAH}
"""What was due for the months before is an income that the law reads."""
BY_YEAR = frozenset(
    (
        *(Nature.INDEPENDANT, Nature.INVALIDITE, Nature.PENSION_ALIMENTAIRE_RECUE, Nature.PENSION_ALIMENTAIRE_VERSEE),
        *(Nature.REVENUS_FONCIERS, Nature.REVENUS_DU_CAPITAL, Nature.AAH, Nature.RSA),
    )
)
"""Incomes that the housing aid counts by calendar year (CCH, art. R822-3), or that the caisse knows of the month."""
MONTHS_RECEIVED = 4
"""The months before that the law reads."""
MONTHS_READ = MONTHS_RECEIVED + 2
"""Those of the quarter's first month."""

Dus = Mapping[Mois, Mapping[Prestation, Euros | None]]
"""What is due of each month, net of CRDS; None where the law is not known well enough."""
LawMontants = Mapping[Prestation, list[Euros | None]]
Calculation = Callable[[Sequence[Foyer], Mois, Sequence[Prestation]], LawMontants]
"""`law.montants`, or what keeps its answers."""


@dataclass(frozen=True, slots=True)
class Look:
    """A household under the law of `mois`, and the benefits that it counts for; `settled`: amounts already settled."""

    foyer: Foyer | None
    prestations: frozenset[Prestation]
    mois: Mois
    settled: Mapping[Prestation, Euros | None] | None = None


def looks(
    known_faits: Collection[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus, settled_too: bool = False
) -> list[Look]:
    """The household that a right of `mois` depends on. Nearly always one; several when something changes within the month,
    or since a quarter began (see `effets`, and `_retained` for what is due). `dus` is what was due of the months before;
    `settled_too`: what the first month of a quarter settled is read there, when it is there."""
    found: list[Look] = []
    foyer_now: Foyer | None = None
    claims = faits.demandes(known_faits, mois)
    housing_month = effets.mois_of_logement_ressources(known_faits, mois, claims)
    for (seen, law_month, regard), concerned in _ways_of_looking(known_faits, mois, claims).items():  # `mois` first
        if seen == mois:
            foyer = composition.foyer(known_faits, identites, mois, regard)
            foyer_now = foyer_now or foyer
            with_income = foyer and _with_received(foyer, _received(mois, dus))
            apart = concerned & {Prestation.AIDE_LOGEMENT} if housing_month != mois else set()
            if apart:
                found.append(
                    Look(with_income and _with_ressources_of(with_income, housing_month, mois), frozenset(apart), mois)
                )
            if concerned > apart:
                found.append(Look(with_income, frozenset(concerned - apart), mois))
        elif settled_too and seen == law_month and seen in dus and foyer_now:
            settled = {prestation: dus[seen].get(prestation, ZERO) for prestation in concerned}
            found.append(Look(None, frozenset(concerned), mois, settled))
        elif foyer_now and (foyer := composition.foyer(known_faits, identites, seen, regard)):
            with_income = _with_received(foyer, _received(seen, dus))
            found.append(Look(_shifted(with_income, law_month, seen), frozenset(concerned), law_month))
        else:  # a quarter begins and ends with its household
            found.append(Look(foyer_now and _with_received(foyer_now, _received(mois, dus)), frozenset(concerned), mois))
    return found


def _ways_of_looking(
    known_faits: Collection[Fait], mois: Mois, claims: Mapping[Prestation, Mois]
) -> dict[tuple[Mois, Mois, Regard], set[Prestation]]:
    """How the household is looked at for a right of `mois`: as that of which month, under the law of which one, how, for
    which benefits."""
    found: dict[tuple[Mois, Mois, Regard], set[Prestation]] = {}
    # Those that may be due: the law knows them, and they were asked for where they must be.
    prestations = existing(WITHOUT_CLAIM | claims.keys(), mois)
    for seen, concerned in effets.mois_looked_at(known_faits, prestations, mois, claims).items():
        changing = effets.changes_within(known_faits, seen)
        on_first_day = Regard.of_day(seen.first_day)
        if seen == mois and not changing:
            found[mois, mois, on_first_day] = concerned
            continue
        separation = changing and effets.separation(known_faits, seen)
        for prestation in concerned:
            law_month = mois if seen == mois else _law_month(prestation, seen, mois)
            for regard in effets.regards(prestation, seen, separation) if changing else (on_first_day,):
                found.setdefault((seen, law_month, regard), set()).add(prestation)
    return found


@functools.cache
def _law_month(prestation: Prestation, seen: Mois, mois: Mois) -> Mois:
    """The month whose law settles, for a right of `mois`, what is looked at in `seen`: that of the last new rates."""
    for each in reversed(list((seen + 1).until(mois))):
        if law.chiffres(prestation, each) != law.chiffres(prestation, each - 1):
            return each
    return seen


def kept_montants(foyers: Sequence[Foyer], mois: Mois, prestations: Sequence[Prestation]) -> LawMontants:
    """`law.montants`, kept for the next pages of who reads theirs."""
    return _kept(tuple(foyers), mois, tuple(prestations))


@functools.lru_cache(maxsize=1024)
def _kept(foyers: tuple[Foyer, ...], mois: Mois, prestations: tuple[Prestation, ...]) -> LawMontants:
    return law.montants(foyers, mois, prestations)


def montants(
    files: Sequence[Sequence[Look]], mois: Mois, law_montants: Calculation = law.montants
) -> list[dict[Prestation, Euros | None]]:
    """What is due to each of `files`, as it is looked at, of each of its benefits; and its quotient familial, on that."""
    computed = {}
    for law_month in {mois, *(look.mois for each in files for look in each)}:
        foyers = [look.foyer for each in files for look in each if look.mois == law_month and look.foyer is not None]
        prestations = existing(PAID if law_month == mois else effets.QUARTERLY, law_month)
        computed[law_month] = _by_foyer(law_montants(foyers, law_month, prestations))
    found = []
    for each in files:
        dus: dict[Prestation, Euros | None] = {}
        for look in each:
            nothing = dict.fromkeys(look.prestations, ZERO)
            amounts = look.settled or (nothing if look.foyer is None else next(computed[look.mois]))
            for prestation in look.prestations & amounts.keys():
                montant = amounts[prestation]
                dus[prestation] = _retained(prestation, dus[prestation], montant) if prestation in dus else montant
        found.append(dus)
    _add_quotients(files, found, mois)
    return found


def _add_quotients(
    files: Sequence[Sequence[Look]], dus_of_files: Sequence[dict[Prestation, Euros | None]], mois: Mois
) -> None:
    """What was not asked for, and so is not due, does not count. Of several looks, the lesser is kept."""
    looked_at: list[tuple[dict[Prestation, Euros | None], Foyer, Euros]] = []
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


def _by_foyer(computed: Mapping[Prestation, list[Euros | None]]) -> Iterator[dict[Prestation, Euros | None]]:
    for montants in zip(*computed.values(), strict=True):
        yield dict(zip(computed, montants, strict=True))


def droits(dossier: int, mois: Mois, known_at: datetime, dus: Dus) -> list[Droit]:
    """The rights of `mois` with their lines, on the facts known at `known_at`; `dus` is what was due before."""
    known_faits = [one.fait for one in stored.of_dossier(dossier, known_at)]
    return droits_of(known_faits, identites(dossier), mois, dus)


def identites(dossier: int) -> Mapping[int, Identite]:
    found: dict[int, Identite] = dossiers.personnes([dossier])[dossier]
    return found


def droits_of(known_faits: Collection[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus) -> list[Droit]:
    """The rights of `mois` with their lines; those of which a look finds nobody are not due (see `montants`)."""
    found: dict[Prestation, Droit] = {}
    not_due: set[Prestation] = set()
    for look in looks(known_faits, identites, mois, dus):
        if look.foyer is None:
            not_due |= look.prestations
        else:
            everything = _all_droits(look.foyer, look.mois)
            for one in (droit for droit in everything if droit.prestation in look.prestations):
                droit = one if look.mois == mois else replace(one, mois=mois)
                other = found.get(droit.prestation)
                if other is None or other.montant != _retained(droit.prestation, other.montant, droit.montant):
                    found[droit.prestation] = droit
    return [found[prestation] for prestation in Prestation if prestation in found and prestation not in not_due]


@functools.lru_cache(maxsize=256)
def _all_droits(foyer: Foyer, mois: Mois) -> tuple[Droit, ...]:
    """Whatever was asked for: one program of the law serves all files. Kept for the next pages of who reads theirs."""
    return tuple(law.droits([foyer], mois)[0])


def _retained(prestation: Prestation, one: Euros | None, other: Euros | None) -> Euros | None:
    """Of what two looks open: the lesser, or the greater for what is settled for a quarter. Unknown as soon as one of them
    is."""
    if one is None or other is None:
        return None
    return max(one, other) if prestation in effets.QUARTERLY else min(one, other)


def _shifted(foyer: Foyer, mois: Mois, seen: Mois) -> Foyer:
    """The household of `seen` for the law of `mois`: what was received is as far, and who was not born is not."""
    if mois == seen:
        return foyer
    gap = mois.months_since(seen)
    personnes = []
    for personne in foyer.personnes:
        naissance = personne.naissance
        if naissance > seen.first_day:
            naissance = months_after(naissance, gap)
        ressources = tuple(_later(ressource, ressource.au, gap) for ressource in personne.ressources)
        personnes.append(replace(personne, ressources=ressources, naissance=naissance))
    return replace(foyer, personnes=tuple(personnes))


def _with_ressources_of(foyer: Foyer, first: Mois, mois: Mois) -> Foyer:
    """The household with the incomes that the housing aid of `first` saw, as far from `mois`; those that it counts by
    year are of the same years."""
    gap = mois.months_since(first)
    personnes = []
    for personne in foyer.personnes:
        of_year = (r for r in personne.ressources if r.nature in BY_YEAR)
        seen = (r for r in personne.ressources if r.nature not in BY_YEAR and r.du <= first)
        of_month = (_later(r, min(r.au, first), gap) for r in seen)
        personnes.append(replace(personne, ressources=(*of_year, *of_month)))
    return replace(foyer, personnes=tuple(personnes))


def _later(ressource: Ressource, until: Mois, mois: int) -> Ressource:
    """An income until `until`, some months later."""
    return Ressource(ressource.nature, ressource.mensuel, ressource.du + mois, until + mois, ressource.imposable)


def _received(mois: Mois, dus: Dus) -> tuple[tuple[Nature, Mois, Decimal], ...]:
    return tuple(
        (nature, before, montant)
        for before in (mois - MONTHS_RECEIVED).until(mois - 1)
        for prestation, nature in PAID_BEFORE.items()
        if (montant := dus.get(before, {}).get(prestation))
    )


def _with_received(foyer: Foyer, received: Sequence[tuple[Nature, Mois, Decimal]]) -> Foyer:
    """The AAH goes to who has a recognised disability, the RSA to the claimant."""
    if not received:
        return foyer
    personnes = list(foyer.personnes)
    for nature, mois, montant in received:
        aah = nature is Nature.AAH
        rank = next((rank for rank, personne in enumerate(personnes) if aah and personne.handicap), 0)
        income = Ressource(nature, montant, mois, mois)
        personnes[rank] = replace(personnes[rank], ressources=(*personnes[rank].ressources, income))
    return replace(foyer, personnes=tuple(personnes))
