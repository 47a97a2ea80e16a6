"""PAJE: the rules that OpenFisca-France lacks or has wrong. Figures published, or worked by hand where it says so."""

from __future__ import annotations

from datetime import date

import pytest
from lecture import premier

from guichet.domain.vocabulaire import Mois


def paje(mois, variable, naissances, *, parents=2, ressources=1000, enfants=None, commune="75056", **famille):
    noms = [f"parent{rank}" for rank in range(parents)]
    petits = [f"enfant{rank}" for rank in range(len(naissances))]
    individus = {nom: {"date_naissance": "1985-05-05"} for nom in noms}
    individus |= {nom: {"date_naissance": jour} for nom, jour in zip(petits, naissances, strict=True)}
    for nom in petits:
        individus[nom] |= enfants or {}
    famille |= {"parents": noms, "enfants": petits, "prestations_familiales_base_ressources": ressources}
    situation = {
        "individus": individus,
        "familles": {"f": famille},
        "menages": {"m": {"personne_de_reference": noms[:1], "conjoint": noms[1:], "enfants": petits, "depcom": commune}},
        "foyers_fiscaux": {"ff": {"declarants": noms, "personnes_a_charge": petits}},
    }
    return round(premier(variable, situation, Mois.parse(mois)), 2)


@pytest.mark.parametrize(
    ("mois", "naissance", "expected"),
    [
        ("2014-04", "2014-05-20", 0),  # not for an unborn child
        ("2014-05", "2014-05-20", 71.82),  # 185.54 x 12 / 31, by hand; dossierfamilial.com gives the 12/31
        ("2014-06", "2014-05-20", 185.54),
        ("2017-04", "2014-05-20", 185.54),
        ("2017-05", "2014-05-20", 0),  # to the month before the third birthday
        ("2016-05", "2016-05-20", 0),  # since 2015, from the month after
        ("2016-06", "2016-05-20", 185.54),
        ("2020-06", "2017-08-20", 185.54),  # frozen until the last child born before April 2018
    ],
)
def test_base_allowance_by_month(mois, naissance, expected):
    assert paje(mois, "paje_base", [naissance]) == expected


@pytest.mark.parametrize(
    ("mois", "variable", "naissances", "famille"),
    [
        ("2024-06", "paje_base", ["2023-06-10"], {}),
        ("2024-06", "paje_naissance", ["2024-08-10"], {}),
        ("2013-06", "paje_clca", ["2010-06-10", "2012-06-10"], {"inactif": True}),
        ("2024-06", "paje_prepare", ["2020-06-10", "2023-06-10"], {"inactif": True}),
    ],
)
def test_no_paje_in_mayotte(mois, variable, naissances, famille):
    # Ordonnance 2002-149, art. 2; HCFEA, March 2022: « inexistantes ».
    assert paje(mois, variable, naissances, **famille) > 0
    assert paje(mois, variable, naissances, commune="97611", **famille) == 0


def test_one_base_allowance_a_family_but_one_for_each_twin():
    assert paje("2016-06", "paje_base", ["2014-06-10", "2016-01-10"]) == 185.54
    assert paje("2016-06", "paje_base", ["2016-01-10", "2016-01-10"]) == 371.08


def test_base_allowance_for_36_months_after_an_adoption():
    adopte = {"adoption": True, "date_adoption": "2020-03-15"}
    droits = [paje(mois, "paje_base", ["2010-01-01"], enfants=adopte) > 0 for mois in ("2020-03", "2020-04", "2023-03")]
    assert droits == [False, True, True]
    assert paje("2023-04", "paje_base", ["2010-01-01"], enfants=adopte) == 0


@pytest.mark.parametrize(
    ("mois", "naissance", "expected"),
    [
        ("2013-06", "2013-08-10", 927.71),  # seventh month
        ("2016-06", "2016-08-10", 0),
        ("2016-09", "2016-08-10", 927.71),  # the month after the birth, paid in the second; frozen base 403.79
        ("2018-04", "2018-03-10", 927.71),  # born in March 2018: frozen (instruction DSS/SD2B/2019/65)
        ("2018-05", "2018-04-10", 946.39),
        ("2021-04", "2021-05-10", 952.08),  # April 2021, for pregnancies begun in the summer of 2020: 414.40 by hand
        ("2025-04", "2025-06-10", 1071.65),  # amount of the month of the examination (March), by hand
        ("2025-05", "2025-07-10", 1089.87),  # efl.fr
    ],
)
def test_birth_grant_by_month(mois, naissance, expected):
    assert paje(mois, "paje_naissance", [naissance]) == expected


