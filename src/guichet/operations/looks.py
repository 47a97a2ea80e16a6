"""The household that a right of a month depends on: that of the month, nearly always; several when something changes within
it, or since a quarter began (see `effets`).
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from guichet import law
from guichet.domain import composition, effets, faits
from guichet.domain.calendrier import months_after
from guichet.domain.composition import Regard
from guichet.domain.droits import Prestation, existing
from guichet.domain.faits import Fait, Identite
from guichet.domain.foyer import Foyer, Nature, Ressource
from guichet.domain.vocabulaire import ZERO, Euros, Mois

WITHOUT_CLAIM = frozenset(
    (
        *(Prestation.AF, Prestation.CF, Prestation.ARS, Prestation.PAJE_NAISSANCE, Prestation.PAJE_BASE),
        Prestation.QUOTIENT_FAMILIAL,
    )
)
"""What the caisse opens by itself when it knows the household; the others are asked for."""
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
"""Months that the law reads before the quarter's first month."""

Dus = Mapping[Mois, Mapping[Prestation, Euros | None]]
"""What is due of each month, net of CRDS; None where the law is not known well enough."""


@dataclass(frozen=True, slots=True)
class Look:
    """A household under the law of `mois`, and the benefits that it counts for; `settled`: amounts already settled. Nobody
    is there when `foyer` is None: nothing is due, but what is settled."""

    foyer: Foyer | None
    prestations: frozenset[Prestation]
    mois: Mois
    settled: Mapping[Prestation, Euros | None] | None = None


class _Way(NamedTuple):
    """The household looked at as that of the month `seen`, on the days of `regard`, with the incomes that the month `first`
    saw (see `effets.Settling`), under the law of `law_month`."""

    seen: Mois
    first: Mois
    law_month: Mois
    regard: Regard


@dataclass(frozen=True, slots=True)
class _Dossier:
    """A file: `dus` is what was due of the months before."""

    faits: Collection[Fait]
    identites: Mapping[int, Identite]
    dus: Dus

    def foyer(self, mois: Mois, regard: Regard) -> Foyer | None:
        """The household, with what the law counts of what it was paid."""
        foyer = composition.foyer(self.faits, self.identites, mois, regard)
        return foyer and _with_received(foyer, mois, self.dus)

    def revised(self, way: _Way) -> Foyer | None:
        """The household of a month of the quarter for the law of `way.law_month`, with the incomes that the quarter's first
        month saw."""
        foyer = composition.foyer(self.faits, self.identites, way.seen, way.regard)
        if foyer is None:
            return None
        if way.first != way.seen:
            foyer = _as_seen_before(foyer, way.first)
        return _shifted(_with_received(foyer, way.first, self.dus), way)


def looks(
    known_faits: Collection[Fait], identites: Mapping[int, Identite], mois: Mois, dus: Dus, settled_too: bool = False
) -> list[Look]:
    """The households that a right of `mois` depends on. Several may be for one benefit (see `droits.retained` for what is
    due then). `dus` is what was due of the months before; `settled_too`: what the first month of a quarter settled is read
    there, when it is there."""
    dossier, claims = _Dossier(known_faits, identites, dus), faits.demandes(known_faits, mois)
    ways = _ways_of_looking(known_faits, mois, claims)
    of_mois = {way: dossier.foyer(mois, way.regard) for way in ways if way.first == mois}
    now = next(filter(None, of_mois.values()), None)
    housing_month = effets.mois_of_logement_ressources(known_faits, mois, claims)
    found: list[Look] = []
    for way, prestations in ways.items():
        if way.first == mois:
            found += _of_mois(of_mois[way], frozenset(prestations), mois, housing_month)
        else:
            found.append(_of_trimestre(dossier, way, frozenset(prestations), now, mois, settled_too))
    return found


def _of_mois(foyer: Foyer | None, prestations: frozenset[Prestation], mois: Mois, housing_month: Mois) -> Iterator[Look]:
    """The household of the month itself; the housing aid may look at the incomes that an earlier month saw."""
    apart = prestations & {Prestation.AIDE_LOGEMENT} if housing_month != mois else frozenset()
    if apart:
        yield Look(foyer and _with_ressources_of(foyer, housing_month, mois), apart, mois)
    if prestations > apart:
        yield Look(foyer, prestations - apart, mois)


