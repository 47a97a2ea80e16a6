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

PAR_LOT = 40
LOTS = 5  # households of a lot share their inputs: many small lots make many signatures
STOCK = ("aide_logement", "rsa", "ppa", "aah", "caah", "af", "cf", "asf", "ars", "aeeh", "paje_base", "paje_naissance")


@pytest.mark.parametrize("mois", DATES, ids=str)
def test_pruned_equals_whole(loi, mois):
    vastes = 0
    for graine in range(LOTS):
        lot = menages(PAR_LOT, mois, graine, loi) if graine % 2 else _comme_un_simulateur(mois, graine, loi)
        elaguees = _elaguees(lot, loi)
        vastes += len(elaguees) >= len(pruning.FRONTIER) // 2
        entier = lot.simulation(loi, Simulation)
        elague = lot.simulation(pruned_system(elaguees), LeanSimulation)
        for nom in _demandees(loi):
            periode = str(mois.annee) if loi.variables[nom].definition_period == "year" else str(mois)
            ecart = np.abs(entier.calculate(nom, periode) - elague.calculate(nom, periode))
            assert ecart.max() < 0.005, f"{nom}, lot {graine}, rows {np.nonzero(ecart >= 0.005)[0]}"
    assert vastes >= 0.8 * LOTS, "the pruned system leaves out too little to be worth having"


def _comme_un_simulateur(mois, graine, loi):
    tires = foyers(PAR_LOT, mois, graine)
    return Menages(mois, columns.shape_of(tires), columns.columns_of(tires, mois, loi))


def _demandees(loi):
    return list(dict.fromkeys((*STOCK, *(fiche.montant for fiche in fiches().values()))))


def _elaguees(lot, loi):
    """All that can be left out, even what is asked: what is left out answers as the whole does."""
    donnees = columns.given(lot.arrays)
    return pruning.left_out(loi, donnees, frozenset(), pruning.too_young(lot.oldest, lot.mois))
