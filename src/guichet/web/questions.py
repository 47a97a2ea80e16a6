"""A question as the templates show it, whatever room asks it: `_form.html` draws it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext_noop

from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import NOMS_DES_MOIS
from guichet.web.filters import dans_la_phrase
from guichet.web.languages import said

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
        ids = [f"{self.name}-{nom}" for nom, dit in (("aide", self.hint), ("erreur", self.error)) if dit]
        return " ".join(ids)

    @property
    def summary(self) -> str:
        """The error, in the list above the form."""
        if self.label.endswith("?"):
            return f"{self.label} {self.error}"
        return said(Phrase("{question} : {erreur}", question=self.label, erreur=dans_la_phrase(self.error)))


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
    months = tuple((f"{rang:02d}", said(nom)) for rang, nom in enumerate(NOMS_DES_MOIS, 1)) if kind == "mois" else ()
    for (part, label, size), value in zip(boxes, values, strict=True):
        yield Part(
            *(f"{name}-{part}", said(label), size, value),
            autocomplete=f"{autocomplete}-{english[part]}" if autocomplete else "off",
            choices=months if part == "mois" else (),
        )
