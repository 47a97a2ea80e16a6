"""Many households of one month, as arrays: simulated on the cheapest system that answers, and calculated.

Both doors come here: questions in OpenFisca's words (`questions.py`) and tables (`tables/`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from openfisca_core.errors import PeriodMismatchError, SituationParsingError
from openfisca_core.simulations import Simulation

from guichet.domain.vocabulaire import Mois
from guichet.law import SituationError, columns, pruning
from guichet.law.columns import Array, Columns, Shape
from guichet.law.lean import LeanSimulation
from guichet.law.programs.questions import QuestionPrograms
from guichet.law.reference import system_for
from guichet.law.situation import period_of

PROGRAMS = QuestionPrograms()
"""The programs of this process."""
_TOTAL = re.compile(r"variable (\w+) has already been set for all \w+ contained in period ([^,]+),")


def built(build: Callable[[], Simulation]) -> Simulation:
    """What `build` builds. What OpenFisca refuses raises SituationError."""
    try:
        return build()
    except SituationParsingError as error:
        raise SituationError(f"situation{_sentence(error.error)}") from None
    except (PeriodMismatchError, ValueError) as error:
        match = _TOTAL.search(str(error))
        raise SituationError(
            f"situation: {match[1]} is given for {match[2]} and for each of its parts, which do not add up to it."
            if match
            else f"situation: {_one_line(error)}"
        ) from None


def simulated(shape: Shape, arrays: Columns, variables: Sequence[str], mois: Mois, oldest: date | None) -> LeanSimulation:
    """On the cheapest system that answers; the oldest person is born on `oldest` (None: not known)."""
    young = pruning.too_young(oldest, mois)
    system = system_for(columns.given(arrays), variables, young)
    simulation: LeanSimulation = columns.filled(system, shape, arrays, LeanSimulation)
    return simulation


def calculate(
    simulation: Simulation, shape: Shape | None, variables: Sequence[str], mois: Mois, count: int
) -> dict[str, Array]:
    """Each of `variables` for `count` households: by a program when there is one, else by OpenFisca.

    Without `shape` it is OpenFisca. Raises SituationError.
    """
    known = simulation.tax_benefit_system.variables
    asked = [(name, period_of(known[name], mois)) for name in variables]
    by_program = PROGRAMS.answer(simulation, shape, asked, mois, count) if shape is not None else None
    found = {}
    for name, period in asked:
        try:
            found[name] = by_program[name, period] if by_program else simulation.calculate(name, period)
        except Exception as error:  # any fault of a formula is the answer to this question, never the end of a batch
            raise SituationError(f"variables.{name}: cannot be computed for {mois}: {_one_line(error)}") from error
    return found


def _sentence(error: Any) -> str:
    """OpenFisca's error tree, {"menages": {"m": {"loyer": "..."}}}, as ".menages.m.loyer: ..."."""
    path = ""
    while isinstance(error, dict) and error:
        key, error = next(iter(error.items()))
        path += f".{key}"
    return f"{path}: {_one_line(error)}"


def _one_line(error: Any) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
