"""Bad questions: one sentence, that names the field."""

from __future__ import annotations

import copy
import math

import pytest

from guichet.law import SituationError, calculate

SITUATION = {
    "individus": {
        "a": {"date_naissance": "1980-01-01", "salaire_net": {"2012-12": 900}},
        "b": {"date_naissance": "2005-01-01"},
    },
    "familles": {"f": {"parents": ["a"], "enfants": ["b"]}},
    "foyers_fiscaux": {"ff": {"declarants": ["a"], "personnes_a_charge": ["b"]}},
    "menages": {
        "m": {
            "personne_de_reference": ["a"],
            "enfants": ["b"],
            "loyer": 450,
            "zone_apl": "zone_2",
            "statut_occupation_logement": "locataire_vide",
        }
    },
}
A, F, M = "situation.individus.a", "situation.familles.f", "situation.menages.m"
BAD = {
    # where to put what, and the sentence
    "unknown variable": (("individus", "a", "salaire_nett"), 1, f"{A}.salaire_nett: there is no variable"),
    "suggestion": (("individus", "a", "salaire_nett"), 1, "did you mean 'salaire_net'?"),
    "wrong entity": (("individus", "a", "loyer"), 1, f"{A}.loyer: this variable belongs to menages, not to individus"),
    "text for a number": (("menages", "m", "loyer"), "beaucoup", f"{M}.loyer: give a number, not 'beaucoup'"),
    "boolean for a number": (("menages", "m", "loyer"), True, f"{M}.loyer: give a number, not true"),
    "list for a number": (("menages", "m", "loyer"), [1], f"{M}.loyer: give a number, not"),
    "power": (("menages", "m", "loyer"), "9**9**9", f"{M}.loyer: give a number"),
    "division by zero": (("menages", "m", "loyer"), "1/0", f"{M}.loyer: "),
    "number for a boolean": (("individus", "a", "enceinte"), 2, f"{A}.enceinte: give true or false, not 2"),
    "unknown choice": (("menages", "m", "zone_apl"), "zone_4", f"{M}.zone_apl: 'zone_4' is not one of"),
    "NaN": (("menages", "m", "loyer"), math.nan, f"{M}.loyer: nan is not a number that a household has"),
    "infinite": (("menages", "m", "loyer"), math.inf, f"{M}.loyer: inf is not a number"),
    "absurd": (("menages", "m", "loyer"), 1e308, f"{M}.loyer: 1e+308 is not a number that"),
    "huge integer": (("menages", "m", "loyer"), 10**400, f"{M}.loyer: 1000"),
    "negative rent": (("menages", "m", "loyer"), -1, f"{M}.loyer: -1 is negative"),
    "disability over one": (("individus", "a", "taux_incapacite"), 80, f"{A}.taux_incapacite: 80 is not between 0 and 1"),
    "not a date": (("individus", "a", "date_naissance"), "01/02/1980", f"{A}.date_naissance: '01/02/1980' is not a date"),
    "date that does not exist": (("individus", "a", "date_naissance"), "1981-02-29", f"{A}.date_naissance: "),
    "number for a date": (("individus", "a", "date_naissance"), 1980, f"{A}.date_naissance: 1980 is not a date"),
    "antique": (("individus", "a", "date_naissance"), "0001-01-01", f"{A}.date_naissance: 0001-01-01 is not between"),
    "not a period": (("menages", "m", "loyer"), {"janvier": 1}, f"{M}.loyer.janvier: 'janvier' is not a month"),
    "day": (("menages", "m", "loyer"), {"2013-01-05": 1}, f"{M}.loyer.2013-01-05: "),
    "always": (("menages", "m", "loyer"), {"ETERNITY": 1}, f"{M}.loyer.ETERNITY: give this value for a month"),
    "far period": (("menages", "m", "loyer"), {"year:1500:900": 1}, f"{M}.loyer.year:1500:900: "),
    "yearly for a month": (("foyers_fiscaux", "ff", "f4ba"), {"2011-01": 1}, "f4ba.2011-01: this variable is yearly"),
    "commune": (("menages", "m", "depcom"), "99999", f"{M}.depcom: '99999' is not a commune of the zones"),
    "null byte": (("individus", "a", "nationalite"), "\0", f"{A}.nationalite: give a text"),
    "nobody": (("individus",), {}, "situation.individus: give at least one person"),
    "persons as a list": (("individus",), ["a"], "situation.individus: give at least one person"),
    "person as a list": (("individus", "a"), [], f"{A}: give an object, not []"),
    "unknown group": (("tribus",), {}, "situation: 'tribus' is not one of individus, familles"),
    "axes": (("axes",), [], "situation: 'axes' is not one of"),
    "family as a list": (("familles",), [], "situation.familles: give an object, not []"),
    "role as a number": (("familles", "f", "parents"), 3, f"{F}.parents: give a list of persons, not 3"),
    "unknown role": (("familles", "f", "cousins"), ["b"], f"{F}.cousins: there is no variable 'cousins'"),
    "unknown person": (("familles", "f", "enfants"), ["b", "z"], f"{F}.enfants: there is no person 'z'"),
    "twice in a family": (("familles", "f", "enfants"), ["b", "b"], f"{F}.enfants: 'b' is already in familles.f"),
    "two families": (("familles", "g"), {"parents": ["b"]}, "situation.familles.g.parents: 'b' is already in familles.f"),
    "no family": (("familles", "f", "enfants"), [], "situation.familles: 'b' is in none"),
    "no dwelling": (("menages", "m", "enfants"), [], "situation.menages: 'b' is in none"),
    "no families": (("familles",), {}, "situation.familles: 'a' is in none"),
    "no parent": (("familles", "f"), {"enfants": ["a", "b"]}, f"{F}.parents: name at least one person"),
    "three parents": (("familles", "f"), {"parents": ["a", "b", "a"]}, f"{F}.parents: 3 persons, at most 2"),
    "twice the same month": (
        ("menages", "m", "loyer"),
        {"2013-01": 1, "month:2013-01": 2},
        "month:2013-01: this value is given",
    ),
    "twice a birth": (("individus", "a", "date_naissance"), {"2013": "1980-01-01", "ETERNITY": "1981-01-01"}, "given twice"),
    "no month": (("menages", "m", "loyer"), {"month:2013-01:0": 1}, f"{M}.loyer.month:2013-01:0: "),
    "a year that is not its months": (
        ("individus", "a", "salaire_net"),
        {"2013": 5} | {f"2013-{mois:02d}": 100 for mois in range(1, 13)},
        "situation: salaire_net is given for 2013 and for each of its parts",
    ),
    "role in the singular": (("familles", "f"), {"parents": ["a"], "enfant": ["b"]}, f"{F}.enfant: there is no variable"),
    "control character": (("familles", "g\n"), {}, r"situation.familles.'g\n'.parents: name at least"),
    "long name": (("familles", "g" * 9000), [], "situation.familles.'ggg"),
    "unborn parent": (("individus", "a", "date_naissance"), "2013-02-01", f"{F}.parents: 'a' is born after 2013-01"),
}


