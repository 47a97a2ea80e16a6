"""The pruned system against the whole one: the same amounts, to the cent, on 2 400 random households at 12 dates."""

from __future__ import annotations

import numpy as np
import pytest
from menages import DATES, Menages, foyers, menages
from openfisca_core.simulations import Simulation

from guichet.law import columns, pruning
from guichet.law.decomptes import fiches
from guichet.law.lean import LeanSimulation
from guichet.law.reference import pruned_system

OF_A_DRAW = 40
DRAWS = 5  # households of a draw share their inputs: many small draws make many signatures
STOCK = ("aide_logement", "rsa", "ppa", "aah", "caah", "af", "cf", "asf", "ars", "aeeh", "paje_base", "paje_naissance")


@pytest.mark.parametrize("mois", DATES, ids=str)
def test_pruned_equals_whole(loi, mois):
    wide = 0
    for seed in range(DRAWS):
        drawn = menages(OF_A_DRAW, mois, seed, loi) if seed % 2 else _as_a_simulator_does(mois, seed, loi)
        left_out = _left_out(drawn, loi)
        wide += len(left_out) >= len(pruning.FRONTIER) // 2
        whole = drawn.simulation(loi, Simulation)
        pruned = drawn.simulation(pruned_system(left_out), LeanSimulation)
        for name in _asked(loi):
            period = str(mois.annee) if loi.variables[name].definition_period == "year" else str(mois)
            gap = np.abs(whole.calculate(name, period) - pruned.calculate(name, period))
            assert gap.max() < 0.005, f"{name}, draw {seed}, rows {np.nonzero(gap >= 0.005)[0]}"
    assert wide >= 0.8 * DRAWS, "the pruned system leaves out too little to be worth having"


def _as_a_simulator_does(mois, seed, loi):
    drawn = foyers(OF_A_DRAW, mois, seed)
    return Menages(mois, columns.shape_of(drawn), columns.columns_of(drawn, mois, loi))


def _asked(loi):
    return list(dict.fromkeys((*STOCK, *(fiche.montant for fiche in fiches().values()))))


def _left_out(drawn, loi):
    """All that can be left out, even what is asked: what is left out answers as the whole does."""
    given = columns.given(drawn.arrays)
    return pruning.left_out(loi, given, frozenset(), pruning.too_young(drawn.oldest, drawn.mois))
