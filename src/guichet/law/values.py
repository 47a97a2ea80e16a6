"""One value of an OpenFisca variable, checked: its type, and what no household has."""

from __future__ import annotations

import contextlib
import csv
import functools
import importlib.resources
import json
import re
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.commons import eval_expression

from guichet.law import SituationError

MAXIMUM = 1e9
"""No amount, length or count of a household is larger."""
POSITIVES = frozenset(("loyer", "charges_locatives", "taux_incapacite", "cout_du_credit"))
AGES = frozenset(("age", "age_en_mois"))
RATES = frozenset(("taux_incapacite",))
EXPRESSION = re.compile(r"[0-9.+\-*/() ]{1,60}")
YEARS = range(1870, 2101)


def read_value(variable: Any, value: Any, where: str) -> Any:
    """`value`, in the form that OpenFisca takes, or SituationError at the field `where`."""
    if getattr(variable, "possible_values", None) is not None:
        return _read_choice(variable, value, where)
    if variable.value_type is bool:
        if isinstance(value, bool) or value in (0, 1):
            return bool(value)
        raise SituationError(f"{where}: give true or false, not {shown(value)}.")
    if variable.value_type in (int, float):
        return _read_number(variable, value, where)
    if variable.value_type is date:
        return _read_date(value, where)
    if variable.name == "depcom" and isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:05d}"  # written as a number, the code of a commune loses its leading zero
    if not isinstance(value, str) or "\0" in value:
        raise SituationError(f"{where}: give a text, not {shown(value)}.")
    if variable.max_length and len(value) > variable.max_length:
        raise SituationError(f"{where}: {shown(value)} is longer than {variable.max_length} characters.")
    return value


def _read_choice(variable: Any, value: Any, where: str) -> str:
    if isinstance(value, str) and value in variable.possible_values.__members__:
        return value
    names = list(variable.possible_values.names)
    known = ", ".join(names) if len(names) <= 12 else ", ".join(names[:12]) + "…"
    raise SituationError(f"{where}: {shown(value)} is not one of {known}.")


def _read_number(variable: Any, value: Any, where: str) -> float | int:
    if isinstance(value, str) and EXPRESSION.fullmatch(value) and "**" not in value:
        with contextlib.suppress(ArithmeticError):
            value = np.asarray(eval_expression(value)).item()  # OpenFisca takes "400 * 12"; what is none comes back
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SituationError(f"{where}: give a number, not {shown(value)}.")
    if not abs(value) <= MAXIMUM:  # nor NaN
        raise SituationError(f"{where}: {shown(value)} is not a number that a household has.")
    minimum, maximum = bounds(variable.name)
    if value < minimum:
        raise SituationError(f"{where}: {value} is negative.")
    if value > maximum:
        raise SituationError(f"{where}: {value} is not between 0 and 1.")
    if variable.value_type is int and value != int(value):
        raise SituationError(f"{where}: give a whole number, not {value}.")
    return int(value) if variable.value_type is int else float(value)


def bounds(name: str) -> tuple[float, float]:
    """The least and the most that the number of the variable `name` may be; a child to be born has an age below zero."""
    minimum = -12 if name in AGES else 0 if name in POSITIVES else -MAXIMUM
    return minimum, 1 if name in RATES else MAXIMUM


def _read_date(value: Any, where: str) -> str:
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        raise SituationError(f"{where}: {shown(value)} is not a date, write it as 1980-01-31.") from None
    if day.year not in YEARS:
        raise SituationError(f"{where}: {value} is not between {YEARS.start} and {YEARS.stop - 1}.")
    return day.isoformat()


def check_commune(code: str, where: str) -> None:
    """OpenFisca puts a commune that it does not know in zone 2: refused rather than guessed."""
    if code not in _communes():
        raise SituationError(f"{where}: {shown(code)} is not a commune of the zones, give zone_apl instead.")


@functools.cache
def _communes() -> frozenset[str]:
    """The communes of OpenFisca's zones (order of 2011), with their parts (arrondissements, associated communes)."""
    assets = importlib.resources.files("openfisca_france") / "assets" / "apl"
    with (assets / "20110914_zonage.csv").open(encoding="utf-8") as file:
        communes = {row["CODGEO"] for row in csv.DictReader(file)}
    parts = json.loads((assets / "commune_depcom_by_subcommune_depcom.json").read_text(encoding="utf-8"))
    return frozenset(communes | parts.keys())


def shown(thing: Any) -> str:
    """`thing` as it can be quoted in a sentence."""
    text = json.dumps(thing) if thing is None or isinstance(thing, bool) else repr(thing)
    return text if len(text) <= 60 else text[:57] + "..."


def label(name: str) -> str:
    """`name` as a step of a path: itself when it can be printed and is short."""
    return name if name.isprintable() and len(name) <= 60 else shown(name)