def test_what_always_holds_may_be_told_month_by_month():
    births = {f"2013-{mois:02d}": SITUATION["individus"]["a"]["date_naissance"] for mois in (1, 2, 3)}
    told = changed(("individus", "a", "date_naissance"), births)
    assert calculate(told, ["rsa"], "2013-01") == calculate(SITUATION, ["rsa"], "2013-01")


def changed(path, value):
    situation = copy.deepcopy(SITUATION)
    target = situation
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return situation


@pytest.mark.parametrize("name", BAD)
def test_bad_situation(name):
    path, value, phrase = BAD[name]
    with pytest.raises(SituationError) as error:
        calculate(changed(path, value), ["aide_logement"], "2013-01")
    assert phrase in str(error.value)
    assert "\n" not in str(error.value)
    assert str(error.value)[-1] in ".?"
    assert len(str(error.value)) < 400


@pytest.mark.parametrize(
    "period", ["2012-05", "1999-01", "2013", "2013-13", "janvier", "", None, 2013, "2050-01", "9999-01", "2013-01\n"]
)
def test_bad_period(period):
    with pytest.raises(SituationError, match=r"^period: "):
        calculate(SITUATION, ["rsa"], period)


@pytest.mark.parametrize("variables", [None, [], "rsa", [1], ["rsaa"], {"rsa": 1}, ["date_naissance"]])
def test_bad_variables(variables):
    with pytest.raises(SituationError, match=r"^variables"):
        calculate(SITUATION, variables, "2013-01")


@pytest.mark.parametrize("situation", [None, [], "a", {}, 3])
def test_not_a_situation(situation):
    with pytest.raises(SituationError, match=r"^situation"):
        calculate(situation, ["rsa"], "2013-01")


def test_bad_law():
    with pytest.raises(SituationError, match=r"^law: 'lex'"):
        calculate(SITUATION, ["rsa"], "2013-01", "lex")


def test_the_question_is_left_as_it_was():
    before = copy.deepcopy(SITUATION)
    calculate(SITUATION, ["aide_logement"], "2013-01")
    assert before == SITUATION


def test_values_without_period():
    """A month for a monthly variable, its year for a yearly one, always for a birth date; a yearly answer is its year's."""
    situation = changed(("foyers_fiscaux", "ff", "f4ba"), 1200)
    assert calculate(situation, ["f4ba", "loyer"], "2013-01") == {"f4ba": 1200, "loyer": 450}
    assert calculate(situation, ["f4ba"], "2014-01") == calculate(SITUATION | {}, ["f4ba"], "2014-01") | {"f4ba": 1200}


def test_what_openfisca_takes():
    situation = changed(("menages", "m", "loyer"), {"2013-01": "400 + 50", "2012": None})
    assert calculate(situation, ["loyer", "zone_apl", "enceinte"], "2013-01") == {
        "loyer": 450,
        "zone_apl": "zone_2",
        "enceinte": 0,
    }
    assert calculate(changed(("menages", "m", "depcom"), 1001), ["depcom"], "2013-01") == {"depcom": "01001"}


def test_a_child_to_be_born_is_no_fault():
    assert calculate(changed(("individus", "b", "date_naissance"), "2013-03-01"), ["af"], "2013-01") == {"af": 0}
