"""The worked examples of docs/law.md: what was computed by hand agrees, line by line, with what is printed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from lecture import simulation

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading, explain

FILES = sorted((Path(__file__).parents[1] / "data" / "worked").glob("*.json"))


def test_there_are_ten_across_the_benefits():
    assert len(FILES) >= 10
    assert len({json.loads(file.read_text("utf-8"))["prestation"] for file in FILES}) >= 6


@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in FILES])
def test_worked_example(file):
    example = json.loads(file.read_text("utf-8"))
    mois = Mois.parse(example["period"])
    fiche = fiches()[Prestation(example["prestation"])]
    (droit,) = explain(SimulationReading(simulation(example["situation"], mois), mois), fiche)
    printed = [(ligne.libelle, ligne.valeur, ligne.signe) for ligne in droit.decompte.lignes]
    assert printed == [(label, Decimal(str(value)), signe) for label, value, signe in example["lines"]]
    assert droit.montant == Decimal(example["amount"])
