"""The result of a simulation: the amount, why, what would change it, what else there is, and what to do next."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt

from guichet import clock
from guichet.charts.line import Line
from guichet.domain.droits import Droit, Prestation, Texte
from guichet.domain.phrases import Phrase, capfirst
from guichet.domain.vocabulaire import Euros, Mois
from guichet.journeys.champs import Champ
from guichet.journeys.parcours import Reading
from guichet.journeys.reprise import reprise
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.journeys.variantes import TRIALS
from guichet.operations import et_si, simuler
from guichet.operations.ouverture import Ouverture, ouvertures
from guichet.records import brouillons, events
from guichet.web.contenu.prestations import benefit_of
from guichet.web.filters import montant
from guichet.web.headers import secret, send_only
from guichet.web.languages import said
from guichet.web.questions import Question
from guichet.web.simulateurs import forms
from guichet.web.simulateurs.drafts import Simulation, parcours_of, simulation_of

TABLE_ROWS = 12
"""Rows of the table under a curve: what a reader can compare."""
CHILDREN, BORN = "nombre_enfants", gettext_noop("Un enfant que vous ajoutez est né assez tôt pour compter.")
"""What « Et si ? » says beside the number of children, for which it asks no date."""


@dataclass(frozen=True)
class Outcome:
    """The rights of a result, sorted by what they have become; `elsewhere` are those of other months."""

    result: simuler.Result
    granted: list[Droit]
    unknown: list[Droit]
    refused: list[Droit]
    elsewhere: list[Droit]

    @property
    def first(self) -> Droit | None:
        """What the page says first when nothing is paid each month."""
        return self.result.first

    @property
    def alone(self) -> bool:
        """One right is told, and nothing else."""
        return len([*self.granted, *self.unknown, *self.refused, *self.elsewhere]) == 1


def outcome(found: simuler.Result) -> Outcome:
    return Outcome(
        found,
        granted=[droit for droit in found.granted if droit.montant],
        unknown=[droit for droit in found.granted if droit.montant is None],
        refused=list(found.refused),
        elsewhere=list(found.other_months),
    )


def _openings(found: simuler.Result, current: Mois) -> list[tuple[str, list[Ouverture]]]:
    """From when the rights of the current month would be due, when they are claimed now; those that the same
    texts open alike are told together."""
    if found.mois != current:
        return []
    alike: dict[tuple[tuple[str, Mois, Texte | None], ...], tuple[list[str], list[Ouverture]]] = {}
    for droit in found.granted:
        opened = ouvertures(droit.prestation, found.mois) if droit.montant else []
        if opened:
            names, _ = alike.setdefault(tuple((o.phrase, o.mois, o.texte) for o in opened), ([], opened))
            names.append(said(droit.prestation.nom))
    return [(gettext(" et ").join(names), opened) for names, opened in alike.values()]


@secret
def resultat(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    simulation = simulation_of(genre, lien)
    try:
        found = simuler.simuler(genre, simulation.texts, simulation.reading)
    except simuler.ReponsesError:
        return HttpResponseRedirect(simulation.next_address)
    if not request.GET:  # a trial is not a result
        events.note("simulation", genre)
    today = clock.today()
    exploration = et_si.explorer(genre, found.reponses)
    return render(
        request,
        "simulateurs/resultat.html",
        {
            "simulation": simulation,
            **{"outcome": outcome(found), "openings": _openings(found, Mois.of(today))},
            **{"not_asked": found.not_asked, "claim": SIMULATEURS[genre].demande},
            **{"today": today, "kept_until": today + brouillons.LIFETIME},
            "decided": simulation.parcours.arret(found.reponses) is not None,
            "changes": exploration.changes,
            "cents": _have_cents(change.montant for change in exploration.changes),
            "others": [(other, benefit_of(other.prestation)) for other in exploration.others],
            **{"curve": _curve(simulation, exploration.curve), "unmoved": exploration.unmoved},
            "trial": _trial(simulation, request.GET, found) if exploration.changes else None,
            "other_simulators": [(name, other.parcours.titre) for name, other in SIMULATEURS.items() if name != genre],
        },
    )


# What would change the amount


def _curve(simulation: Simulation, curve: et_si.Curve | None) -> dict[str, Any] | None:
    """The drawing and its table."""
    if curve is None:
        return None
    question = said(simulation.parcours.say(curve.champ.question, simulation.reading.reponses))
    (income, paid), (_, without), (end, _) = curve.own, curve.points[0], curve.points[-1]
    nothing_from = next((x for x, y in curve.points if not y and x > income), None)
    pattern = "{sans} sans revenu, {paye} pour vos {revenu}, jusqu'à {bout}."
    if nothing_from:
        pattern = "{sans} sans revenu, {paye} pour vos {revenu}, plus rien à partir de {bout}."
    amounts = {
        "sans": montant(without),
        "paye": montant(paid),
        "revenu": montant(income),
        "bout": montant(nothing_from or end),
    }
    line = Line(
        title=said(Phrase("Montant par mois selon : {question}", question=question)),
        description=said(Phrase(pattern, **amounts)),
        points=[(float(x), float(y)) for x, y in curve.points],
        you=(float(income), float(paid)),
        label=said(Phrase("vous : {montant}", montant=montant(paid))),
        x=_tick,
        y=_tick,
    )
    rows = _rows(curve)
    cents = _have_cents(paid for _, paid in rows)
    return {
        "svg": _svg(line),
        "question": question,
        "unit": curve.champ.unite,
        "rows": rows,
        "you": curve.own,
        "cents": cents,
    }


def _rows(curve: et_si.Curve) -> list[tuple[Euros, Euros]]:
    """Points at equal steps and the household's own; of those that follow one another with the same amount, the ends."""
    step = math.ceil(len(curve.points) / TABLE_ROWS)
    kept = [point for rank, point in enumerate(curve.points) if rank % step == 0 or point == curve.own]
    inside = {
        here for before, here, after in zip(kept, kept[1:], kept[2:], strict=False) if before[1] == here[1] == after[1]
    }
    return [point for point in kept if point == curve.own or point not in inside]


