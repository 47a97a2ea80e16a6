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
from guichet.law.situation import Question

Content = dict[str, Any]


def shape_of(questions: Sequence[Question], system: TaxBenefitSystem) -> Shape:
    """Who belongs where. Of a role with several names (parents: demandeur, conjoint) the first person has the first."""
    return {entity.key: _groups(questions, entity) for entity in system.group_entities}


def _groups(questions: Sequence[Question], entity: GroupEntity) -> Groups:
    count = 0
    ranks: list[int] = []
    roles: list[int] = []
    keys = tuple(role.key for role in entity.flattened_roles)
    for question in questions:
        places: dict[str, tuple[int, str]] = {}
        for content in question.situation[entity.plural].values():
            places |= {person: (count, role) for person, role in _members(content, entity)}
            count += 1
        for person in question.situation["individus"]:
            rank, role = places[person]
            ranks.append(rank)
            roles.append(keys.index(role))
    return Groups(count, np.array(ranks), np.array(roles), keys)


def _members(content: Content, entity: GroupEntity) -> Iterator[tuple[str, str]]:
    for role in entity.roles:
        for rank, person in enumerate(content.get(role.plural or role.key, ())):
            yield person, (role.subroles[rank] if role.subroles else role).key


def columns_of(questions: Sequence[Question], system: TaxBenefitSystem) -> Columns:
    """What the questions give, by variable and period; who says nothing of a variable has its default.

    Raises ValueError for a text that OpenFisca cannot hold.
    """
    arrays: Columns = {}
    for entity in system.entities:
        instances = [content for question in questions for content in question.situation[entity.plural].values()]
        for rank, content in enumerate(instances):
            for name, values in content.items():
                if isinstance(values, dict):
                    variable = system.variables[name]
                    for text, value in values.items():
                        _array(arrays, variable, read_period(text), len(instances))[rank] = stored(variable, value)
    return arrays


def _array(arrays: Columns, variable: Variable, period: Period, count: int) -> Any:
    key = (variable.name, period)
    if key not in arrays:
        arrays[key] = variable.default_array(count)
    return arrays[key]


def stored(variable: Variable, value: Any) -> Any:
    """The value as OpenFisca keeps it; numbers are already."""
    return _stored(variable, value) if isinstance(value, str) else value


@functools.lru_cache(maxsize=65_536)
def _stored(variable: Variable, value: str) -> Any:
    return variable.check_set_value(value)
