"""What a page says of a benefit, beside the figures that the law gives it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guichet.domain.droits import Prestation
from guichet.web.contenu.exemples import Example

MONTHLY = "par mois"


class Theme(StrEnum):
    LOGEMENT = "Se loger"
    REVENUS = "Vivre avec peu de revenus"
    HANDICAP = "Handicap"
    ENFANTS = "Élever ses enfants"
    JEUNE_ENFANT = "Accueillir un jeune enfant"


@dataclass(frozen=True, kw_only=True)
class Benefit:
    """A page about one benefit, or about two that follow one another (`prestations`, the one of today last).

    `words` are what people type who look for it; `payment` says when it is paid, and `each` what an amount is for;
    `board` is the label of its first figure on the home page, empty when it is not there.
    """

    slug: str
    title: str
    acronyms: str = ""
    theme: Theme
    prestations: tuple[Prestation, ...]
    summary: str
    who: tuple[str, ...]
    how: tuple[str, ...]
    payment: str
    each: str = MONTHLY
    example: Example
    forms: tuple[str, ...] = ()
    words: str = ""
    related: tuple[str, ...] = ()
    board: str = ""

    @property
    def current(self) -> Prestation:
        return self.prestations[-1]

    @property
    def is_monthly(self) -> bool:
        return self.each == MONTHLY
