"""`python -m bench.population DIR N 2026-10 [--csv]`: four tables of N households that resemble a caisse's, for
`guichet calculate --table DIR`. The same number and month give the same households."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from guichet.domain.vocabulaire import Mois

AT_ONCE = 100_000
"""Households drawn together: memory stays flat."""
PERSONS, GROUPS = 9, 3
"""The most that a dwelling has of persons, of families and of tax households: identifiers leave room for them."""
PRINCIPAL, CONJOINT, ENFANT, HEBERGE = range(4)
ROLES = {
    "famille": ("demandeur", "conjoint", "enfant", "demandeur"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge", "declarant_principal"),
    "menage": ("personne_de_reference", "conjoint", "enfant", "autre"),
}
OCCUPATIONS = ("locataire_vide", "locataire_hlm", "locataire_meuble", "proprietaire")
Columns = dict[str, Any]


def drawn(number: int, mois: Mois, seed: int = 0, first: int = 0) -> dict[str, pa.Table]:
    """`number` dwellings: one or two adults, their children, sometimes a grown child with a family of their own."""
    chance = np.random.default_rng(seed)
    couples = chance.random(number) < 0.5
    children = chance.choice(6, number, p=(0.45, 0.2, 0.21, 0.09, 0.04, 0.01))
    lodgers = chance.random(number) < 0.06
    apart = couples & (chance.random(number) < 0.25)  # partners taxed apart
    sizes = 1 + couples + children + lodgers
    menage = np.repeat(np.arange(number), sizes)
    place = np.arange(len(menage)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    who = np.full(len(menage), ENFANT)
    who[place == 0] = PRINCIPAL
    who[(place == 1) & couples[menage]] = CONJOINT
    who[(place == sizes[menage] - 1) & lodgers[menage]] = HEBERGE
    alone = (who == CONJOINT) & apart[menage]
    numbers = {
        "menage": menage,
        "famille": _in_a_row(np.cumsum(1 + lodgers) - lodgers - 1, menage, who == HEBERGE),
        "foyer_fiscal": _in_a_row(
            np.cumsum(1 + apart + lodgers) - 1 - apart - lodgers,
            menage,
            alone + (who == HEBERGE) * (1 + apart[menage]),
        ),
    }
    individus: Columns = {"id": [f"p{PERSONS * first + rank:010d}" for rank in range(len(menage))]}
    for entity, roles in ROLES.items():
        held = np.array(roles)[who]
        if entity == "foyer_fiscal":
            held = np.where(alone, roles[PRINCIPAL], held)
        individus |= {f"{entity}_id": GROUPS * first + numbers[entity], f"{entity}_role": held}
    individus |= _persons(chance, mois, who)
    tables = {plural: {"id": _ids(numbers[entity], first)} for plural, entity in _PLURALS.items()}
    tables["menages"] |= _dwellings(chance, mois, number, sizes)
    return {name: pa.table(columns) for name, columns in ({"individus": individus} | tables).items()}


_PLURALS = {"familles": "famille", "foyers_fiscaux": "foyer_fiscal", "menages": "menage"}


def _in_a_row(starts: Any, menage: Any, rank: Any) -> Any:
    """The number of a group: those of a dwelling follow one another."""
    return starts[menage] + rank


def _ids(numbers: Any, first: int) -> Any:
    return GROUPS * first + np.arange(numbers.max() + 1)


def _persons(chance: Any, mois: Mois, who: Any) -> Columns:
    number = len(who)
    age = np.where(who == ENFANT, chance.integers(0, 19 * 365, number), chance.integers(22 * 365, 68 * 365, number))
    age = np.where(who == HEBERGE, chance.integers(20 * 365, 24 * 365, number), age)
    adult = who != ENFANT
    employed = adult & (chance.random(number) < 0.65)
    jobless = adult & ~employed & (chance.random(number) < 0.4)
    student = (who == HEBERGE) & ~employed & ~jobless
    wage = np.round(employed * chance.lognormal(7.2, 0.5, number), 2)
    jobless_pay = np.round(jobless * chance.normal(950, 250, number).clip(300), 2)
    activities = np.array(("actif", "chomeur", "etudiant", "inactif"))
    columns: Columns = {
        "date_naissance": np.datetime64(mois.first_day) - age,
        "activite": activities[np.select((employed, jobless, student), (0, 1, 2), 3)],
        "etudiant": student,
    }
    for back in range(4, -1, -1):
        varied = np.round(wage * chance.normal(1, 0.05, number).clip(0.5), 2)
        columns |= {f"salaire_net@{mois - back}": varied, f"chomage_net@{mois - back}": jobless_pay}
    for year in range(mois.annee - 2, mois.annee + 1):
        columns[f"salaire_imposable@{year}"] = np.round(wage * 12.4, 2)
        columns[f"chomage_imposable@{year}"] = np.round(jobless_pay * 12.2, 2)
    return columns


def _dwellings(chance: Any, mois: Mois, number: int, sizes: Any) -> Columns:
    status = chance.choice(4, number, p=(0.3, 0.3, 0.05, 0.35))
    return {
        "statut_occupation_logement": np.array(OCCUPATIONS)[status],
        "loyer": np.where(status == 3, 0, np.round(chance.normal(330, 90, number).clip(80) + 60 * sizes, 2)),
        "zone_apl": np.array(("zone_1", "zone_2", "zone_3"))[chance.choice(3, number, p=(0.2, 0.4, 0.4))],
    }


def write(folder: Path, number: int, mois: Mois, as_csv: bool = False) -> None:
    """Write the four tables of `number` households in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    writers: dict[str, Any] = {}
    for first in range(0, number, AT_ONCE):
        for name, rows in drawn(min(AT_ONCE, number - first), mois, first, first).items():
            if name not in writers:
                make = pa.csv.CSVWriter if as_csv else pa.parquet.ParquetWriter
                writers[name] = make(folder / f"{name}.{'csv' if as_csv else 'parquet'}", rows.schema)
            writers[name].write_table(rows)
    for writer in writers.values():
        writer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="bench.population", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("mois", type=Mois.parse, metavar="MONTH")
    parser.add_argument("--csv", action="store_true")
    options = parser.parse_args()
    write(options.folder, options.number, options.mois, options.csv)