def test_birth_grant_is_paid_once_whatever_the_month_of_birth():
    for naissance in ("2015-02-10", "2015-03-10", "2021-03-10", "2021-06-10"):
        debut = Mois.of(date.fromisoformat(naissance))
        mois = [str(debut + ecart) for ecart in range(-3, 4)]
        assert sum(paje(m, "paje_naissance", [naissance]) > 0 for m in mois) == 1, naissance


def test_adoption_grant_is_double_and_paid_once():
    adopte = {"adoption": True, "date_adoption": "2013-05-15"}
    verses = [paje(f"2013-{m:02}", "paje_adoption", ["2010-01-01"], enfants=adopte) for m in range(4, 9)]
    assert verses == [0, 0, 1855.42, 0, 0]  # 459.5 % of 403.79, by hand


def test_grant_of_a_child_of_march_2018_keeps_the_ceilings_of_before():
    # Two children, one earner: 29 462 + 2 x 6 482; from April 25 076 + 2 x 6 269.
    grand = "2014-01-10"
    assert [paje("2018-04", "paje_naissance", [grand, "2018-03-10"], ressources=r) for r in (42426, 42427)] == [927.71, 0]
    assert [paje("2018-05", "paje_naissance", [grand, "2018-04-10"], ressources=r) for r in (37614, 37615)] == [946.39, 0]


def test_an_adopted_child_of_whom_no_date_is_told_came_at_its_birth():
    assert paje("2024-06", "paje_base", ["2023-12-01"], enfants={"adoption": True}) == 194.27


def test_clca_keeps_its_higher_rate_for_a_child_born_before_april_2014_without_base_allowance():
    taux = {"inactif": True, "ressources": 1_000_000}
    assert paje("2014-06", "paje_clca", ["2011-01-10", "2013-09-10"], **taux) == 579.13  # 142.57 % of 406.21
    assert paje("2014-10", "paje_clca", ["2011-01-10", "2014-05-10"], **taux) == 392.48  # 96.62 %


def test_colca_replaces_the_clca():
    trois = ["2009-01-10", "2011-01-10", "2013-01-10"]
    choix = {"inactif": True, "opt_colca": True}
    assert paje("2013-06", "paje_colca", trois, **choix) == 637.71  # 157.93 % of 403.79
    assert paje("2013-06", "paje_clca", trois, **choix) == 0
    assert paje("2014-01", "paje_clca", trois, **choix) == 390.14


@pytest.mark.parametrize(
    ("naissances", "famille", "expected"),
    [
        (["2024-01-10"], {"inactif": True}, 450.67),
        (["2024-01-10"], {"inactif": True, "prepare_mois_verses": 6}, 0),
        (["2024-01-10"], {"inactif": True, "prepare_mois_verses": 6, "parents": 1}, 450.67),
        (["2023-06-10"], {"inactif": True}, 0),  # first birthday
        (["2020-01-10", "2022-01-10"], {"inactif": True, "prepare_mois_verses": 23}, 450.67),
        (["2020-01-10", "2022-01-10"], {"inactif": True, "prepare_mois_verses": 24}, 0),
        (["2020-01-10", "2022-01-10"], {"partiel1": True, "partiel2": True}, 450.67),  # two parents: the full rate
        (["2018-01-10", "2020-01-10", "2024-01-10"], {"inactif": True, "opt_colca": True}, 736.65),  # 157.93 %
    ],
)
def test_prepare(naissances, famille, expected):
    assert paje("2024-06", "paje_prepare", naissances, **famille) == expected


def test_two_parents_at_part_time_have_the_full_rate_together():
    # L531-4 III. By hand: 36.03 % of 466.44, then 96.62 %, though twice 36.03 % is less.
    deux = ["2020-01-10", "2022-01-10"]
    assert paje("2024-06", "paje_prepare", deux, partiel2=True) == 168.06
    assert paje("2024-06", "paje_prepare", deux, partiel2=True, deux_temps_partiels=True) == 450.67


