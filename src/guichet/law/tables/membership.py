"""Who belongs where: the roles of the persons of a chunk, in their families, tax households and dwellings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.law import SituationError
from guichet.law.columns import Array, Groups, Shape
from guichet.law.situation import ADULTS
from guichet.law.tables import Place
from guichet.law.tables.values import as_choices
from guichet.law.values import shown


def shape_of(
    individus: pa.Table,
    ranks: Mapping[str, Array],
    counts: Mapping[str, int],
    firsts: Mapping[str, int],
    system: TaxBenefitSystem,
) -> Shape:
    """`ranks`: the group of each person; `counts`: how many groups (both by entity); `firsts`: first rows by table."""
    shape = {}
    for entity in system.group_entities:
        place = Place("individus", f"{entity.key}_role", firsts["individus"])
        try:
            held = _roles(
                as_choices(individus.column(place.column).combine_chunks(), place), ranks[entity.key], entity, place
            )
        except SituationError:
            _check_identifiers(individus.column("id").to_pylist(), firsts["individus"])
            raise
        keys = tuple(role.key for role in entity.flattened_roles)
        shape[entity.key] = Groups(counts[entity.key], ranks[entity.key], held, keys)
        _check_adults(shape[entity.key], entity, firsts[entity.plural])
    return shape


def _roles(told: pa.DictionaryArray, ranks: Array, entity: Any, place: Place) -> Array:
    """The rank of each person's role; of a role with several names (parent: demandeur, conjoint) the first person has the
    first one that is free."""
    keys = [role.key for role in entity.flattened_roles]
    names = _names(entity)
    texts = told.dictionary.to_pylist()
    codes = np.array(told.indices.fill_null(-1))
    held = np.full(len(codes), -1)
    for code, text in enumerate(texts):
        if possible := names.get(text):
            if len(possible) == 1:
                held[codes == code] = keys.index(possible[0])
        elif len(faulty := np.flatnonzero(codes == code)):
            raise SituationError(f"{place.row(faulty[0])}: {shown(text)} is not one of {', '.join(names)}.")
    if (codes == -1).any():
        raise SituationError(f"{place.row(np.flatnonzero(codes == -1)[0])}: give the role of this person.")
    for role in entity.roles:
        if role.subroles:
            known = [code for code, text in enumerate(texts) if text in (role.key, role.plural)]
            _deal_out(role, np.isin(codes, known), held, ranks, keys, place)
    for number, role in enumerate(entity.flattened_roles):
        if role.max == 1:
            persons = np.flatnonzero(held == number)
            too_many = np.delete(persons, np.unique(ranks[persons], return_index=True)[1])
            if len(too_many):
                raise SituationError(f"{place.row(too_many[0])}: another person of this {entity.key} is {role.key} already.")
    return held


def _check_identifiers(identifiers: list[Any], first: int) -> None:
    """Who is given twice takes a role that is taken: the fault to name is the second row, not its role."""
    seen: dict[Any, int] = {}
    for rank, identifier in enumerate(identifiers):
        if identifier is not None and (before := seen.setdefault(identifier, rank)) != rank:
            place = Place("individus", "id", first)
            raise SituationError(f"{place.row(rank)}: {shown(identifier)} is already on row {first + before}.")


def _names(entity: Any) -> dict[str, tuple[str, ...]]:
    """What may be written for a role, and the keys that it may mean."""
    names: dict[str, tuple[str, ...]] = {}
    for role in entity.roles:
        keys = tuple(subrole.key for subrole in role.subroles or (role,))
        names |= {name: keys for name in (role.key, role.plural) if name} | {key: (key,) for key in keys}
    return names


def _deal_out(role: Any, unnamed: Array, held: Array, ranks: Array, keys: list[str], place: Place) -> None:
    """Give the names of `role`, in order, to the persons `unnamed` of each group."""
    for subrole in role.subroles:
        number = keys.index(subrole.key)
        candidates = np.flatnonzero(unnamed & ~np.isin(ranks, ranks[held == number]))
        chosen = candidates[np.unique(ranks[candidates], return_index=True)[1]]
        held[chosen] = number
        unnamed[chosen] = False
    if unnamed.any():
        raise SituationError(
            f"{place.row(np.flatnonzero(unnamed)[0])}: there are more than {len(role.subroles)} {role.plural} here."
        )


def adults(groups: Groups) -> Array:
    """Whether each person holds an adult's role."""
    return np.isin(groups.keys, list(ADULTS))[groups.roles]


def _check_adults(groups: Groups, entity: Any, first: int) -> None:
    present = np.zeros(groups.count, bool)
    present[groups.ranks[adults(groups)]] = True
    if not present.all():
        rank = np.flatnonzero(~present)[0]
        first_role = entity.flattened_roles[0].key
        raise SituationError(
            f"{entity.plural}, row {first + int(rank)}, column id: none of its persons is {first_role} "
            f"(individus, column {entity.key}_role)."
        )
