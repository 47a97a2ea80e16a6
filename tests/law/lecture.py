"""What our law gives for an OpenFisca situation, through the same reading and the same systems as `calculate`."""

from __future__ import annotations

from typing import Any

from guichet.domain.vocabulaire import Mois
from guichet.law import assemblage, demandes, ensembles
from guichet.law.lean import LeanSimulation
from guichet.law.reference import whole_system
from guichet.law.situation import Demande, _lit_situation
from guichet.law.sous_entendus import complete


def simulation(situation: dict[str, Any], mois: Mois, *variables: str) -> LeanSimulation:
    """A simulation that answers `variables`, and all that the sheets read."""
    lue = _lit_situation(situation, mois, "guichet")  # a published amount may be that of a month before June 2012
    complete(lue, mois, whole_system().variables)
    demande = Demande(lue, variables, mois)
    arrays = assemblage.columns_of([demande], whole_system())
    forme = assemblage.shape_of([demande], whole_system())
    return ensembles.simulation(forme, arrays, variables, mois, demandes._doyen([demande]))


def premier(variable: str, situation: dict[str, Any], mois: Mois, periode: object = None) -> float:
    """The value of `variable` for the first person or group."""
    return float(simulation(situation, mois, variable).calculate(variable, str(periode or mois))[0])
