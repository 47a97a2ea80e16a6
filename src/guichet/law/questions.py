"""Questions in OpenFisca's words, answered.

Questions of one month that ask the same and give the same variables for the same periods are put side by side in one
simulation: a formula then runs once for all of them. In OpenFisca, a value given for one person at a period stops the
formula for everybody in the simulation, which is why only identical signatures may share one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder

from guichet.law import SituationError, calculation, side_by_side
from guichet.law.columns import Array, Shape
from guichet.law.lean import LeanSimulation
from guichet.law.reference import whole_system
from guichet.law.situation import Question, read_question

Answer = dict[str, float | str]


def calculate_many(questions: Sequence[dict[str, Any]], loi: str) -> list[Answer | SituationError]:
    """See `guichet.law.calculate_many`."""
    read = [_read(question, loi) for question in questions]
    answers = iter(answered([one for one in read if isinstance(one, Question)], loi))
    return [next(answers) if isinstance(one, Question) else one for one in read]


def _read(question: dict[str, Any], loi: str) -> Question | SituationError:
    try:
        return read_question(question.get("situation"), question.get("variables"), question.get("period"), loi)
    except SituationError as error:
        return error
    except RecursionError:
        return SituationError("situation: its objects are nested too deep.")


def answered(questions: Sequence[Question], loi: str) -> list[Answer | SituationError]:
    """The answer of each question, in order; a question that fails does not touch the others."""
    alike: dict[Any, list[int]] = {}
    for rank, question in enumerate(questions):
        alike.setdefault(_signature(question), []).append(rank)
    answers: dict[int, Answer | SituationError] = {}
    for ranks in alike.values():
        answers |= zip(ranks, _answered_together([questions[rank] for rank in ranks], loi), strict=True)
    return [answers[rank] for rank in range(len(questions))]


def _signature(question: Question) -> Any:
    given = frozenset(
        (name, period)
        for instances in question.situation.values()
        for content in instances.values()
        for name, values in content.items()
        if isinstance(values, dict)
        for period in values
    )
    return question.mois, question.variables, given


def _answered_together(questions: list[Question], loi: str) -> list[Answer | SituationError]:
    mois, variables = questions[0].mois, questions[0].variables
    try:
        simulation, shape = _simulated(questions, loi)
        found = calculation.calculate(simulation, shape, variables, mois, len(questions))
        columns = [_values(simulation, name, array, questions) for name, array in found.items()]
    except SituationError as error:
        if len(questions) == 1:
            return [error]
        return [answer for question in questions for answer in _answered_together([question], loi)]
    if isinstance(simulation, LeanSimulation):
        simulation.forget()
    return [_answer(questions[rank], [column[rank] for column in columns]) for rank in range(len(questions))]


def _answer(question: Question, values: list[float | str]) -> Answer | SituationError:
    for name, value in zip(question.variables, values, strict=True):
        if isinstance(value, float) and not math.isfinite(value):
            return SituationError(f"variables.{name}: the result for {question.mois} is not a number.")
    return dict(zip(question.variables, values, strict=True))


def _simulated(questions: list[Question], loi: str) -> tuple[Simulation, Shape | None]:
    if loi == "stock":
        return calculation.built(lambda: _simulated_stock(questions)), None
    shape = side_by_side.shape_of(questions, whole_system())
    return calculation.built(lambda: _simulated_guichet(questions, shape)), shape


def _simulated_guichet(questions: list[Question], shape: Shape) -> Simulation:
    arrays = side_by_side.columns_of(questions, whole_system())
    return calculation.simulated(shape, arrays, questions[0].variables, questions[0].mois, _oldest(questions))


def _simulated_stock(questions: list[Question]) -> Simulation:
    return SimulationBuilder().build_from_entities(whole_system("stock"), _side_by_side(questions))


def _side_by_side(questions: list[Question]) -> dict[str, Any]:
    """One situation of them all: the person "a" of the question 3 becomes "3:a"."""
    together: dict[str, Any] = {plural: {} for plural in questions[0].situation}
    for rank, question in enumerate(questions):
        for plural, instances in question.situation.items():
            for identifier, content in instances.items():
                together[plural][f"{rank}:{identifier}"] = {
                    name: [f"{rank}:{member}" for member in value] if isinstance(value, list) else value
                    for name, value in content.items()
                }
    return together


def _oldest(questions: list[Question]) -> date | None:
    persons = [person for question in questions for person in question.situation["individus"].values()]
    births = [min(p["date_naissance"].values()) for p in persons if p.get("date_naissance")]
    return date.fromisoformat(min(births)) if len(births) == len(persons) else None


def _values(simulation: Simulation, name: str, array: Array, questions: list[Question]) -> list[float | str]:
    """The value of a variable for each question: numbers are summed over its entities."""
    variable = simulation.tax_benefit_system.variables[name]
    sizes = [len(question.situation[variable.entity.plural]) for question in questions]
    if array.dtype.kind in "biuf" and getattr(variable, "possible_values", None) is None:
        sums = np.bincount(np.repeat(np.arange(len(sizes)), sizes), array, len(sizes))
        return [round(total, 2) for total in sums.tolist()]
    if max(sizes) > 1:
        raise SituationError(f"variables.{name}: its values are no numbers, they cannot be summed over the entities.")
    texts = array.decode_to_str() if hasattr(array, "decode_to_str") else array
    return [value.decode() if isinstance(value, bytes) else str(value) for value in texts]
