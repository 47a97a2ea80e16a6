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

PAR_FOIS = 100_000
"""Households drawn together: memory stays flat."""
PERSONNES, GROUPES = 9, 3
"""The most that a dwelling has of persons, of families and of tax households: identifiers leave room for them."""
PRINCIPAL, CONJOINT, ENFANT, HEBERGE = range(4)
ROLES = {
    "famille": ("demandeur", "conjoint", "enfant", "demandeur"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge", "declarant_principal"),
    "menage": ("personne_de_reference", "conjoint", "enfant", "autre"),
}
OCCUPATIONS = ("locataire_vide", "locataire_hlm", "locataire_meuble", "proprietaire")
Colonnes = dict[str, Any]


def tires(nombre: int, mois: Mois, graine: int = 0, premier: int = 0) -> dict[str, pa.Table]:
    """`nombre` dwellings: one or two adults, their children, sometimes a grown child with a family of her own."""
    hasard = np.random.default_rng(graine)
    couples = hasard.random(nombre) < 0.5
    enfants = hasard.choice(6, nombre, p=(0.45, 0.2, 0.21, 0.09, 0.04, 0.01))
    heberges = hasard.random(nombre) < 0.06
    separes = couples & (hasard.random(nombre) < 0.25)  # partners taxed apart
    tailles = 1 + couples + enfants + heberges
    menage = np.repeat(np.arange(nombre), tailles)
    place = np.arange(len(menage)) - np.repeat(np.cumsum(tailles) - tailles, tailles)
    qui = np.full(len(menage), ENFANT)
    qui[place == 0] = PRINCIPAL
    qui[(place == 1) & couples[menage]] = CONJOINT
    qui[(place == tailles[menage] - 1) & heberges[menage]] = HEBERGE
    seul = (qui == CONJOINT) & separes[menage]
    numeros = {
        "menage": menage,
        "famille": _a_la_suite(np.cumsum(1 + heberges) - heberges - 1, menage, qui == HEBERGE),
        "foyer_fiscal": _a_la_suite(
            np.cumsum(1 + separes + heberges) - 1 - separes - heberges,
            menage,
            seul + (qui == HEBERGE) * (1 + separes[menage]),
        ),
    }
    individus: Colonnes = {"id": [f"p{PERSONNES * premier + rang:010d}" for rang in range(len(menage))]}
    for entite, roles in ROLES.items():
        tenus = np.array(roles)[qui]
        if entite == "foyer_fiscal":
            tenus = np.where(seul, roles[PRINCIPAL], tenus)
        individus |= {f"{entite}_id": GROUPES * premier + numeros[entite], f"{entite}_role": tenus}
    individus |= _personnes(hasard, mois, qui)
    tables = {pluriel: {"id": _ids(numeros[entite], premier)} for pluriel, entite in _PLURIELS.items()}
    tables["menages"] |= _logements(hasard, mois, nombre, tailles)
    return {nom: pa.table(colonnes) for nom, colonnes in ({"individus": individus} | tables).items()}


_PLURIELS = {"familles": "famille", "foyers_fiscaux": "foyer_fiscal", "menages": "menage"}


def _a_la_suite(debuts: Any, menage: Any, rang: Any) -> Any:
    """The number of a group: those of a dwelling follow one another."""
    return debuts[menage] + rang


def _ids(numeros: Any, premier: int) -> Any:
    return GROUPES * premier + np.arange(numeros.max() + 1)


def _personnes(hasard: Any, mois: Mois, qui: Any) -> Colonnes:
    nombre = len(qui)
    age = np.where(qui == ENFANT, hasard.integers(0, 19 * 365, nombre), hasard.integers(22 * 365, 68 * 365, nombre))
    age = np.where(qui == HEBERGE, hasard.integers(20 * 365, 24 * 365, nombre), age)
    adulte = qui != ENFANT
    salarie = adulte & (hasard.random(nombre) < 0.65)
    chomeur = adulte & ~salarie & (hasard.random(nombre) < 0.4)
    etudiant = (qui == HEBERGE) & ~salarie & ~chomeur
    salaire = np.round(salarie * hasard.lognormal(7.2, 0.5, nombre), 2)
    chomage = np.round(chomeur * hasard.normal(950, 250, nombre).clip(300), 2)
    activites = np.array(("actif", "chomeur", "etudiant", "inactif"))
    colonnes: Colonnes = {
        "date_naissance": np.datetime64(mois.first_day) - age,
        "activite": activites[np.select((salarie, chomeur, etudiant), (0, 1, 2), 3)],
        "etudiant": etudiant,
    }
    for recul in range(4, -1, -1):
        varie = np.round(salaire * hasard.normal(1, 0.05, nombre).clip(0.5), 2)
        colonnes |= {f"salaire_net@{mois - recul}": varie, f"chomage_net@{mois - recul}": chomage}
    for annee in range(mois.annee - 2, mois.annee + 1):
        colonnes[f"salaire_imposable@{annee}"] = np.round(salaire * 12.4, 2)
        colonnes[f"chomage_imposable@{annee}"] = np.round(chomage * 12.2, 2)
    return colonnes


def _logements(hasard: Any, mois: Mois, nombre: int, tailles: Any) -> Colonnes:
    statut = hasard.choice(4, nombre, p=(0.3, 0.3, 0.05, 0.35))
    return {
        "statut_occupation_logement": np.array(OCCUPATIONS)[statut],
        "loyer": np.where(statut == 3, 0, np.round(hasard.normal(330, 90, nombre).clip(80) + 60 * tailles, 2)),
        "zone_apl": np.array(("zone_1", "zone_2", "zone_3"))[hasard.choice(3, nombre, p=(0.2, 0.4, 0.4))],
    }


def ecrit(dossier: Path, nombre: int, mois: Mois, en_csv: bool = False) -> None:
    """Write the four tables of `nombre` households in `dossier`."""
    dossier.mkdir(parents=True, exist_ok=True)
    ecrivains: dict[str, Any] = {}
    for premier in range(0, nombre, PAR_FOIS):
        for nom, rows in tires(min(PAR_FOIS, nombre - premier), mois, premier, premier).items():
            if nom not in ecrivains:
                ouvre = pa.csv.CSVWriter if en_csv else pa.parquet.ParquetWriter
                ecrivains[nom] = ouvre(dossier / f"{nom}.{'csv' if en_csv else 'parquet'}", rows.schema)
            ecrivains[nom].write_table(rows)
    for ecrivain in ecrivains.values():
        ecrivain.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="bench.population", description=__doc__)
    parser.add_argument("dossier", type=Path, metavar="DIR")
    parser.add_argument("nombre", type=int, metavar="N")
    parser.add_argument("mois", type=Mois.parse, metavar="MONTH")
    parser.add_argument("--csv", action="store_true")
    options = parser.parse_args()
    ecrit(options.dossier, options.nombre, options.mois, options.csv)
