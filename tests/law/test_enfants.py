"""The month in which a birthday opens or closes a right, and ages told instead of dates. Worked by hand, or quoted."""

from __future__ import annotations

import pytest
from official.famille import calcule

from guichet.domain.vocabulaire import Mois
from guichet.law import SituationError, calculate

AINE, CADETS = "2005-06-15", ["2012-05-01", "2015-01-01"]


def par_mois(variable, enfants, *mois, ressources=20000.0):
    return [calcule(variable, Mois.parse(un), enfants, ressources) for un in mois]


def test_family_allowances_stop_with_the_month_before_the_twentieth_birthday():
    # R552-3 I. A child of 15 May 2006: « jusqu'au mois d'avril 2026 inclus » (mairie72.fr).
    deux = ["2006-05-15", "2015-01-01"]
    assert par_mois("af", deux, "2026-04", "2026-05") == [153.01, 0]
    # R552-2 I: from the month after, even for a birth on the first day.
    assert par_mois("af", ["2015-01-01", "2024-06-01"], "2024-06", "2024-07") == [0, 149.26]
    assert par_mois("af_majoration", ["2008-01-01", "2010-06-01"], "2024-06", "2024-07") == [0, 74.63]


def test_20_year_allowance_from_that_month_to_the_one_before_the_next_birthday():
    # CNAF, quoted by ASH 2313: three children the month before; paid « jusqu'au mois précédant le 21e anniversaire ».
    mois = ("2025-05", "2025-06", "2026-05", "2026-06")
    assert par_mois("af_allocation_forfaitaire", [AINE, *CADETS], *mois) == [0, 95.98, 96.75, 0]
    assert par_mois("af_nbenf", [AINE, *CADETS], *mois) == [3, 2, 2, 2]


def test_complement_familial_follows_the_base_allowance_without_a_gap():
    # The base allowance ends with the month before the third birthday (D531-1); L552-1: no gap. Until 21 years.
    enfants = ["2008-01-01", "2012-06-01", "2021-06-10"]
    mois = ("2024-05", "2024-06", "2024-07")
    assert par_mois("paje_base", enfants, *mois) == [194.27, 0, 0]
    assert par_mois("cf", enfants, *mois) == [0, 291.43, 291.43]
    assert par_mois("cf", [AINE, *CADETS], "2026-05", "2026-06") == [298.75, 0]


def test_a_disabled_child_has_one_allowance_or_the_other_in_the_month_of_its_twentieth_birthday():
    # R541-4 I: until the last day of the month before the right to the AAH, which opens the month after (L821-5, R552-2).
    jeune = {"date_naissance": AINE, "handicap": True, "taux_incapacite": 0.85}
    recus = {
        mois: tuple(calculate(situation(jeune), ["aeeh", "aah"], mois).values())
        for mois in ("2025-05", "2025-06", "2025-07")
    }
    assert recus == {"2025-05": (151.80, 0), "2025-06": (151.80, 0), "2025-07": (0, 1033.32)}
    # Without a right to it, the month of the birthday is not due (R552-3, R541-7).
    sans_aah = situation({"date_naissance": AINE, "handicap": True, "taux_incapacite": 0.5})
    assert [calculate(sans_aah, ["aeeh"], mois)["aeeh"] for mois in ("2025-05", "2025-06")] == [151.80, 0]


def test_a_disabled_child_who_earns_too_much_after_compulsory_school_is_no_longer_at_charge():
    # R541-7: R512-2 applies to the AEEH; 55 % of 11.88 x 169 is 1 104.25.
    paye = {f"2025-{numero:02}": 1300 for numero in range(1, 6)} | {"2024-12": 1300}
    for naissance, attendu in (("2010-01-01", 151.80), ("2008-01-01", 0)):
        enfant = {"date_naissance": naissance, "handicap": True, "salaire_net": paye}
        assert calculate(situation(enfant), ["aeeh"], "2025-06") == {"aeeh": attendu}


def test_a_child_of_school_age_may_earn_any_pay():
    # L512-3: the limit of 55 % of the minimum wage begins after compulsory school.
    paye = {f"2025-{numero:02}": 1300 for numero in range(1, 6)} | {"2024-12": 1300}
    for naissance, expected in (("2010-01-01", 200.18), ("2008-01-01", 0)):
        enfant = {"date_naissance": naissance, "salaire_net": paye}
        assert calculate(situation(enfant, parents=1), ["asf"], "2025-06") == {"asf": expected}


def situation(*enfants, parents=2, parent=None):
    adultes = ["a", "b"][:parents]
    noms = [f"e{rank}" for rank in range(len(enfants))]
    individus = {nom: parent or {"date_naissance": "1985-01-01"} for nom in adultes}
    return {
        "individus": individus | dict(zip(noms, enfants, strict=True)),
        "familles": {"f": {"parents": adultes, "enfants": noms}},
        "menages": {"m": {"personne_de_reference": adultes[:1], "conjoint": adultes[1:], "enfants": noms}},
        "foyers_fiscaux": {"t": {"declarants": adultes, "personnes_a_charge": noms}},
    }


@pytest.mark.parametrize(
    ("ages", "mois", "variable", "expected"),
    [
        ((4, 8), "2024-06", "af", 149.26),
        ((8, 15), "2024-06", "af", 149.26),  # the eldest of two has no majoration
        ((14, 16), "2024-06", "af", 223.89),
        ((0,), "2024-06", "paje_base", 194.27),
        ((2,), "2024-06", "paje_base", 194.27),
        ((3,), "2024-06", "paje_base", 0),
        ((8, 12), "2024-08", "ars", 860.07),
        ((4, 6, 8), "2024-06", "cf", 291.43),
    ],
)
def test_an_age_is_enough(ages, mois, variable, expected):
    foyer = situation(*({"age": {mois: age}} for age in ages), parent={"age": {mois: 38}})
    assert calculate(foyer, [variable], mois) == {variable: expected}


def test_an_age_beside_dates_counts_the_child_all_the_same():
    foyer = situation({"date_naissance": "2016-01-01"}, {"age_en_mois": {"2024-06": 30}}, parent={"age": 38})
    assert calculate(foyer, ["af", "paje_base"], "2024-06") == {"af": 149.26, "paje_base": 194.27}


def test_ages_of_several_months_are_put_together():
    # Three years old in March 2024 but not in February: born in February 2021, so no base allowance in February 2024.
    foyer = situation({"age": {"2024-02": 2, "2024-03": 3}})
    assert [calculate(foyer, ["paje_base"], mois)["paje_base"] for mois in ("2024-01", "2024-02")] == [185.73, 0]


def test_an_age_that_nobody_has():
    with pytest.raises(SituationError, match=r"^situation\.individus\.e0\.age: nobody is that old\.$"):
        calculate(situation({"age": 400}), ["af"], "2024-06")
