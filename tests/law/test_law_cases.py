"""The independent law cases: caf.fr's simulator, real files, DHUP and Catala examples, published amounts.

`tests/data/law_cases.jsonl` says where each case comes from. A case that our law fails is argued in `docs/law.md`,
under "Cases that we do not follow", and listed here: it must go on failing, so that the list stays true.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from guichet.law import calculate

CAS = [
    json.loads(ligne) for ligne in (Path(__file__).parents[1] / "data" / "law_cases.jsonl").read_text("utf-8").splitlines()
]
ARGUED: frozenset[str] = frozenset(
    {
        # RSA and prime
        "ma_546b3208fb9f05fb6373bce8",
        "ma_542134d3fb35830200b31345",
        "ma_546b3babde0b44f86312e8b3",
        "ma_546b58b75d4a0b016431dd97",
        "ma_55bb70a5f0ac7bb86ba0523d",
        "ma_546b094fde0b44f86312e846",
        "ma_54818ddcf2c0258f66c50c84",
        "ma_5481dedf9f3789cc06d5111c",
        # Allocations familiales of Mayotte
        "cat_af_Test12",
        # PAJE
        "off_cmg_reform_1kid_2025",
        "off_cmg_u3_2019",
        "off_paje_naissance_2018",
        "off_paje_naissance_2024",
        # Housing aid, rented sector
        "ma_54931dcec85c31d77ab6bd9a",
        "ma_54931713f6dab3dc7a59442b",
        "ma_55f01de91e52de32043695bd",
        "cat_calculette_1_ga",
        # Buyers
        "ma_aides_logement_primo_accedant_AL_Zone_1_450E_moi",
        "ma_aides_logement_primo_accedant_APL_Zone_2_650E_mo",
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
def test_law_case(cas):
    ecarts = misses(cas)
    if cas["id"] in ARGUED:
        assert ecarts, "this case now passes: take it off the list and out of docs/law.md"
    else:
        assert not ecarts


def misses(cas):
    attendus = {nom: montant for nom, montant in cas["expected"].items() if nom != "aide_logement_gross_crds"}
    valeurs = calculate(cas["situation"], list(attendus), cas["period"])
    ecarts = {}
    for variable, attendu in attendus.items():
        possibles = [valeurs[variable]]
        if variable in BRUTES and cas["amounts"] != "gross of CRDS":
            possibles.append(valeurs[variable] - math.floor(valeurs[variable] * 0.5 + 1e-9) / 100)
        if not any(abs(p - attendu) <= cas["tolerance"] + 1e-6 for p in possibles):
            ecarts[variable] = (attendu, valeurs[variable])
    return ecarts
