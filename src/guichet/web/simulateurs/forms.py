"""A page of a journey as a form: what was sent becomes texts, texts become questions to show."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import QueryDict

from guichet.journeys.champs import Cases, Champ, Choix, ChoixCommune, Montant, OuiNon
from guichet.journeys.conditions import Reponses
from guichet.journeys.parcours import Page, Parcours, Reading, Texts
from guichet.journeys.reprise import shown_text
from guichet.web.languages import said
from guichet.web.questions import PARTS, Choice, Question, joined, parts

LONGEST = 200
"""Characters kept of an answer: a longer one is not an answer."""
AUTOCOMPLETE = {"naissance": "bday", "code_postal": "postal-code"}


def read(page: Page, reponses: Reponses, sent: QueryDict) -> dict[str, str]:
    """The texts of the questions that `page` shows to who has given `reponses`; an empty one when nothing was sent."""
    return {champ.nom: text_of(champ, sent) for champ in page.champs(reponses)}


def text_of(champ: Champ, sent: QueryDict) -> str:
    """What was answered to one question; PostgreSQL's JSON holds no NUL."""
    return _sent(champ, sent).replace("\0", "")[:LONGEST]


def _sent(champ: Champ, sent: QueryDict) -> str:
    if champ.genre in PARTS:
        return joined(champ.genre, champ.nom, sent)
    if isinstance(champ, Cases):
        return " ".join(sent.getlist(champ.nom)[:50])
    text: str = sent.get(champ.nom, "")
    return text


def question(parcours: Parcours, champ: Champ, texts: Texts, reading: Reading) -> Question:
    """A question with what was typed and what is wrong with it."""
    text = shown_text(texts, champ.nom)
    unit = champ.unite if isinstance(champ, Montant) else ""
    return Question(
        name=champ.nom,
        kind=champ.genre,
        label=said(parcours.say(champ.question, reading.reponses)),
        hint=said(parcours.say(champ.aide, reading.reponses)),
        error=said(reading.errors.get(champ.nom, "")),
        value=text,
        unit=said(unit),
        autocomplete=AUTOCOMPLETE.get(champ.nom, "off"),
        choices=tuple(_choices(parcours, champ, text, reading.reponses)),
        parts=tuple(parts(champ.genre, champ.nom, text, AUTOCOMPLETE.get(champ.nom, ""))),
    )


def _choices(parcours: Parcours, champ: Champ, text: str, reponses: Reponses) -> Iterator[Choice]:
    if isinstance(champ, Choix | Cases | OuiNon | ChoixCommune):
        checked = set(text.split()) if isinstance(champ, Cases) else {text}
        for rank, option in enumerate(champ.options_for(reponses), 1):
            # The link of an error leads to the first one.
            id = champ.nom if rank == 1 else f"{champ.nom}-{rank}"
            label, hint = (said(parcours.say(sentence, reponses)) for sentence in (option.libelle, option.aide))
            yield Choice(id, option.value, label, hint, option.value in checked)
