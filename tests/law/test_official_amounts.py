"""The published amounts: each is measured on a household, or argued.

`official/` has a module a room: MESURES gives, by definition (or by id for the examples of 2025-2026), a function of
the entry that returns our law's figure; ARGUED says, in one sentence, why an entry is not one we can or should meet
(its key ends with the month, "(2015-04)", when only the entry of that month is argued).
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import official
import pytest

DONNEES = Path(__file__).parents[1] / "data"
TOLERANCE = 0.02
UNITES_FLOTTANTES = 1e-6

MONTANTS = json.loads((DONNEES / "official_amounts.json").read_text("utf-8"))
EXEMPLES = [
    exemple
    for ligne in (DONNEES / "examples_2025_2026.jsonl").read_text("utf-8").splitlines()
    if (exemple := json.loads(ligne))["use"] == "test"
]
MODULES = [importlib.import_module(f"official.{info.name}") for info in pkgutil.iter_modules(official.__path__)]
MESURES = {cle: mesure for module in MODULES for cle, mesure in module.MESURES.items()}
ARGUED = {cle: raison for module in MODULES for cle, raison in module.ARGUED.items()}


@pytest.mark.parametrize(
    "entree", [pytest.param(e, id=f"{e['benefit']}-{e['from']}-{e['definition'][:40]}") for e in MONTANTS]
)
def test_published_amount(entree, loi):
    _compare(entree["definition"], entree, [entree["value"]], entree.get("tolerance", TOLERANCE))


@pytest.mark.parametrize("exemple", [pytest.param(e, id=e["id"]) for e in EXEMPLES])
def test_published_example(exemple, loi):
    attendu = {cle: valeur for cle, valeur in exemple["expected"].items() if cle != "tolerance"}
    entree = {**exemple, "from": exemple["date"]}
    _compare(exemple["id"], entree, _nombres(list(attendu.values())), exemple["expected"].get("tolerance", TOLERANCE))


def test_nothing_is_both_measured_and_argued():
    assert not MESURES.keys() & ARGUED.keys()


def test_each_room_speaks_of_entries_that_exist():
    connus = {e["definition"] for e in MONTANTS} | {e["id"] for e in EXEMPLES}
    connus |= {f"{e['definition']} ({e['from']})" for e in MONTANTS}
    assert not (MESURES.keys() | ARGUED.keys()) - connus


def _compare(cle: str, entree: dict[str, Any], attendus: list[float], tolerance: float) -> None:
    """An example may give more figures than the household shows: the measured ones come first, in its order."""
    datee = f"{cle} ({entree['from']})"
    if cle in ARGUED:
        return
    assert cle in MESURES, f"« {cle} » is neither measured nor argued in tests/law/official"
    mesures = _nombres(MESURES[cle](entree))
    assert mesures
    ecarts = [
        (attendu, mesure)
        for attendu, mesure in zip(attendus, mesures, strict=False)
        if abs(attendu - mesure) > tolerance + UNITES_FLOTTANTES
    ]
    if datee in ARGUED:
        assert ecarts, f"« {datee} » is met now: take it off ARGUED"
    else:
        assert not ecarts, f"{cle}, {entree['from']}: (published, ours) {ecarts}"


def _nombres(valeur: Any) -> list[float]:
    if isinstance(valeur, list | tuple):
        return [nombre for element in valeur for nombre in _nombres(element)]
    return [float(valeur)]
