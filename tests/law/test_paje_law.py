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


@pytest.mark.parametrize(("ressources", "expected"), [(9853, True), (9854, False)])  # 821.13 x 12 = 9 853.56
def test_the_floor_of_resources_concerns_who_is_under_it(ressources, expected):
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 500, "ressources": ressources}
    assert paje("2026-11", "paje_cmg_ressources_au_plancher", ["2024-09-10"], **garde) == expected


def test_cmg_until_twelve_for_a_person_alone():
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 50, "cmg_cout_mensuel": 250}
    assert paje("2025-10", "paje_cmg", ["2015-09-10"], parents=1, **garde) > 0
    assert paje("2025-10", "paje_cmg", ["2015-09-10"], parents=2, **garde) == 0


def test_cmg_of_direct_employment_bears_no_more_crds():
    garde = {"empl_dir": True, "cmg_heures_mensuelles": 100, "cmg_cout_mensuel": 800, "ressources": 36000}
    assert paje("2025-10", "paje_cmg_nette_crds", ["2024-09-10"], **garde) == 493.69
    assert paje("2025-10", "paje_cmg_crds", ["2024-09-10"], **garde) == 0
