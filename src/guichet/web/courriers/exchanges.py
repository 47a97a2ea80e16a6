"""Questions to the caisse, and contests of what it decides: written, followed, completed. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_noop

from guichet import clock
from guichet.domain import saisines
from guichet.domain.droits import Prestation
from guichet.domain.phrases import capfirst
from guichet.domain.saisines import NEXT_ETATS, SITUATIONS, SUJETS, Auteur, Geste
from guichet.operations import saisines as operations
from guichet.records import courriers
from guichet.records import saisines as records
from guichet.records.saisines import Saisine
from guichet.web.addresses import address
from guichet.web.courriers.pages import by_key, shown
from guichet.web.headers import read_or_send
from guichet.web.identity import MemberRequest, espace, household
from guichet.web.languages import said
from guichet.web.questions import Field, Form

LONGEST = 100_000
"""Characters of a message that are shown again, though it is too long."""
MOST = 100
"""Exchanges that are listed."""
SENT = "envoye"


def _message(label: str, hint: str = "") -> Field:
    return Field("texte", label, saisines.read, hint, kind="long", longest=LONGEST)


def _subject(text: str) -> str:
    if text not in SUJETS:
        raise ValueError(gettext_noop("Choisissez de quoi il s'agit."))
    return text


SUBJECT = Field("sujet", gettext_noop("De quoi s'agit-il ?"), _subject, kind="choix", choices=tuple(SUJETS.items()))
QUESTION = _message(gettext_noop("Votre question"), gettext_noop("4 000 caractères au plus. Ni code, ni mot de passe."))
MORE = _message(gettext_noop("Ajouter un message"), gettext_noop("4 000 caractères au plus. Ni code, ni mot de passe."))
REASON = _message(
    gettext_noop("Pourquoi vous n'êtes pas d'accord"),
    gettext_noop("Dites ce qui est faux, et ce que vous demandez. 4 000 caractères au plus."),
)


@espace
def questions(request: MemberRequest) -> HttpResponse:
    """What one has written, the latest first; where each stands."""
    latest = records.of_personne(request.user.personne_id)[:MOST]
    rows = [(one, SITUATIONS[one.situation]) for one in latest]
    return shown(request, "questions", rows=rows, subjects=SUJETS)


@espace
@read_or_send
def nouvelle(request: MemberRequest) -> HttpResponse:
    """A new question. Its key comes with the form: sent twice, it is one question."""
    form = Form([SUBJECT, QUESTION], request.POST if request.method == "POST" else None)
    key = _key(request.POST.get("cle", ""))
    refused = ""
    if form.is_right:
        try:
            kept = operations.ask(request.user, key, form.values["sujet"], form.values["texte"])
            return HttpResponseRedirect(f"{address('question', str(kept.cle))}?{SENT}")
        except ValueError as error:
            refused = error.args[0]
    context: dict[str, Any] = {"questions": form.questions, "errors": form.wrong, "refused": refused, "key": key}
    return shown(request, "nouvelle", **context)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


@espace
@read_or_send
def question(request: MemberRequest, question: str) -> HttpResponse:
    """A question or a contest: its state, who acts next and by when, what was written; one may write more."""
    kept: Saisine = by_key(records.of_personne(request.user.personne_id), question)
    form = Form([MORE], request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_right:
        try:
            operations.write(kept, Auteur.ALLOCATAIRE, Geste.ECRIRE, form.values["texte"])
            return HttpResponseRedirect(f"{address('question', str(kept.cle))}?{SENT}")
        except ValueError as error:
            refused = error.args[0]
    return shown(
        request,
        "question",
        kept=kept,
        state=SITUATIONS[kept.situation],
        subject=SUJETS.get(kept.sujet, ""),
        messages=records.messages_of(kept),
        sent=SENT in request.GET,
        questions=form.questions if (*kept.situation, Geste.ECRIRE) in NEXT_ETATS else [],
        errors=form.wrong,
        refused=refused,
    )


@household
@read_or_send
def contester(request: MemberRequest, lettre: str) -> HttpResponse:
    """Contest what a letter decides: for its addressee, once for each body that hears it."""
    if not request.user.titulaire:
        raise Http404
    kept = by_key(courriers.of_compte(request.user), lettre)
    letter = kept.letter
    appeals = {appeal.organe: appeal for appeal in operations.contestables(kept, letter)}
    if not appeals:
        raise Http404
    open_ones = {organe: appeal for organe, appeal in appeals.items() if appeal.already is None}
    asked = appeals.get(request.POST.get("quoi", "") or next(iter(open_ones or appeals)))
    if asked and asked.already:  # sent again
        return HttpResponseRedirect(address("question", str(asked.already.cle)))
    form = Form(_fields(open_ones), request.POST if request.method == "POST" else None)
    if form.is_right:
        chosen = open_ones[form.values["quoi"]] if "quoi" in form.values else next(iter(open_ones.values()))
        done = operations.contest(request.user, kept, chosen, form.values["texte"])
        return HttpResponseRedirect(f"{address('question', str(done.cle))}?{SENT}")
    context = {
        **{"kept": kept, "appeals": [(_names(a.prestations), a) for a in open_ones.values()]},
        **{"questions": form.questions, "errors": form.wrong, "today": clock.today()},
    }
    return shown(request, "contester", **context)


def _fields(appeals: dict[str, operations.Contestable]) -> list[Field]:
    if len(appeals) == 1:
        return [REASON]

    def read(text: str) -> str:
        if text not in appeals:
            raise ValueError(gettext_noop("Choisissez ce que vous contestez."))
        return text

    choices = tuple((organe, _names(appeal.prestations)) for organe, appeal in appeals.items())
    return [Field("quoi", gettext_noop("Que contestez-vous ?"), read, kind="choix", choices=choices), REASON]


def _names(benefits: Iterable[Prestation]) -> str:
    return capfirst(", ".join(said(benefit.nom) for benefit in benefits))
