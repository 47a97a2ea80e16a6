"""An amount does not depend on what was asked first: no value of a cut recursion stays behind."""

from __future__ import annotations

import numpy as np
import pytest
from menages import DATES, Menages, foyers

from guichet.law import calculate, columns
from guichet.law.decomptes import fiches
from guichet.law.lean import LeanSimulation

ORDERS = [("aide_logement", "rsa", "ppa"), ("ppa", "rsa", "aide_logement"), ("ppa",)]


@pytest.mark.parametrize("asked", ORDERS, ids="-".join)
def test_the_prime_of_a_family_with_a_low_housing_aid(asked):
    """HLM, 250 €, couple, a child of seven months, 1 800 € a month since July 2022: 46 € of housing aid in August 2023.

    1 071.45 + 173.22 + 61 % of 1 800, less 1 800 and 185.73 of base allowance; less 46 € in one of the three months.
    (The complement of the AAH, read because a rate of disability is given, asked for the housing aid of other months,
    and the amount was 356.94 € when the housing aid and the RSA had been asked before.)
    """
    mois = [f"2022-{number:02d}" for number in range(9, 13)] + [f"2023-{number:02d}" for number in range(1, 12)]
    read = mois[-6:]
    situation = {
        "individus": {
            "a": {
                "date_naissance": "1996-03-15",
                "salaire_net": dict.fromkeys(mois, 1800),
                "salaire_imposable": dict.fromkeys(mois, 1854),
                "taux_incapacite": dict.fromkeys(read, 0),
            },
            "b": {"date_naissance": "1996-04-15"},
            "c": {"date_naissance": "2023-02-10"},
        },
        "familles": {"f": {"parents": ["a", "b"], "enfants": ["c"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["a", "b"], "personnes_a_charge": ["c"]}},
        "menages": {
            "m": {
                "personne_de_reference": ["a"],
                "conjoint": ["b"],
                "enfants": ["c"],
                "statut_occupation_logement": dict.fromkeys(read, "locataire_hlm"),
                "loyer": dict.fromkeys(read, 250),
                "zone_apl": dict.fromkeys(read, "zone_2"),
            }
        },
    }
    assert calculate(situation, ["aide_logement"], "2023-08")["aide_logement"] == 46
    assert calculate(situation, asked, "2023-11")["ppa"] == pytest.approx(341.61, abs=0.01)


@pytest.mark.parametrize("mois", DATES[::3], ids=str)
def test_all_the_benefits_in_two_orders(loi, mois):
    drawn = foyers(30, mois, seed=77)
    menages = Menages(mois, columns.shape_of(drawn), columns.columns_of(drawn, mois, loi))
    names = [fiche.montant for fiche in fiches().values()]
    periods = {name: str(mois.annee) if loi.variables[name].definition_period == "year" else str(mois) for name in names}
    in_order = menages.simulation(loi, LeanSimulation)
    there = {name: in_order.calculate(name, periods[name]) for name in names}
    backwards = menages.simulation(loi, LeanSimulation)
    back_again = {name: backwards.calculate(name, periods[name]) for name in reversed(names)}
    for name in names:
        gap = np.abs(there[name] - back_again[name])
        assert gap.max() < 0.005, f"{name}, households {np.nonzero(gap >= 0.005)[0]}"
