"""A question in OpenFisca's words, checked.

Checks come before OpenFisca, whose own errors name no field or come too late; each is one sentence that names the
field. What OpenFisca accepts and this does not: a person in no family, tax household or dwelling; a group without its
first adult; an adult born after the month; a commune that the zones do not know (OpenFisca would take zone 2); a
number that no household has. An age becomes a date of birth (`ages.py`).
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH, Mois
from guichet.law import SituationError, implied
from guichet.law.ages import into_births
from guichet.law.lean import read_period
from guichet.law.reference import LOIS, whole_system
from guichet.law.values import AGES, check_commune, label, read_value, shown

FIRST_ROLES = {"familles": "parents", "foyers_fiscaux": "declarants", "menages": "personne_de_reference"}
ADULTS = frozenset(("parents", "declarants", "personne_de_reference", "conjoint", "demandeur", "declarant_principal"))
LAST_MONTH = LAST_CHECKED_MONTH + 24
"""Later, today's rules would be no answer."""
LAST_YEAR = 2100
"""Of a value."""
AGES_TOLD = tuple(sorted(AGES))
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was checked: every value of `situation` has its period."""

    situation: dict[str, Any]
    variables: tuple[str, ...]
    mois: Mois


def read_question(situation: Any, variables: Any, period: Any, loi: str) -> Question:
    """Check a question in OpenFisca's words; raises SituationError."""
    if loi not in LOIS:
        raise SituationError(f"law: {shown(loi)} is not one of {', '.join(LOIS)}.")
    mois = read_month(period)
    clean = _read_situation(situation, mois, loi)
    if loi == "guichet":
        implied.complete(clean, mois, whole_system(loi).variables)
    return Question(clean, read_variables(variables, loi), mois)


def read_month(period: Any) -> Mois:
    if period is None:
        raise SituationError("period: give a month, such as 2013-01.")
    if not isinstance(period, str) or not _MONTH.fullmatch(period):
        raise SituationError(f"period: {shown(period)} is not a month, write it as 2013-01.")
    mois = Mois.parse(period)
    if mois < FIRST_MONTH:
        raise SituationError(f"period: the law is known from {FIRST_MONTH} on, not in {period}.")
    if mois > LAST_MONTH:
        raise SituationError(f"period: the law was checked until {LAST_CHECKED_MONTH}, {period} is too far from there.")
    return mois


def read_variables(variables: Any, loi: str) -> tuple[str, ...]:
    if not isinstance(variables, list | tuple) or not variables or not all(isinstance(v, str) for v in variables):
        raise SituationError('variables: give a list of names, such as ["aide_logement"].')
    known = whole_system(loi).variables
    for name in variables:
        if name not in known:
            raise SituationError(f"variables: {unknown(name, loi)}.")
    return tuple(dict.fromkeys(variables))


def unknown(name: str, loi: str) -> str:
    close = difflib.get_close_matches(name[:80], whole_system(loi).variables, 1)
    return f"there is no variable {shown(name)}" + (f" (did you mean {close[0]!r}?)" if close else "")


def _read_situation(situation: Any, mois: Mois, loi: str) -> dict[str, Any]:
    """`situation` with a period on each value; everything in it has been checked."""
    if not isinstance(situation, dict):
        raise SituationError("situation: give an object with individus, familles, foyers_fiscaux and menages.")
    entities = {entity.plural: entity for entity in whole_system(loi).entities}
    for plural in situation:
        if plural not in entities:
            raise SituationError(f"situation: {shown(plural)} is not one of {', '.join(entities)}.")
    individus = situation.get("individus")
    if not isinstance(individus, dict) or not individus:
        raise SituationError("situation.individus: give at least one person.")
    clean: dict[str, Any] = {}
    for plural, entity in entities.items():
        instances = _object(situation.get(plural, {}), f"situation.{plural}")
        clean[plural] = {
            identifier: _read_instance(content, entity, mois, loi, f"situation.{plural}.{label(identifier)}")
            for identifier, content in instances.items()
        }
    if loi == "guichet":
        into_births(clean["individus"], "situation.individus")
    for plural, first_role in FIRST_ROLES.items():
        _check_groups(clean[plural], clean["individus"], plural, first_role)
    _check_births(clean, mois)
    return clean


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SituationError(f"{where}: give an object, not {shown(value)}.")
    return value


def _read_instance(content: Any, entity: Any, mois: Mois, loi: str, where: str) -> dict[str, Any]:
    """One person or one group: its members by role, and the values of its variables."""
    read: dict[str, Any] = _read_roles(_object(content, where), entity, where)
    for name, value in content.items():
        if name not in read:
            here = f"{where}.{label(name)}"
            read[name] = _read_values(read_variable(name, entity, loi, here), value, mois, here)
    return read


def _read_roles(content: dict[str, Any], entity: Any, where: str) -> dict[str, list[str]]:
    if entity.is_person:
        return {}
    roles = {}
    for role in entity.roles:
        name = role.plural or role.key
        if name in content:
            members = [content[name]] if isinstance(content[name], str) else content[name]
            if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
                raise SituationError(f"{where}.{name}: give a list of persons, not {shown(members)}.")
            if role.max is not None and len(members) > role.max:
                raise SituationError(f"{where}.{name}: {len(members)} persons, at most {role.max} can be.")
            roles[name] = members
    return roles


