"""Housing aid in foyers: the DHUP's examples, the tables of the arrêtés, rules worked by hand."""

from __future__ import annotations

import itertools

import pytest
from accession_foyers import add, check, household, value_of


def in_foyer(mois, **others):
    logement = {"statut_occupation_logement": "locataire_foyer", "zone_apl": "zone_1", "loyer": 350}
    return household(mois, **(logement | others))


@pytest.mark.parametrize(
    ("others", "k", "minimum", "montant"),
    [
        # DHUP, September 2021 (p. 34) and 14 July 2022: 154 in a foyer, 129 in a résidence sociale.
        ({}, 0.64, 98.95, 154),
        ({"foyer_nature": "residence_sociale", "foyer_date_convention": "2020-01-01"}, 0.60, 124.64, 129),
        ({"foyer_nature": "foyer_jeunes_travailleurs"}, 0.60, 124.64, 129),
        ({"foyer_nature": "residence_sociale", "foyer_date_convention": "1994-12-31"}, 0.64, 98.95, 154),
        ({"foyer_nature": "foyer_jeunes_travailleurs", "foyer_date_convention": "1990-09-30"}, 0.64, 98.95, 154),
    ],
)
def test_apl_in_a_foyer(others, k, minimum, montant):
    situation = in_foyer("2022-05", logement_conventionne=True, ressources=7500, **others)
    assert value_of(situation, "aides_logement_k", "2022-05") == k
    assert value_of(situation, "aides_logement_loyer_minimal", "2022-05") == minimum
    assert value_of(situation, "apl", "2022-05") == montant


@pytest.mark.parametrize(
    ("mois", "commune", "apl", "k", "minimum"),
    [
        # CCH, L861-5-1 and arrêté of 27/09/2019, art. 48: the scale of the mainland since January 2023.
        ("2022-12", "97411", False, 0.60, 124.64),
        ("2023-01", "97411", True, 0.64, 98.95),
        ("2023-01", "97611", True, 0.64, 98.95),
    ],
)
def test_apl_of_foyers_overseas(mois, commune, apl, k, minimum):
    """K and E0 of the DHUP's foyer above (7 500 EUR alone), those of the AL before."""
    situation = in_foyer(mois, logement_conventionne=True, ressources=7500, depcom={mois: commune}, zone_apl="zone_2")
    assert value_of(situation, "foyer_conventionne", mois) == apl
    assert value_of(situation, "aides_logement_k", mois) == k
    assert value_of(situation, "aides_logement_loyer_minimal", mois) == minimum


@pytest.mark.parametrize("collectivite", ["residence_saint_martin", "residence_saint_pierre_et_miquelon"])
def test_no_apl_of_foyers_in_saint_martin(collectivite):
    """L861-5-1 names the five departments; L860-3: title III does not apply to Saint-Pierre-et-Miquelon."""
    mois = "2023-06"
    situation = in_foyer(mois, logement_conventionne=True, ressources=7500, **{collectivite: {mois: True}})
    assert value_of(situation, "foyer_conventionne", mois) == 0


@pytest.mark.parametrize(("mois", "type_de_foyer"), [("2023-04", True), ("2023-05", False)])
def test_the_general_scale_for_every_foyer_overseas(mois, type_de_foyer):
    """D861-21 puts the 2° of D832-25 aside in the five departments."""
    nature = {"foyer_nature": "residence_sociale", "foyer_date_convention": "2020-01-01", "logement_conventionne": True}
    situation = in_foyer(mois, ressources=7500, depcom={mois: "97411"}, zone_apl="zone_2", **nature)
    assert value_of(situation, "foyer_residence_sociale", mois) == type_de_foyer
    assert value_of(situation, "aides_logement_k", mois) == (0.60 if type_de_foyer else 0.64)


@pytest.mark.parametrize(("mois", "enfants", "k"), [("2023-04", 6, 0.79), ("2023-04", 7, 0.79), ("2023-05", 7, 0.80)])
def test_k_counts_six_persons_overseas(mois, enfants, k):
    """D861-8, 4°, until April 2023: 0.90 - 12 000 / (21 420.91 x 5.3) = 0.794, then 0.803 with 5.8 parts."""
    situation = in_foyer(mois, enfants=enfants, ressources=12000, depcom={mois: "97411"}, zone_apl="zone_2")
    assert value_of(situation, "aides_logement_k", mois) == k


