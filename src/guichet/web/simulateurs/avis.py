"""What a visitor thinks of a result: two questions, by yes or no, that nothing ties to the draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from guichet.records import events
from guichet.web.headers import read_or_send, secret
from guichet.web.simulateurs.drafts import simulation_of

QUESTIONS = ("trouve", "contact_evite")
"""Did you find what you came for; would you otherwise have called or come. The names are those of the events."""
ANSWERS = {"oui": 1, "non": 0}
THANKS = "merci"


@secret
@csrf_exempt
@read_or_send
def avis(request: HttpRequest, genre: str, lien: str) -> HttpResponse:
    """Either answer is enough; none is an error, that says so."""
    simulation = simulation_of(genre, lien)
    given = {question: ANSWERS.get(request.POST.get(question, "")) for question in QUESTIONS}
    known = {question: value for question, value in given.items() if value is not None}
    for question, value in known.items():
        events.note("avis", question, value)
    if known:
        return HttpResponseRedirect(f"{simulation.address('simulation-avis')}?{THANKS}")
    context = {"simulation": simulation, "error": request.method == "POST", "thanked": THANKS in request.GET}
    return render(request, "simulateurs/avis.html", context)
