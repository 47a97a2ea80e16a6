"""Housing aid of buyers: the DHUP's examples, the tables of the arrêté of 27 September 2019, rules worked by hand."""

from __future__ import annotations

import itertools

import pytest
from accession_foyers import add, check, purchase, value_of
from lecture import simulation

from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes.aide_logement import FICHE
from guichet.law.explain import SimulationReading, explain
from guichet.law.extension.logement.accession_plafonds import DEBUTS_AL, DEBUTS_APL

# DHUP, « Éléments de calcul » 2024: L, charges, L0, K and the amount paid.
DHUP_APL = {"adultes": 2, "enfants": 2, "ressources": 18000, "loyer": 650}
DHUP_AL = {"adultes": 2, "enfants": 2, "ressources": 17500, "loyer": 450, "zone_apl": "zone_1"}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (
            purchase("2024-01", "2017-12-05", True, **DHUP_APL),
            {
                "aides_logement_loyer_retenu": 533.91,
                "aides_logement_charges_retenues": 84.42,
                "aides_logement_loyer_minimal": 332.76,
                "aides_logement_k": 0.67,
                "aide_logement_abattement_depense_nette": 0,
                "apl": 185,
            },
        ),
        (
            purchase("2024-01", "2017-10-05", **DHUP_AL),
            {
                "aides_logement_loyer_retenu": 418.01,
                "aides_logement_loyer_minimal": 267.90,
                "aides_logement_k": 0.62,
                "aides_logement_accedant_et_foyer": 145.41,
                # 2.34 % x 17 500 = 409.50, against 450 + 84.42 - 140.41 = 394.01
                "aide_logement_abattement_depense_nette": 15.49,
                "alf": 124,
            },
        ),
    ],
    ids=["apl", "al"],
)
def test_examples_of_the_dhup(situation, expected):
    assert {variable: value_of(situation, variable, "2024-01") for variable in expected} == expected


def test_an_improvement_told_by_the_dhup():
    """Transmitted by the DHUP on 14 July 2022: L 399.20, L0 of the foyers' scale 290.21, K 0.66, 118 € paid."""
    situation = purchase(
        "2022-05",
        "2019-12-02",
        True,
        adultes=2,
        enfants=2,
        ressources=19000,
        zone_apl="zone_3",
        loyer=495,
        etat_logement="amelioration",
    )
    assert value_of(situation, "aides_logement_loyer_retenu", "2022-05") == 399.20
    assert value_of(situation, "aides_logement_loyer_minimal", "2022-05") == 290.21
    assert value_of(situation, "apl", "2022-05") == 118


@pytest.mark.parametrize(
    ("zone", "adultes", "loyer", "montant"),
    # caf.fr, August 2017 (105 and 95), and the first targets of the test suite (127, then 154 for a couple).
    [("zone_2", 1, 500, 105), ("zone_3", 1, 500, 95), ("zone_1", 1, 500, 127), ("zone_3", 2, 500, 154)],
)
def test_amounts_of_caf_fr_in_2017(zone, adultes, loyer, montant):
    """The floor of resources: 16.25 x 500 = 8 125, so 8 200. caf.fr's 105 is the rounding of 104.95."""
    situation = purchase("2017-08", "2017-01-01", adultes=adultes, zone_apl=zone, loyer=loyer, ressources=8200)
    assert value_of(situation, "aide_logement", "2017-08") == pytest.approx(montant, abs=1)


@pytest.mark.parametrize(
    ("pret", "conventionne", "others", "plafond"),
    [  # arrêté of 27 September 2019, art. 18 and 33
        ("2012-12-31", True, {"zone_apl": "zone_1", "adultes": 2, "enfants": 3}, 506.55 + 2 * 73.99),
        ("2014-09-30", True, {"zone_apl": "zone_3"}, 305.14),
        ("2014-10-01", True, {"zone_apl": "zone_3"}, 306.88),
        ("2015-10-01", True, {"zone_apl": "zone_1"}, 368.64),
        ("2017-10-01", True, {"zone_apl": "zone_1", "enfants": 2}, 524.72 + 76.64),
        ("2019-10-01", True, {"zone_apl": "zone_3", "etat_logement": "acquisition_amelioration"}, 249.64),
        ("1995-01-01", True, {"adultes": 2, "etat_logement": "acquisition_amelioration"}, round(1712 / 6.55957, 2)),
        ("1993-01-01", True, {"etat_logement": "amelioration", "enfants": 2}, round((1073 + 102) / 6.55957, 2)),
        ("1996-01-01", True, {"etat_logement": "amelioration"}, round(1422 / 6.55957, 2)),
        ("2009-06-01", False, {"zone_apl": "zone_1"}, 295.75),
        ("2014-09-30", False, {"adultes": 2, "enfants": 2}, 372.78),
        ("2014-10-01", False, {"adultes": 2, "enfants": 2}, 374.90),
        ("2001-12-31", False, {"enfants": 6}, round((2358 + 205) / 6.55957, 2)),
        ("1992-07-01", False, {"zone_apl": "zone_3"}, round(1306 / 6.55957, 2)),
        ("2017-12-31", False, {"coloc": True}, round(275.31 * 0.75, 2)),
    ],
)
def test_the_ceiling_is_that_of_the_day_of_the_loan(pret, conventionne, others, plafond):
    situation = purchase("2021-03", pret, conventionne, **others)
    assert value_of(situation, "aides_logement_primo_accedant_plafond_mensualite", "2021-03") == pytest.approx(plafond)


