"""What is due: computed once, again when a fact comes late, on exactly the months that it touches."""

from datetime import date
from decimal import Decimal

import pytest

from dossiers import KNOWN_AT, SINCE, dossier, instant, personne, ressource
from guichet import law
from guichet.domain.droits import Prestation
from guichet.domain.faits import Fait, Genre, Presence
from guichet.domain.foyer import Activite, Foyer, Logement, Nature, Occupation, Personne, Ressource, Role
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.operations.droits import droits_of_dossier
from guichet.operations.liquider import liquider
from guichet.records import faits
from guichet.records.grand_livre import Ecriture, Liquidation

pytestmark = pytest.mark.django_db
JANVIER = Mois(2024, 1)


def dus(file, prestation=Prestation.AIDE_LOGEMENT):
    """The balance of each month."""
    totals = {}
    for e in Ecriture.objects.filter(dossier=file, prestation=prestation):
        totals[Mois.of(e.mois)] = totals.get(Mois.of(e.mois), ZERO) + e.montant
    return totals


def test_a_decision_is_what_the_simulation_of_the_same_facts_says():
    """Goal 5 of the experience: to the cent."""
    file = dossier()
    liquider("751", JANVIER, KNOWN_AT)

    salaire = Ressource(Nature.SALAIRE, Euros(900), Mois(2022, 1), JANVIER)
    same = Foyer(
        (Personne(date(1990, 5, 12), Role.DEMANDEUR, Activite.SALARIE, (salaire,)),),
        Logement(Occupation.LOCATAIRE_VIDE, Euros(520)),
    )
    simulated = law.montants([same], JANVIER, (Prestation.AIDE_LOGEMENT, Prestation.PPA, Prestation.QUOTIENT_FAMILIAL))
    rights = {prestation.value: str(amount) for prestation, (amount,) in simulated.items()}
    assert Liquidation.objects.get().droits == rights
    for prestation in (Prestation.AIDE_LOGEMENT, Prestation.PPA):
        assert simulated[prestation] != [ZERO]
        assert dus(file, prestation) == {JANVIER: simulated[prestation][0]}


def test_the_quotient_familial_counts_what_is_due_alone():
    """(1/12 of the incomes of the last year but one + the benefits of the month) / 2.5: the family support allowance was not
    asked for."""
    new = dossier()
    child = personne(new, "Essai", "Zoé", date(2015, 1, 1))
    faits.note(new.pk, [Fait(Genre.PRESENCE, child.pk, Presence(Role.ENFANT), SINCE)], KNOWN_AT)
    liquider("751", JANVIER, KNOWN_AT)
    rights = {benefit: Decimal(amount) for benefit, amount in Liquidation.objects.get().droits.items()}
    quotient = rights.pop("quotient_familial")
    assert rights.keys() == {"aide_logement", "ppa"}
    assert quotient == ((900 + sum(rights.values())) / Decimal("2.5")).quantize(Decimal(1))


def test_computed_twice_adds_nothing():
    dossier()
    first = liquider("751", JANVIER, KNOWN_AT)
    assert (first.dossiers, first.mois, first.ecritures) == (1, 1, 2)
    for at in (KNOWN_AT, instant(2024, 2, 1)):
        again = liquider("751", JANVIER, at)
        assert (again.ecritures, again.montant) == (0, ZERO)


def test_a_late_fact_adds_its_difference_to_the_months_that_it_touches_and_to_no_other():
    file = dossier()
    for mois in Mois(2024, 1).until(Mois(2024, 6)):
        liquider("751", mois, KNOWN_AT)
    before = dus(file)
    # The rent was higher from April on, and we learn it in July.
    logement = Fait(Genre.LOGEMENT, 0, Logement(Occupation.LOCATAIRE_VIDE, Euros(200)), date(2024, 4, 1))
    faits.learn(file.pk, [logement], instant(2024, 7, 2))
    done = liquider("751", Mois(2024, 7), instant(2024, 7, 3))

    after = dus(file)
    assert done.mois == 4
    changed = [mois for mois in before if before[mois] != after[mois]]
    assert changed == [Mois(2024, 4), Mois(2024, 5), Mois(2024, 6)]
    assert all(after[mois] < before[mois] for mois in changed)


def test_an_event_within_a_month_opens_from_the_next_one_and_ends_from_its_own():
    """CSS, art. R552-2: a second child comes on 10 April, leaves on 20 June."""
    file = dossier()
    for first_name, since, until in (
        ("Léo", date(2022, 1, 1), date(9999, 1, 1)),
        ("Zoé", date(2024, 4, 10), date(2024, 6, 20)),
    ):
        enfant = personne(file, "Essai", first_name, date(2015, 1, 1))
        faits.note(file.pk, [Fait(Genre.PRESENCE, enfant.pk, Presence(Role.ENFANT), since, until)], KNOWN_AT)
    for mois in Mois(2024, 3).until(Mois(2024, 7)):
        liquider("751", mois, instant(2024, 8, 1))

    assert list(dus(file, Prestation.AF)) == [Mois(2024, 5)]


def test_what_is_older_than_two_years_is_not_touched():
    """CSS, art. L553-1."""
    file = dossier()
    for mois in Mois(2024, 1).until(Mois(2024, 3)):
        liquider("751", mois, KNOWN_AT)
    before = dus(file)
    claire = file.personne_set.get()
    faits.learn(file.pk, [ressource(claire, 1500, date(2022, 1, 1))], instant(2026, 2, 20))
    liquider("751", Mois(2026, 2), instant(2026, 2, 21))

    after = dus(file)
    assert [mois for mois in before if before[mois] != after[mois]] == [Mois(2024, 2), Mois(2024, 3)]


def test_nothing_is_due_nor_shown_of_a_month_that_began_without_anybody():
    """What one look of two finds empty is not due, and the page that explains it says the same."""
    file = dossier("0000356")
    claire = file.personne_set.get()
    faits.learn(
        file.pk, [Fait(Genre.PRESENCE, claire.pk, Presence(Role.ENFANT), SINCE, date(2024, 1, 10))], instant(2024, 1, 20)
    )
    at = instant(2024, 2, 1)
    liquider("751", JANVIER, at)

    shown = {droit.prestation for droit in droits_of_dossier(file.pk, JANVIER, at, {})}
    assert Prestation.AIDE_LOGEMENT not in dus(file)
    assert Prestation.AIDE_LOGEMENT not in shown


def test_a_month_before_the_law_that_we_know_is_refused():
    dossier()
    file = dossier("0000355")
    file.ouvert_le = date(2012, 1, 1)
    file.save()
    with pytest.raises(ValueError, match="juin 2012"):
        liquider("751", Mois(2012, 5), KNOWN_AT)
    assert Decimal(0) == sum(Ecriture.objects.values_list("montant", flat=True))
