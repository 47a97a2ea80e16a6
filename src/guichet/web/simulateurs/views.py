"""The pages of a simulation. Each form is kept as it is sent, right or wrong, then the next page is a redirection:
no answer is lost to the back button, to a reload or to an error.

No cookie: the link is the only key, and it is in the address of the form (hence no CSRF token, which would need one).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from guichet import clock
from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import AnswerError
from guichet.journeys.parcours import Page, Parcours, Reading
from guichet.records import brouillons
from guichet.web.addresses import address
from guichet.web.headers import SECRET, read_or_send, secret
from guichet.web.simulateurs import forms
from guichet.web.simulateurs.drafts import Simulation, added, parcours_of, simulation_of


def _month_asked(parcours: Parcours, text: str) -> str:
    """`text` if it is a month that the journey knows, else the current one, or the last known."""
    try:
        parcours.mois.read(text, {})
    except AnswerError:
        return str(min(Mois.of(clock.today()), parcours.mois.dernier))
    return text


@csrf_exempt
@read_or_send
def debut(request: HttpRequest, genre: str) -> HttpResponse:
    """The first page, which nobody's draft has yet; its answers begin one."""
    parcours = parcours_of(genre)
    mois = {parcours.mois.nom: _month_asked(parcours, request.GET.get("mois", ""))}
    reading = parcours.read(mois)
    first = parcours.pages[0]
    if request.method != "POST":
        return _show(request, Simulation(genre, "", parcours, mois, reading), first)
    texts = mois | forms.read(first, reading.reponses, request.POST)
    lien = brouillons.begin(genre, texts)
    return HttpResponseRedirect(Simulation(genre, lien, parcours, texts, parcours.read(texts)).next_address, headers=SECRET)


@secret
def reprise(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    """The link alone: where one was."""
    return HttpResponseRedirect(simulation_of(genre, lien).next_address)


@secret
@csrf_exempt
@read_or_send
def page(request: HttpRequest, genre: str, lien: str, nom: str) -> HttpResponse:
    simulation = simulation_of(genre, lien)
    wanted = simulation.parcours.page(nom)
    if wanted is None:
        raise Http404
    if wanted not in (page for page, _ in simulation.steps):
        return HttpResponseRedirect(simulation.next_address)
    if request.method != "POST":
        return _show(request, simulation, wanted)
    return HttpResponseRedirect(
        added(simulation, forms.read(wanted, simulation.reading.reponses, request.POST)).next_address
    )


def _show(request: HttpRequest, simulation: Simulation, page: Page) -> HttpResponse:
    parcours, reading = simulation.parcours, simulation.reading
    steps = simulation.steps
    rank = next(rank for rank, (shown, _) in enumerate(steps) if shown is page)
    questions = [forms.question(parcours, champ, simulation.texts, reading) for champ in steps[rank][1]]
    errors = [question for question in questions if question.error]
    asked = [question for question in questions if question.name not in simulation.texts]
    return render(
        request,
        "simulateurs/page.html",
        {
            **{"simulation": simulation, "page": page, "questions": questions, "errors": errors},
            "boxes": any(simulation.boxes_to_review(champ) for champ in steps[rank][1]),
            **{"step": rank + 1, "steps": len(steps) + 1, "more": asked if len(asked) < len(questions) else []},
            "previous": simulation.address("simulation-page", steps[rank - 1][0].nom) if rank else "",
            "complete": simulation.page_to_fill is None,
        },
    )


@secret
@csrf_exempt
@read_or_send
def mois(request: HttpRequest, genre: str, lien: str = "") -> HttpResponse:
    """Another month, for a simulation or before it begins."""
    parcours = parcours_of(genre)
    current = {parcours.mois.nom: _month_asked(parcours, request.GET.get("mois", ""))}
    simulation = simulation_of(genre, lien) if lien else Simulation(genre, "", parcours, current, parcours.read(current))
    text, reading = str(simulation.mois), Reading()
    if request.method == "POST":
        text = forms.text_of(parcours.mois, request.POST)
        try:
            chosen = str(parcours.mois.read(text, {}))
        except AnswerError as refusal:
            reading = Reading(errors={parcours.mois.nom: refusal.phrase})
        else:
            if lien:
                return HttpResponseRedirect(added(simulation, {parcours.mois.nom: chosen}).next_address)
            return HttpResponseRedirect(f"{address('simulation', genre)}?mois={chosen}")
    question = forms.question(parcours, parcours.mois, {parcours.mois.nom: text}, reading)
    errors = [question] if question.error else []
    return render(
        request,
        "simulateurs/mois.html",
        {"simulation": simulation, "question": question, "errors": errors},
    )


@secret
def recapitulatif(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    """All the answers, each with a link to change it."""
    simulation = simulation_of(genre, lien)
    if simulation.page_to_fill is not None:
        return HttpResponseRedirect(simulation.next_address)
    chapters = [(step[0], simulation.answers(step)) for step in simulation.steps]
    steps = len(chapters) + 1
    return render(
        request,
        "simulateurs/recapitulatif.html",
        {
            **{"simulation": simulation, "chapters": chapters, "step": steps, "steps": steps},
            "previous": simulation.address("simulation-page", chapters[-1][0].nom),
        },
    )