def test_tables_have_a_line_for_each_date(loi):
    tables = loi.get_parameters_at_instant(
        "2021-01-01"
    ).prestations_sociales.aides_logement.allocations_logement.accession.formule.plafonds_selon_le_pret
    assert len(list(tables.al)) == len(DEBUTS_AL)
    assert len(list(tables.apl_neufs)) == len(list(tables.apl_agrandis)) == len(DEBUTS_APL)


@pytest.mark.parametrize(
    ("pret", "conventionne", "others", "eligible"),
    [
        ("2017-12-31", False, {}, True),
        ("2018-01-01", True, {}, False),
        ("2019-12-31", True, {"zone_apl": "zone_3", "etat_logement": "acquisition_amelioration"}, True),
        ("2020-01-01", True, {"zone_apl": "zone_3", "etat_logement": "acquisition_amelioration"}, False),
        ("2019-12-31", True, {"zone_apl": "zone_3"}, False),
        ("2019-12-31", False, {"zone_apl": "zone_3", "etat_logement": "acquisition_amelioration"}, False),
        (None, False, {}, False),
    ],
)
def test_the_closing_of_2018(pret, conventionne, others, eligible):
    situation = purchase("2020-03", pret, conventionne, **others)
    assert bool(value_of(situation, "aides_logement_primo_accedant_eligibilite", "2020-03")) == eligible


@pytest.mark.parametrize(
    ("conventionne", "pret", "etat", "minimum"),
    [  # arrêté of 27 September 2019, art. 25 and 38, at 20 000 € a year
        (True, "2010-01-01", "non_renseigne", 468),
        (True, "1998-09-30", "non_renseigne", 452),
        (True, "2010-01-01", "amelioration", 344),
        (False, "1999-07-01", "non_renseigne", 468),
        (False, "1999-06-30", "non_renseigne", 15),
        (False, "2010-01-01", "amelioration", 15),
    ],
)
def test_the_least_net_expense(conventionne, pret, etat, minimum):
    situation = purchase("2020-03", pret, conventionne, ressources=20000, etat_logement=etat)
    assert value_of(situation, "aides_logement_depense_minimale", "2020-03") == minimum


@pytest.mark.parametrize(
    ("conventionne", "pret", "etat", "plancher"),
    [
        (False, "2010-01-01", "non_renseigne", 9750),  # 16.25 x 600
        (False, "2010-01-01", "amelioration", 3900),
        (True, "2010-01-01", "amelioration", 9750),
        (False, "1992-09-30", "non_renseigne", 0),
    ],
)
def test_the_floor_of_resources(conventionne, pret, etat, plancher):
    situation = purchase("2017-08", pret, conventionne, etat_logement=etat)
    situation["familles"]["f"] |= {"rsa": {"2017-07": 0}, "ppa": {"2017-07": 0}}
    assert value_of(situation, "aides_logement_primo_accedant_ressources", "2017-08") == plancher


@pytest.mark.parametrize(("adultes", "enfants", "abattement"), [(1, 0, 0), (1, 2, 901), (1, 3, 1350), (2, 3, 0)])
def test_the_abatement_of_the_lone_buyer(adultes, enfants, abattement):
    situation = purchase("2020-03", "2010-01-01", adultes=adultes, enfants=enfants)
    assert value_of(situation, "abattement_accedant_isole", "2020-03") == abattement


def test_a_date_alone_makes_an_al():
    """The date of a prêt conventionné without the nature of the loan: an AL, and a doubt."""
    situation = purchase("2020-03", None, aide_logement_date_pret_conventionne="2017-01-01", ressources=8200)
    simulated = simulation(situation, Mois.parse("2020-03"))
    assert simulated.calculate("als", "2020-03")[0] > 0
    (droit,) = explain(SimulationReading(simulated, Mois.parse("2020-03")), FICHE)
    assert any("prêt conventionné" in phrase for phrase in droit.doutes)


