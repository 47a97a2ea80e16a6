"""The prime d'activité: amounts worked by hand from the texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lecture import simulation
from official.minima import avec_salaire, calcule, foyer

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


OCTOBRE = Mois(2025, 10)
"""The months looked at are June to August 2025: flat amount 633.21, 59.85 %, bonus up to 184.27 (29.101 %), SMIC 11.88."""


def bonus(salaire):
    return min(184.27 * (salaire - 59 * 11.88) / (61 * 11.88), 184.27)


def chaque_mois(valeur, mois=OCTOBRE):
    return {str(mois - recul): valeur for recul in range(8)}


def prime(situation, mois=OCTOBRE):
    return pytest.approx(calcule("ppa", mois, situation), abs=0.02)


def test_a_child_at_charge_who_works_counts_with_its_pay():
    """CSS, art. R842-3: under 25 and at charge; R262-3 of the CASF, which leaves out who earns too much, is the RSA's."""
    situation = foyer(OCTOBRE, enfants=1)
    situation["individus"]["adulte0"]["salaire_net"] = chaque_mois(1500)
    situation["individus"]["enfant0"] |= {"date_naissance": "2003-01-01", "salaire_net": chaque_mois(600)}
    assert prime(situation) == 1.5 * 633.21 + 0.5985 * 2100 + bonus(1500) - 2100


def test_an_unborn_child_does_not_count():
    situation = foyer(OCTOBRE, adultes=2, enfants=1)
    situation["individus"]["adulte0"]["salaire_net"] = chaque_mois(1200)
    situation["individus"]["enfant0"]["date_naissance"] = "2026-01-01"
    assert prime(situation) == 1.5 * 633.21 + 0.5985 * 1200 + bonus(1200) - 1200


@pytest.mark.parametrize("annees", [2, 6])
def test_a_partner_without_a_permit_of_five_years_does_not_count_but_what_they_earn(annees):
    """CSS, art. L842-5 and R842-4: no share and no bonus on it."""
    situation = foyer(OCTOBRE, adultes=2)
    situation["individus"]["adulte0"]["salaire_net"] = chaque_mois(1200)
    situation["individus"]["adulte1"] |= {
        "nationalite": chaque_mois("XX"),
        "duree_possession_titre_sejour": chaque_mois(annees),
        "salaire_net": chaque_mois(200),
    }
    compte = annees >= 5
    forfait, gagne = (1.5, 1400) if compte else (1, 1200)
    assert prime(situation) == forfait * 633.21 + 0.5985 * gagne + bonus(1200) - 1400


def test_the_work_of_a_partner_who_does_not_count_opens_no_prime():
    """CSS, art. L842-1 and R842-4: nor would lower resources open one."""
    situation = foyer(OCTOBRE, adultes=2)
    situation["individus"]["adulte1"] |= {
        "nationalite": chaque_mois("XX"),
        "duree_possession_titre_sejour": chaque_mois(2),
        "salaire_net": chaque_mois(900),
    }
    assert not calcule("ppa_condition_activite", OCTOBRE, situation)
    assert calcule("ppa_un_adulte_travaille", OCTOBRE, situation)


@pytest.mark.parametrize("salaire", [0, 300])
def test_a_partner_on_parental_leave_counts_if_they_earn_something(salaire):
    """CSS, art. L842-2, 5°, and L842-5."""
    situation = foyer(OCTOBRE, adultes=2)
    situation["individus"]["adulte0"]["salaire_net"] = chaque_mois(1200)
    situation["individus"]["adulte1"] |= {
        "type_conges": chaque_mois("conge_parental"),
        "salaire_net": chaque_mois(salaire),
    }
    forfait = 1.5 if salaire else 1
    gagne = 1200 + salaire
    assert calcule("ppa_adultes_non_comptes", OCTOBRE, situation) == (0 if salaire else 1)
    assert prime(situation) == forfait * 633.21 + 0.5985 * gagne + bonus(1200) - gagne


def test_a_european_has_no_time_to_wait():
    """CSS, art. L842-2, 2° a; the three months of the RSA (CASF, art. L262-6) are not asked."""
    situation = avec_salaire(OCTOBRE, 1200)
    situation["individus"]["adulte0"] |= {
        "nationalite": chaque_mois("DE"),
        "ressortissant_eee": chaque_mois(True),
        "duree_possession_titre_sejour": chaque_mois(0),
    }
    assert prime(situation) == 633.21 + 0.5985 * 1200 + bonus(1200) - 1200


@pytest.mark.parametrize(("mois", "recu"), [("2025-02", False), ("2025-03", True)])
def test_the_age_is_that_of_the_month_of_the_right_since_march_2025(mois, recu):
    """CSS, art. R842-2, I a; each of the three months before, until then."""
    mois = Mois.parse(mois)
    situation = avec_salaire(mois, 1000)
    situation["individus"]["adulte0"]["date_naissance"] = f"{mois.annee - 18}-02-01"
    assert (calcule("ppa", mois, situation) > 0) is recu


@pytest.mark.parametrize("aine", [False, True])
def test_the_base_allowance_of_a_lone_parents_newborn_does_not_count(aine):
    """CSS, art. R844-5, 2°, until August, in which a child born on 20 May is three months old. The family support
    allowance counts for 22.5 % of 474.37 a child (R844-4). An older child under three keeps the base allowance open."""
    situation = foyer(OCTOBRE, enfants=1 + aine)
    situation["individus"]["adulte0"]["salaire_net"] = chaque_mois(1100)
    situation["individus"]["enfant0"]["date_naissance"] = "2025-05-20"
    if aine:
        situation["individus"]["enfant1"]["date_naissance"] = "2023-05-20"
    enfants = 1 + aine
    famille = enfants * 0.225 * 474.37 + aine * (calcule("paje_base", OCTOBRE - 2, situation) + 0.32 * 474.37)
    forfait = 633.21 * (1.28412 + 0.42804 * enfants)
    assert prime(situation) == forfait + 0.5985 * 1100 + bonus(1100) - 1100 - famille


def test_the_pay_of_a_student_is_compared_with_the_smic_of_its_month():
    """CSS, art. L842-2, 3° and R512-2: « mensuellement, pendant la période de référence », 55 % of 169 times 12.02 € in May
    2026 (1 117.26), 12.31 € in June and July (1 144.21)."""
    mois = Mois(2026, 9)
    situation = avec_salaire(mois, 1145)
    situation["individus"]["adulte0"]["etudiant"] = {str(mois): True}
    for paye, recu in ((1118, True), (1117, False)):
        situation["individus"]["adulte0"]["salaire_net"]["2026-05"] = paye
        assert (calcule("ppa", mois, situation) > 0) is recu
