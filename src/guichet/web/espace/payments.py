"""« Mes paiements »: two years of paydays, what each was made of, and what is being paid back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, takewhile

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from guichet import clock
from guichet.charts.columns import Columns
from guichet.domain import comptes
from guichet.domain.calendrier import jours_de_paie, last_mois_paid, next_jour_de_paie
from guichet.domain.comptes import Somme
from guichet.domain.droits import Droit
from guichet.domain.effets import revision
from guichet.domain.phrases import Phrase, Quantite, capfirst
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations import paiements as ledger
from guichet.operations.paiements import Paie
from guichet.operations.prochain import Prevu, prevoir
from guichet.operations.virements import Rejet
from guichet.records import releves
from guichet.records.grand_livre import Indu
from guichet.web.espace.sections import rubric, shown
from guichet.web.filters import montant, whole_number
from guichet.web.identity import MemberRequest, household
from guichet.web.languages import said


@rubric("paiements")
def paiements(request: MemberRequest) -> HttpResponse:
    today = clock.today()
    month = last_mois_paid(today)
    statement = releves.of_dossier(request.user.dossier.pk, ledger.PAYDAYS, month)
    paydays = list(takewhile(lambda payday: payday.mois > month - ledger.SHOWN_MONTHS, ledger.paies(statement.reglements)))
    balances = statement.soldes
    told = [(indu, indu.with_remaining(balances)) for indu in statement.indus]
    context = {
        "years": [(year, list(of_year)) for year, of_year in groupby(paydays, key=lambda payday: payday.jour.year)],
        "of_its_month": _of_its_month,
        "past_of": {day: ledger.split_rappels(one, ledger.refused(before)) for day, one, before in _each(paydays)},
        "chart": _chart(paydays),
        "debts": list(_debts(told, today)),
        "found": comptes.trop_percus(balances, today, [rest for _, rest in told if rest.restant]),
        "next": next_jour_de_paie(today),
    }
    return shown(request, "paiements", context)


def _each(paydays: Sequence[Paie]) -> Iterator[tuple[date, Paie, Sequence[Paie]]]:
    """The paydays that pay for past months, each with the paydays before it."""
    for rank, payday in enumerate(paydays):
        if payday.rappels:
            yield payday.jour, payday, paydays[rank + 1 :]


def _of_its_month(payday: Paie) -> str:
    """`Aide au logement 304 €, RSA 96,50 €`."""
    return capfirst(", ".join(f"{said(benefit.nom)} {montant(amount)}" for benefit, amount in payday.dus.items()))


@dataclass(frozen=True)
class ToldDebts:
    """The overpayments that one letter told: `sums` as it told them, `rest` what remains of them, in euros."""

    on: date
    sums: list[Somme]
    rest: Euros
    terms: list[Terms]

    @property
    def repaid(self) -> Euros:
        return ledger.total(self.sums) - self.rest


@dataclass(frozen=True)
class Terms:
    """How what remains of some benefits is recovered; `since` is the payday from which something is kept, None once it is
    past."""

    benefits: str
    debt: Indu
    since: date | None


def _debts(told: Iterable[tuple[Indu, comptes.Indu]], today: date) -> Iterator[ToldDebts]:
    """The overpayments that are not wholly paid back, letter by letter."""
    for on, of_letter in groupby(told, key=lambda one: one[0].notifie_le):
        debts = list(of_letter)
        left = [one for one in debts if one[1].restant]
        if left:
            sums = [Somme(rest.mois, rest.prestation, indu.montant) for indu, rest in debts]
            terms = [_terms(list(alike), today) for _, alike in groupby(left, key=lambda one: _alike(one[0]))]
            yield ToldDebts(on, sums, sum((rest.restant for _, rest in left), ZERO), terms)


def _alike(debt: Indu) -> tuple[object, ...]:
    return debt.retenir_des, debt.mensualite, debt.suspendu


def _terms(debts: Sequence[tuple[Indu, comptes.Indu]], today: date) -> Terms:
    benefits = dict.fromkeys(said(rest.prestation.nom) for _, rest in debts)
    first = debts[0][0]
    payday = next_jour_de_paie(first.retenir_des)
    return Terms(capfirst(", ".join(benefits)), first, payday if payday > today else None)


@household
def paiement(request: MemberRequest, jour: str) -> HttpResponse:
    """A payday with the lines of its rights, as they were computed; the next one, as it is expected."""
    try:
        day = date.fromisoformat(jour)
    except ValueError:
        raise Http404 from None
    payday, rights, expected = _payday(request, day)
    if payday is None:
        raise Http404
    found = {right.prestation: right for right in rights}
    rappels, again = (expected.unsent, expected.sent_again) if expected else _past(request, payday)
    context = {
        "payday": payday,
        "rights": [(prestation, amount, found.get(prestation)) for prestation, amount in payday.dus.items()],
        "rappels": rappels,
        "again": again,
        "review_of": revision,
        "reason": lambda transfer: Rejet("", transfer.motif).reason,
    }
    return shown(request, "paiements", context, "paiement", said(Phrase("Paiement du {jour}", jour=payday.jour)))


def _past(request: MemberRequest, payday: Paie) -> tuple[list[Somme], list[tuple[date, Euros]]]:
    """What a payday paid of past months: asked of the ledger only when it did."""
    past = ledger.before(request.user.dossier.pk, payday.jour) if payday.rappels else []
    return ledger.split_rappels(payday, ledger.refused(past))


def _payday(request: MemberRequest, day: date) -> tuple[Paie | None, Sequence[Droit], Prevu | None]:
    """What `day` paid, or will pay (then `Prevu` is the whole of what is expected), and its rights with their lines."""
    dossier, now = request.user.dossier, clock.now()
    payday = ledger.payday_of(dossier.pk, day)
    if payday is None and day in jours_de_paie(last_mois_paid(next_jour_de_paie(now.date()))):
        expected = prevoir(dossier, now)
        return expected.paie, expected.droits, expected
    if payday is None or not payday.regular or payday.arrete_le is None:
        return payday, (), None
    return payday, ledger.decompte(dossier.pk, payday.mois, payday.arrete_le), None


def _chart(paydays: Sequence[Paie]) -> SafeString | None:
    """What was received, month by month; nothing to compare under two."""
    received: dict[Mois, Euros] = {}
    for payday in reversed(paydays):
        month = Mois.of(payday.jour)
        received[month] = received.get(month, ZERO) + payday.montant
    if len(received) < 2:
        return None
    first, last = min(received), max(received)
    months = [first + rank for rank in range(last.months_since(first) + 1)]
    amounts = [(month, received.get(month, ZERO)) for month in months]
    lowest, highest = (Quantite(of(amount for _, amount in amounts), "€") for of in (min, max))
    description = Phrase("De {moins} à {plus}. Les chiffres sont dans la liste.", moins=lowest, plus=highest)
    chart = Columns(
        *("paiements", said("Ce que vous avez reçu, mois par mois"), said(description)),
        labels=[f"{month.first_day:%m/%y}" for month, _ in amounts],
        series=[[float(amount) for _, amount in amounts]],
        y=whole_number,
    )
    return mark_safe(chart.svg())
