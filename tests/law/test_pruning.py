"""What is left out changes nothing: each variable of the frontier is at its default when its roots are not given."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from menages import DATES, menages
from openfisca_core.simulations import Simulation

from guichet.domain.vocabulaire import Mois
from guichet.law import calculate, columns, pruning
from guichet.law.lean import LeanSimulation

MENAGE = {
    "familles": {"f": {"parents": ["a"]}},
    "foyers_fiscaux": {"ff": {"declarants": ["a"]}},
    "menages": {"m": {"personne_de_reference": ["a"], "statut_occupation_logement": "locataire_vide", "loyer": 400}},
}


@pytest.mark.parametrize("mois", DATES[::3], ids=str)
def test_frontier_is_at_its_default_without_its_roots(loi, mois):
    drawn = menages(60, mois, 1, loi)
    young = drawn.arrays["date_naissance", "ETERNITY"] > np.datetime64(mois.first_day) - np.timedelta64(60 * 365, "D")
    for name in pruning.FRONTIER:
        variable = loi.variables[name]
        forbidden = pruning.roots(loi, name) | {name}
        kept = {key: array for key, array in drawn.arrays.items() if key[0] not in forbidden}
        if name == "aspa":
            younger = np.where(young, kept["date_naissance", "ETERNITY"], np.datetime64(f"{mois.annee - 30}-01-01"))
            kept["date_naissance", "ETERNITY"] = younger
        simulation = columns.filled(loi, drawn.shape, kept, LeanSimulation)
        for back in (0, 2):
            m = mois - back
            period = str(m.annee - 1) if variable.definition_period == "year" else str(m)
            value = np.asarray(simulation.calculate(name, period))
            default = np.asarray(variable.default_array(len(value)))
            assert (value == default).all(), f"{name} {period}"


def test_dependencies_hold_all_that_runs_read(loi):
    """Every read that a real run makes is in the graph made from the code."""
    graph = pruning.dependencies(loi)
    for mois in (Mois(2013, 1), Mois(2026, 11)):
        drawn = menages(5, mois, 1, loi)
        kept = {key: a for key, a in drawn.arrays.items() if key[0] in pruning.NEUTRAL}  # everything else computed
        simulation = columns.filled(loi, drawn.shape, kept, Simulation)
        simulation.trace = True
        for name in ("aide_logement", "rsa", "ppa", "aah", "af", "cf", "asf", "paje_base", "paje_cmg"):
            simulation.calculate(name, str(mois))
        nodes = list(simulation.tracer.trees)
        while nodes:
            node = nodes.pop()
            read = {child.name for child in node.children} - {node.name}
            assert read <= graph[node.name], f"{node.name} reads {read - graph[node.name]}"
            nodes += node.children


def test_gross_pay_keeps_the_pay_slip(loi):
    """Given gross, pay must be computed: the RSA is not that of someone without income."""
    situation = {"individus": {"a": {"date_naissance": "1980-01-01"}}, **MENAGE}
    without_pay = calculate(situation, ["rsa"], "2013-01")["rsa"]
    situation["individus"]["a"]["salaire_de_base"] = {str(m): 600 for m in Mois(2012, 1).until(Mois(2013, 1))}
    with_pay = calculate(situation, ["rsa"], "2013-01")["rsa"]
    assert "salaire_net" not in pruning.left_out(loi, frozenset({"salaire_de_base"}), frozenset({"rsa"}), True)
    assert with_pay < without_pay


def test_aah_household(loi):
    """The AAH is computed, and counts in the housing aid: no input stands for it."""
    situation = {
        "individus": {"a": {"date_naissance": "1975-01-01", "taux_incapacite": {"year:2012:2": 0.9}}},
        **MENAGE,
    }
    assert calculate(situation, ["aah"], "2013-01")["aah"] == 776.59


def test_what_is_asked_is_computed(loi):
    assert "rfr" not in pruning.left_out(loi, frozenset(), frozenset({"rfr"}), True)


def test_old_people_keep_the_aspa(loi):
    assert pruning.too_young(date(1980, 1, 1), Mois(2026, 11))
    assert not pruning.too_young(date(1964, 12, 1), Mois(2024, 11))
    assert not pruning.too_young(None, Mois(2024, 11))
    assert "aspa" not in pruning.left_out(loi, frozenset(), frozenset(), False)
