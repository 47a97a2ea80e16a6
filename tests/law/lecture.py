"""What our law gives for an OpenFisca situation, through the same reading and the same systems as `calculate`."""

from __future__ import annotations

from typing import Any

from guichet.domain.vocabulaire import Mois
from guichet.law import calculation, questions, side_by_side
from guichet.law.implied import complete
from guichet.law.lean import LeanSimulation
from guichet.law.reference import whole_system
from guichet.law.situation import Question, _read_situation


def simulation(situation: dict[str, Any], mois: Mois, *variables: str) -> LeanSimulation:
    """A simulation that answers `variables`, and all that the sheets read."""
    clean = _read_situation(situation, mois, "guichet")  # a published amount may be that of a month before June 2012
    complete(clean, mois, whole_system().variables)
    question = Question(clean, variables, mois)
    arrays = side_by_side.columns_of([question], whole_system())
    forme = side_by_side.shape_of([question], whole_system())
    return calculation.simulated(forme, arrays, variables, mois, questions._oldest([question]))


def premier(variable: str, situation: dict[str, Any], mois: Mois, period: object = None) -> float:
    """The value of `variable` for the first person or group."""
    return float(simulation(situation, mois, variable).calculate(variable, str(period or mois))[0])
