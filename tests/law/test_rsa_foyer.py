"""Whom and what the RSA counts, article by article of the CASF: amounts worked by hand from the texts.

Base amounts: 483.24 (January 2013), 499.31 (2014), 509.30 (September 2014), 651.69 (April 2026).
"""

from __future__ import annotations

import pytest
from official.minima import avec_salaire, calcule, foyer

from guichet.domain.vocabulaire import Mois

NOVEMBRE = Mois(2026, 11)
"""Its reference months are July, August and September."""


def toujours(mois: Mois, valeur) -> dict:
    return {str(mois - recul): valeur for recul in range(8)}


def avec(situation: dict, qui: str, **faits) -> dict:
    situation["individus"][qui] |= faits
    return situation


def avec_un_enfant_qui_gagne(mois: Mois, montant: float, *, adultes: int, enfants: int, **faits) -> dict:
    """The eldest child is 17 and earns."""
    eldest = {"date_naissance": f"{mois.annee - 17}-01-01", "salaire_net": toujours(mois, montant)}
    isole = faits.pop("isole", False)
    return avec(foyer(mois, adultes=adultes, enfants=enfants, isole=isole), "enfant0", **eldest, **faits)


@pytest.mark.parametrize(
    ("mois", "adultes", "enfants", "faits", "compte", "ne_compte_plus"),
    [
        # What the flat amount would lose: 50 % = 325.85 for the only child of a lone adult, 30 % = 195.51 for a couple's,
        (NOVEMBRE, 1, 1, {}, 325, 326),
        (NOVEMBRE, 2, 1, {}, 195, 196),
        # 40 % = 260.68 for one of three;
        (NOVEMBRE, 2, 3, {}, 260, 261),
        # 42.804 % = 278.95 where another child opens the lone parent's amount, 71.216 % = 464.11 where none does;
        (NOVEMBRE, 1, 2, {"isole": True}, 278, 279),
        (NOVEMBRE, 1, 1, {"isole": True}, 464, 465),
        # half of 50 % = 162.92 in alternating residence.
        (NOVEMBRE, 1, 1, {"garde_alternee": toujours(NOVEMBRE, True)}, 162, 163),
        # The guaranteed income of 2014 kept 62 % of the earnings: 38 % of them against 30 % of 509.30.
        (Mois(2014, 11), 2, 1, {}, 402, 403),
    ],
)
def test_a_child_who_earns_counts_while_it_raises_the_amount(mois, adultes, enfants, faits, compte, ne_compte_plus):
    """R262-3."""
    for montant, attendu in ((compte, enfants), (ne_compte_plus, enfants - 1)):
        situation = avec_un_enfant_qui_gagne(mois, montant, adultes=adultes, enfants=enfants, **faits)
        assert calcule("rsa_nb_enfants", mois, situation) == attendu


def test_what_a_counted_child_earns_is_deducted():
    # 651.69 x 1.5 - 300, less the ASF, 22.5 % of 478.16.
    situation = avec_un_enfant_qui_gagne(NOVEMBRE, 300, adultes=1, enfants=1)
    assert calcule("rsa", NOVEMBRE, situation) == pytest.approx(569.95, abs=0.005)


def test_a_child_to_be_born_is_not_at_charge():
    """R262-1 and R262-3: it opens the right (L262-4, 1°) and a lone mother's 128.412 %, no more."""
    couple = avec(foyer(NOVEMBRE, adultes=2, enfants=1), "enfant0", date_naissance="2027-01-15")
    assert calcule("rsa", NOVEMBRE, couple) == pytest.approx(977.54, abs=0.005)
    seule = avec(foyer(NOVEMBRE, enfants=1, enceinte=True), "enfant0", date_naissance="2027-01-15")
    assert calcule("rsa", NOVEMBRE, seule) == pytest.approx(836.85, abs=0.005)


def test_a_child_born_in_the_quarter_counts_from_its_month():
    """R262-4 and R262-7: born on 20 August, a child of two of the three months; the base allowance of September counts."""
    couple = avec(foyer(NOVEMBRE, adultes=2, enfants=1), "enfant0", date_naissance="2026-08-20")
    # 651.69 x (1.5 + 0.3 x 2 / 3) - 199.15 / 3
    assert calcule("rsa", NOVEMBRE, couple) == pytest.approx(1041.49, abs=0.01)