@pytest.mark.parametrize(
    ("naissances", "expected"),
    [
        (["2018-01-10", "2022-09-10", "2024-06-10"], 450.67),  # that of the second goes on
        (["2023-09-10", "2024-06-10"], 450.67),  # the second, alone before, is not one yet
        (["2022-09-10", "2024-06-10"], 0),  # the first is over a year: no right until July
    ],
)
def test_a_birth_does_not_break_the_prepare_of_an_elder_child(naissances, expected):
    # L552-1: a change never breaks the continuity of benefits.
    assert paje("2024-06", "paje_prepare", naissances, inactif=True) == expected


@pytest.mark.parametrize(
    ("naissances", "arrivee", "due"),
    [
        # D531-14: twelve months from the arrival, whatever the age; from the month after for two children (R552-2).
        (["2018-05-05"], "2023-07-10", True),
        (["2018-05-05"], "2023-06-10", False),
        (["2015-01-10", "2019-05-05"], "2023-06-10", True),
        (["2015-01-10", "2019-05-05"], "2023-05-10", False),
        (["2015-01-10", "2021-12-10"], "2022-02-10", True),  # until the third birthday
        (["2015-01-10", "2016-01-10", "2017-01-10"], "2021-06-10", True),  # three together: three years
        (["2015-01-10", "2016-01-10", "2017-01-10"], "2021-05-10", False),
    ],
)
def test_prepare_after_an_adoption(naissances, arrivee, due):
    adopte = {"adoption": True, "date_adoption": arrivee}
    assert (paje("2024-06", "paje_prepare", naissances, enfants=adopte, inactif=True) == 450.67) is due


def test_an_expected_child_raises_the_ceilings_of_the_base_allowance():
    # L531-3, « nés ou à naître ». 2026, one earner: 31 066 and 37 118 for one child, 37 279 at the full rate for two.
    def base(*naissances):
        return paje("2026-11", "paje_base", ["2025-03-10", *naissances], ressources=35000)

    assert base() == 99.58
    assert base("2027-03-10") == 199.15
    assert base("2027-07-10") == 199.15  # the pregnancy is presumed to have begun in October
    assert base("2027-08-10") == 99.58


def test_a_given_prepare_wins():
    assert paje("2024-06", "paje_prepare", ["2024-01-10"], paje_prepare=123.45) == 123.45


def test_cmg_before_2014_wants_the_base_once_or_twice_a_month():
    def direct(salaire):
        return paje("2013-06", "paje_cmg", ["2012-06-10"], empl_dir=True, paje_cmg_revenu_professionnel=salaire)

    assert direct(1000) == 460.48  # 114.04 % of 403.79
    assert direct(700) == 0  # below 2 x 403.79


@pytest.mark.parametrize(
    ("mois", "famille", "expected"),
    [
        ("2019-03", {}, 469.75),  # 467.41 net, published
        ("2019-03", {"ressources": 30000}, 296.21),
        ("2019-03", {"ressources": 28000, "parents": 1}, 610.68),  # ceilings + 40 %, amount + 30 %
        ("2013-06", {"cmg_cout_mensuel": 400}, 340),  # 85 %
        ("2013-06", {"inactif": True}, 0),
    ],
)
def test_cmg_by_bands(mois, famille, expected):
    naissance = str(Mois.parse(mois) - 12) + "-10"
    assert paje(mois, "paje_cmg", [naissance], empl_dir=True, **famille) == expected


@pytest.mark.parametrize(
    ("parents", "rank", "plein", "partiel"),
    [
        *((2, 1, 29907, 35729), (2, 2, 35300, 42172), (2, 3, 40693, 48615)),
        *((1, 1, 37996, 45393), (1, 2, 43389, 51836), (1, 3, 48782, 58279)),
    ],
)
def test_ceilings_of_the_base_allowance_of_2015(parents, rank, plein, partiel):
    # The table of mes-aides' wiki (PAJE, allocation de base), after the CNAF; 58 279 follows from the row above it.
    naissances = ["2014-06-10", "2010-01-10", "2008-01-10"][:rank]
    montants = [
        paje("2015-05", "paje_base", naissances, parents=parents, ressources=ressources)
        for ressources in (plein, plein + 1, partiel, partiel + 1)
    ]
    assert montants == [185.54, 92.77, 92.77, 0]


def test_cmg_stays_whole_until_the_summer_after_the_third_birthday_since_2020():
    def mois(periode):
        return paje(periode, "paje_cmg", ["2017-03-10"], empl_dir=True)

    assert mois("2020-08") == 472.58
    assert mois("2020-09") == 236.29


