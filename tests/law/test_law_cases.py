"""The independent law cases: caf.fr's simulator, real files, DHUP and Catala examples, published amounts.

`tests/data/law_cases.jsonl` says where each case comes from. A case that our law fails is argued in `docs/law.md`,
under "Cases that we do not follow", and listed here: it must go on failing, so that the list stays true.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from guichet.domain.vocabulaire import Mois
from guichet.law.reference import simulation

CAS = [
    json.loads(ligne)
    for ligne in (Path(__file__).parents[1] / "data" / "law_cases.jsonl").read_text("utf-8").splitlines()
]
ARGUED: frozenset[str] = frozenset(
    {
        # Housing aid, rented sector: docs/law/logement.md
        "ma_54931dcec85c31d77ab6bd9a",
        "ma_54931713f6dab3dc7a59442b",
        "ma_55f01de91e52de32043695bd",
        "cat_calculette_1_ga",
    }
)
BRUTES = {
    "af",
    "cf",
    "asf",
    "ars",
    "paje_base",
    "paje_naissance",
    "paje_clca",
    "paje_prepare",
    "paje_cmg",
    "ppa",
}


@pytest.mark.parametrize("cas", [pytest.param(c, id=f"{c['benefit']}-{c['id']}") for c in CAS])
def test_law_case(cas, loi):
    ecarts = misses(cas)
    if cas["id"] in ARGUED:
        assert ecarts, "this case now passes: take it off the list and out of docs/law.md"
    else:
        assert not ecarts


def misses(cas):
    mois = Mois.lire(cas["period"])
    simulee = simulation(cas["situation"], mois)
    ecarts = {}
    for variable, attendu in cas["expected"].items():
        if variable == "aide_logement_gross_crds":
            continue
        annuelle = simulee.tax_benefit_system.variables[variable].definition_period == "year"
        valeur = float(simulee.calculate(variable, str(mois.annee if annuelle else mois)).sum())
        possibles = [valeur]
        if variable in BRUTES and cas["amounts"] != "gross of CRDS":
            possibles.append(valeur - math.floor(valeur * 0.5 + 1e-9) / 100)
        if not any(abs(p - attendu) <= cas["tolerance"] + 1e-6 for p in possibles):
            ecarts[variable] = (attendu, valeur)
    return ecarts
