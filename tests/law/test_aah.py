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
    # R532-3: 12 000 a year less 10 %, 10 800. D821-9: 80 % off up to 30 % of the gross minimum wage (12 x 151.67 x 11.88
    # x 30 % = 6 486.62), 40 % off above: 1 297.32 + 2 588.03 = 3 885.35, 323.78 a month.
    assert aah(OCTOBRE_2025, travaille(OCTOBRE_2025, 1000)) == pytest.approx(709.54, abs=0.011)


def test_minimum_wage_is_that_of_the_last_day_of_reference():
    # D821-9, 2°. January 2024, quarter of October to December 2023: 11.52 x 151.67 x 30 % = 524.17, not 11.65.
    janvier = Mois(2024, 1)
    assert aah(janvier, travaille(janvier, 1000)) == pytest.approx(971.37 - 104.83 - 225.50, abs=0.011)
    # Without earnings in the month of the right, the year N-2 counts: 31 December 2022, 11.07 x 151.67 x 30 % = 503.70.
    # 900 a month in 2022 is 100.74 + 237.78, 30 % off for who is unemployed (R532-7).
    arrete = {"taux_incapacite": 0.85, "salaire_imposable": {f"2022-{numero:02}": 1000 for numero in range(1, 13)}}
    assert aah(janvier, {**arrete, "chomage_net": {"2023-12": 700}}) == pytest.approx(971.37 - 0.7 * 338.52, abs=0.011)
    # R821-4-4: nothing of it counts when nothing replaces it.
    assert aah(janvier, arrete) == 971.37


def test_the_pay_of_the_quarter_is_the_taxable_one():
    # R821-4-1, R532-3: 1 030 taxable, 1 000 paid; 927 after 10 %: 108.11 + 231.87.
    paye = travaille(OCTOBRE_2025, 1000)
    paye["salaire_imposable"] = dict.fromkeys(paye["salaire_imposable"], 1030)
    assert aah(OCTOBRE_2025, paye) == pytest.approx(MAXIMUM - 339.98, abs=0.011)


def test_what_replaces_a_pay_has_the_ten_per_cent_only():
    # 500 of pay and 300 of unemployment benefit: 450, of which a fifth counts (under 540.55), and 270.
    paye = travaille(OCTOBRE_2025, 500, chomage_net={f"2025-0{mois}": 300 for mois in (7, 8, 9)})
    assert aah(OCTOBRE_2025, paye) == pytest.approx(MAXIMUM - 90 - 270, abs=0.011)


def test_a_maintenance_received_has_twenty_per_cent_off():
    # R532-3 and R821-4, II, 2°: 500 a month in 2023, 6 000 x 0.9 x 0.8 = 4 320, 360 a month.
    recue = {"taux_incapacite": 0.85, "pensions_alimentaires_percues": {f"2023-{n:02}": 500 for n in range(1, 13)}}
    assert aah(OCTOBRE_2025, recue) == pytest.approx(MAXIMUM - 360, abs=0.011)


@pytest.mark.parametrize("nature", ["retraite_nette", "pensions_invalidite"])
def test_a_pension_is_completed_up_to_the_maximum(nature):
    # L821-1: « sans que le total des deux avantages puisse excéder le montant de l'allocation ».
    recue = {nature: {f"2025-{mois:02}": 400 for mois in range(1, 11)}}
    parent = {"date_naissance": "1960-01-01", "taux_incapacite": 0.85, **recue}
    assert aah(OCTOBRE_2025, parent) == pytest.approx(MAXIMUM - 400, abs=0.011)


def test_under_eighty_per_cent_until_the_pension_of_the_unfit():
    # L821-2, L351-1-5, D351-1-14: 62 years; the pension begins with the month after.
    def du(mois, naissance):
        restriction = {"aah_restriction_substantielle_durable_acces_emploi": True}
        return aah(mois, {"date_naissance": naissance, "taux_incapacite": 0.6, **restriction})

    assert [du(Mois(2025, mois), "1963-10-15") for mois in (9, 10, 11)] == [MAXIMUM, MAXIMUM, 0]
    # Born in January 1952: 60 years and nine months (loi 2010-1330), October 2012.
    assert [du(Mois(2012, mois), "1952-01-15") for mois in (10, 11)] == [776.59, 0]


