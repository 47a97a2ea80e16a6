"""Random households, written twice: as tables, and as one question for each dwelling and those who live there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from menages import Menages, menages

from guichet.law.ages import AGES
from guichet.law.implied import EARNINGS, MONTHS_BEFORE
from guichet.law.reference import whole_system

PLURIELS = {"famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}


JAMAIS = "9999-12-31"
"""OpenFisca's date of what has not happened: nobody writes it."""


def population(nombre, mois, graine, *, elliptique=False, loi="guichet"):
    """`elliptique`: some ages instead of births, the home of the month alone, earnings from the third month before."""
    tirees = menages(nombre, mois, graine, whole_system())
    connues = whole_system(loi).variables
    arrays = {(nom, texte): valeurs for (nom, texte), valeurs in tirees.arrays.items() if nom in connues}
    if elliptique:
        arrays = {cle: valeurs for cle, valeurs in arrays.items() if not _s_entend(*cle, mois)}
    return Menages(mois, tirees.shape, arrays)


def _s_entend(nom, texte, mois):
    variable = whole_system().variables[nom]
    if variable.entity.key == "menage" and variable.definition_period == "month":
        return texte != str(mois)
    return nom in EARNINGS and texte <= str(mois - MONTHS_BEFORE)


def colonnes(tirees, *, en_ages=False):
    """The values as they are told, by entity, variable and period; None where nothing is. Some births become ages."""
    dites = {}
    for (nom, texte), valeurs in tirees.arrays.items():
        entite = whole_system().variables[nom].entity.key
        textes = valeurs.decode_to_str() if hasattr(valeurs, "decode_to_str") else valeurs
        listes = (textes.astype(str) if valeurs.dtype.kind in "MS" else textes).tolist()
        dites.setdefault(entite, {})[nom, texte] = [None if valeur == JAMAIS else valeur for valeur in listes]
    if en_ages:
        naissances = dites["individu"]["date_naissance", "ETERNITY"]
        for rang, nom in ((1, "age"), (2, "age_en_mois")):
            dites["individu"][nom, str(tirees.mois)] = [
                _age(texte, tirees.mois, AGES[nom]) if ici % 3 == rang else None for ici, texte in enumerate(naissances)
            ]
        dites["individu"]["date_naissance", "ETERNITY"] = [
            None if ici % 3 else texte for ici, texte in enumerate(naissances)
        ]
    return dites


def _age(texte, mois, unite):
    ne = np.datetime64(texte, "M").astype(int)
    return int((np.datetime64(str(mois), "M").astype(int) - ne - 1) // unite)


def en_tables(tirees, **options):
    """The four tables: identifiers that do not look alike, columns with and without a month."""
    dites = colonnes(tirees, **options)
    tables = {"individus": {"id": [f"p{rang}" for rang in range(len(tirees.shape["famille"].ranks))]}}
    for entite, groupe in tirees.shape.items():
        _, premiers = np.unique(groupe.ranks, return_index=True)
        ordre = np.argsort(premiers)  # as their first persons come
        tables["individus"][f"{entite}_id"] = groupe.ranks.tolist()
        tables["individus"][f"{entite}_role"] = groupe.roles.tolist()
        donnees = dites.get(entite, {})
        tables[PLURIELS[entite]] = {"id": ordre.tolist()}
        tables[PLURIELS[entite]] |= {
            _nom(cle, tirees.mois): [valeurs[rang] for rang in ordre] for cle, valeurs in donnees.items()
        }
    tables["individus"] |= {_nom(cle, tirees.mois): valeurs for cle, valeurs in dites["individu"].items()}
    return {nom: pa.table(donnees) for nom, donnees in tables.items()}


def _nom(cle, mois):
    nom, texte = cle
    return nom if texte in ("ETERNITY", str(mois)) else f"{nom}@{texte}"


def ecrit(dossier: Path, tables, suffixe="parquet"):
    dossier.mkdir(exist_ok=True)
    for nom, rows in tables.items():
        fonction = pa.parquet.write_table if suffixe == "parquet" else pa.csv.write_csv
        fonction(rows, dossier / f"{nom}.{suffixe}")
    return dossier


def en_questions(tirees, variables, **options):
    """One question for each dwelling: all its families and tax households are its own."""
    dites = colonnes(tirees, **options)
    logements = tirees.shape["menage"].ranks
    questions = []
    for logement in range(tirees.shape["menage"].count):
        personnes = np.flatnonzero(logements == logement)
        situation = {"individus": {f"p{rang}": _contenu(dites["individu"], rang) for rang in personnes}}
        for entite, groupe in tirees.shape.items():
            situation[PLURIELS[entite]] = {
                f"g{numero}": _contenu(dites.get(entite, {}), numero) | _membres(entite, groupe, personnes, numero)
                for numero in np.unique(groupe.ranks[personnes])
            }
        questions.append({"situation": situation, "variables": list(variables), "period": str(tirees.mois)})
    return questions


def _contenu(donnees, rang):
    contenu = {}
    for (nom, texte), valeurs in donnees.items():
        if valeurs[rang] is not None:
            contenu.setdefault(nom, {})[texte] = valeurs[rang]
    return contenu


ROLES = {
    "demandeur": "parents",
    "declarant_principal": "declarants",
    "personne_de_reference": "personne_de_reference",
    "personne_a_charge": "personnes_a_charge",
    "enfant": "enfants",
    "autre": "autres",
}
CONJOINT = {"famille": "parents", "foyer_fiscal": "declarants", "menage": "conjoint"}


def _membres(entite, groupe, personnes, numero):
    membres = {}
    for rang in personnes:
        if groupe.ranks[rang] == numero:
            role = groupe.roles[rang]
            membres.setdefault(CONJOINT[entite] if role == "conjoint" else ROLES[role], []).append(f"p{rang}")
    return membres
