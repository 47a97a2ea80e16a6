"""From which month an event counts: the days on which a household is looked at, the months that settle a quarter."""

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
CHILD_COMES = presence(CHILD, Role.ENFANT, date(2024, 2, 10))
EXPECTS = Fait(Genre.GROSSESSE, HER, Grossesse(date(2024, 9, 1)), date(2024, 2, 10))
PAY_STOPS = income(Nature.SALAIRE, avant=date(2024, 2, 1))


def months_looked_at(mois, *faits, claimed=CLAIMED):
    """Those whose household settles the RSA of `mois`, in order."""
    looked_at = effets.mois_looked_at([HERE, HOME, *faits], [RSA, AF], mois, claimed)
    return sorted(seen for seen, prestations in looked_at.items() if RSA in prestations)


def test_what_is_not_settled_for_a_quarter_looks_at_its_own_month():
    looked_at = effets.mois_looked_at([HERE, HOME], [RSA, AF], MARS, CLAIMED)
    assert looked_at == {MARS: {AF}, JANVIER: {RSA}}


def test_before_2017_the_rsa_looked_at_its_own_month():
    claimed = {RSA: Mois(2016, 11)}
    assert months_looked_at(Mois(2016, 12), claimed=claimed) == [Mois(2016, 12)]
    assert months_looked_at(Mois(2017, 1), claimed=claimed) == [Mois(2016, 11)]


@pytest.mark.parametrize(
    "event",
    [LEAVES, CHILD_COMES, EXPECTS, PAY_STOPS],
    ids=["separation", "child of a lone parent", "pregnancy of a lone parent", "pay that stops"],
)
def test_what_cannot_wait_is_looked_at_within_the_quarter(event):
    """CASF, art. R262-4-1; in February, for February and March. The next quarter looks at its own first month."""
    assert months_looked_at(JANVIER, event) == [JANVIER]
    assert months_looked_at(FEVRIER, event) == [JANVIER, FEVRIER]
    assert months_looked_at(MARS, event) == [JANVIER, FEVRIER]
    assert months_looked_at(AVRIL, event) == [AVRIL]


@pytest.mark.parametrize(
    "faits",
    [
        [presence(HIM, Role.CONJOINT, date(2024, 2, 10))],
        [presence(HIM, Role.CONJOINT), CHILD_COMES],
        [presence(HIM, Role.CONJOINT), EXPECTS],
        [presence(CHILD, Role.ENFANT, avant=date(2024, 2, 10))],
        [PAY_STOPS, income(Nature.SALAIRE, date(2024, 2, 1), mensuel=1200)],
        [income(Nature.SALAIRE, avant=date(2024, 2, 1), mensuel=0)],
        [income(Nature.RETRAITE, avant=date(2024, 2, 1))],
    ],
    ids=[
        *("a partner comes", "a child of a couple comes", "a couple expects a child", "a child leaves"),
        *("another pay follows", "a pay of nothing stops", "a pension stops"),
    ],
)
def test_the_rest_waits_for_the_next_quarter(faits):
    assert months_looked_at(MARS, *faits) == [JANVIER]


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
    assert effets.regards(AF, FEVRIER, separated=False) == (
        Regard.of_day(FIRST),
        Regard(enfants=LAST, conjoint=LAST, logement=FIRST, reste=LAST),
    )
    assert [regard.logement for regard in effets.regards(AIDE_LOGEMENT, FEVRIER, separated=False)] == [LAST, LAST]


def test_a_separation_counts_from_the_next_month_but_in_the_quarter_of_the_rsa():
    """CSS, art. R552-3; CASF, art. R262-4-1."""
    assert [regard.conjoint for regard in effets.regards(AF, FEVRIER, separated=True)] == [FIRST, FIRST]
    assert [regard.conjoint for regard in effets.regards(RSA, FEVRIER, separated=True)] == [LAST]
    assert effets.regards(RSA, FEVRIER, separated=False) == (Regard.of_day(FIRST),)
    assert effets.regards(RSA, Mois(2016, 2), separated=False) == (Regard.of_day(date(2016, 2, 29)),)


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
    assert "trois mois" in effets.revision(RSA, JANVIER)
    assert "trois mois" in effets.revision(AIDE_LOGEMENT, JANVIER)
    assert effets.revision(AF, JANVIER) is None
    assert effets.revision(RSA, Mois(2016, 12)) is None
    assert effets.revision(AIDE_LOGEMENT, Mois(2020, 12)) is None
