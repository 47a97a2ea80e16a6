"""Where an amount comes from: a legal text, in the version in force at a month.

Two sources, and no other: an article whose wording was read (`Article`, with the dates between which that number and
wording held), or the text that a parameter of the law cites for the value in force (`DuParametre`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale

from guichet.domain.droits import Texte
from guichet.domain.vocabulaire import MONTH_NAMES, Mois

RETROACTIVE = timedelta(days=180)
IN_FIGURES = re.compile(r"\b([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b")
IN_WORDS = re.compile(rf"\b([0-9]{{1,2}})(?:er)? ({'|'.join(MONTH_NAMES)}) ([0-9]{{4}})\b")
"""The first day that a reference names: that of its signature."""


@dataclass(frozen=True, slots=True, eq=False)  # each one is itself: caches need not read it
class Article:
    """An article that says the rule, from `depuis` (included) to `jusqu_a` (included), None where open."""

    reference: str
    depuis: date | None = None
    jusqu_a: date | None = None
    url: str | None = None

    def en_vigueur(self, mois: Mois, parameters: ParameterNode) -> Texte | None:
        day = mois.first_day
        if (self.depuis and day < self.depuis) or (self.jusqu_a and day > self.jusqu_a):
            return None
        return Texte(self.reference, self.depuis, self.url)


@dataclass(frozen=True, slots=True, eq=False)
class DuParametre:
    """The text that OpenFisca's parameter at `path` (dotted) cites for the value in force."""

    path: str

    def en_vigueur(self, mois: Mois, parameters: ParameterNode) -> Texte | None:
        node: Any = parameters
        for name in self.path.split("."):
            node = node.children[name]
        if isinstance(node, Parameter) and node(mois.first_day.isoformat()) is None:
            return None  # repealed, or not yet in force: no text founds it
        depuis = _date_of_the_value(node, mois)
        citation = _citation(node.metadata.get("reference"), depuis)
        if not citation:
            return None
        return Texte(citation[0], None if _signed_long_after(citation[0], depuis) else depuis, citation[1])


Source = Article | DuParametre


@functools.lru_cache(maxsize=16_384)
def texte_en_vigueur(sources: tuple[Source, ...], mois: Mois, parameters: ParameterNode) -> Texte | None:
    """The first of `sources` that answers for `mois`, None when none does: « texte non retrouvé »."""
    for source in sources:
        if texte := source.en_vigueur(mois, parameters):
            return texte
    return None


def _signed_long_after(reference: str, depuis: date | None) -> bool:
    """Whether the text was signed so long after the value that it repeats an older one, whose date is not its own. Those
    that raise amounts from the first of a month are often signed some weeks later."""
    if depuis is None:
        return False
    in_figures, in_words = IN_FIGURES.search(reference), IN_WORDS.search(reference)
    if in_figures:
        day, month, year = map(int, in_figures.groups())
    elif in_words:
        day, month, year = int(in_words[1]), MONTH_NAMES.index(in_words[2]) + 1, int(in_words[3])
    else:
        return False
    return date(year, month, day) > depuis + RETROACTIVE


def _date_of_the_value(node: Any, mois: Mois) -> date | None:
    """The date from which the value in force at `mois` applies (the latest, over the leaves of a node)."""
    if isinstance(node, Parameter):
        day = mois.first_day.isoformat()
        dates = [value.instant_str for value in node.values_list if value.instant_str <= day]
        return date.fromisoformat(max(dates)) if dates else None
    if isinstance(node, ParameterScale):
        children = [child for bracket in node.brackets for child in bracket.children.values()]
    else:
        children = list(node.children.values())
    their_dates = [found for child in children if (found := _date_of_the_value(child, mois))]
    return max(their_dates, default=None)


def _citation(references: Any, depuis: date | None) -> tuple[str, str | None] | None:
    """The title and address that a parameter's metadata gives for the value dated `depuis`."""
    if isinstance(references, dict) and not {"title", "href"} & references.keys():
        dates = [key for key in references if depuis and str(key) <= depuis.isoformat()]
        references = references[max(dates, key=str)] if dates else None
    if isinstance(references, list):
        references = references[0] if references else None
    if isinstance(references, str):
        return (references, None)
    if isinstance(references, dict) and references.get("title"):
        return (str(references["title"]), references.get("href"))
    return None