def test_family_benefits_are_those_of_the_reference_months():
    """R262-7: in April 2026 those of December to February, 32 % of 474.37, not of 478.16."""
    mois = Mois(2026, 4)
    assert calcule("rsa", mois, foyer(mois, adultes=2, enfants=2)) == pytest.approx(1368.55 - 151.80, abs=0.01)


def test_a_month_below_zero_counts_for_zero():
    """R262-7: the mean of 651.69, 651.69 and zero, the AAH of September being greater than the flat amount."""
    seul = avec(foyer(NOVEMBRE), "adulte0", aah=toujours(NOVEMBRE, 0) | {"2026-09": 1041.59})
    assert calcule("rsa", NOVEMBRE, seul) == pytest.approx(434.46, abs=0.005)


@pytest.mark.parametrize(("mois", "attendu"), [(Mois(2014, 6), 348.97), (NOVEMBRE, 977.54)])
def test_an_aah_that_begins(mois, attendu):
    """R262-7: until 2016 the benefits of the month, since 2017 those of the reference months."""
    couple = avec(foyer(mois, adultes=2), "adulte1", aah=toujours(mois, 0) | {str(mois): 400})
    assert calcule("rsa", mois, couple) == pytest.approx(attendu, abs=0.01)


@pytest.mark.parametrize(
    ("mois", "naissance", "attendu"),
    [
        # 483.24 x 1.71216, less the ASF of a child born before: the base allowance is left out until February.
        ("2013-01", "2013-01-11", 827.38),
        ("2013-01", "2012-11-11", 827.38 - 89.78),
        ("2013-02", "2012-11-11", 827.38 - 89.78),
        ("2013-03", "2012-11-11", 827.38 - 89.78 - 183.34),
        # Both are due from October on only: none in the reference months.
        ("2026-11", "2026-09-15", 1115.80),
    ],
)
def test_the_first_base_allowances_of_a_lone_parent_are_left_out(mois, naissance, attendu):
    """R262-11, 2°."""
    mois = Mois.parse(mois)
    seule = avec(foyer(mois, enfants=1, isole=True), "enfant0", date_naissance=naissance)
    assert calcule("rsa", mois, seule) == pytest.approx(attendu, abs=0.01)


def test_the_base_allowance_of_the_month_of_birth_is_left_out():
    """R262-11, 2°: for a couple too, where it was due for that month (until 2014). 483.24 x 1.8."""
    mois = Mois(2013, 1)
    couple = avec(foyer(mois, adultes=2, enfants=1), "enfant0", date_naissance="2013-01-11")
    assert calcule("rsa", mois, couple) == pytest.approx(869.83, abs=0.01)
    couple = avec(foyer(mois, adultes=2, enfants=1), "enfant0", date_naissance="2012-12-11")
    assert calcule("rsa", mois, couple) == pytest.approx(869.83 - 183.34, abs=0.01)


@pytest.mark.parametrize(("mois", "attendu"), [(Mois(2013, 1), 666.87), (NOVEMBRE, 899.33)])
def test_the_flat_rate_leaves_out_whom_the_housing_aid_does(mois, attendu):
    """R262-10, 2nd paragraph: a child of 22 counts for the RSA, not for the aid. 1.5 x base - 12 %."""
    parent = avec(foyer(mois, enfants=1), "enfant0", date_naissance=f"{mois.annee - 22}-01-01")
    parent["menages"]["m"] |= {
        "statut_occupation_logement": toujours(mois, "locataire_vide"),
        "loyer": toujours(mois, 500),
        "zone_apl": toujours(mois, "zone_2"),
    }
    assert calcule("rsa", mois, parent) == pytest.approx(attendu, abs=0.01)


