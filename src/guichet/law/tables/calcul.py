"""A chunk of the tables, answered: arrays in OpenFisca's types, then the calculation that questions have too."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.simulations import Simulation

from guichet.law import SituationError, ages, calculation, columns, implied
from guichet.law.columns import Array, Columns, Shape
from guichet.law.explain import par_famille
from guichet.law.lean import LeanSimulation
from guichet.law.reference import whole_system
from guichet.law.tables import TABLES, Ou, Question, menages
from guichet.law.tables.decoupe import Morceau
from guichet.law.tables.valeurs import lit_colonne

NAISSANCE = ("date_naissance", "ETERNITY")
NON_DIT = -10_000
"""An age that is not told."""


def repond(question: Question, morceau: Morceau) -> pa.Table:
    """What is asked, a row for each instance of the entity of the variables; for each family when they have several.

    Raises SituationError.
    """
    system = whole_system(question.loi)
    nombres = {entite.key: morceau.tables[entite.plural].num_rows for entite in system.entities}
    forme = menages.shape_of(morceau.tables["individus"], morceau.ranks, nombres, morceau.lignes, system)
    arrays, doyen = _donnees(question, morceau, forme)
    variables, mois = question.variables, question.mois
    if question.loi == "stock":
        simulee = calculation.built(lambda: columns.filled(system, forme, arrays, Simulation))
        calculees = calculation.calculate(simulee, None, variables, mois, nombres["menage"])
    else:
        simulee = calculation.built(lambda: calculation.simulated(forme, arrays, variables, mois, doyen))
        calculees = calculation.calculate(simulee, forme, variables, mois, nombres["menage"])
    reponse = _reponse(question, morceau, simulee, calculees)
    if isinstance(simulee, LeanSimulation):
        simulee.forget()
    return reponse


def _donnees(question: Question, morceau: Morceau, forme: Shape) -> tuple[Columns, date | None]:
    """What the tables give, and the birth of the oldest person when all are known."""
    variables = whole_system(question.loi).variables
    arrays: dict[tuple[str, str], Array] = {}
    muettes: dict[tuple[str, str], Array] = {}
    colonnes: dict[tuple[str, str], Ou] = {}
    for table in TABLES:
        for colonne, donnee in question.donnees[table].items():
            colonnes[donnee] = Ou(table, colonne, morceau.lignes[table])
            lue = morceau.tables[table].column(colonne).combine_chunks()
            arrays[donnee] = lit_colonne(variables[donnee[0]], lue, colonnes[donnee])
            if donnee == NAISSANCE or donnee[0] in ages.AGES:
                muettes[donnee] = np.array(lue.is_null())
    if question.loi == "guichet":
        _ages_en_naissances(arrays, muettes, colonnes)
        _complete(question, arrays)
    if NAISSANCE not in arrays:
        return dict(arrays), None
    _verifie_naissances(question, morceau, forme, arrays[NAISSANCE], colonnes.get(NAISSANCE))
    inconnues = muettes[NAISSANCE].any()
    return dict(arrays), None if inconnues else arrays[NAISSANCE].min().astype(object)


def _ages_en_naissances(arrays: Any, muettes: dict[Any, Array], colonnes: dict[Any, Ou]) -> None:
    """Ages become dates of birth, as in a question; a date that is given stays."""
    dits = sorted((d for d in arrays if d[0] in ages.AGES), key=lambda d: list(ages.AGES).index(d[0]))
    if not dits:
        return
    lus = np.array([np.where(muettes[dit], NON_DIT, arrays.pop(dit)) for dit in dits]).astype(int)
    if NAISSANCE not in arrays:
        arrays[NAISSANCE] = whole_system().variables[NAISSANCE[0]].default_array(lus.shape[1])
        muettes[NAISSANCE] = np.ones(lus.shape[1], bool)
    a_trouver = np.flatnonzero(muettes[NAISSANCE] & (lus != NON_DIT).any(axis=0))
    distincts, premiers, codes = np.unique(lus[:, a_trouver], axis=1, return_index=True, return_inverse=True)
    naissances = []
    for distinct, premier in zip(distincts.T.tolist(), premiers, strict=True):
        connus = [(nom, texte, age) for (nom, texte), age in zip(dits, distinct, strict=True) if age != NON_DIT]
        ou = colonnes[connus[0][:2]]
        try:
            naissances.append(ages.birth(connus, ou.table))
        except SituationError:
            raise SituationError(f"{ou.ligne(a_trouver[premier])}: nobody is that old.") from None
    arrays[NAISSANCE][a_trouver] = np.array(naissances, "datetime64[D]")[codes.ravel()]
    muettes[NAISSANCE][a_trouver] = False


def _complete(question: Question, arrays: dict[tuple[str, str], Array]) -> None:
    """What the tables leave unsaid of the months before, as in a question."""
    variables = whole_system(question.loi).variables
    periodes: dict[str, list[str]] = {}
    for nom, texte in arrays:
        periodes.setdefault(nom, []).append(texte)
    for nom, dites in periodes.items():
        for texte, source in implied.added(variables[nom], dites, question.mois).items():
            arrays[nom, texte] = arrays[nom, source]


def _verifie_naissances(question: Question, morceau: Morceau, forme: Shape, naissances: Array, ou: Ou | None) -> None:
    """Who holds an adult's role is born by the end of the month."""
    a_naitre = naissances >= np.datetime64((question.mois + 1).premier_jour)
    if not a_naitre.any():
        return
    for entite, groupe in forme.items():
        trop_tot = np.flatnonzero(a_naitre & menages.adultes(groupe))
        if len(trop_tot):
            ici = (ou or Ou("individus", "age", morceau.lignes["individus"])).ligne(trop_tot[0])
            role = groupe.roles[trop_tot[0]]
            raise SituationError(f"{ici}: this person is born after {question.mois}, and {role} of a {entite}.")


def _reponse(question: Question, morceau: Morceau, simulee: Simulation, calculees: dict[str, Array]) -> pa.Table:
    variables = simulee.tax_benefit_system.variables
    entites = {variables[nom].entity.plural: variables[nom].entity.key for nom in question.variables}
    (table, entite), *autres = entites.items()
    if autres:
        table, entite = "familles", "famille"
    ou = Ou(table, "id", morceau.lignes[table])
    reponse = {f"{entite}_id": morceau.tables[table].column("id").combine_chunks()}
    for nom, tableau in calculees.items():
        par_instance = par_famille(simulee, nom, tableau) if autres else tableau
        reponse[nom] = _lisible(variables[nom], par_instance, ou, question)
    return pa.table(reponse)


def _lisible(variable: Any, tableau: Array, ou: Ou, question: Question) -> pa.Array:
    """The values as they are written: amounts to the cent, choices by their names."""
    if hasattr(tableau, "decode_to_str"):
        return pa.array(tableau.decode_to_str())
    if variable.value_type is float:
        montants = np.round(tableau.astype(float), 2)
        if not np.isfinite(montants).all():
            rang = np.flatnonzero(~np.isfinite(montants))[0]
            raise SituationError(f"{ou.ligne(rang)}: {variable.name} for {question.mois} is not a number.")
        return pa.array(montants)
    if variable.value_type in (bool, int):
        return pa.array(tableau.astype(variable.value_type))
    return pa.array(tableau if variable.value_type is date else tableau.astype(str))