def _tick(euros: float) -> str:
    return montant(Decimal(round(euros)))


def _have_cents(amounts: Iterable[Decimal]) -> bool:
    """Whether one of them has: then all of its column are written with theirs."""
    return any(amount != amount.to_integral_value() for amount in amounts)


def _svg(line: Line) -> SafeString:
    return mark_safe(line.svg())  # the chart escapes its words itself


@dataclass(frozen=True)
class Trial:
    """The form of « Et si ? », and what the other answers give beside the first ones."""

    questions: list[Question]
    errors: list[Question]
    asks_more: bool
    rows: list[tuple[str, Droit | None, Droit | None]]
    """A benefit, and what is supposed of it; None where it does not exist at the month of that side."""
    mois: Mois


def _trial(simulation: Simulation, sent: QueryDict, first: simuler.Result) -> Trial:
    """Other answers than the draft's, which keeps its own."""
    champs = _tried(simulation)
    given = {champ.nom: text for champ in champs if (text := forms.text_of(champ, sent))}
    texts = {**simulation.texts, **given}
    reading = simulation.parcours.read(texts) if given else simulation.reading
    rows, asks_more = [], False
    if given and not reading.errors.keys() & given.keys():
        try:
            second = et_si.essayer(simulation.genre, simulation.texts, given)
        except simuler.ReponsesError:
            asks_more = True
        else:
            rows = _side_by_side(simulation.genre, first, second)
    errors = {name: phrase for name, phrase in reading.errors.items() if name in given}
    shown = Reading(reponses=simulation.reading.reponses, errors=errors)
    questions = [forms.question(simulation.parcours, champ, texts, shown) for champ in champs]
    mois = reading.reponses.get("mois", simulation.mois)
    assert isinstance(mois, Mois)
    return Trial(questions, [question for question in questions if question.error], asks_more, rows, mois)


def _side_by_side(genre: str, first: simuler.Result, second: simuler.Result) -> list[tuple[str, Droit | None, Droit | None]]:
    """The benefits of the simulator, then the others that are due on one side at least, when both are known."""
    before, after = ({droit.prestation: droit for droit in result.droits} for result in (first, second))
    here, there = (et_si.ailleurs(genre, result) for result in (first, second))
    pairs = [(prestation, before.get(prestation), after.get(prestation)) for prestation in {**before, **after}]
    others = [(prestation, here[prestation], there[prestation]) for prestation in here if prestation in there]
    pairs += [pair for pair in others if pair[1].montant or pair[2].montant]
    return [(_named(genre, second, prestation), was, would_be) for prestation, was, would_be in pairs]


def _named(genre: str, result: simuler.Result, prestation: Prestation) -> str:
    supposed = et_si.supposed(SIMULATEURS[genre], result.reponses, prestation)
    return capfirst(said(prestation.nom)) + (f", {said(supposed)}" if supposed else "")


def _tried(simulation: Simulation) -> list[Champ]:
    """The questions that « Et si ? » asks again: those of the simulator that this draft answered, and the month."""
    asked = (champ for champ in simulation.reading.read if champ.nom in TRIALS)
    return [*(replace(c, aide=BORN) if c.nom == CHILDREN else c for c in asked), simulation.parcours.mois]


# Where to go from here


@secret
@csrf_exempt
@send_only
def ailleurs(request: HttpRequest, genre: str, lien: str, autre: str) -> HttpResponse:
    """Go on in another simulator with the answers of this one: a draft of its own, that asks what is missing."""
    simulation = simulation_of(genre, lien)
    parcours = parcours_of(autre)
    texts = reprise(parcours, simulation.texts)
    copy = brouillons.begin(autre, texts)
    return HttpResponseRedirect(Simulation(autre, copy, parcours, texts, parcours.read(texts)).next_address)
