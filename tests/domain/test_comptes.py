"""No cent is lost, made, or taken beyond the plan."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.domain.calendrier import jour_de_paie
from guichet.domain.comptes import (
    Beneficiaire,
    Indu,
    Paiement,
    Reglement,
    Somme,
    Suite,
    payable,
    recoverable,
    settle,
    split,
    suites,
    time_barred,
    trop_percus,
)
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import ZERO, Mois, euros

AF, AL, RSA = Prestation.AF, Prestation.AIDE_LOGEMENT, Prestation.RSA
AOUT, SEPTEMBRE, OCTOBRE, NOVEMBRE = (Mois(2026, number) for number in (8, 9, 10, 11))
"""October is paid on 5 November."""
ALLOCATAIRE, BAILLEUR = Beneficiaire


def indu(mois, prestation, restant, mensualite, **others):
    defaults = {"reference": "I1", "constate_le": date(2026, 9, 10), "retenir_a_partir_du": date(2026, 10, 1)}
    return Indu(
        mois=mois, prestation=prestation, restant=euros(restant), mensualite=euros(mensualite), **(defaults | others)
    )


def paid(reglement):
    return {
        (paiement.beneficiaire, somme.mois, somme.prestation): somme.montant
        for paiement in reglement.paiements
        for somme in paiement.sommes
    }


def kept(reglement):
    return [(r.reference, r.sur, r.pour, r.montant) for r in reglement.retenues]


def test_the_month_and_its_rappels_are_paid_together():
    soldes = {(SEPTEMBRE, AF): euros("12.50"), (OCTOBRE, AF): euros("148.52"), (NOVEMBRE, AF): euros(150)}
    (paiement,) = settle(soldes, OCTOBRE).paiements
    rappel, current = Somme(SEPTEMBRE, AF, euros("12.50")), Somme(OCTOBRE, AF, euros("148.52"))
    assert paiement == Paiement(ALLOCATAIRE, (rappel, current))
    assert paiement.montant == Decimal("161.02")


def test_nothing_due_pays_nothing():
    assert settle({}, OCTOBRE) == Reglement((), ())
    assert settle({(OCTOBRE, RSA): ZERO, (SEPTEMBRE, AF): euros(-30)}, OCTOBRE) == Reglement((), ())


def test_the_landlord_has_the_housing_aid_of_their_months_up_to_the_rent():
    soldes = {(SEPTEMBRE, AL): euros(40), (OCTOBRE, AL): euros(250), (OCTOBRE, AF): euros(148)}
    assert paid(settle(soldes, OCTOBRE, part_of_bailleur={OCTOBRE: euros(210)})) == {
        (BAILLEUR, OCTOBRE, AL): euros(210),
        (ALLOCATAIRE, OCTOBRE, AL): euros(40),
        (ALLOCATAIRE, SEPTEMBRE, AL): euros(40),
        (ALLOCATAIRE, OCTOBRE, AF): euros(148),
    }


def test_a_deduction_takes_the_same_benefit_first_then_the_others():
    soldes = {(AOUT, RSA): euros(-200), (OCTOBRE, RSA): euros(30), (OCTOBRE, AF): euros(148)}
    reglement = settle(soldes, OCTOBRE, [indu(AOUT, RSA, 200, 48)])
    assert kept(reglement) == [
        ("I1", (OCTOBRE, RSA), (AOUT, RSA), euros(30)),
        ("I1", (OCTOBRE, AF), (AOUT, RSA), euros(18)),
    ]
    assert paid(reglement) == {(ALLOCATAIRE, OCTOBRE, AF): euros(130)}


def test_one_deduction_for_all_overpayments_the_oldest_then_the_smallest_first():
    soldes = {(AOUT, AF): euros(-20), (SEPTEMBRE, AF): euros(-300), (SEPTEMBRE, RSA): euros(-90), (OCTOBRE, AF): euros(148)}
    after = {"constate_le": date(2026, 9, 20)}
    indus = [
        indu(SEPTEMBRE, AF, 300, 60, reference="I3", **after),
        indu(SEPTEMBRE, RSA, 90, 60, reference="I2", **after),
        indu(AOUT, AF, 20, 48),
    ]
    assert [(r.reference, r.montant) for r in settle(soldes, OCTOBRE, indus).retenues] == [
        ("I1", euros(20)),
        ("I2", euros(40)),
    ]


@pytest.mark.parametrize("others", [{"suspendu": True}, {"retenir_a_partir_du": date(2026, 11, 6)}])
def test_nothing_is_kept_during_an_appeal_nor_before_the_delay(others):
    soldes = {(AOUT, RSA): euros(-200), (OCTOBRE, RSA): euros(30)}
    assert settle(soldes, OCTOBRE, [indu(AOUT, RSA, 200, 48, **others)]).retenues == ()


def test_the_part_of_the_landlord_is_touched_last_and_for_a_housing_aid_only():
    soldes = {(AOUT, AL): euros(-200), (AOUT, RSA): euros(-200), (OCTOBRE, AL): euros(200), (OCTOBRE, AF): euros(20)}
    du_logement, du_rsa = indu(AOUT, AL, 200, 48), indu(AOUT, RSA, 200, 48)
    tiers_payant = {OCTOBRE: euros(200)}
    assert kept(settle(soldes, OCTOBRE, [du_logement], tiers_payant)) == [
        ("I1", (OCTOBRE, AF), (AOUT, AL), euros(20)),
        ("I1", (OCTOBRE, AL), (AOUT, AL), euros(28)),
    ]
    assert kept(settle(soldes, OCTOBRE, [du_rsa], tiers_payant)) == [("I1", (OCTOBRE, AF), (AOUT, RSA), euros(20))]


def test_an_overpayment_that_the_ledger_no_longer_has_is_not_kept_twice():
    soldes = {(AOUT, AF): euros(-5), (OCTOBRE, AF): euros(148)}
    assert [r.montant for r in settle(soldes, OCTOBRE, [indu(AOUT, AF, 200, 48)]).retenues] == [euros(5)]


def test_what_was_paid_too_much_is_asked_once():
    soldes = {(AOUT, AF): euros(-80), (SEPTEMBRE, AF): euros(-10), (NOVEMBRE, AF): euros(-3), (OCTOBRE, AL): euros(9)}
    known = [indu(AOUT, AF, 50, 48), indu(SEPTEMBRE, AF, 10, 48)]
    assert trop_percus(soldes, jour_de_paie(OCTOBRE), known) == (Somme(AOUT, AF, euros(30)),)


KEYS = st.tuples(st.sampled_from([AOUT, SEPTEMBRE, OCTOBRE, NOVEMBRE]), st.sampled_from([AF, AL, RSA]))
MONTANTS = st.decimals(min_value=0, max_value=60, places=2)
SOLDES = st.dictionaries(KEYS, st.decimals(min_value=-100, max_value=100, places=2), min_size=4)
DAYS = st.sampled_from([date(2026, 9, 10), date(2026, 9, 11), date(2026, 10, 20), date(2026, 11, 6)])


@st.composite
def dossiers(draw):
    """Balances, and overpayments most of which are among them."""
    soldes = draw(SOLDES)
    below_zero = [key for key, solde in soldes.items() if solde < 0]
    keys = draw(st.lists(st.sampled_from(below_zero) if below_zero else KEYS, max_size=4)) + draw(st.lists(KEYS, max_size=1))
    common = st.tuples(MONTANTS, MONTANTS, DAYS, DAYS, st.sampled_from([False, False, True]))
    return soldes, [Indu(f"I{rank}", *key, *draw(common)) for rank, key in enumerate(keys)]


PARTS = st.dictionaries(st.sampled_from([SEPTEMBRE, OCTOBRE]), st.decimals(min_value=-50, max_value=100, places=2))


@settings(deadline=None)
@given(dossiers(), PARTS)
def test_every_cent_is_accounted_for(dossier, parts):
    soldes, indus = dossier
    reglement = settle(soldes, OCTOBRE, indus, parts)
    after = Counter(soldes)
    for paiement in reglement.paiements:
        for somme in paiement.sommes:
            assert somme.montant > 0
            assert somme.mois <= OCTOBRE
            after[somme.mois, somme.prestation] -= somme.montant
    for retenue in reglement.retenues:
        assert sum(ecriture.montant for ecriture in retenue.ecritures) == 0
        for ecriture in retenue.ecritures:
            after[ecriture.mois, ecriture.prestation] += ecriture.montant
    assert sum(soldes.values()) == sum(after.values()) + sum(paiement.montant for paiement in reglement.paiements)
    for (mois, prestation), solde in soldes.items():
        left = after[mois, prestation]
        if solde < 0:
            assert solde <= left <= 0  # an indu is never paid, nor paid back beyond itself
        else:
            assert left == (0 if mois <= OCTOBRE else solde)
    assert len({paiement.beneficiaire for paiement in reglement.paiements}) == len(reglement.paiements)


@settings(deadline=None)
@given(dossiers(), PARTS)
def test_the_plan_is_never_exceeded(dossier, parts):
    soldes, indus = dossier
    by_reference = {indu.reference: indu for indu in indus}
    taken = Counter()
    reglement = settle(soldes, OCTOBRE, indus, parts)
    for retenue in reglement.retenues:
        taken[retenue.reference] += retenue.montant
        assert retenue.montant > 0
    kept = [by_reference[reference] for reference in taken]
    assert sum(taken.values()) <= max((indu.mensualite for indu in kept), default=0)
    for indu in kept:
        assert taken[indu.reference] <= min(indu.mensualite, indu.restant)
        assert not indu.suspendu
        assert indu.retenir_a_partir_du <= jour_de_paie(OCTOBRE)
    for (beneficiaire, mois, prestation), montant in paid(reglement).items():
        assert beneficiaire is ALLOCATAIRE or (prestation is AL and montant <= parts[mois])


def test_the_rentree_comes_before_the_rest_of_august():
    soldes = {(AOUT - 1, AF): euros(1), (AOUT, AF): euros(2), (AOUT, Prestation.ARS): euros(3), (SEPTEMBRE, AF): euros(4)}
    due = {
        day: sum(payable(soldes, date(2026, *day)).values()) for day in ((8, 4), (8, 5), (8, 17), (8, 18), (9, 3), (9, 4))
    }
    assert list(due.values()) == [0, 1, 1, 4, 4, 6]


def test_small_debts_of_rsa_are_not_asked_back():
    assert not recoverable(RSA, euros("76.99"))
    assert recoverable(RSA, euros(77))
    assert recoverable(AF, euros(1))


def test_two_years_after_the_payday_it_is_too_late():
    mois = Mois(2024, 9)  # paid on 4 October 2024
    assert not time_barred(mois, date(2026, 10, 4))
    assert time_barred(mois, date(2026, 10, 5))


def test_what_is_asked_back_is_told_from_what_is_too_little_for_it():
    small, large = Somme(AOUT, RSA, euros("40.00")), Somme(SEPTEMBRE, RSA, euros("36.99"))
    af = Somme(AOUT, AF, euros(1))
    assert split([small, af, large]) == ([af], [small, large])
    assert split([small, af, large._replace(montant=euros(37))]) == ([small, large._replace(montant=euros(37)), af], [])


def test_months_that_follow_one_another_are_one_line():
    sommes = [Somme(mois, AL, euros(10)) for mois in (AOUT, SEPTEMBRE, NOVEMBRE)]
    assert suites([Somme(AOUT, AF, euros(5)), *reversed(sommes)]) == [
        Suite(AL, AOUT, SEPTEMBRE, euros(20)),
        Suite(AL, NOVEMBRE, NOVEMBRE, euros(10)),
        Suite(AF, AOUT, AOUT, euros(5)),
    ]
