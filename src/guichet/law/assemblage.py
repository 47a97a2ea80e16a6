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

from guichet.law.columns import Colonnes, Groupe, Structure
from guichet.law.lean import read_period
from guichet.law.situation import Demande

Contenu = dict[str, Any]


def structure(demandes: Sequence[Demande], system: TaxBenefitSystem) -> Structure:
    """Who belongs where. Of a role with several names (parents: demandeur, conjoint) the first person has the first."""
    return {entite.key: _groupe(demandes, entite) for entite in system.group_entities}


def _groupe(demandes: Sequence[Demande], entite: GroupEntity) -> Groupe:
    nombre = 0
    rangs: list[int] = []
    roles: list[str] = []
    for demande in demandes:
        places: dict[str, tuple[int, str]] = {}
        for contenu in demande.situation[entite.plural].values():
            places |= {personne: (nombre, role) for personne, role in _membres(contenu, entite)}
            nombre += 1
        for personne in demande.situation["individus"]:
            rang, role = places[personne]
            rangs.append(rang)
            roles.append(role)
    return Groupe(nombre, np.array(rangs), np.array(roles))


def _membres(contenu: Contenu, entite: GroupEntity) -> Iterator[tuple[str, str]]:
    for role in entite.roles:
        for rang, personne in enumerate(contenu.get(role.plural or role.key, ())):
            yield personne, (role.subroles[rang] if role.subroles else role).key


def colonnes(demandes: Sequence[Demande], system: TaxBenefitSystem) -> Colonnes:
    """What the questions give, by variable and period; who says nothing of a variable has its default.

    Raises ValueError for a text that OpenFisca cannot hold.
    """
    arrays: Colonnes = {}
    for entite in system.entities:
        instances = [contenu for demande in demandes for contenu in demande.situation[entite.plural].values()]
        for rang, contenu in enumerate(instances):
            for nom, valeurs in contenu.items():
                if isinstance(valeurs, dict):
                    variable = system.variables[nom]
                    for texte, valeur in valeurs.items():
                        _tableau(arrays, variable, read_period(texte), len(instances))[rang] = interne(variable, valeur)
    return arrays


def _tableau(arrays: Colonnes, variable: Variable, periode: Period, nombre: int) -> Any:
    cle = (variable.name, periode)
    if cle not in arrays:
        arrays[cle] = variable.default_array(nombre)
    return arrays[cle]


def interne(variable: Variable, valeur: Any) -> Any:
    """The value as OpenFisca keeps it; numbers are already."""
    return _interne(variable, valeur) if isinstance(valeur, str) else valeur


@functools.lru_cache(maxsize=65_536)
def _interne(variable: Variable, valeur: str) -> Any:
    return variable.check_set_value(valeur)