def read_variable(name: str, entity: Any, loi: str, where: str) -> Any:
    variable = whole_system(loi).variables.get(name)
    if variable is None:
        raise SituationError(f"{where}: {unknown(name, loi)}.")
    if variable.entity.key != entity.key:
        raise SituationError(f"{where}: this variable belongs to {variable.entity.plural}, not to {entity.plural}.")
    return variable


def _read_values(variable: Any, value: Any, mois: Mois, where: str) -> dict[str, Any]:
    """The values of a variable by period, each period in one writing."""
    by_period = value if isinstance(value, dict) else {period_of(variable, mois): value}
    read: dict[str, Any] = {}
    for text, raw in by_period.items():
        here = f"{where}.{label(text)}" if by_period is value else where
        period = read_period_of(text, variable, here)
        if raw is None:  # as OpenFisca does, null says nothing
            continue
        told = read_value(variable, raw, here)
        if read.setdefault(period, told) != told:  # what always holds may be told month by month
            raise SituationError(f"{here}: this value is given twice, and is not the same.")
        if variable.name == "depcom":
            check_commune(read[period], here)
    return read


def period_of(variable: Any, mois: Mois) -> str:
    """The period of a value that has none: always, the year or the month."""
    if variable.definition_period == "eternity":
        return "ETERNITY"
    return str(mois.annee) if variable.definition_period == "year" else str(mois)


def read_period_of(text: str, variable: Any, where: str) -> str:
    """A period in its shortest writing: "month:2013-01:12" is "2013"."""
    period, fault = _period_or_fault(text, variable)
    if period is None:
        raise SituationError(f"{where}: {fault}.")
    return period


@functools.lru_cache(maxsize=16_384)
def _period_or_fault(text: str, variable: Any) -> tuple[str | None, str]:
    """The period, or what is wrong."""
    try:
        period = read_period(text)
    except (ValueError, TypeError):
        return None, f"{shown(text)} is not a month (2013-01) or a year (2013)"
    if variable.definition_period == "eternity":
        return "ETERNITY", ""
    monthly = not variable.set_input and variable.definition_period == "month"
    fault = (
        "give this value for a month or for a year"
        if period.unit not in ("month", "year")
        else f"{shown(text)} is out of reach"
        if not (1900 <= period.start.year <= LAST_YEAR and 1 <= period.size_in_months <= 1200)
        else f"this variable is yearly, give it for a year, such as {period.start.year}"
        if variable.definition_period == "year" and period.unit == "month" and not variable.set_input
        else "this variable is monthly, give it for each month"
        if monthly and (period.unit, period.size) != ("month", 1)
        else ""
    )
    return (None, fault) if fault else (str(period), "")


def _check_groups(groups: dict[str, Any], individus: dict[str, Any], plural: str, first_role: str) -> None:
    """Each person in one group, and only one; each group with its first adult."""
    seen: dict[str, str] = {}
    for identifier, role, member in _members(groups):
        if member not in individus or member in seen:
            fault = (
                f"there is no person {shown(member)} in individus"
                if member not in individus
                else f"{shown(member)} is already in {plural}.{label(seen[member])}"
            )
            raise SituationError(f"situation.{plural}.{label(identifier)}.{role}: {fault}.")
        seen[member] = identifier
    for member in individus:
        if member not in seen:
            raise SituationError(f"situation.{plural}: {shown(member)} is in none.")
    for identifier, group in groups.items():
        if not group.get(first_role) and not ADULTS.intersection(name for name in group if group[name]):
            where = f"situation.{plural}.{label(identifier)}.{first_role}"
            raise SituationError(f"{where}: name at least one person.")


def _members(groups: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for identifier, group in groups.items():
        for role, members in group.items():
            if isinstance(members, list):
                yield from ((identifier, role, member) for member in members)


def _check_births(clean: dict[str, Any], mois: Mois) -> None:
    """Who holds an adult's role is born by the end of the month."""
    next_day = (mois + 1).first_day.isoformat()
    unborn = {name: proof for name, person in clean["individus"].items() if (proof := _unborn(person, next_day))}
    if not unborn:
        return
    for plural in FIRST_ROLES:
        for identifier, role, member in _members(clean[plural]):
            if role in ADULTS and member in unborn:
                raise SituationError(
                    f"situation.{plural}.{label(identifier)}.{role}: {shown(member)} is born after {mois} "
                    f"(situation.individus.{unborn[member]})."
                )


def _unborn(person: dict[str, Any], next_day: str) -> str | None:
    """The variable which says that `person` is not born before the day `next_day`."""
    if any(birth >= next_day for birth in person.get("date_naissance", {}).values()):
        return "date_naissance"
    return next((name for name in AGES_TOLD if any(age < 0 for age in person.get(name, {}).values())), None)
