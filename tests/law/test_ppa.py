"""The prime d'activité: amounts worked by hand from the texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lecture import simulation
from official.minima import avec_salaire, calcule

from guichet.domain.vocabulaire import Mois, euros
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading, explain

FAITS_A_LA_MAIN = sorted(
    chemin
    for patron in ("rsa_*.json", "ppa_*.json")
    for chemin in (Path(__file__).parents[1] / "data" / "worked").glob(patron)
)


@pytest.mark.parametrize("chemin", FAITS_A_LA_MAIN, ids=lambda chemin: chemin.stem)
def test_worked_example(chemin):
    exemple = json.loads(chemin.read_text("utf-8"))
    mois = Mois.parse(exemple["period"])
    (droit,) = explain(SimulationReading(simulation(exemple["situation"], mois), mois), fiches()[exemple["prestation"]])
    lignes = [[ligne.libelle, str(ligne.valeur), ligne.signe] for ligne in droit.decompte.lignes]
    assert lignes == exemple["lines"]
    assert droit.montant == euros(exemple["amount"])


@pytest.mark.parametrize(
    ("mois", "expected"),
    [
        # The bonus of decree 2018-1197 (29.101 % of 551.51 from 59 to 120 hours) is in the rights of January 2019 on.
        ("2018-12", 551.51 + 0.61 * 1150 + 70.49 - 1150),
        ("2019-01", 551.51 + 0.61 * 1150 + 160.49 * (1150 - 59 * 9.88) / (61 * 9.88) - 1150),
        # A new flat amount or share is in the primes « dues à compter du mois d'août 2018 », whatever their months.
        ("2018-07", 531.51 + 0.62 * 1150 + 67.94 - 1150),
        ("2018-08", 551.51 + 0.61 * 1150 + 70.49 - 1150),
        # April 2026: 638.28, 37.7 % up to 138 hours, with the SMIC of December (11.88), January and February (12.02).
        ("2026-04", 638.28 + 0.5985 * 2032 + 240.63 - 2032),
        # July 2026 looks at March to May: still 12.02 € an hour; October at June to August: 12.31 €.
        ("2026-07", 638.28 + 0.5985 * 1443 + 240.63 * (1443 - 59 * 12.02) / (79 * 12.02) - 1443),
        ("2026-10", 638.28 + 0.5985 * 1443 + 240.63 * (1443 - 59 * 12.31) / (79 * 12.31) - 1443),
    ],
)
def test_worked_by_hand(mois, expected):
    salaire = 1150 if mois < "2020" else 2032 if mois == "2026-04" else 1443
    mois = Mois.parse(mois)
    assert calcule("ppa", mois, avec_salaire(mois, salaire)) == pytest.approx(expected, abs=0.02)


def test_net_of_crds_cut_to_the_cent():
    # 186.00 less 0.93.
    mois = Mois(2016, 5)
    assert calcule("ppa", mois, avec_salaire(mois, 300)) == pytest.approx(186, abs=0.005)
    assert calcule("ppa_nette_crds", mois, avec_salaire(mois, 300)) == pytest.approx(185.07, abs=0.005)


def test_an_apprentice_must_earn_enough_each_month():
    mois = Mois(2026, 11)
    for etudiant, recu in ((False, True), (True, False)):
        seul = avec_salaire(mois, 600)
        seul["individus"]["adulte0"]["etudiant"] = {str(mois): etudiant}
        assert (calcule("ppa", mois, seul) > 0) is recu