@pytest.mark.parametrize(("ressources", "expected"), [(20550, 469.75), (20551, 296.21), (45666, 296.21), (45667, 177.7)])
def test_resources_at_a_ceiling_of_the_cmg_are_under_it(ressources, expected):
    # D531-18: « inférieur ou égal ». D531-18-1, 2018: 17 633 + 2 917, 39 184 + 6 482; 114.04, 71.91, 43.14 % of 411.92.
    assert paje("2018-06", "paje_cmg", ["2017-06-10"], empl_dir=True, ressources=ressources) == expected


def test_a_half_time_with_the_prepare_halves_the_maximum_of_the_cmg():
    # D531-21, D531-23 VIII: 71.91 % of 466.44, and its half; the child from three to six is halved once.
    deux = ["2016-01-10", "2022-01-10"]

    def direct(naissances, **famille):
        return paje("2024-06", "paje_cmg", naissances, empl_dir=True, ressources=40000, **famille)

    assert direct(deux) == 335.42
    assert direct(deux, partiel2=True) == 335.42
    assert direct(deux, partiel1=True) == 167.71
    assert direct(["2020-01-10", "2022-01-10"], partiel1=True) == 335.42
    structure = {"gar_dom": True, "partiel1": True}
    assert paje("2024-06", "paje_cmg", deux, **structure) == 486.33  # half of 208.53 %
    # Since September 2025, only a structure's: D531-21 VII, L531-9.
    deux, garde = ["2016-01-10", "2024-09-10"], {"cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 800}
    assert paje("2025-10", "paje_cmg", deux, gar_dom=True) == 989.2
    assert paje("2025-10", "paje_cmg", deux, **structure) == 494.6
    assert paje("2025-10", "paje_cmg", deux, empl_dir=True, **garde) == paje(
        "2025-10", "paje_cmg", deux, empl_dir=True, partiel1=True, **garde
    )


def test_the_cmg_goes_with_the_higher_and_shorter_leave_alone():
    # L531-9: « sauf si cette dernière est versée au titre du VI ». 114.04 % of 466.44, then of 403.79 with the COLCA.
    conge = {"empl_dir": True, "inactif": True}
    trois = ["2010-01-10", "2012-01-10", "2024-01-10"]
    assert paje("2024-06", "paje_cmg", trois, **conge) == 0
    assert paje("2024-06", "paje_cmg", trois, opt_colca=True, **conge) == 531.93
    assert paje("2025-02", "paje_cmg", trois, opt_colca=True, **conge) == 0  # the first birthday is passed: no leave
    trois = ["2004-01-10", "2006-01-10", "2013-01-10"]
    assert paje("2013-06", "paje_cmg", trois, **conge) == 0
    assert paje("2013-06", "paje_cmg", trois, opt_colca=True, **conge) == 460.48


def test_a_micro_creche_has_an_amount_for_each_child():
    # D531-21 III 4°: 208.53 % of 478.16.
    deux = ["2024-09-10", "2025-06-10"]
    assert paje("2026-04", "paje_cmg", deux, gar_dom=True) == 997.11
    assert paje("2026-04", "paje_cmg", deux, gar_dom=True, cmg_microcreche=True) == 1994.22


def test_the_age_of_an_adopted_child_counts_for_the_cmg():
    # L531-5 IV, D531-20: half from three to six years, whenever the child came. 208.53 % of 411.92 is 858.98.
    adopte = {"adoption": True, "date_adoption": "2018-06-15"}
    assert paje("2019-03", "paje_cmg", ["2015-01-10"], enfants=adopte, gar_dom=True) == 429.49
    assert paje("2018-05", "paje_cmg", ["2015-01-10"], enfants=adopte, gar_dom=True) == 0
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 50, "cmg_cout_mensuel": 250}
    adopte["date_adoption"] = "2025-01-10"
    assert paje("2025-10", "paje_cmg", ["2018-01-10"], enfants=adopte, **garde) == 0
    assert paje("2025-10", "paje_cmg", ["2018-01-10"], enfants=adopte, parents=1, **garde) > 0


@pytest.mark.parametrize(
    ("mois", "ressources", "expected"),
    [
        ("2025-10", 36005, 493.69),  # 3 000.42: 3 000
        ("2025-10", 36006, 493.59),  # 3 000.50: 3 001
        ("2025-10", 0, 716.79),  # 815, for 814.62
        ("2025-10", 9786, 716.68),  # 815.50: 816
        ("2026-04", 0, 717.2),  # 821, for 821.13, at 4.91
        ("2025-10", 120_000, 0),  # 8 500 x 0.000619 is above 4.85
    ],
)
def test_the_resources_of_a_month_are_rounded_to_the_euro(mois, ressources, expected):
    # D531-18, 2°, worked by hand: 800 x (1 - R x 0.000619 / H).
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 800, "ressources": ressources}
    assert paje(mois, "paje_cmg", ["2024-09-10"], **garde) == expected