@pytest.mark.parametrize(
    ("conventionne", "commune", "doubted"),
    [(True, "97411", False), (True, "75056", False), (False, "97411", True), (False, "75056", True)],
)
def test_who_told_that_the_loan_is_conventionne_has_no_doubt(conventionne, commune, doubted):
    """Overseas too, where the aid is an AL whatever the loan is."""
    mois = Mois.parse("2020-03")
    dates = {"aide_logement_date_pret_conventionne": "2017-01-01", "depcom": commune}
    situation = purchase("2020-03", None, aide_logement_est_pret_conventionne=conventionne, ressources=8200, **dates)
    (droit,) = explain(SimulationReading(simulation(situation, mois), mois), FICHE)
    assert any("Rien ne confirme" in phrase for phrase in droit.doutes) is doubted


@pytest.mark.parametrize(
    ("mois", "lieu", "plafond"),
    [
        # Arrêté of 27/09/2019, art. 33 (October 2015, zone II: 429.26 for five dependants, then 37.32) and art. 46, 1°, e:
        # six dependants count overseas until 2022.
        ("2022-12", {"depcom": {"2022-12": "97411"}}, 466.58),
        ("2022-12", {"residence_saint_martin": {"2022-12": True}}, 466.58),
        ("2023-01", {"depcom": {"2023-01": "97411"}}, 503.90),
        ("2022-12", {}, 503.90),
    ],
)
def test_seven_dependants_overseas(mois, lieu, plafond):
    situation = purchase(mois, "2016-03-01", enfants=7, loyer=900, ressources=15000, **lieu)
    assert value_of(situation, "aides_logement_loyer_retenu", mois) == plafond


@pytest.mark.parametrize(
    ("pret", "lieu", "decision", "eligible", "doubted"),
    [
        # CCH, L861-6, 2°: until the end of 2019, in the five departments, if the State had agreed before 31/12/2018.
        ("2019-06-01", {"depcom": "97411"}, True, True, False),
        ("2019-06-01", {"depcom": "97411"}, False, False, True),
        ("2020-01-01", {"depcom": "97411"}, True, False, False),
        ("2019-06-01", {"residence_saint_martin": True}, True, False, False),
        ("2019-06-01", {"depcom": "69123"}, True, False, False),
    ],
)
def test_the_exception_of_overseas(pret, lieu, decision, eligible, doubted):
    mois = "2022-03"
    situation = purchase(mois, pret, ressources=12000, accession_decision_financement_outre_mer=decision, **lieu)
    assert bool(value_of(situation, "aides_logement_primo_accedant_eligibilite", mois)) is eligible
    (droit,) = explain(SimulationReading(simulation(situation, Mois.parse(mois)), Mois.parse(mois)), FICHE)
    assert any("L861-6" in phrase for phrase in droit.doutes) is doubted


def test_a_loan_too_old_has_no_amount():
    situation = purchase("2013-01", "1990-01-01", ressources=8200)
    (droit,) = explain(SimulationReading(simulation(situation, Mois.parse("2013-01")), Mois.parse("2013-01")), FICHE)
    assert droit.montant is None


MOIS = ("2012-06", "2013-01", "2016-02", "2017-10", "2018-03", "2019-10", "2022-08", "2026-11")
PRETS = (None, "1993-05-01", "1998-03-01", "2008-02-01", "2014-10-01", "2017-12-31", "2019-06-01")


@pytest.mark.parametrize("mois", MOIS)
def test_lines_add_up_and_a_zero_is_refused(mois):
    """Every buyer: the lines add up, a zero is refused, a label is French."""
    cases = itertools.product(PRETS, (False, True), ((1, 0), (2, 0), (1, 2), (2, 6)), (0, 9000, 19000, 60000))
    situation = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for rank, (pret, conventionne, (adultes, enfants), ressources) in enumerate(cases):
        etat = ("non_renseigne", "amelioration", "acquisition_amelioration")[rank % 3]
        one = purchase(
            mois,
            pret,
            conventionne,
            adultes=adultes,
            enfants=enfants,
            ressources=ressources,
            loyer=(0, 180, 350.55, 800)[rank % 4],
            zone_apl=f"zone_{rank % 3 + 1}",
            etat_logement=etat,
        )
        if pret is None:
            one["menages"]["m"].pop("aide_logement_date_pret_conventionne", None)
        add(situation, one, rank)
    check(situation, mois)
