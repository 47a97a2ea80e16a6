"""Where an amount comes from: a legal text, in the version in force at a month.

Two sources, and no other: an article whose wording was read (`Article`, with the dates between which that number and
wording held), or the text that a parameter of the law cites for the value in force (`DuParametre`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale

from guichet.domain.droits import Texte
from guichet.domain.vocabulaire import Mois


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
        return Texte(citation[0], depuis, citation[1]) if citation else None


Source = Article | DuParametre


@functools.lru_cache(maxsize=16_384)
def texte_en_vigueur(sources: tuple[Source, ...], mois: Mois, parameters: ParameterNode) -> Texte | None:
    """The first of `sources` that answers for `mois`, None when none does: « texte non retrouvé »."""
    for source in sources:
        if texte := source.en_vigueur(mois, parameters):
            return texte
    return None


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
