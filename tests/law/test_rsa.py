"""The RSA: amounts worked by hand from the texts, and a décompte or a refusal for any household."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from lecture import simulation
from minima_foyers import situation
from official.minima import avec_salaire, calcule, foyer

from guichet import law
from guichet.domain.droits import Prestation
from guichet.domain.foyer import Activite, Foyer, Logement, Nature, Occupation, Personne, Ressource, Role
from guichet.domain.vocabulaire import Mois, euros
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading, explain

MOIS = [Mois.parse(m) for m in ("2012-06", "2014-05", "2015-12", "2016-01", "2019-01", "2024-11", "2025-03", "2026-11")]


@pytest.mark.parametrize("prestation", ["rsa", "ppa"])
@pytest.mark.parametrize("mois", MOIS, ids=str)
def test_every_amount_has_its_lines_and_every_zero_its_refusal(mois, prestation):
    simulated = simulation(situation(mois, 50, seed=mois.annee), mois)
    droits = explain(SimulationReading(simulated, mois), fiches()[prestation])
    noms = set(simulated.tax_benefit_system.variables)
    for droit in droits:
        if droit.montant is None:
            assert droit.doutes
        elif droit.montant == 0:
            assert droit.refus
            assert not {droit.refus[0].trouve, droit.refus[0].requis} & noms
        else:
            assert droit.decompte.total == droit.montant
            assert not {ligne.libelle for ligne in droit.decompte.lignes} & noms
    assert {bool(droit.montant) for droit in droits} == (
        {False} if prestation == "ppa" and mois.annee < 2016 else {False, True}
    )


def test_activite_and_its_crds_worked_by_hand():
    # 474.93 + 62 % of 500 - 500 = 284.93; no socle is left, so the CRDS bears on it all: 1.42.
    mois = Mois(2012, 6)
    assert calcule("rsa", mois, avec_salaire(mois, 500)) == pytest.approx(284.93, abs=0.005)
    assert calcule("rsa_socle_seul", mois, avec_salaire(mois, 500)) == 0
    assert calcule("rsa_net_crds", mois, avec_salaire(mois, 500)) == pytest.approx(283.51, abs=0.005)


def test_socle_bears_no_crds():
    mois = Mois(2013, 1)
    assert calcule("rsa_net_crds", mois, foyer(mois)) == pytest.approx(483.24, abs=0.005)


def test_months_looked_at():
    # A single person who had 300 € in the fourth month before, and went on earning nothing since.
    def avec_un_salaire(mois, **famille):
        seul = foyer(mois)
        seul["individus"]["adulte0"]["salaire_net"] = {str(mois - 4): 300}
        seul["familles"]["f"] |= famille
        return calcule("rsa", mois, seul)

    essai = {"departement_experimentation_rsa": {"2024-12": True}}
    assert avec_un_salaire(Mois(2024, 12)) == pytest.approx(635.71, abs=0.005)
    assert avec_un_salaire(Mois(2024, 12), **essai) == pytest.approx(535.71, abs=0.005)
    assert avec_un_salaire(Mois(2025, 3)) == pytest.approx(535.71, abs=0.005)
    # The first renewal keeps the lower mean, that of the months M-3 and M-2: nothing.
    assert avec_un_salaire(Mois(2025, 3), rsa_premier_reexamen={"2025-03": True}) == pytest.approx(635.71, abs=0.005)


def test_a_lost_income_is_left_out():
    mois = Mois(2026, 10)
    seul = avec_salaire(mois, 900)
    assert calcule("rsa", mois, seul) == 0
    seul["individus"]["adulte0"]["rsa_revenus_interrompus"] = {str(mois): True}
    assert calcule("rsa", mois, seul) == pytest.approx(651.69, abs=0.005)


@pytest.mark.parametrize(
    ("month", "ages", "alternating", "flat_amount"),
    [
        # Half of the 50 % of a first child: 651.69 x 1.25.
        (Mois(2026, 10), (5,), 1, 814.61),
        # Half of the way to the lone parent's 128.412 % + 42.804 %: 651.69 x (1 + 1.71216) / 2.
        (Mois(2026, 10), (1,), 1, 883.74),
        # The second of two: 651.69 x (1 + 50 % + 30 % / 2).
        (Mois(2026, 10), (8, 5), 1, 1075.29),
        # Before the decision of July 2017, a whole child: 536.78 x 1.5.
        (Mois(2017, 6), (5,), 1, 805.17),
    ],
)
def test_a_child_in_alternating_residence_adds_half(month, ages, alternating, flat_amount):
    """Conseil d'État, 21 July 2017, no 398911; worked."""
    births = [date(month.annee - age, 2, 1) for age in ages]
    children = [Personne(birth, Role.ENFANT, garde_alternee=rank < alternating) for rank, birth in enumerate(births)]
    household = Foyer((Personne(date(1990, 5, 12), Role.DEMANDEUR), *children), Logement(Occupation.LOCATAIRE_VIDE))
    ((right,),) = law.droits([household], month, [Prestation.RSA])
    assert Decimal(str(flat_amount)) in {line.montant for line in right.decompte.lignes}


