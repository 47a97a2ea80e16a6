"""Our engine, for a process of its own; and the same households in OpenFisca's words, for the other two."""

from __future__ import annotations

import functools
import resource
import sys
from typing import Any

from bench.chrono import chronometre
from bench.foyers import Question, population
from guichet import law
from guichet.domain.droits import Prestation
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import Mois

Situation = dict[str, dict[str, dict[str, Any]]]
GROUPES = {
    "famille": ("familles", ("parents", "parents", "enfants")),
    "foyer_fiscal": ("foyers_fiscaux", ("declarants", "declarants", "personnes_a_charge")),
    "menage": ("menages", ("personne_de_reference", "conjoint", "enfants")),
}


FOIS_AVANT_LE_CODE = 30
"""Questions after which a program is compiled."""
MENAGES_D_UN_TABLEAU = 5000


def prepare(questions: tuple[Question, ...], mois: Mois) -> None:
    """Programs at `mois`, compiled, for these questions."""
    from guichet.law import foyers as calcul

    law.build_programs(mois)
    for _ in range(2):  # the programs, then their code
        for question in questions:
            for _ in range(FOIS_AVANT_LE_CODE):
                law.droits([question.foyer(mois)], mois, question.prestations)
        calcul.PROGRAMS.ready()


def calcule(situation: Situation, variables: tuple[str, ...], mois: Mois) -> tuple[float, float]:
    """Milliseconds and total, as one asks in OpenFisca's words: the interpreter answers."""
    temps, reponse = chronometre(lambda: law.calculate(situation, variables, str(mois)))
    return temps, sum(float(reponse[variable]) for variable in variables)


def explique(question: Question, mois: Mois) -> float:
    """Milliseconds, as a page of the site asks: with the lines of each amount."""
    return chronometre(lambda: law.droits([question.foyer(mois)], mois, question.prestations))[0]


def lot(nombre: int, mois: Mois) -> tuple[float, float]:
    """All benefits of a population by the interpreter: milliseconds, and the peak memory of this process, in MB."""
    foyers = population(nombre, mois)
    temps, _ = chronometre(lambda: law.montants(foyers, mois))
    return temps, _memoire()


def lot_par_programme(nombre: int, mois: Mois, prestations: tuple[Prestation, ...]) -> tuple[float, float]:
    """Milliseconds of a compiled program for a population given as arrays, and the peak memory, in MB."""
    from guichet.law.programs.program import Households

    programme, lots = _programme(nombre, mois, prestations)
    temps, _ = chronometre(lambda: [programme.run(arrays, Households(forme)) for arrays, forme in lots])
    return temps, _memoire()


@functools.cache
def _programme(nombre: int, mois: Mois, prestations: tuple[Prestation, ...]) -> tuple[Any, list[Any]]:
    from guichet.law import columns
    from guichet.law import foyers as calcul
    from guichet.law.decomptes import fiches
    from guichet.law.programs.program import Households
    from guichet.law.reference import whole_system

    foyers = population(nombre, mois)
    lots = []
    for debut in range(0, nombre, MENAGES_D_UN_TABLEAU):
        quelques = foyers[debut : debut + MENAGES_D_UN_TABLEAU]
        lots.append((columns.columns_of(quelques, mois, whole_system()), columns.shape_of(quelques)))
    law.build_programs(mois)
    lues = frozenset().union(*(fiches()[prestation].read_for_montant for prestation in prestations))
    donnees = lots[0][0].keys()
    calcul.PROGRAMS.program_for(mois, donnees, lues, nombre)
    calcul.PROGRAMS.ready()
    programme = calcul.PROGRAMS.program_for(mois, donnees, lues, nombre)
    if programme is None or any(arrays.keys() != donnees for arrays, _ in lots):
        raise RuntimeError(f"{mois}: no program for these households.")
    programme.run(lots[0][0], Households(lots[0][1]))
    programme.ready()
    return programme, lots


def _memoire() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def situation(question: Question, mois: Mois) -> Situation:
    """The household of `question`, with all that we compute from."""
    from guichet.law.reference import whole_system

    personnes = question.foyer(mois).personnes
    noms = [f"personne {rang}" for rang in range(len(personnes))]
    ecrite: Situation = {"individus": {nom: {} for nom in noms}}
    for pluriel, roles in GROUPES.values():
        ecrite[pluriel] = {"_": {}}
        for nom, personne in zip(noms, personnes, strict=True):
            ecrite[pluriel]["_"].setdefault(roles[list(Role).index(personne.role)], []).append(nom)
    for (variable, periode), valeurs in _colonnes([question.foyer(mois)], mois).items():
        instances = ecrite[whole_system().variables[variable].entity.plural].values()
        for instance, valeur in zip(instances, valeurs.tolist(), strict=True):
            instance.setdefault(variable, {})[periode] = valeur
    return ecrite


def tableaux(nombre: int, mois: Mois) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """A population as arrays: the group and the role of each person, by entity; the inputs, by variable and period."""
    from guichet.law import columns

    foyers = population(nombre, mois)
    groupes = {cle: (groupe.ranks, groupe.roles) for cle, groupe in columns.shape_of(foyers).items()}
    return groupes, _colonnes(foyers, mois)


def _colonnes(foyers: list[Any], mois: Mois) -> dict[tuple[str, str], Any]:
    """Our inputs, in types that any process and JSON can read: choices by their names, dates as texts."""
    from guichet.law import columns
    from guichet.law.reference import whole_system

    return {cle: _lisible(valeurs) for cle, valeurs in columns.columns_of(foyers, mois, whole_system()).items()}


def _lisible(valeurs: Any) -> Any:
    if hasattr(valeurs, "decode_to_str"):
        return valeurs.decode_to_str()
    return valeurs.astype(str) if valeurs.dtype.kind == "M" else valeurs
