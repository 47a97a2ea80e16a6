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

    def en_vigueur(self, mois: Mois, parametres: ParameterNode) -> Texte | None:
        jour = mois.first_day
        if (self.depuis and jour < self.depuis) or (self.jusqu_a and jour > self.jusqu_a):
            return None
        return Texte(self.reference, self.depuis, self.url)


@dataclass(frozen=True, slots=True, eq=False)
class DuParametre:
    """The text that OpenFisca's parameter at `chemin` (dotted) cites for the value in force."""

    chemin: str

    def en_vigueur(self, mois: Mois, parametres: ParameterNode) -> Texte | None:
        noeud: Any = parametres
        for nom in self.chemin.split("."):
            noeud = noeud.children[nom]
        if isinstance(noeud, Parameter) and noeud(mois.first_day.isoformat()) is None:
            return None  # repealed, or not yet in force: no text founds it
        depuis = _date_de_la_valeur(noeud, mois)
        citation = _citation(noeud.metadata.get("reference"), depuis)
        return Texte(citation[0], depuis, citation[1]) if citation else None


Source = Article | DuParametre


@functools.lru_cache(maxsize=16_384)
def texte_en_vigueur(sources: tuple[Source, ...], mois: Mois, parametres: ParameterNode) -> Texte | None:
    """The first of `sources` that answers for `mois`, None when none does: « texte non retrouvé »."""
    for source in sources:
        if texte := source.en_vigueur(mois, parametres):
            return texte
    return None


def _date_de_la_valeur(noeud: Any, mois: Mois) -> date | None:
    """The date from which the value in force at `mois` applies (the latest, over the leaves of a node)."""
    if isinstance(noeud, Parameter):
        jour = mois.first_day.isoformat()
        dates = [valeur.instant_str for valeur in noeud.values_list if valeur.instant_str <= jour]
        return date.fromisoformat(max(dates)) if dates else None
    if isinstance(noeud, ParameterScale):
        enfants = [enfant for tranche in noeud.brackets for enfant in tranche.children.values()]
    else:
        enfants = list(noeud.children.values())
    dates_des_enfants = [trouvee for enfant in enfants if (trouvee := _date_de_la_valeur(enfant, mois))]
    return max(dates_des_enfants, default=None)


def _citation(references: Any, depuis: date | None) -> tuple[str, str | None] | None:
    """The title and address that a parameter's metadata gives for the value dated `depuis`."""
    if isinstance(references, dict) and not {"title", "href"} & references.keys():
        dates = [cle for cle in references if depuis and str(cle) <= depuis.isoformat()]
        references = references[max(dates, key=str)] if dates else None
    if isinstance(references, list):
        references = references[0] if references else None
    if isinstance(references, str):
        return (references, None)
    if isinstance(references, dict) and references.get("title"):
        return (str(references["title"]), references.get("href"))
    return None