ETRANGER = {
    "nationalite": toujours(NOVEMBRE, "XX"),
    "ressortissant_eee": toujours(NOVEMBRE, False),
    "duree_possession_titre_sejour": toujours(NOVEMBRE, 1.0),
}


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ({"type_conges": toujours(NOVEMBRE, "conge_parental")}, 651.69),
        (ETRANGER, 651.69),
        # The resources count all the same.
        (ETRANGER | {"salaire_net": toujours(NOVEMBRE, 300)}, 351.69),
        # A student counts, who could not claim.
        ({"etudiant": toujours(NOVEMBRE, True)}, 977.54),
    ],
)
def test_a_partner_who_does_not_count(faits, attendu):
    """L262-5, R262-6."""
    assert calcule("rsa", NOVEMBRE, avec(foyer(NOVEMBRE, adultes=2), "adulte1", **faits)) == pytest.approx(
        attendu, abs=0.005
    )


def test_one_adult_must_fulfil_all_the_conditions():
    """L262-4: neither the French student nor the foreigner of one year can claim."""
    couple = avec(foyer(NOVEMBRE, adultes=2), "adulte1", **ETRANGER)
    assert calcule("rsa", NOVEMBRE, avec(couple, "adulte0", etudiant=toujours(NOVEMBRE, True))) == 0


@pytest.mark.parametrize(
    ("naissance", "travail", "attendu"),
    [("2001-11-30", False, 651.69), ("2001-12-01", False, 0), ("2008-11-30", True, 651.69), ("2008-12-01", True, 0)],
)
def test_an_age_reached_within_the_month(naissance, travail, attendu):
    """L262-4 1° and L262-7-1: it is due from the first day of the month in which it is asked for (R262-33)."""
    faits = {"rsa_jeune_condition_heures_travail_remplie": toujours(NOVEMBRE, travail)}
    seul = avec(foyer(NOVEMBRE), "adulte0", date_naissance=naissance, **faits)
    assert calcule("rsa", NOVEMBRE, seul) == pytest.approx(attendu, abs=0.005)


def test_what_an_internship_pays_counts():
    """R262-8 3° (R262-12 since 2017)."""
    stagiaire = avec(foyer(NOVEMBRE), "adulte0", indemnites_stage=toujours(NOVEMBRE, 600))
    assert calcule("rsa", NOVEMBRE, stagiaire) == pytest.approx(51.69, abs=0.005)


@pytest.mark.parametrize(("annees", "attendu"), [(14.0, 0), (15.0, 325.85)])
def test_fifteen_years_in_mayotte(annees, attendu):
    """L542-6, III."""
    seul = avec(foyer(NOVEMBRE), "adulte0", **ETRANGER | {"duree_possession_titre_sejour": toujours(NOVEMBRE, annees)})
    seul["menages"]["m"]["residence_mayotte"] = toujours(NOVEMBRE, True)
    assert calcule("rsa", NOVEMBRE, seul) == pytest.approx(attendu, abs=0.005)


@pytest.mark.parametrize(("salaire", "attendu"), [(323.85, 2.00), (323.90, 0)])
def test_two_euros_are_paid_in_mayotte(salaire, attendu):
    """R262-39, R542-6 XVII."""
    seul = avec_salaire(NOVEMBRE, salaire)
    seul["menages"]["m"]["residence_mayotte"] = toujours(NOVEMBRE, True)
    assert calcule("rsa", NOVEMBRE, seul) == pytest.approx(attendu, abs=0.005)


def arretee(montant: float) -> dict:
    return toujours(NOVEMBRE, montant) | {str(NOVEMBRE): 0}


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ({"prestation_compensatoire": arretee(600)}, 651.69),
        # A pension replaces it.
        ({"prestation_compensatoire": arretee(600), "retraite_nette": {"2026-11": 500}}, 51.69),
        # Several that stop are left out up to 651.69 in all: 900 - 651.69 counts.
        ({"prestation_compensatoire": arretee(500), "pensions_alimentaires_percues": arretee(400)}, 403.38),
        # A retirement pension is no income from work: 700 - 651.69 counts.
        ({"retraite_nette": arretee(700)}, 603.38),
        # Unemployment benefit is left out wholly, unless the ASS takes its place.
        ({"chomage_net": arretee(600)}, 651.69),
        ({"chomage_net": arretee(600), "ass": {"2026-11": 560}}, 51.69),
        ({"ass": arretee(560)}, 651.69),
    ],
)
def test_resources_that_stop(faits, attendu):
    """R262-13."""
    assert calcule("rsa", NOVEMBRE, avec(foyer(NOVEMBRE), "adulte0", **faits)) == pytest.approx(attendu, abs=0.01)
