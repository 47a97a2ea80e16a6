"""A chunk of the tables, answered: arrays in OpenFisca's types, then the calculation that questions have too."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.simulations import Simulation

from guichet.law import SituationError, ages, calculation, columns, implied
from guichet.law.columns import Array, Columns, Shape
from guichet.law.explain import by_famille
from guichet.law.lean import LeanSimulation
from guichet.law.reference import whole_system
from guichet.law.tables import TABLES, Place, Question, membership
from guichet.law.tables.cutting import Chunk
from guichet.law.tables.values import read_column

BIRTH = ("date_naissance", "ETERNITY")
NOT_TOLD = -10_000
"""An age that is not told."""


def answer(question: Question, chunk: Chunk) -> pa.Table:
    """What is asked, a row for each instance of the entity of the variables; for each family when they have several.

    Raises SituationError.
    """
    system = whole_system(question.loi)
    counts = {entity.key: chunk.tables[entity.plural].num_rows for entity in system.entities}
    shape = membership.shape_of(chunk.tables["individus"], chunk.ranks, counts, chunk.firsts, system)
    arrays, oldest = _given(question, chunk, shape)
    variables, mois = question.variables, question.mois
    if question.loi == "stock":
        simulation = calculation.built(lambda: columns.filled(system, shape, arrays, Simulation))
        found = calculation.calculate(simulation, None, variables, mois, counts["menage"])
    else:
        simulation = calculation.built(lambda: calculation.simulated(shape, arrays, variables, mois, oldest))
        found = calculation.calculate(simulation, shape, variables, mois, counts["menage"])
    answers = _as_table(question, chunk, simulation, found)
    if isinstance(simulation, LeanSimulation):
        simulation.forget()
    return answers


def _given(question: Question, chunk: Chunk, shape: Shape) -> tuple[Columns, date | None]:
    """What the tables give, and the birth of the oldest person when all are known."""
    variables = whole_system(question.loi).variables
    arrays: dict[tuple[str, str], Array] = {}
    silent: dict[tuple[str, str], Array] = {}
    places: dict[tuple[str, str], Place] = {}
    for table in TABLES:
        for column, key in question.given[table].items():
            places[key] = Place(table, column, chunk.firsts[table])
            read = chunk.tables[table].column(column).combine_chunks()
            arrays[key] = read_column(variables[key[0]], read, places[key])
            if key == BIRTH or key[0] in ages.AGES:
                silent[key] = np.array(read.is_null())
    if question.loi == "guichet":
        _ages_into_births(arrays, silent, places)
        _complete(question, arrays)
    if BIRTH not in arrays:
        return dict(arrays), None
    _check_births(question, chunk, shape, arrays[BIRTH], places.get(BIRTH))
    unknown = silent[BIRTH].any()
    return dict(arrays), None if unknown else arrays[BIRTH].min().astype(object)


def _ages_into_births(arrays: Any, silent: dict[Any, Array], places: dict[Any, Place]) -> None:
    """Ages become dates of birth, as in a question; a date that is given stays."""
    told = sorted((d for d in arrays if d[0] in ages.AGES), key=lambda d: list(ages.AGES).index(d[0]))
    if not told:
        return
    read = np.array([np.where(silent[each], NOT_TOLD, arrays.pop(each)) for each in told]).astype(int)
    if BIRTH not in arrays:
        arrays[BIRTH] = whole_system().variables[BIRTH[0]].default_array(read.shape[1])
        silent[BIRTH] = np.ones(read.shape[1], bool)
    wanted = np.flatnonzero(silent[BIRTH] & (read != NOT_TOLD).any(axis=0))
    distinct, firsts, codes = np.unique(read[:, wanted], axis=1, return_index=True, return_inverse=True)
    births = []
    for told_ages, first in zip(distinct.T.tolist(), firsts, strict=True):
        known = [(name, text, age) for (name, text), age in zip(told, told_ages, strict=True) if age != NOT_TOLD]
        place = places[known[0][:2]]
        try:
            births.append(ages.birth(known, place.table))
        except SituationError:
            raise SituationError(f"{place.row(wanted[first])}: nobody is that old.") from None
    arrays[BIRTH][wanted] = np.array(births, "datetime64[D]")[codes.ravel()]
    silent[BIRTH][wanted] = False


def _complete(question: Question, arrays: dict[tuple[str, str], Array]) -> None:
    """What the tables leave unsaid of the months before, as in a question."""
    variables = whole_system(question.loi).variables
    periods: dict[str, list[str]] = {}
    for name, text in arrays:
        periods.setdefault(name, []).append(text)
    for name, told in periods.items():
        for text, source in implied.added(variables[name], told, question.mois).items():
            arrays[name, text] = arrays[name, source]


def _check_births(question: Question, chunk: Chunk, shape: Shape, births: Array, place: Place | None) -> None:
    """Who holds an adult's role is born by the end of the month."""
    unborn = births >= np.datetime64((question.mois + 1).first_day)
    if not unborn.any():
        return
    for entity, groups in shape.items():
        too_early = np.flatnonzero(unborn & membership.adults(groups))
        if len(too_early):
            here = (place or Place("individus", "age", chunk.firsts["individus"])).row(too_early[0])
            role = groups.keys[groups.roles[too_early[0]]]
            raise SituationError(f"{here}: this person is born after {question.mois}, and {role} of a {entity}.")


def _as_table(question: Question, chunk: Chunk, simulation: Simulation, found: dict[str, Array]) -> pa.Table:
    variables = simulation.tax_benefit_system.variables
    entities = {variables[name].entity.plural: variables[name].entity.key for name in question.variables}
    (table, entity), *others = entities.items()
    if others:
        table, entity = "familles", "famille"
    place = Place(table, "id", chunk.firsts[table])
    answers = {f"{entity}_id": chunk.tables[table].column("id").combine_chunks()}
    for name, array in found.items():
        values = by_famille(simulation, name, array) if others else array
        answers[name] = _readable(variables[name], values, place, question)
    return pa.table(answers)


def _readable(variable: Any, array: Array, place: Place, question: Question) -> pa.Array:
    """The values as they are written: amounts to the cent, choices by their names."""
    if hasattr(array, "decode_to_str"):
        return pa.array(array.decode_to_str())
    if variable.value_type is float:
        amounts = np.round(array.astype(float), 2)
        if not np.isfinite(amounts).all():
            rank = np.flatnonzero(~np.isfinite(amounts))[0]
            raise SituationError(f"{place.row(rank)}: {variable.name} for {question.mois} is not a number.")
        return pa.array(amounts)
    if variable.value_type in (bool, int):
        return pa.array(array.astype(variable.value_type))
    return pa.array(array if variable.value_type is date else array.astype(str))
