"""The headers of the tables: what is given, and whether what is asked can be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guichet.law import SituationError
from guichet.law.reference import whole_system
from guichet.law.situation import period_of, read_month, read_period_of, read_variable, read_variables
from guichet.law.tables import GROUPS, Question
from guichet.law.values import label

MEMBERSHIPS = {f"{group}_{what}": group for group in GROUPS.values() for what in ("id", "role")}
"""The columns of a person that say its groups."""


def read_question(headers: Mapping[str, Sequence[str]], variables: Sequence[str], period: str, loi: str) -> Question:
    """The question that the headers of the four tables (by table) and the command ask. Raises SituationError."""
    mois = read_month(period)
    asked = read_variables(list(variables), loi)
    known = whole_system(loi).variables
    if len({known[name].entity.key for name in asked}) > 1:
        for name in asked:
            if known[name].entity.key == "individu" and not _adds_up(known[name]):
                raise SituationError(
                    f"variables.{name}: its values are no numbers, they cannot be summed over a family; ask for it alone."
                )
    entities = {entity.plural: entity for entity in whole_system(loi).entities}
    given = {table: _given(table, names, entities[table], mois, loi) for table, names in headers.items()}
    return Question(mois, asked, loi, given)


def _adds_up(variable: Any) -> bool:
    return variable.value_type in (bool, int, float) and getattr(variable, "possible_values", None) is None


def _given(table: str, names: Sequence[str], entity: Any, mois: Any, loi: str) -> dict[str, tuple[str, str]]:
    of_no_variable = {"id", *(MEMBERSHIPS if table == "individus" else ())}
    for name in sorted(of_no_variable):
        if name not in names:
            raise SituationError(f"{table}: the column {name} is missing.")
    given: dict[str, tuple[str, str]] = {}
    for name in names:
        where = f"{table}, column {label(name)}"
        if names.count(name) > 1:
            raise SituationError(f"{where}: there are two columns of this name.")
        if name not in of_no_variable:
            told = _told_by(name, entity, mois, loi, where)
            if told in given.values():
                raise SituationError(f"{where}: another column gives {told[0]} for {told[1]}.")
            given[name] = told
    return given


def _told_by(name: str, entity: Any, mois: Any, loi: str, where: str) -> tuple[str, str]:
    """The variable and the period of a column named `loyer` or `loyer@2026-09`."""
    subject, at, period = name.partition("@")
    variable = read_variable(subject, entity, loi, where)
    return subject, read_period_of(period if at else period_of(variable, mois), variable, where)
