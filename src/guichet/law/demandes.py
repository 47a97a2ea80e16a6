"""Questions in OpenFisca's words, answered.

Questions of one month that ask the same and give the same variables for the same periods are put side by side in one
simulation: a formula then runs once for all of them. In OpenFisca, a value given for one person at a period stops the
formula for everybody in the simulation, which is why only identical signatures may share one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.errors import PeriodMismatchError, SituationParsingError
from openfisca_core.simulations import Simulation, SimulationBuilder

from guichet.law import SituationError, assemblage, columns, elagage
from guichet.law.lean import SimulationLegere
from guichet.law.programs.questions import Asked, QuestionPrograms
from guichet.law.reference import systeme, systeme_pour
from guichet.law.situation import Demande, lit_demande, periode_de

Reponse = dict[str, float | str]
PROGRAMMES = QuestionPrograms()
"""The programs of this process."""
_TOTAL = re.compile(r"variable (\w+) has already been set for all \w+ contained in period ([^,]+),")


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
    try:
        simulee = _simule(demandes, loi)
        calcules = _par_un_programme(simulee, demandes)
        colonnes = [_valeurs(simulee, calcules, nom, demandes) for nom in demandes[0].variables]
    except SituationError as erreur:
        if len(demandes) == 1:
            return [erreur]
        return [reponse for demande in demandes for reponse in _repond_ensemble([demande], loi)]
    if isinstance(simulee, SimulationLegere):
        simulee.oublie()
    return [_reponse(demandes[rang], [colonne[rang] for colonne in colonnes]) for rang in range(len(demandes))]


def _reponse(demande: Demande, valeurs: list[float | str]) -> Reponse | SituationError:
    for nom, valeur in zip(demande.variables, valeurs, strict=True):
        if isinstance(valeur, float) and not math.isfinite(valeur):
            return SituationError(f"variables.{nom}: the result for {demande.mois} is not a number.")
    return dict(zip(demande.variables, valeurs, strict=True))


def _simule(demandes: list[Demande], loi: str) -> Simulation:
    try:
        return _simule_stock(demandes) if loi == "stock" else _simule_guichet(demandes)
    except SituationParsingError as erreur:
        raise SituationError(f"situation{_phrase(erreur.error)}") from None
    except (PeriodMismatchError, ValueError) as erreur:
        trouve = _TOTAL.search(str(erreur))
        raise SituationError(
            f"situation: {trouve[1]} is given for {trouve[2]} and for each of its parts, which do not add up to it."
            if trouve
            else f"situation: {_une_ligne(erreur)}"
        ) from None


def _simule_guichet(demandes: list[Demande]) -> SimulationLegere:
    """On the cheapest system that answers."""
    arrays = assemblage.colonnes(demandes, systeme())
    jeunes = elagage.trop_jeunes(_doyen(demandes), demandes[0].mois)
    france = systeme_pour(columns.donnees(arrays), demandes[0].variables, jeunes)
    simulee: SimulationLegere = columns.remplit(france, assemblage.structure(demandes, france), arrays, SimulationLegere)
    return simulee


def _simule_stock(demandes: list[Demande]) -> Simulation:
    return SimulationBuilder().build_from_entities(systeme("stock"), _cote_a_cote(demandes))


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


def _par_un_programme(simulee: Simulation, demandes: list[Demande]) -> Mapping[Asked, Any]:
    """The arrays that a program gives, by variable and period; nothing when there is none."""
    if not isinstance(simulee, SimulationLegere):
        return {}
    variables = simulee.tax_benefit_system.variables
    demandees = [(nom, periode_de(variables[nom], demandes[0].mois)) for nom in demandes[0].variables]
    forme = assemblage.structure(demandes, simulee.tax_benefit_system)
    return PROGRAMMES.answer(simulee, forme, demandees, demandes[0].mois, len(demandes)) or {}


def _valeurs(simulee: Simulation, calcules: Mapping[Asked, Any], nom: str, demandes: list[Demande]) -> list[float | str]:
    """The value of a variable for each question: numbers are summed over its entities."""
    variable = simulee.tax_benefit_system.variables[nom]
    mois = demandes[0].mois
    periode = periode_de(variable, mois)
    try:
        tableau = calcules[nom, periode] if (nom, periode) in calcules else simulee.calculate(nom, periode)
    except Exception as erreur:  # any fault of a formula is the answer to this question, never the end of a batch
        raise SituationError(f"variables.{nom}: cannot be computed for {mois}: {_une_ligne(erreur)}") from erreur
    tailles = [len(demande.situation[variable.entity.plural]) for demande in demandes]
    if tableau.dtype.kind in "biuf" and getattr(variable, "possible_values", None) is None:
        sommes = np.bincount(np.repeat(np.arange(len(tailles)), tailles), tableau, len(tailles))
        return [round(somme, 2) for somme in sommes.tolist()]
    if max(tailles) > 1:
        raise SituationError(f"variables.{nom}: its values are no numbers, they cannot be summed over the entities.")
    textes = tableau.decode_to_str() if hasattr(tableau, "decode_to_str") else tableau
    return [valeur.decode() if isinstance(valeur, bytes) else str(valeur) for valeur in textes]


def _phrase(erreur: Any) -> str:
    """OpenFisca's error tree, {"menages": {"m": {"loyer": "..."}}}, as ".menages.m.loyer: ..."."""
    chemin = ""
    while isinstance(erreur, dict) and erreur:
        cle, erreur = next(iter(erreur.items()))
        chemin += f".{cle}"
    return f"{chemin}: {_une_ligne(erreur)}"


def _une_ligne(erreur: Any) -> str:
    return " ".join(str(erreur).split())[:200] or type(erreur).__name__
