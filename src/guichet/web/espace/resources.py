"""« Mes ressources »: the incomes that the rights are computed with, by year, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpResponse

from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.faits import NATURES, OPEN_END, Identite, departures
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.records import faits, grand_livre, sql
from guichet.records.faits import Connu
from guichet.web.espace.sections import rubric, shown
from guichet.web.facts import label
from guichet.web.identity import MemberRequest
from guichet.web.languages import said

YEARS = 4
"""This one, and those whose incomes may still count."""


@dataclass(frozen=True)
class Income:
    """`monthly` euros in each month from `first` to `last`, both of one year; `taxable` when it is another amount."""

    label: str
    first: Mois
    last: Mois
    monthly: Euros
    taxable: Euros | None
    source: str
    known: date

    @property
    def period(self) -> Phrase:
        if self.first == self.last:
            return Phrase("en {mois:nom}", mois=self.first)
        return Phrase("{premier:de_nom} à {dernier:nom}", premier=self.first, dernier=self.last)

    @property
    def total(self) -> Euros:
        return self.monthly * (self.last.months_since(self.first) + 1)


@dataclass(frozen=True)
class PersonYear:
    """What somebody received in a year."""

    name: str
    incomes: list[Income]

    @property
    def total(self) -> Euros:
        return sum((income.total for income in self.incomes), ZERO)


@rubric("ressources")
def ressources(request: MemberRequest) -> HttpResponse:
    now = clock.now()
    month = Mois.of(now.date())
    dossier = request.user.dossier.pk
    asked = faits.known_between_question(dossier, now, now), grand_livre.computed_droits_question([dossier], month - 2)
    (known, identities), found = sql.ask(*asked)
    holding = list(_shared(one for one in known if one.avant is None))
    years = [(year, list(_people(holding, identities, year, month))) for year in range(month.annee, month.annee - YEARS, -1)]
    liquidated = {of: rights for _, of, rights in found}
    quotients = [(of, rights[Prestation.QUOTIENT_FAMILIAL]) for of, rights in liquidated.items() if _has_quotient(rights)]
    context = {"years": [(year, people) for year, people in years if people], "quotient": max(quotients, default=None)}
    return shown(request, "ressources", context)


def _has_quotient(rights: Mapping[Prestation, Euros | None]) -> bool:
    return rights.get(Prestation.QUOTIENT_FAMILIAL) is not None


def _shared(holding: Iterable[Connu]) -> Iterator[Connu]:
    """The incomes; of who has left the household, those of the whole months before."""
    every = list(holding)
    left = departures(one.fait for one in every)
    for one in every:
        end = min(one.fait.avant, left.get(one.fait.sujet, OPEN_END))
        if one.fait.genre in NATURES and one.fait.du < end:
            yield replace(one, fait=replace(one.fait, avant=end))


def _people(holding: Sequence[Connu], identities: Mapping[int, Identite], year: int, month: Mois) -> Iterator[PersonYear]:
    for who in sorted({one.fait.sujet for one in holding}):
        clipped = (_clipped(one, year, month) for one in holding if one.fait.sujet == who)
        if incomes := [income for income in clipped if income]:
            yield PersonYear(f"{identities[who].prenoms} {identities[who].nom}", incomes)


def _clipped(known: Connu, year: int, month: Mois) -> Income | None:
    """The part of an income that was received in `year`, no later than `month`."""
    fact = known.fait
    first = max(Mois.of(fact.du), Mois(year, 1))
    last = min(Mois(year, 12), month, fact.last_mois)
    if first > last:
        return None
    return Income(
        *(label(fact.genre), first, last, fact.valeur.mensuel, fact.valeur.imposable),
        *(said(fact.source.nom), clock.day_of(known.connu_le)),
    )
