"""AAH: figures worked by hand from the articles, on the maximum of the month."""

from __future__ import annotations

import pytest
from lecture import premier
from official.famille import calcule, nes_il_y_a

from guichet.domain.vocabulaire import Mois

OCTOBRE_2025 = Mois(2025, 10)
MAXIMUM = 1033.32


def travaille(mois, salaire, **autres):
    mois_lus = [str(mois - ecart) for ecart in range(15)]
    gains = {nom: dict.fromkeys(mois_lus, salaire) for nom in ("salaire_imposable", "salaire_net")}
    return {"taux_incapacite": 0.85, **gains, **autres}


def aah(mois, parent, variable="aah", naissances=(), **foyer):
    return calcule(variable, mois, naissances, parent=parent, **{"parents": 1, **foyer})


def test_rates_of_disability():
    restriction = {"aah_restriction_substantielle_durable_acces_emploi": True}
    assert aah(OCTOBRE_2025, {"taux_incapacite": 0.8}) == MAXIMUM
    assert aah(OCTOBRE_2025, {"taux_incapacite": 0.6}) == 0
    assert aah(OCTOBRE_2025, {"taux_incapacite": 0.6, **restriction}) == MAXIMUM
    assert aah(OCTOBRE_2025, {"taux_incapacite": 0.4, **restriction}) == 0


def test_earnings_of_ordinary_employment():
    # D821-9: 80 % off up to 30 % of the gross minimum wage (12 x 151.67 x 11.88 x 30 % = 6 486.62), 40 % off above.
    # 12 000 a year: 1 297.32 + 3 308.03 = 4 605.35, 383.78 a month.
    assert aah(OCTOBRE_2025, travaille(OCTOBRE_2025, 1000)) == pytest.approx(649.54, abs=0.011)


def test_minimum_wage_is_that_of_the_last_day_of_reference():
    # D821-9, 2°. January 2024, quarter of October to December 2023: 11.52 x 151.67 x 30 % = 524.17, not 11.65.
    janvier = Mois(2024, 1)
    assert aah(janvier, travaille(janvier, 1000)) == pytest.approx(971.37 - 104.83 - 285.50, abs=0.011)
    # Without earnings in the month of the right, the year N-2 counts: 31 December 2022, 11.07 x 151.67 x 30 % = 503.70.
    # 1 000 a month in 2022 is 100.74 + 297.78, 30 % off since the work has stopped.
    arrete = {"taux_incapacite": 0.85, "salaire_imposable": {f"2022-{numero:02}": 1000 for numero in range(1, 13)}}
    assert aah(janvier, arrete) == pytest.approx(971.37 - 0.7 * 398.52, abs=0.011)


def test_the_pay_of_the_quarter_is_the_taxable_one():
    # R821-4-1, R532-3; no 10 % off (circulaire CNAF 2010-013). 1 030 taxable, 1 000 paid: 108.11 + 293.67.
    paye = travaille(OCTOBRE_2025, 1000)
    paye["salaire_imposable"] = dict.fromkeys(paye["salaire_imposable"], 1030)
    assert aah(OCTOBRE_2025, paye) == pytest.approx(MAXIMUM - 401.78, abs=0.011)


def test_first_six_months_leave_the_allowance_whole():
    reprise = travaille(OCTOBRE_2025, 1000, aah_reprise_activite_moins_de_six_mois=True)
    assert aah(OCTOBRE_2025, reprise) == MAXIMUM


def test_children_raise_the_ceiling():
    # D821-2: half of the maximum for each child. 2 500 € a month: 30 000, retained 15 405.35, 1 283.78 a month.
    mois = OCTOBRE_2025
    assert aah(mois, travaille(mois, 2500)) == 0
    assert aah(mois, travaille(mois, 2500), naissances=nes_il_y_a(mois, 8)) == pytest.approx(266.20, abs=0.011)


def test_partner_counts_until_september_2023_only():
    # A partner whose pay of the quarter leaves nothing under the ceiling of the couple.
    def avec_conjoint(mois):
        conjoint = {"date_naissance": "1980-01-01"} | travaille(mois, 4000)
        conjoint.pop("taux_incapacite")
        return couple(mois, {"taux_incapacite": 0.85}, conjoint)

    assert avec_conjoint(Mois(2023, 9)) < 971.37
    assert avec_conjoint(Mois(2023, 10)) == 971.37


def couple(mois, beneficiaire, conjoint):
    conjoint["salaire_imposable"] |= {str(mois.annee - 2): 48000}
    situation = {
        "individus": {"a": {"date_naissance": "1980-01-01", **beneficiaire}, "b": conjoint},
        "familles": {"f": {"parents": ["a", "b"]}},
        "menages": {"m": {"personne_de_reference": ["a"], "conjoint": ["b"]}},
        "foyers_fiscaux": {"t": {"declarants": ["a", "b"]}},
    }
    return round(premier("aah", situation, mois), 2)


def test_majoration_pour_la_vie_autonome_needs_the_complement():
    # L821-1-2, D821-3: 104.77 €, with a housing aid, 80 % of disability and no earnings.
    assert aah(OCTOBRE_2025, {"taux_incapacite": 0.85}, "mva") == 0
    assert aide_au_logement("mva", 0.85) == 104.77
    assert aide_au_logement("mva", 0.2) == 0
    assert aide_au_logement("aah_versee", 0.85) == round(MAXIMUM + 104.77, 2)


def aide_au_logement(variable, taux):
    mois = OCTOBRE_2025
    lus = [str(mois - ecart) for ecart in range(5)]
    logement = {"loyer": 500, "statut_occupation_logement": "locataire_vide", "depcom": "69123"}
    situation = {
        "individus": {"a": {"date_naissance": "1980-01-01", "taux_incapacite": taux}},
        "familles": {"f": {"parents": ["a"]}},
        "menages": {"m": {"personne_de_reference": ["a"], **{n: dict.fromkeys(lus, v) for n, v in logement.items()}}},
        "foyers_fiscaux": {"t": {"declarants": ["a"]}},
    }
    return round(premier(variable, situation, mois), 2)


def test_a_net_pay_alone_says_that_somebody_works():
    # 616 € a month in June 2025: 540.55 x 20 % + 75.45 x 60 % = 153.38; 1 033.32 - 153.38. D821-9, R821-4-1.
    mois = Mois(2025, 6)
    paye = {str(mois - ecart): 616 for ecart in range(4)}
    for nom in ("salaire_net", "salaire_imposable"):
        assert aah(mois, {"taux_incapacite": 0.85, nom: paye}) == pytest.approx(879.94, abs=0.011)
