"""The page of the search: a form that sends its words in the address, and what they find."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop

from guichet.web.contenu.prestations import by_theme
from guichet.web.languages import said
from guichet.web.recherche import index

SUGGESTIONS = (
    *(gettext_noop("loyer étudiant"), gettext_noop("naissance"), "RSA"),
    *(gettext_noop("garde d'enfant"), gettext_noop("handicap"), gettext_noop("rentrée scolaire")),
)
MOST = 12


def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[: index.LONGEST_QUERY]
    found = index.search(query)
    return render(
        request,
        "recherche/recherche.html",
        {
            **{"query": query, "found": found[:MOST], "suggestions": list(map(said, SUGGESTIONS))},
            "themes": [] if found else by_theme(),
        },
    )
