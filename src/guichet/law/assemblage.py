"""Checked questions, side by side, as arrays: the persons and groups of the second follow those of the first."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import GroupEntity
from openfisca_core.periods import Period
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from guichet.law.columns import Columns, Groups, Shape
from guichet.law.lean import read_period
from guichet.law.situation import Demande

Contenu = dict[str, Any]


def shape_of(demandes: Sequence[Demande], system: TaxBenefitSystem) -> Shape:
    """Who belongs where. Of a role with several names (parents: demandeur, conjoint) the first person has the first."""
    return {entite.key: _groupe(demandes, entite) for entite in system.group_entities}


def _groupe(demandes: Sequence[Demande], entite: GroupEntity) -> Groups:
    count = 0
    ranks: list[int] = []
    roles: list[str] = []
    for demande in demandes:
        places: dict[str, tuple[int, str]] = {}
        for contenu in demande.situation[entite.plural].values():
            places |= {personne: (count, role) for personne, role in _membres(contenu, entite)}
            count += 1
        for personne in demande.situation["individus"]:
            rank, role = places[personne]
            ranks.append(rank)
            roles.append(role)
    return Groups(count, np.array(ranks), np.array(roles))


def _membres(contenu: Contenu, entite: GroupEntity) -> Iterator[tuple[str, str]]:
    for role in entite.roles:
        for rank, personne in enumerate(contenu.get(role.plural or role.key, ())):
            yield personne, (role.subroles[rank] if role.subroles else role).key


def columns_of(demandes: Sequence[Demande], system: TaxBenefitSystem) -> Columns:
    """What the questions give, by variable and period; who says nothing of a variable has its default.

    Raises ValueError for a text that OpenFisca cannot hold.
    """
    arrays: Columns = {}
    for entite in system.entities:
        instances = [contenu for demande in demandes for contenu in demande.situation[entite.plural].values()]
        for rank, contenu in enumerate(instances):
            for nom, valeurs in contenu.items():
                if isinstance(valeurs, dict):
                    variable = system.variables[nom]
                    for texte, valeur in valeurs.items():
                        _tableau(arrays, variable, read_period(texte), len(instances))[rank] = interne(variable, valeur)
    return arrays


def _tableau(arrays: Columns, variable: Variable, periode: Period, count: int) -> Any:
    cle = (variable.name, periode)
    if cle not in arrays:
        arrays[cle] = variable.default_array(count)
    return arrays[cle]


def interne(variable: Variable, valeur: Any) -> Any:
    """The value as OpenFisca keeps it; numbers are already."""
    return _interne(variable, valeur) if isinstance(valeur, str) else valeur


@functools.lru_cache(maxsize=65_536)
def _interne(variable: Variable, valeur: str) -> Any:
    return variable.check_set_value(valeur)
