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

PLAIN = """
import numpy as np
from openfisca_france import FranceTaxBenefitSystem
systeme = FranceTaxBenefitSystem()
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
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.simulations import SimulationBuilder
simulee = SimulationBuilder().build_from_entities(systeme, couple)
print([float(simulee.calculate(nom, "2013-01").sum()) for nom in ("aide_logement", "rsa", "aah", "af", "salaire_net")])
"""


@pytest.mark.parametrize("mois", DATES[1::4], ids=str)
def test_same_bits(loi, mois):
    lot = menages(40, mois, 2, loi)
    simple, legere = lot.simulation(loi, Simulation), lot.simulation(loi, LeanSimulation)
    for nom in sorted({nom for fiche in fiches().values() for nom, _ in fiche.read} & loi.variables.keys()):
        if loi.variables[nom].definition_period == "month":
            attendu, obtenu = _valeur(simple, nom, mois), _valeur(legere, nom, mois)
            assert np.array_equal(attendu, obtenu, equal_nan=not isinstance(attendu, str)), nom


def _valeur(simulee, nom, mois):
    try:
        return np.asarray(simulee.calculate(nom, str(mois))).astype(float)
    except ParameterNotFoundError as erreur:  # a benefit that does not exist yet
        return str(erreur)


def test_untouched_openfisca_says_the_same():
    """Our measures against an OpenFisca that never saw them, in a process of its own."""
    programmes = (PLAIN, "import guichet.law.reference\n" + PLAIN)
    reponses = [
        subprocess.run([sys.executable, "-c", programme], capture_output=True, text=True, check=True).stdout
        for programme in programmes
    ]
    assert reponses[0] == reponses[1] != ""