@pytest.mark.parametrize(("mois", "expected"), [("2025-09", 815), ("2026-04", 821), ("2026-11", 821)])
def test_the_floor_of_the_resources_follows_the_rsa(loi, mois, expected):
    # D531-18, 2°: the RSA of a person alone with a child, less the housing flat rate of two persons, to the euro.
    parameters = loi.parameters(f"{mois}-01").prestations_sociales
    rsa = parameters.solidarite_insertion.minima_sociaux.rsa
    deux = rsa.rsa_m.montant_de_base_du_rsa * (1 + rsa.rsa_maj.maj_montant_max.couples_celibataire_avec_enfant)
    plancher = deux * (1 - rsa.rsa_fl.forfait_logement.taux_2_personnes)
    revenu = parameters.prestations_familiales.petite_enfance.paje.cmg_2025.revenu_mensuel
    assert int(plancher + 0.5) == revenu.plancher == expected


@pytest.mark.parametrize(("mois", "expected"), [("2026-03", 493.69), ("2026-04", 503.03)])
def test_the_hourly_costs_change_on_1_april(mois, expected):
    # L531-5 III, D531-18 1° and 4°: 8 and 4.85 x 12.02 / 11.88 from April 2026. 809 x (1 - 3000 x 0.000619 / 4.91).
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 900, "ressources": 36000}
    assert paje(mois, "paje_cmg", ["2024-09-10"], **garde) == expected


def test_cmg_of_september_2025():
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "ressources": 36000}
    # By hand: 800 x (1 - 3000 x 0.000619 / 4.85).
    assert paje("2025-10", "paje_cmg", ["2024-09-10"], cmg_cout_mensuel=800, **garde) == 493.69
    assert paje("2025-10", "paje_cmg", ["2024-09-10"], cmg_cout_mensuel=900, **garde) == 493.69  # 8 € an hour at most
    assert paje("2025-10", "paje_cmg", ["2024-09-10"], **garde) == 299.3  # 485 x 0.61711
    aeeh = {"aeeh_niveau_handicap": 1}  # one column further: 0.0516 %
    assert paje("2025-10", "paje_cmg", ["2024-09-10"], enfants=aeeh, cmg_cout_mensuel=800, **garde) == 544.66
    domicile = garde | {"cmg_employe_a_domicile": True, "cmg_cout_mensuel": 1200}
    assert paje("2025-10", "paje_cmg", ["2024-09-10"], **domicile) == 770.64  # 1200 x (1 - 3000 x 0.001238 / 10.38)


@pytest.mark.parametrize(
    ("naissance", "parents", "expected"),
    [
        ("2024-09-10", 2, True),
        ("2025-05-31", 2, True),
        ("2025-06-01", 2, False),  # born after the three months that are compared
        ("2019-05-10", 1, True),  # its last month of CMG then was that of its sixth birthday
        ("2019-04-10", 1, False),  # no CMG for it then, though a parent alone has one now
    ],
)
def test_the_transition_complement_concerns_who_could_be_kept_in_spring_2025(naissance, parents, expected):
    # Loi 2022-1616, art. 86 VII, and décret 2025-515: what was declared for March to May 2025.
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 500}
    assert paje("2026-11", "paje_cmg_garde_au_printemps_2025", [naissance], parents=parents, **garde) == expected
    assert not paje("2026-11", "paje_cmg_garde_au_printemps_2025", [naissance], parents=parents)


def test_cmg_until_twelve_for_a_person_alone():
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 50, "cmg_cout_mensuel": 250}
    assert paje("2025-10", "paje_cmg", ["2015-09-10"], parents=1, **garde) > 0
    assert paje("2025-10", "paje_cmg", ["2015-09-10"], parents=2, **garde) == 0


def test_cmg_of_direct_employment_bears_no_more_crds():
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 800, "ressources": 36000}
    assert paje("2025-10", "paje_cmg_nette_crds", ["2024-09-10"], **garde) == 493.69
    assert paje("2025-10", "paje_cmg_crds", ["2024-09-10"], **garde) == 0
