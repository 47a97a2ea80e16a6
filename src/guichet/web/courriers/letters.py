"""The letters of a file: the list, each as a page and as a document. That it was read is kept, and said."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse

from guichet import clock
from guichet.documents.courriers import pdf as printed
from guichet.operations.saisines import contestables
from guichet.records import courriers as records
from guichet.records import events
from guichet.records.courriers import Courrier
from guichet.web.courriers.pages import by_key, shown
from guichet.web.identity import MemberRequest, espace

BY_PAGE = 40


@espace
def courriers(request: MemberRequest) -> HttpResponse:
    page = Paginator(records.Letters(request.user), BY_PAGE).get_page(request.GET.get("page"))
    if request.method == "GET":
        events.note("rubrique", "courriers", who=str(request.user.dossier.cle))
    return shown(request, "courriers", page=page)


@espace
def courrier(request: MemberRequest, lettre: str) -> HttpResponse:
    """A letter as it was sent, and what can be done about it."""
    kept = _opened(request, lettre)
    letter = kept.letter
    appeals = contestables(kept, letter) if request.user.titulaire else []
    return shown(request, "courrier", kept=kept, letter=letter, appeals=appeals, today=clock.today())


@espace
def courrier_pdf(request: MemberRequest, lettre: str) -> HttpResponse:
    letter = _opened(request, lettre).letter
    events.note("telechargement", "courriers", who=str(request.user.dossier.cle))
    name = f"{letter.genre.replace('_', '-')}-{letter.enveloppe.le}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(printed(letter), content_type="application/pdf", headers=headers)


def _opened(request: MemberRequest, key: str) -> Courrier:
    """A letter, read from now on if it is its addressee who asks, and not a browser that guesses what they will ask."""
    kept: Courrier = by_key(records.of_compte(request.user), key)
    guessed = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if request.user.titulaire and request.method == "GET" and not guessed:
        kept.open()
    return kept
