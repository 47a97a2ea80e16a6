"""Questions in OpenFisca's words, answered.

Questions of one month that ask the same and give the same variables for the same periods are put side by side in one
simulation: a formula then runs once for all of them. In OpenFisca, a value given for one person at a period stops the
formula for everybody in the simulation, which is why only identical signatures may share one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder

from guichet.law import SituationError, assemblage, ensembles
from guichet.law.columns import Array, Shape
from guichet.law.lean import LeanSimulation
from guichet.law.reference import whole_system
from guichet.law.situation import Demande, lit_demande

Reponse = dict[str, float | str]


def calculate_many(questions: Sequence[dict[str, Any]], loi: str) -> list[Reponse | SituationError]:
    """See `guichet.law.calculate_many`."""
    lues = [_lit(question, loi) for question in questions]
    reponses = iter(repond([lue for lue in lues if isinstance(lue, Demande)], loi))
    return [next(reponses) if isinstance(lue, Demande) else lue for lue in lues]


def _lit(question: dict[str, Any], loi: str) -> Demande | SituationError:
    try:
        return lit_demande(question.get("situation"), question.get("variables"), question.get("period"), loi)
    except SituationError as erreur:
        return erreur
    except RecursionError:
        return SituationError("situation: its objects are nested too deep.")


def repond(demandes: Sequence[Demande], loi: str) -> list[Reponse | SituationError]:
    """The answer of each question, in order; a question that fails does not touch the others."""
    ensembles: dict[Any, list[int]] = {}
    for rang, demande in enumerate(demandes):
        ensembles.setdefault(_signature(demande), []).append(rang)
    reponses: dict[int, Reponse | SituationError] = {}
    for rangs in ensembles.values():
        reponses |= zip(rangs, _repond_ensemble([demandes[rang] for rang in rangs], loi), strict=True)
    return [reponses[rang] for rang in range(len(demandes))]


def _signature(demande: Demande) -> Any:
    donnees = frozenset(
        (nom, periode)
        for instances in demande.situation.values()
        for contenu in instances.values()
        for nom, valeurs in contenu.items()
        if isinstance(valeurs, dict)
        for periode in valeurs
    )
    return demande.mois, demande.variables, donnees


def _repond_ensemble(demandes: list[Demande], loi: str) -> list[Reponse | SituationError]:
    mois, variables = demandes[0].mois, demandes[0].variables
    try:
        simulee, forme = _simule(demandes, loi)
        calculees = ensembles.calcule(simulee, forme, variables, mois, len(demandes))
        columns = [_valeurs(simulee, nom, tableau, demandes) for nom, tableau in calculees.items()]
    except SituationError as erreur:
        if len(demandes) == 1:
            return [erreur]
        return [reponse for demande in demandes for reponse in _repond_ensemble([demande], loi)]
    if isinstance(simulee, LeanSimulation):
        simulee.forget()
    return [_reponse(demandes[rang], [colonne[rang] for colonne in columns]) for rang in range(len(demandes))]


def _reponse(demande: Demande, valeurs: list[float | str]) -> Reponse | SituationError:
    for nom, valeur in zip(demande.variables, valeurs, strict=True):
        if isinstance(valeur, float) and not math.isfinite(valeur):
            return SituationError(f"variables.{nom}: the result for {demande.mois} is not a number.")
    return dict(zip(demande.variables, valeurs, strict=True))


def _simule(demandes: list[Demande], loi: str) -> tuple[Simulation, Shape | None]:
    if loi == "stock":
        return ensembles.simule(lambda: _simule_stock(demandes)), None
    forme = assemblage.shape_of(demandes, whole_system())
    return ensembles.simule(lambda: _simule_guichet(demandes, forme)), forme


def _simule_guichet(demandes: list[Demande], forme: Shape) -> Simulation:
    arrays = assemblage.columns_of(demandes, whole_system())
    return ensembles.simulation(forme, arrays, demandes[0].variables, demandes[0].mois, _doyen(demandes))


def _simule_stock(demandes: list[Demande]) -> Simulation:
    return SimulationBuilder().build_from_entities(whole_system("stock"), _cote_a_cote(demandes))


def _cote_a_cote(demandes: list[Demande]) -> dict[str, Any]:
    """One situation of them all: the person "a" of the question 3 becomes "3:a"."""
    ensemble: dict[str, Any] = {pluriel: {} for pluriel in demandes[0].situation}
    for rang, demande in enumerate(demandes):
        for pluriel, instances in demande.situation.items():
            for identifiant, contenu in instances.items():
                ensemble[pluriel][f"{rang}:{identifiant}"] = {
                    nom: [f"{rang}:{membre}" for membre in valeur] if isinstance(valeur, list) else valeur
                    for nom, valeur in contenu.items()
                }
    return ensemble


def _doyen(demandes: list[Demande]) -> date | None:
    personnes = [personne for demande in demandes for personne in demande.situation["individus"].values()]
    naissances = [min(p["date_naissance"].values()) for p in personnes if p.get("date_naissance")]
    return date.fromisoformat(min(naissances)) if len(naissances) == len(personnes) else None


def _valeurs(simulee: Simulation, nom: str, tableau: Array, demandes: list[Demande]) -> list[float | str]:
    """The value of a variable for each question: numbers are summed over its entities."""
    variable = simulee.tax_benefit_system.variables[nom]
    tailles = [len(demande.situation[variable.entity.plural]) for demande in demandes]
    if tableau.dtype.kind in "biuf" and getattr(variable, "possible_values", None) is None:
        sommes = np.bincount(np.repeat(np.arange(len(tailles)), tailles), tableau, len(tailles))
        return [round(somme, 2) for somme in sommes.tolist()]
    if max(tailles) > 1:
        raise SituationError(f"variables.{nom}: its values are no numbers, they cannot be summed over the entities.")
    textes = tableau.decode_to_str() if hasattr(tableau, "decode_to_str") else tableau
    return [valeur.decode() if isinstance(valeur, bytes) else str(valeur) for valeur in textes]
