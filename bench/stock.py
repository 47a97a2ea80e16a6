"""Stock OpenFisca-France, for a process that never imports our law: ours makes some of OpenFisca's methods faster."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france import FranceTaxBenefitSystem

from bench.chrono import chronometre


@functools.cache
def systeme() -> TaxBenefitSystem:
    return FranceTaxBenefitSystem()


def connues(situation: dict[str, Any]) -> dict[str, Any]:
    """`situation` without the variables of our extension, which OpenFisca-France refuses."""
    groupes = {"parents", "enfants", "declarants", "personnes_a_charge", "personne_de_reference", "conjoint"}
    gardees = groupes | systeme().variables.keys()
    return {
        pluriel: {nom: {v: contenu[v] for v in contenu if v in gardees} for nom, contenu in instances.items()}
        for pluriel, instances in situation.items()
    }


def calcule(situation: dict[str, Any], variables: tuple[str, ...], mois: str) -> tuple[float, float]:
    """Milliseconds and total of one household."""

    def simule() -> float:
        simulation = SimulationBuilder().build_from_entities(systeme(), situation)
        return sum(round(float(simulation.calculate(variable, mois).sum()), 2) for variable in variables)

    temps, montant = chronometre(simule)
    return temps, montant


def lot(groupes: dict[str, Any], colonnes: dict[tuple[str, str], Any], variables: list[str], mois: str) -> float:
    """Milliseconds of all `variables` for a population given as arrays; making its simulation is not counted."""
    simulation = _simulation(groupes, colonnes)
    connues = [systeme().variables[nom] for nom in variables if nom in systeme().variables]
    periodes = {variable.name: mois[:4] if variable.definition_period == "year" else mois for variable in connues}
    temps, _ = chronometre(lambda: [simulation.calculate(nom, periode) for nom, periode in periodes.items()])
    return temps


def _simulation(groupes: dict[str, Any], colonnes: dict[tuple[str, str], Any]) -> Simulation:
    constructeur = SimulationBuilder()
    constructeur.create_entities(systeme())
    constructeur.declare_person_entity("individu", np.arange(len(groupes["famille"][0])))
    for cle, (rangs, roles) in groupes.items():
        groupe = constructeur.declare_entity(cle, np.arange(rangs.max() + 1))
        constructeur.join_with_persons(groupe, rangs, roles)
    simulation = constructeur.build(systeme())
    for (nom, periode), valeurs in colonnes.items():
        if nom in systeme().variables:
            simulation.set_input(nom, periode, valeurs)
    return simulation
