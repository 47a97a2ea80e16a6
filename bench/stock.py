"""Stock OpenFisca-France, for a process that never imports our law: ours makes some of OpenFisca's methods faster."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from openfisca_core.periods import period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france import FranceTaxBenefitSystem

from bench.stopwatch import timed


@functools.cache
def system() -> TaxBenefitSystem:
    return FranceTaxBenefitSystem()


def known(situation: dict[str, Any]) -> dict[str, Any]:
    """`situation` without the variables of our extension, which OpenFisca-France refuses."""
    groups = {"parents", "enfants", "declarants", "personnes_a_charge", "personne_de_reference", "conjoint"}
    kept = groups | system().variables.keys()
    return {
        plural: {name: {v: content[v] for v in content if v in kept} for name, content in instances.items()}
        for plural, instances in situation.items()
    }


def calculate(situation: dict[str, Any], variables: tuple[str, ...], mois: str) -> tuple[float, float]:
    """Milliseconds and total of one household."""

    def simulated() -> float:
        simulation = SimulationBuilder().build_from_entities(system(), situation)
        return sum(round(float(simulation.calculate(variable, mois).sum()), 2) for variable in variables)

    took, amount = timed(simulated)
    return took, amount


def batch(groups: dict[str, Any], columns: dict[tuple[str, str], Any], variables: list[str], mois: str) -> float:
    """Milliseconds of all `variables` for a population given as arrays; making its simulation is not counted."""
    simulation = _simulation(groups, columns)
    asked = [system().variables[name] for name in variables if name in system().variables]
    year = str(period(mois).this_year)
    periods = {variable.name: year if variable.definition_period == "year" else mois for variable in asked}
    took, _ = timed(lambda: [simulation.calculate(name, when) for name, when in periods.items()])
    return took


def _simulation(groups: dict[str, Any], columns: dict[tuple[str, str], Any]) -> Simulation:
    builder = SimulationBuilder()
    builder.create_entities(system())
    builder.declare_person_entity("individu", np.arange(len(groups["famille"][0])))
    for key, (ranks, roles) in groups.items():
        group = builder.declare_entity(key, np.arange(ranks.max() + 1))
        builder.join_with_persons(group, ranks, roles)
    simulation = builder.build(system())
    for (name, when), values in columns.items():
        if name in system().variables:
            simulation.set_input(name, when, values)
    return simulation
