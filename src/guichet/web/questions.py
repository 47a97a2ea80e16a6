"""The questions of a page, whatever room asks them: how what was sent is read, and shown again with what is wrong;
`_form.html` draws them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext_noop

from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import MONTH_NAMES
from guichet.web.filters import in_a_sentence
from guichet.web.languages import current, said

PARTS = {
    "date": (("jour", gettext_noop("Jour"), 2), ("mois", gettext_noop("Mois"), 2), ("annee", gettext_noop("Année"), 4)),
    "mois": (("mois", gettext_noop("Mois"), 2), ("annee", gettext_noop("Année"), 4)),
}
"""What a kind of question asks for in several boxes."""


class Part(NamedTuple):
    """A day, a month or a year, each in its own box. `choices` when it is chosen in a list."""

    name: str
    label: str
    size: int
    value: str
    autocomplete: str
    choices: tuple[tuple[str, str], ...] = ()


class Choice(NamedTuple):
    id: str
    value: str
    label: str
    hint: str
    checked: bool


class Question(NamedTuple):
    """A question as a template shows it; `kind` chooses the piece of template."""

    name: str
    kind: str
    label: str
    hint: str = ""
    error: str = ""
    value: str = ""
    unit: str = ""
    autocomplete: str = "off"
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def described_by(self) -> str:
        ids = [f"{self.name}-{part}" for part, sentence in (("aide", self.hint), ("erreur", self.error)) if sentence]
        return " ".join(ids)

    @property
    def summary(self) -> str:
        """The error, in the list above the form."""
        if self.label.endswith("?"):
            return f"{self.label} {self.error}"
        return said(Phrase("{question} : {erreur}", question=self.label, erreur=in_a_sentence(self.error)))


def joined(kind: str, name: str, sent: QueryDict) -> str:
    """What was typed in the boxes of a date or of a month: year-month-day, or nothing."""
    typed = [sent.get(f"{name}-{part}", "").strip() for part, _, _ in reversed(PARTS[kind])]
    # A hyphen parts them: one that was typed becomes a sign that no number has.
    return "-".join(part[:10].replace("-", "\u2212") for part in typed) if any(typed) else ""


def parts(kind: str, name: str, text: str, autocomplete: str) -> Iterator[Part]:
    """The boxes of a date or of a month, with what was typed in each; none for another kind of question."""
    boxes = PARTS.get(kind, ())
    values = [*reversed(text.split("-"))] if text and boxes else []
    values = (values + [""] * len(boxes))[: len(boxes)]
    english = {"jour": "day", "mois": "month", "annee": "year"}
    months = _months(current()) if kind == "mois" else ()
    for (part, label, size), value in zip(boxes, values, strict=True):
        yield Part(
            *(f"{name}-{part}", said(label), size, value),
            autocomplete=f"{autocomplete}-{english[part]}" if autocomplete else "off",
            choices=months if part == "mois" else (),
        )


@functools.cache
def _months(language: str) -> tuple[tuple[str, str], ...]:
    """The months' numbers and names, in the language of the page."""
    return tuple((f"{rank:02d}", said(name)) for rank, name in enumerate(MONTH_NAMES, 1))


LONGEST = 300
"""Characters read of an answer: all that a password may have, and more."""


@dataclass(frozen=True)
class Field:
    """A question, and how its answer is read: `read` raises ValueError with the sentence to show. Beyond `longest`
    characters an answer is cut."""

    name: str
    label: str
    read: Callable[[str], Any]
    hint: str = ""
    kind: str = "texte"
    autocomplete: str = "off"
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = LONGEST


class Form:
    """`values` are what was read, by name; `errors` what is wrong, by name: nothing is when nothing was sent."""

    def __init__(self, fields: Iterable[Field], sent: QueryDict | None = None) -> None:
        self.fields = list(fields)
        self.texts: dict[str, str] = {}
        self.values: dict[str, Any] = {}
        self.errors: dict[str, str] = {}
        for field in self.fields if sent is not None else []:
            assert sent is not None
            text = joined("date", field.name, sent) if field.kind == "date" else sent.get(field.name, "")
            self.texts[field.name] = text = text.replace("\0", "")[: field.longest]
            try:
                self.values[field.name] = field.read(text)
            except ValueError as refused:
                self.errors[field.name] = refused.args[0]

    @property
    def is_right(self) -> bool:
        return bool(self.values) and not self.errors

    def refuse(self, name: str, sentence: str) -> None:
        """What only the whole of the answers shows to be wrong."""
        self.errors.setdefault(name, sentence)

    @property
    def questions(self) -> list[Question]:
        return [self._question(field) for field in self.fields]

    @property
    def wrong(self) -> list[Question]:
        return [question for question in self.questions if question.error]

    def _question(self, field: Field) -> Question:
        text = "" if field.kind == "secret" else self.texts.get(field.name, "")
        return Question(
            *(field.name, field.kind, said(field.label), said(field.hint), said(self.errors.get(field.name, ""))),
            value=text,
            autocomplete=field.autocomplete,
            choices=tuple(
                Choice(f"{field.name}-{value}", value, said(label), "", value == text) for value, label in field.choices
            ),
            parts=tuple(parts(field.kind, field.name, text, "bday")) if field.kind == "date" else (),
        )
