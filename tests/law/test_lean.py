"""The lean interpreter answers as the plain one, bit by bit, on everything that the sheets read."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from menages import DATES, menages
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.simulations import Simulation

from guichet.law.decomptes import fiches
from guichet.law.lean import LeanSimulation
from guichet.law.reference import whole_system

PLAIN = """
from openfisca_france import FranceTaxBenefitSystem
system = FranceTaxBenefitSystem()
"""
ASKED = """
couple = {
    "individus": {
        "a": {"date_naissance": {"ETERNITY": "1980-01-01"}, "salaire_de_base": {"year:2011:3": 42000}},
        "b": {"date_naissance": {"ETERNITY": "1982-01-01"}, "taux_incapacite": {"2013-01": 0.8}},
        "c": {"date_naissance": {"ETERNITY": "2008-01-01"}},
    },
    "familles": {"f": {"parents": ["a", "b"], "enfants": ["c"]}},
    "foyers_fiscaux": {"ff": {"declarants": ["a", "b"], "personnes_a_charge": ["c"]}},
    "menages": {
        "m": {
            "personne_de_reference": ["a"], "conjoint": ["b"], "enfants": ["c"],
            "loyer": {"2013-01": 600}, "statut_occupation_logement": {"2013-01": "locataire_vide"},
        }
    },
}
from openfisca_core.simulations import SimulationBuilder
simulated = SimulationBuilder().build_from_entities(system, couple)
names = ("aide_logement", "rsa", "aah", "af", "salaire_net")
answer = [float(simulated.calculate(name, "2013-01").sum()) for name in names]
"""


@pytest.mark.parametrize("mois", DATES[1::4], ids=str)
def test_same_bits(loi, mois):
    drawn = menages(40, mois, 2, loi)
    plain, lean = drawn.simulation(loi, Simulation), drawn.simulation(loi, LeanSimulation)
    calculated = 0
    for name in sorted({name for fiche in fiches().values() for name, _ in fiche.read} & loi.variables.keys()):
        if loi.variables[name].definition_period == "month":
            expected, found = _value(plain, name, mois), _value(lean, name, mois)
            assert np.array_equal(expected, found, equal_nan=not isinstance(expected, str)), name
            calculated += not isinstance(expected, str)
    assert calculated > 200


def _value(simulation, name, mois):
    try:
        return np.asarray(simulation.calculate(name, str(mois))).astype(float)
    except ParameterNotFoundError as error:  # a benefit that does not exist yet
        return str(error)


def test_untouched_openfisca_says_the_same():
    """Our measures, and how we build its system, against an OpenFisca that never saw them, in a process of its own."""
    program = f"{PLAIN}{ASKED}print(answer)"
    theirs = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    ours = {"system": whole_system("stock")}
    exec(ASKED, ours)
    assert theirs == f"{ours['answer']}\n"
    assert sum(amount > 0 for amount in ours["answer"]) > 2
