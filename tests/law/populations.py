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

PLURALS = {"famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}


NEVER = "9999-12-31"
"""OpenFisca's date of what has not happened: nobody writes it."""


def population(count, mois, seed, *, elliptical=False, loi="guichet"):
    """`elliptical`: some ages instead of births, the home of the month alone, earnings from the third month before."""
    drawn = menages(count, mois, seed, whole_system())
    known = whole_system(loi).variables
    arrays = {(name, text): values for (name, text), values in drawn.arrays.items() if name in known}
    if elliptical:
        arrays = {key: values for key, values in arrays.items() if not _goes_without_saying(*key, mois)}
    return Menages(mois, drawn.shape, arrays)


def _goes_without_saying(name, text, mois):
    variable = whole_system().variables[name]
    if variable.entity.key == "menage" and variable.definition_period == "month":
        return text != str(mois)
    return name in EARNINGS and text <= str(mois - MONTHS_BEFORE)


def columns_of(drawn, *, as_ages=False):
    """The values as they are told, by entity, variable and period; None where nothing is. Some births become ages."""
    told = {}
    for (name, text), values in drawn.arrays.items():
        entity = whole_system().variables[name].entity.key
        texts = values.decode_to_str() if hasattr(values, "decode_to_str") else values
        lists = (texts.astype(str) if values.dtype.kind in "MS" else texts).tolist()
        told.setdefault(entity, {})[name, text] = [None if value == NEVER else value for value in lists]
    if as_ages:
        births = told["individu"]["date_naissance", "ETERNITY"]
        for rank, name in ((1, "age"), (2, "age_en_mois")):
            told["individu"][name, str(drawn.mois)] = [
                _age(text, drawn.mois, AGES[name]) if here % 3 == rank else None for here, text in enumerate(births)
            ]
        told["individu"]["date_naissance", "ETERNITY"] = [None if here % 3 else text for here, text in enumerate(births)]
    return told


def _age(text, mois, unit):
    born = np.datetime64(text, "M").astype(int)
    return int((np.datetime64(str(mois), "M").astype(int) - born - 1) // unit)


def as_tables(drawn, **options):
    """The four tables: identifiers that do not look alike, columns with and without a month."""
    told = columns_of(drawn, **options)
    tables = {"individus": {"id": [f"p{rank}" for rank in range(len(drawn.shape["famille"].ranks))]}}
    for entity, groups in drawn.shape.items():
        _, firsts = np.unique(groups.ranks, return_index=True)
        order = np.argsort(firsts)  # as their first persons come
        tables["individus"][f"{entity}_id"] = groups.ranks.tolist()
        tables["individus"][f"{entity}_role"] = groups.texts.tolist()
        given = told.get(entity, {})
        tables[PLURALS[entity]] = {"id": order.tolist()}
        tables[PLURALS[entity]] |= {
            _header(key, drawn.mois): [values[rank] for rank in order] for key, values in given.items()
        }
    tables["individus"] |= {_header(key, drawn.mois): values for key, values in told["individu"].items()}
    return {name: pa.table(given) for name, given in tables.items()}


def _header(key, mois):
    name, text = key
    return name if text in ("ETERNITY", str(mois)) else f"{name}@{text}"


def written(folder: Path, tables, suffix="parquet"):
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        write = pa.parquet.write_table if suffix == "parquet" else pa.csv.write_csv
        write(rows, folder / f"{name}.{suffix}")
    return folder


def as_questions(drawn, variables, **options):
    """One question for each dwelling: all its families and tax households are its own."""
    told = columns_of(drawn, **options)
    dwellings = drawn.shape["menage"].ranks
    questions = []
    for dwelling in range(drawn.shape["menage"].count):
        persons = np.flatnonzero(dwellings == dwelling)
        situation = {"individus": {f"p{rank}": _content(told["individu"], rank) for rank in persons}}
        for entity, groups in drawn.shape.items():
            situation[PLURALS[entity]] = {
                f"g{number}": _content(told.get(entity, {}), number) | _members(entity, groups, persons, number)
                for number in np.unique(groups.ranks[persons])
            }
        questions.append({"situation": situation, "variables": list(variables), "period": str(drawn.mois)})
    return questions


def _content(given, rank):
    content = {}
    for (name, text), values in given.items():
        if values[rank] is not None:
            content.setdefault(name, {})[text] = values[rank]
    return content


ROLES = {
    "demandeur": "parents",
    "declarant_principal": "declarants",
    "personne_de_reference": "personne_de_reference",
    "personne_a_charge": "personnes_a_charge",
    "enfant": "enfants",
    "autre": "autres",
}
CONJOINT = {"famille": "parents", "foyer_fiscal": "declarants", "menage": "conjoint"}


def _members(entity, groups, persons, number):
    members = {}
    for rank in persons:
        if groups.ranks[rank] == number:
            role = groups.keys[groups.roles[rank]]
            members.setdefault(CONJOINT[entity] if role == "conjoint" else ROLES[role], []).append(f"p{rank}")
    return members
