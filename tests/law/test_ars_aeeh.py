"""ARS and AEEH: what differs from OpenFisca-France. Figures worked by hand from the text, unless a source is named."""

from __future__ import annotations

import pytest
from lecture import premier, simulation
from official.famille import calcule, nes_il_y_a

from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading, explain

OCTOBRE_2025 = Mois(2025, 10)


def seul(enfant, parents=1):
    adultes = ["a", "b"][:parents]
    return {
        "individus": {**{nom: {"date_naissance": "1985-01-01"} for nom in adultes}, "e": enfant},
        "familles": {"f": {"parents": adultes, "enfants": ["e"]}},
        "menages": {"m": {"personne_de_reference": adultes[:1], "conjoint": adultes[1:], "enfants": ["e"]}},
        "foyers_fiscaux": {"t": {"declarants": adultes, "personnes_a_charge": ["e"]}},
    }


def doutes(prestation, enfant, mois):
    (droit,) = explain(SimulationReading(simulation(seul(enfant), mois), mois), fiches()[prestation])
    return " ".join(droit.doutes)


def test_ars_is_paid_in_august_and_only_then():
    enfants = ["2016-03-01"]
    paye = {numero: calcule("ars_versee", Mois(2025, numero), enfants, 20000) for numero in range(7, 10)}
    assert paye == {7: 0, 8: 423.48, 9: 0}
    assert calcule("ars_nette_crds", Mois(2025, 10), enfants, 20000) == 423.48


def test_ars_ages():
    # R543-2: 6 years in the year, not yet 18 on 15 September; 89.72, 94.67, 97.95 % of 474.37.
    def ars(naissance):
        return calcule("ars", Mois(2025, 8), [naissance], 20000)

    assert [ars(ne) for ne in ("2020-01-01", "2019-12-31", "2014-12-31", "2010-12-31")] == [0, 425.60, 449.09, 464.65]
    assert [ars(ne) for ne in ("2007-09-15", "2007-09-16")] == [0, 464.65]


def test_ars_ceiling_is_that_of_the_family_on_31_july():
    # R543-6, 2025: 21 880 and 6 564 a child. Born on 31 July, 20 years old in August: they count; 20 on 31 July does not.
    def plafond(*autres):
        return calcule("ars_plafond", Mois(2025, 8), ["2016-03-01", *autres])

    assert [plafond(ne) for ne in ("2025-07-31", "2025-08-01", "2005-08-01", "2005-07-31")] == [35008, 28444, 35008, 28444]


def test_ars_of_who_works_only_after_compulsory_school():
    # L543-1: the limit of pay is for who is past it, on the first day of school (55 % of 11.88 x 169 is 1 104.25).
    paye = {f"2025-{numero:02}": 1300 for numero in range(1, 9)}
    for naissance, attendu in (("2010-01-01", 464.65), ("2008-01-01", 0)):
        situation = seul({"date_naissance": naissance, "salaire_net": paye})
        assert premier("ars", situation, Mois(2025, 8), 2025) == pytest.approx(attendu, abs=0.001)


def test_ars_of_2020_had_an_exceptional_majoration():
    # Published: 469.97 net for a child of 6 to 10. (0.8972 + 0.2426) x 414.40.
    mois = Mois(2020, 8)
    assert calcule("ars_versee", mois, nes_il_y_a(mois, 8), 20000) == 469.97


def test_ars_reduced_just_above_the_ceiling():
    # One child, 2025: 28 444. 100 € above: 425.60 - 100. Less than 15 € is not paid.
    enfants = ["2016-03-01"]
    assert [calcule("ars", Mois(2025, 8), enfants, r) for r in (28544, 28854, 28860)] == [325.60, 15.60, 0]


def test_ars_of_a_child_who_turns_six_in_january_is_told():
    # R543-2: « avant le 1er février de l'année suivant celle de la rentrée scolaire ».
    aout = Mois(2025, 8)
    dits = ["six ans en janvier" in doutes("ars", {"date_naissance": ne}, aout) for ne in ("2020-01-31", "2020-02-01")]
    assert dits == [True, False]


def test_a_right_of_one_parent_is_told():
    # R513-1: of the family benefits, only the AF are shared between the homes of a child.
    for prestation, mois in (("ars", Mois(2025, 8)), ("cf", OCTOBRE_2025), ("aeeh", OCTOBRE_2025)):
        for alterne in (True, False):
            enfant = {"date_naissance": "2016-01-01", "handicap": True, "garde_alternee": alterne}
            assert ("R513-1" in doutes(prestation, enfant, mois)) == alterne


def test_aeeh_categories_and_lone_parent():
    # D541-1, D541-2, D541-4, on 474.37: 32 %; 24, 65, 92, 142.57, 182.21 % or 1 288.13; 13 to 107 %.
    complements = {0: 0, 1: 113.85, 2: 308.34, 3: 436.42, 4: 676.31, 5: 864.35, 6: 1288.13}
    majorations = {2: 61.67, 3: 85.39, 4: 270.39, 5: 346.29, 6: 507.58}
    for categorie, complement in complements.items():
        for parents in (1, 2):
            attendu = 151.80 + complement + (majorations.get(categorie, 0) if parents == 1 else 0)
            assert aeeh(OCTOBRE_2025, categorie, parents) == pytest.approx(attendu, abs=0.005)
    assert aeeh(Mois(2026, 4), 6, 2) == pytest.approx(153.01 + 1298.44, abs=0.005)


def aeeh(mois, categorie, parents):
    enfant = {"date_naissance": "2018-01-01", "handicap": True, "aeeh_niveau_handicap": categorie}
    return premier("aeeh", seul(enfant, parents), mois)


def test_aeeh_increase_of_a_lone_parent_depends_on_the_ground_of_the_complement():
    # D541-3; R541-2: the categories 2 to 4 may be given for expenses alone.
    enfant = {"date_naissance": "2018-01-01", "handicap": True}
    dits = ["D541-3" in doutes("aeeh", enfant | {"aeeh_niveau_handicap": rang}, OCTOBRE_2025) for rang in range(1, 7)]
    assert dits == [False, True, True, True, False, False]