def test_who_stays_in_hospital_keeps_thirty_per_cent_of_the_maximum():
    # R821-8: 30 % of 1 033.32 is 310.00 from the first of the month after sixty days; never more than was due.
    entre = {"aah_date_debut_hospitalisation": "2025-07-15"}
    assert aah(Mois(2025, 9), {"taux_incapacite": 0.85, **entre}) == MAXIMUM
    assert aah(OCTOBRE_2025, {"taux_incapacite": 0.85, **entre}) == 310
    assert aah(OCTOBRE_2025, travaille(OCTOBRE_2025, 1000, **entre)) == 310
    retraite = {"date_naissance": "1960-01-01", "retraite_nette": {f"2025-{mois:02}": 900 for mois in range(1, 11)}}
    assert aah(OCTOBRE_2025, {"taux_incapacite": 0.85, **retraite, **entre}) == pytest.approx(133.32, abs=0.001)


def test_protected_workshop():
    # D821-5: with 1 500 of guaranteed pay, at most 151.67 x 11.88 = 1 801.84 in all: 301.84. R532-3: 16 200 a year count.
    mois = OCTOBRE_2025
    esat = {"aah_base_ressources_activite_milieu_protege": {f"2025-{numero:02}": 1500 for numero in range(7, 11)}}
    garanti = travaille(mois, 1500, **esat)
    assert aah(mois, garanti) == 0
    # A child at charge: the ceiling is 1 549.98, less 1 350 of pay: 199.98, under 1.15 x 1 801.84 - 1 500 = 572.12.
    assert aah(mois, garanti, naissances=nes_il_y_a(mois, 8)) == pytest.approx(199.98, abs=0.011)
    # Two: 2 066.64 - 1 350 = 716.64, brought down to 572.12.
    assert aah(mois, garanti, naissances=nes_il_y_a(mois, 8, 5)) == pytest.approx(572.12, abs=0.011)


def test_first_six_months_leave_the_allowance_whole():
    reprise = travaille(OCTOBRE_2025, 1000, aah_reprise_activite_moins_de_six_mois=True)
    assert aah(OCTOBRE_2025, reprise) == MAXIMUM


def test_children_raise_the_ceiling():
    # D821-2: half of the maximum for each child. 2 500 € a month: 27 000 after 10 %, retained 13 605.35, 1 133.78 a month.
    mois = OCTOBRE_2025
    assert aah(mois, travaille(mois, 2500)) == 0
    assert aah(mois, travaille(mois, 2500), naissances=nes_il_y_a(mois, 8)) == pytest.approx(416.20, abs=0.011)


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


def test_majoration_pour_la_vie_autonome_needs_the_whole_allowance_and_no_earnings_of_the_month():
    # L821-1-2: « à taux plein ou en complément d'un avantage de vieillesse »; « ne perçoivent pas de revenu d'activité ».
    recue = {"pensions_alimentaires_percues": {f"2023-{mois:02}": 500 for mois in range(1, 13)}}
    assert aide_au_logement("mva", 0.85, **recue) == 0
    retraite = {"date_naissance": "1960-01-01", "retraite_nette": {f"2025-{mois:02}": 400 for mois in range(1, 11)}}
    assert aide_au_logement("mva", 0.85, **retraite) == 104.77
    # A job that ended in May no longer excludes it; one of the month does, though the allowance is left whole.
    fini = {"salaire_imposable": {f"2025-{mois:02}": 500 for mois in range(1, 6)}}
    assert aide_au_logement("mva", 0.85, **fini) == 104.77
    repris = {"salaire_imposable": {"2025-10": 500}, "aah_reprise_activite_moins_de_six_mois": True}
    assert aide_au_logement("aah", 0.85, **repris) == MAXIMUM
    assert aide_au_logement("mva", 0.85, **repris) == 0


def aide_au_logement(variable, taux, **personne):
    mois = OCTOBRE_2025
    lus = [str(mois - ecart) for ecart in range(5)]
    logement = {"loyer": 500, "statut_occupation_logement": "locataire_vide", "depcom": "69123"}
    situation = {
        "individus": {"a": {"date_naissance": "1980-01-01", "taux_incapacite": taux, **personne}},
        "familles": {"f": {"parents": ["a"]}},
        "menages": {"m": {"personne_de_reference": ["a"], **{n: dict.fromkeys(lus, v) for n, v in logement.items()}}},
        "foyers_fiscaux": {"t": {"declarants": ["a"]}},
    }
    return round(premier(variable, situation, mois), 2)


def test_a_net_pay_alone_says_that_somebody_works():
    # 616 € a month in June 2025, 554.40 after 10 %: 540.55 x 20 % + 13.85 x 60 % = 116.42. D821-9, R821-4-1.
    mois = Mois(2025, 6)
    paye = {str(mois - ecart): 616 for ecart in range(4)}
    for nom in ("salaire_net", "salaire_imposable"):
        assert aah(mois, {"taux_incapacite": 0.85, nom: paye}) == pytest.approx(916.90, abs=0.011)