def _of_trimestre(
    dossier: _Dossier, way: _Way, prestations: frozenset[Prestation], now: Foyer | None, mois: Mois, settled_too: bool
) -> Look:
    """That of a quarter that began before. A quarter begins and ends with its household: without one in the month that is
    looked at the one of `mois` (`now`) is, and without one in `mois` nothing is due."""
    if now and settled_too and way.seen == way.law_month and way.seen in dossier.dus:
        settled = {prestation: dossier.dus[way.seen].get(prestation, ZERO) for prestation in prestations}
        return Look(None, prestations, mois, settled)
    then = dossier.revised(way) if now else None
    return Look(now, prestations, mois) if then is None else Look(then, prestations, way.law_month)


def _ways_of_looking(
    known_faits: Collection[Fait], mois: Mois, claims: Mapping[Prestation, Mois]
) -> dict[_Way, set[Prestation]]:
    """How the household is looked at for a right of `mois`, for which benefits."""
    found: dict[_Way, set[Prestation]] = {}
    # Those that may be due: the law knows them, and they were asked for where they must be.
    prestations = existing(WITHOUT_CLAIM | claims.keys(), mois)
    for (seen, first), concerned in effets.settlings(known_faits, prestations, mois, claims).items():
        on_first_day = Regard.of_day(seen.first_day)
        changing = effets.changes_within(known_faits, seen)
        if first == mois and not changing:
            found[_Way(mois, mois, mois, on_first_day)] = concerned
            continue
        parted = changing and effets.separation(known_faits, seen)
        for prestation in concerned:
            law_month = mois if seen == mois else _law_month(prestation, seen, mois)
            regards: tuple[Regard, ...] = (on_first_day,)
            if changing:
                # Who had left when the claim was made does not count (CASF, art. R262-4; CSS, art. R843-1).
                left_before = parted and claims.get(prestation) == seen
                revised = left_before or (prestation in effets.QUARTERLY and effets.revises(known_faits, prestation, seen))
                at_once = effets.opens_at_once(known_faits, prestation, seen)
                regards = effets.regards(prestation, seen, parted=parted, revised=revised, at_once=at_once)
            for regard in regards:
                found.setdefault(_Way(seen, first, law_month, regard), set()).add(prestation)
    return found


@functools.cache
def _law_month(prestation: Prestation, seen: Mois, mois: Mois) -> Mois:
    """The month whose law settles, for a right of `mois`, what is looked at in `seen`: that of the last new rates."""
    for each in reversed(list((seen + 1).until(mois))):
        if law.chiffres(prestation, each) != law.chiffres(prestation, each - 1):
            return each
    return seen


def _shifted(foyer: Foyer, way: _Way) -> Foyer:
    """The household for the law of a later month: what was received is as far, and so is a birth that it sees or awaits."""
    gap, births_gap = way.law_month.months_since(way.first), way.law_month.months_since(way.seen)
    if not gap:
        return foyer
    personnes = []
    for personne in foyer.personnes:
        naissance = personne.naissance
        if naissance >= (way.seen - MONTHS_RECEIVED).first_day:
            naissance = months_after(naissance, births_gap)
        ressources = tuple(_later(ressource, ressource.au, gap) for ressource in personne.ressources)
        personnes.append(replace(personne, ressources=ressources, naissance=naissance))
    return replace(foyer, personnes=tuple(personnes))


def _as_seen_before(foyer: Foyer, first: Mois) -> Foyer:
    """The household with the incomes that the month `first` saw."""
    personnes = []
    for personne in foyer.personnes:
        seen = (r for r in personne.ressources if r.du <= first)
        ressources = tuple(replace(r, au=min(r.au, first)) for r in seen)
        personnes.append(replace(personne, ressources=ressources))
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


def _with_received(foyer: Foyer, mois: Mois, dus: Dus) -> Foyer:
    """The household with what it was paid in the months before: the AAH goes to who has a recognised disability, the RSA to
    the claimant."""
    received = [
        (nature, Ressource(nature, montant, before, before))
        for before in (mois - MONTHS_RECEIVED).until(mois - 1)
        for prestation, nature in PAID_BEFORE.items()
        if (montant := dus.get(before, {}).get(prestation))
    ]
    if not received:
        return foyer
    personnes = list(foyer.personnes)
    disabled = next((rank for rank, personne in enumerate(personnes) if personne.handicap), 0)
    for nature, ressource in received:
        rank = disabled if nature is Nature.AAH else 0
        personnes[rank] = replace(personnes[rank], ressources=(*personnes[rank].ressources, ressource))
    return replace(foyer, personnes=tuple(personnes))