def test_full_cumulation_until_2016():
    # The example of the CNAF: 600 € do not count during the three months after work was taken up.
    for mois, expected in ((Mois(2013, 1), 483.24), (Mois(2018, 1), 0)):
        seul = avec_salaire(mois, 600)
        seul["individus"]["adulte0"]["rsa_cumul_integral"] = {str(mois): True}
        assert calcule("rsa", mois, seul) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("mois", "adultes", "enfants", "expected"),
    [("2012-06", 1, 0, 119.00), ("2014-10", 1, 0, 254.65), ("2014-10", 2, 2, 534.77), ("2014-10", 1, 4, 560.23)],
)
def test_mayotte(mois, adultes, enfants, expected):
    # Décret 2014-1128: 254.65, 534.78 for a couple with two children; 1 + 0.5 + 0.3 + 0.3 + 0.1 with four children.
    mois = Mois.parse(mois)
    foyer_de_mayotte = foyer(mois, adultes=adultes, enfants=enfants, isole=True)
    foyer_de_mayotte["menages"]["m"]["residence_mayotte"] = {str(mois): True}
    assert calcule("rsa_montant_forfaitaire", mois, foyer_de_mayotte) == pytest.approx(expected, abs=0.02)


def test_young_couple_expecting_a_child_has_a_right():
    # L262-4 1°: « un ou plusieurs enfants nés ou à naître ».
    mois = Mois(2014, 11)
    couple = foyer(mois, adultes=2, enceinte=True)
    for adulte in couple["individus"].values():
        adulte["date_naissance"] = "1994-01-01"
    assert calcule("rsa", mois, couple) == pytest.approx(763.95, abs=0.005)


@pytest.mark.parametrize("conge", [{"rsa_conge_excluant": True}, {"type_conges": "conge_parental"}])
def test_parental_leave_excludes_but_the_lone_parent(conge):
    mois = Mois(2026, 11)
    for isole, expected in ((False, 0), (True, 1115.80)):
        parent = foyer(mois, enfants=1, isole=isole)
        parent["individus"]["adulte0"] |= {nom: {str(mois): valeur} for nom, valeur in conge.items()}
        assert calcule("rsa_montant_forfaitaire", mois, parent) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("pension", "wage", "aspa"),
    [
        # CSS D815-1 and D815-2, in November 2026: 1 043.59 for somebody alone, less what they have.
        (820, 0, 223.59),
        # Of a wage, 0.9 SMIC of a month is left out in three months: 1 200 - (0.9 x 151.67 x 12.02 = 1 640.77) / 3.
        (0, 1200, 390.51),
        (1100, 0, 0),
    ],
)
def test_the_aspa_is_lowered_by_a_pension_told_net(pension, wage, aspa):
    """Worked from CSS L815-9 and R815-29."""
    mois = Mois(2026, 11)
    retired = avec_salaire(mois, wage)
    retired["individus"]["adulte0"] |= {
        "date_naissance": "1959-03-12",
        "retraite_nette": {str(mois - back): pension for back in range(5)},
    }
    assert calcule("aspa", mois, retired) == pytest.approx(aspa, abs=0.01)
    assert calcule("rsa", mois, retired) == 0


def test_who_may_have_the_aspa_reads_where_to_claim_it():
    retraite = Ressource(Nature.RETRAITE, euros(820), Mois(2021, 4), Mois(2026, 11))
    retired = Personne(date(1959, 3, 12), Role.DEMANDEUR, Activite.RETRAITE, (retraite,))
    ((right,),) = law.droits([Foyer((retired,), Logement(Occupation.LOCATAIRE_VIDE))], Mois(2026, 11), [Prestation.RSA])
    (refusal,) = right.refus
    # 820 and 223.59 of ASPA; no housing aid, for no rent is told.
    assert str(refusal.trouve) == "1\u202f043,59\u00a0€ par mois"
    assert refusal.conseil.endswith("se demande à votre caisse de retraite.")
