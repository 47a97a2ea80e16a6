"""The facts of a file, as its pages tell them: what is known, since when, who said it, what corrects it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guichet.clock import day_of
from guichet.domain.faits import OPEN_END
from guichet.records.faits import Connu
from guichet.web.espace.corrections import correction_of
from guichet.web.facts import label, values
from guichet.web.languages import said


@dataclass(frozen=True)
class Told:
    """A fact as the page tells it: a label, its values, line by line. `until` is the first day on which it is true no
    more, None when none is known."""

    label: str
    values: tuple[str, ...]
    since: date
    until: date | None
    source: str
    known: date
    correction: str


def told(connu: Connu) -> Told:
    fact = connu.fait
    return Told(
        label(fact.genre),
        tuple(value for value in values(fact) if value),
        fact.du,
        None if fact.avant == OPEN_END else fact.avant,
        said(fact.source.nom),
        day_of(connu.connu_le),
        correction_of(fact.genre),
    )
