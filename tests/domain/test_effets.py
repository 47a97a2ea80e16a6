"""From which month an event counts: the days on which a household is looked at, the months that settle a quarter."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from guichet.domain import effets
from guichet.domain.composition import Regard
from guichet.domain.droits import Prestation
from guichet.domain.faits import LE_FOYER, OPEN_END, RESSOURCES, Fait, Genre, Grossesse, Montant, Presence
from guichet.domain.foyer import Logement, Nature, Occupation, Role
from guichet.domain.vocabulaire import Mois

RSA, PPA, AF, AIDE_LOGEMENT = Prestation.RSA, Prestation.PPA, Prestation.AF, Prestation.AIDE_LOGEMENT
HER, HIM, CHILD = 1, 2, 3
SINCE = date(2020, 1, 1)
JANVIER, FEVRIER, MARS, AVRIL = (Mois(2024, number) for number in (1, 2, 3, 4))
CLAIMED = {RSA: JANVIER, PPA: JANVIER, AIDE_LOGEMENT: JANVIER}


def presence(sujet, role, du=SINCE, avant=OPEN_END):
    return Fait(Genre.PRESENCE, sujet, Presence(role), du, avant)


def income(nature, du=SINCE, avant=OPEN_END, mensuel=1000):
    return Fait(RESSOURCES[nature], HER, Montant(Decimal(mensuel)), du, avant)


HERE = presence(HER, Role.DEMANDEUR)
HOME = Fait(Genre.LOGEMENT, LE_FOYER, Logement(Occupation.LOCATAIRE_VIDE), SINCE)
LEAVES = presence(HIM, Role.CONJOINT, avant=date(2024, 2, 10))
DIES = replace(LEAVES, valeur=Presence(Role.CONJOINT, motif=effets.DECES))
CHILD_COMES = presence(CHILD, Role.ENFANT, date(2024, 2, 10))
EXPECTS = Fait(Genre.GROSSESSE, HER, Grossesse(date(2024, 9, 1)), date(2024, 2, 10))
PAY_STOPS = income(Nature.SALAIRE, avant=date(2024, 2, 1))


def seen(prestation, mois, *faits, claimed=CLAIMED):
    """The month whose household settles a right, and the one whose incomes do."""
    found = effets.settlings([HERE, HOME, *faits], [prestation, AF], mois, claimed)
    ((seen, first),) = (settling for settling, prestations in found.items() if prestation in prestations)
    return seen, first


def test_what_is_not_settled_for_a_quarter_looks_at_its_own_month():
    assert effets.settlings([HERE, HOME], [RSA, AF], MARS, CLAIMED) == {(MARS, MARS): {AF}, (JANVIER, JANVIER): {RSA}}


def test_before_2017_the_rsa_looked_at_its_own_month():
    claimed = {RSA: Mois(2016, 11)}
    assert seen(RSA, Mois(2016, 12), claimed=claimed) == (Mois(2016, 12), Mois(2016, 12))
    assert seen(RSA, Mois(2017, 1), claimed=claimed) == (Mois(2016, 11), Mois(2016, 11))


def test_the_quarters_of_the_prime_are_those_of_a_rsa_that_opens():
    """CSS, art. D846-1."""
    assert seen(PPA, MARS, claimed={PPA: JANVIER}) == (JANVIER, JANVIER)
    assert seen(PPA, MARS, claimed={PPA: JANVIER, RSA: FEVRIER}) == (FEVRIER, FEVRIER)
    assert seen(PPA, AVRIL, claimed={PPA: MARS, RSA: FEVRIER}) == (MARS, MARS)


A_YEAR_LATER = 14
"""Months from January 2024 to March 2025, when décret 2025-185 began."""
EVENTS = {
    "separation": [LEAVES],
    "death": [DIES],
    "separation that leaves a lone parent": [LEAVES, presence(CHILD, Role.ENFANT)],
    "death that leaves a lone parent": [DIES, presence(CHILD, Role.ENFANT)],
    "child of a lone parent": [CHILD_COMES],
    "pregnancy of a lone parent": [EXPECTS],
    "pay that stops": [PAY_STOPS],
}
AT_ONCE, NEXT_MONTH, WAITS = FEVRIER, MARS, JANVIER


@pytest.mark.parametrize(
    ("event", "rsa", "prime", "prime_since_2025"),
    [
        ("separation", AT_ONCE, WAITS, AT_ONCE),
        ("death", NEXT_MONTH, WAITS, NEXT_MONTH),
        ("separation that leaves a lone parent", AT_ONCE, AT_ONCE, AT_ONCE),
        ("death that leaves a lone parent", AT_ONCE, AT_ONCE, AT_ONCE),
        ("child of a lone parent", AT_ONCE, AT_ONCE, AT_ONCE),
        ("pregnancy of a lone parent", AT_ONCE, AT_ONCE, AT_ONCE),
        ("pay that stops", AT_ONCE, WAITS, WAITS),
    ],
)
def test_what_revises_a_quarter(event, rsa, prime, prime_since_2025):
    """CASF, art. R262-4-1; CSS, art. R843-2, in its two wordings. In February, for March; the incomes are always those that
    January saw, and the next quarter looks at its own first month."""
    faits = EVENTS[event]
    assert seen(RSA, JANVIER, *faits) == (JANVIER, JANVIER)
    assert seen(RSA, MARS, *faits) == (rsa, JANVIER)
    assert seen(RSA, AVRIL, *faits) == (AVRIL, AVRIL)
    assert seen(PPA, MARS, *faits) == (prime, JANVIER)
    later = [shifted(fait) for fait in faits]
    claimed = {PPA: JANVIER + A_YEAR_LATER}
    found, first = seen(PPA, MARS + A_YEAR_LATER, *later, claimed=claimed)
    assert (found - A_YEAR_LATER, first - A_YEAR_LATER) == (prime_since_2025, JANVIER)


def shifted(fait):
    """The same fact in April 2025 instead of February 2024."""
    days = {"du": fait.du, "avant": fait.avant}
    later = {name: day.replace(day.year + 1, 4) for name, day in days.items() if day.year == 2024}
    return replace(fait, **later)


@pytest.mark.parametrize(
    "faits",
    [
        [presence(HIM, Role.CONJOINT, date(2024, 2, 10))],
        [presence(HIM, Role.CONJOINT), CHILD_COMES],
        [presence(HIM, Role.CONJOINT), EXPECTS],
        [presence(CHILD, Role.ENFANT, avant=date(2024, 2, 10))],
        [PAY_STOPS, income(Nature.SALAIRE, date(2024, 2, 1), mensuel=1200)],
        [PAY_STOPS, income(Nature.CHOMAGE, date(2024, 2, 1), mensuel=800)],
        [PAY_STOPS, income(Nature.RETRAITE)],
        [income(Nature.SALAIRE, avant=date(2024, 2, 1), mensuel=0)],
        [income(Nature.RETRAITE, avant=date(2024, 2, 1))],
    ],
    ids=[
        *("a partner comes", "a child of a couple comes", "a couple expects a child", "a child leaves"),
        *("another pay follows", "unemployment benefit follows", "a pension goes on", "a pay of nothing stops"),
        "a pension stops",
    ],
)
def test_the_rest_waits_for_the_next_quarter(faits):
    assert seen(RSA, MARS, *faits) == (JANVIER, JANVIER)


def test_the_incomes_of_the_housing_aid_have_a_quarter_when_they_move():
    """Since January 2021 (CCH, art. R822-3 and R823-6), in the quarters of the RSA of who has it."""
    raised = [income(Nature.SALAIRE, avant=date(2024, 3, 1)), income(Nature.SALAIRE, date(2024, 3, 1), mensuel=1500)]
    assert effets.mois_of_logement_ressources(raised, MARS, CLAIMED) == JANVIER
    assert effets.mois_of_logement_ressources(raised, AVRIL, CLAIMED) == AVRIL
    assert effets.mois_of_logement_ressources([income(Nature.SALAIRE)], MARS, CLAIMED) == MARS
    assert effets.mois_of_logement_ressources(raised, MARS, {RSA: JANVIER}) == MARS
    # The quarter of the RSA began before the housing aid was asked for.
    assert effets.mois_of_logement_ressources(raised, MARS, {RSA: JANVIER, AIDE_LOGEMENT: FEVRIER}) == FEVRIER
    of_2020 = [income(Nature.SALAIRE, avant=date(2020, 12, 1))]
    assert effets.mois_of_logement_ressources(of_2020, Mois(2020, 12), {AIDE_LOGEMENT: Mois(2020, 11)}) == Mois(2020, 12)


FIRST, LAST = date(2024, 2, 1), date(2024, 2, 29)


def test_family_benefits_look_at_both_ends_of_the_month_and_the_housing_aid_at_the_new_dwelling():
    """Of what they open the lesser is due: an event counts from the next month on, an end at once (CSS, art. R552-2)."""
    assert effets.regards(AF, FEVRIER, parted=False) == (
        Regard.of_day(FIRST),
        Regard(enfants=LAST, conjoint=LAST, logement=FIRST, reste=LAST),
    )
    assert [regard.logement for regard in effets.regards(AIDE_LOGEMENT, FEVRIER, parted=False)] == [LAST, LAST]


def test_a_separation_counts_from_the_next_month_but_in_the_quarter_of_the_rsa():
    """CSS, art. R552-3; CASF, art. R262-4-1: « à compter du premier jour du mois civil » of the event."""
    assert [regard.conjoint for regard in effets.regards(AF, FEVRIER, parted=True)] == [FIRST, FIRST]
    revised = Regard(enfants=LAST, conjoint=LAST, logement=FIRST, reste=FIRST)
    assert effets.regards(RSA, FEVRIER, parted=True, revised=True) == (revised,)
    assert effets.regards(RSA, FEVRIER, parted=False) == (Regard.of_day(FIRST),)
    assert effets.regards(RSA, Mois(2016, 2), parted=False) == (Regard.of_day(date(2016, 2, 29)),)


@pytest.mark.parametrize(
    ("fait", "changes"),
    [
        (LEAVES, True),
        (CHILD_COMES, True),
        (presence(CHILD, Role.ENFANT, FIRST), False),  # there all the month
        (presence(CHILD, Role.ENFANT, avant=FIRST), False),
        (presence(CHILD, Role.ENFANT, avant=date(2024, 3, 1)), False),
        (Fait(Genre.COMPTE_BANCAIRE, LE_FOYER, None, date(2024, 2, 10)), False),
        (income(Nature.SALAIRE, date(2024, 2, 10)), False),
    ],
)
def test_one_look_is_enough_when_nothing_begins_or_ends_within_the_month(fait, changes):
    assert effets.changes_within([HERE, HOME, fait], FEVRIER) is changes


def test_who_has_a_benefit_is_told_when_it_is_looked_at_again():
    assert "un revenu du travail qui s'arrête et que rien ne remplace." in effets.revision(RSA, JANVIER)
    assert "un revenu qui s'arrête compris, compte au trimestre d'après" in effets.revision(PPA, JANVIER)
    assert "une séparation" not in effets.revision(PPA, Mois(2025, 2))
    assert "une séparation" in effets.revision(PPA, Mois(2025, 3))
    assert "trois mois" in effets.revision(AIDE_LOGEMENT, JANVIER)
    assert effets.revision(AF, JANVIER) is None
    assert effets.revision(RSA, Mois(2016, 12)) is None
    assert effets.revision(AIDE_LOGEMENT, Mois(2020, 12)) is None
