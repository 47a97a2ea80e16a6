"""An amount does not depend on what was asked first: no value of a cut recursion stays behind."""

from __future__ import annotations

import numpy as np
import pytest
from menages import DATES, Menages, foyers

from guichet.law import calculate, columns
from guichet.law.decomptes import fiches
from guichet.law.lean import LeanSimulation

ORDRES = [("aide_logement", "rsa", "ppa"), ("ppa", "rsa", "aide_logement"), ("ppa",)]


@pytest.mark.parametrize("demandees", ORDRES, ids="-".join)
def test_the_prime_of_a_family_with_a_low_housing_aid(demandees):
    """HLM, 250 €, couple, a child of seven months, 1 800 € a month since July 2022: 46 € of housing aid in August 2023.

    1 071.45 + 173.22 + 61 % of 1 800, less 1 800 and 185.73 of base allowance; less 46 € in one of the three months.
    (The complement of the AAH, read because a rate of disability is given, asked for the housing aid of other months,
    and the amount was 356.94 € when the housing aid and the RSA had been asked before.)
    """
    mois = [f"2022-{numero:02d}" for numero in range(9, 13)] + [f"2023-{numero:02d}" for numero in range(1, 12)]
    lus = mois[-6:]
    situation = {
        "individus": {
            "a": {
                "date_naissance": "1996-03-15",
                "salaire_net": dict.fromkeys(mois, 1800),
                "salaire_imposable": dict.fromkeys(mois, 1854),
                "taux_incapacite": dict.fromkeys(lus, 0),
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
                "statut_occupation_logement": dict.fromkeys(lus, "locataire_hlm"),
                "loyer": dict.fromkeys(lus, 250),
                "zone_apl": dict.fromkeys(lus, "zone_2"),
            }
        },
    }
    assert calculate(situation, ["aide_logement"], "2023-08")["aide_logement"] == 46
    assert calculate(situation, demandees, "2023-11")["ppa"] == pytest.approx(341.61, abs=0.01)


@pytest.mark.parametrize("mois", DATES[::3], ids=str)
def test_all_the_benefits_in_two_orders(loi, mois):
    tires = foyers(30, mois, graine=77)
    lot = Menages(mois, columns.shape_of(tires), columns.columns_of(tires, mois, loi))
    noms = [fiche.montant for fiche in fiches().values()]
    periodes = {nom: str(mois.annee) if loi.variables[nom].definition_period == "year" else str(mois) for nom in noms}
    dans_l_ordre = lot.simulation(loi, LeanSimulation)
    aller = {nom: dans_l_ordre.calculate(nom, periodes[nom]) for nom in noms}
    a_rebours = lot.simulation(loi, LeanSimulation)
    retour = {nom: a_rebours.calculate(nom, periodes[nom]) for nom in reversed(noms)}
    for nom in noms:
        ecart = np.abs(aller[nom] - retour[nom])
        assert ecart.max() < 0.005, f"{nom}, households {np.nonzero(ecart >= 0.005)[0]}"