def test_the_threshold_comes_after_the_rounding():
    """D832-24: 75 % x (196 - 175.95) - 5 = 10.04, so 9.05 once rounded: not paid. 196.02 gives 10.05, so 10.05."""
    conventionne = {"logement_conventionne": True, "foyer_nature": "foyer_jeunes_travailleurs", "zone_apl": "zone_3"}
    for loyer, brute, verse in ((196, 10.04, 0), (196.02, 10.05, 10)):
        situation = in_foyer(
            "2023-01", enfants=5, ressources=18200, loyer=loyer, foyer_date_convention="1988-05-05", **conventionne
        )
        assert value_of(situation, "aide_logement_montant_brut", "2023-01") == brute
        assert value_of(situation, "apl", "2023-01") == verse


@pytest.mark.parametrize(
    ("mois", "others", "loyer_forfaitaire"),
    [  # arrêté of 27 September 2019, art. 43, at its dates; before October 2017, those of the arrêtés of the time
        ("2023-11", {}, 182.23),
        ("2023-11", {"adultes": 2}, 283.23),
        ("2013-03", {}, 166.06),
        ("2012-06", {"adultes": 2}, 252.66),
    ],
)
def test_al_in_a_foyer(mois, others, loyer_forfaitaire):
    """The flat rent stands whatever the fee."""
    assert value_of(in_foyer(mois, **others), "aides_logement_loyer_retenu", mois) == loyer_forfaitaire


@pytest.mark.parametrize(("mois", "loyer_forfaitaire"), [("2013-03", 82.14), ("2023-11", 90.13)])
def test_the_room_of_a_student(mois, loyer_forfaitaire):
    situation = in_foyer(mois, logement_crous=True, logement_chambre=True, etat_logement_foyer="logement_non_rehabilite")
    assert value_of(situation, "aides_logement_loyer_retenu", mois) == loyer_forfaitaire


@pytest.mark.parametrize(
    ("naissance", "personne", "loyer_forfaitaire"),
    [
        ("1950-01-01", {}, 221.10),
        ("1960-01-01", {}, 182.23),
        ("1960-01-01", {"inapte_travail": True}, 221.10),
        ("1990-01-01", {"taux_incapacite": 0.8, "handicap": True}, 221.10),
    ],
)
def test_the_aged_and_the_disabled(naissance, personne, loyer_forfaitaire):
    situation = in_foyer("2023-11")
    situation["individus"]["adulte0"] |= {"date_naissance": naissance, **personne}
    assert value_of(situation, "aides_logement_loyer_retenu", "2023-11") == loyer_forfaitaire


def test_the_ceiling_before_october_2017():
    situation = in_foyer("2013-03", logement_conventionne=True, loyer=900, enfants=2, zone_apl="zone_2")
    assert value_of(situation, "aides_logement_loyer_retenu", "2013-03") == 530.69


def test_the_aid_is_no_more_than_the_fee():
    """R 0: K 0.90, L + C = 182.23 + 58.08, L0 = 6.36: 210.56, less 5; the fee is 100 (worked by hand)."""
    situation = in_foyer("2023-11", ressources=0, loyer=100)
    assert value_of(situation, "aides_logement_foyer", "2023-11") == 210.56
    assert value_of(situation, "foyer_aide_au_dela_de_la_redevance", "2023-11") == 105.56
    assert value_of(situation, "aide_logement_montant_brut", "2023-11") == 100


def test_the_least_net_expense():
    """R 0, fee 60: E0 = 45.57 x 1.4 / 12 = 5.32, 0.95 x 54.68 = 51.95, less 5; 26.68 must remain (by hand)."""
    situation = in_foyer("2023-11", logement_conventionne=True, ressources=0, loyer=60)
    assert value_of(situation, "aides_logement_foyer", "2023-11") == 51.95
    assert value_of(situation, "aide_logement_abattement_depense_nette", "2023-11") == 13.63
    assert value_of(situation, "aide_logement_montant_brut", "2023-11") == 33.32


MOIS = ("2012-06", "2015-12", "2017-10", "2019-09", "2023-11", "2026-11")


@pytest.mark.parametrize("mois", MOIS)
def test_lines_add_up_and_a_zero_is_refused(mois):
    natures = ("autre", "residence_sociale", "foyer_jeunes_travailleurs")
    cases = itertools.product(natures, (False, True), ((1, 0), (2, 0), (1, 3), (2, 6)), (0, 7500, 15000, 60000))
    situation = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for rank, (nature, conventionne, (adultes, enfants), ressources) in enumerate(cases):
        one = in_foyer(
            mois,
            adultes=adultes,
            enfants=enfants,
            ressources=ressources,
            loyer=(60, 0, 350.55, 700)[(rank + rank // 4) % 4],
            zone_apl=f"zone_{rank % 3 + 1}",
            foyer_nature=nature,
            logement_conventionne=conventionne,
        )
        add(situation, one, rank)
    check(situation, mois)
