"""The headers of the tables: what is given, and whether what is asked can be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guichet.law import SituationError
from guichet.law.reference import whole_system
from guichet.law.situation import period_of, read_month, read_period_of, read_variable, read_variables
from guichet.law.tables import GROUPES, Question
from guichet.law.values import label

APPARTENANCES = {f"{groupe}_{quoi}": groupe for groupe in GROUPES.values() for quoi in ("id", "role")}
"""The columns of a person that say her groups."""


def lit_question(entetes: Mapping[str, Sequence[str]], variables: Sequence[str], period: str, loi: str) -> Question:
    """The question that the headers of the four tables (by table) and the command ask. Raises SituationError."""
    mois = read_month(period)
    demandees = read_variables(list(variables), loi)
    connues = whole_system(loi).variables
    if len({connues[nom].entity.key for nom in demandees}) > 1:
        for nom in demandees:
            if connues[nom].entity.key == "individu" and not _s_ajoute(connues[nom]):
                raise SituationError(
                    f"variables.{nom}: its values are no numbers, they cannot be summed over a family; ask for it alone."
                )
    entites = {entite.plural: entite for entite in whole_system(loi).entities}
    donnees = {table: _donnees(table, noms, entites[table], mois, loi) for table, noms in entetes.items()}
    return Question(mois, demandees, loi, donnees)


def _s_ajoute(variable: Any) -> bool:
    return variable.value_type in (bool, int, float) and getattr(variable, "possible_values", None) is None


def _donnees(table: str, noms: Sequence[str], entite: Any, mois: Any, loi: str) -> dict[str, tuple[str, str]]:
    sans_valeur = {"id", *(APPARTENANCES if table == "individus" else ())}
    for nom in sorted(sans_valeur):
        if nom not in noms:
            raise SituationError(f"{table}: the column {nom} is missing.")
    donnees: dict[str, tuple[str, str]] = {}
    for nom in noms:
        chemin = f"{table}, column {label(nom)}"
        if noms.count(nom) > 1:
            raise SituationError(f"{chemin}: there are two columns of this name.")
        if nom not in sans_valeur:
            donnee = _donnee(nom, entite, mois, loi, chemin)
            if donnee in donnees.values():
                raise SituationError(f"{chemin}: another column gives {donnee[0]} for {donnee[1]}.")
            donnees[nom] = donnee
    return donnees


def _donnee(nom: str, entite: Any, mois: Any, loi: str, chemin: str) -> tuple[str, str]:
    """The variable and the period of a column named `loyer` or `loyer@2026-09`."""
    sujet, arobase, periode = nom.partition("@")
    variable = read_variable(sujet, entite, loi, chemin)
    return sujet, read_period_of(periode if arobase else period_of(variable, mois), variable, chemin)
