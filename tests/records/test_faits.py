"""Facts: what is known of each day, as of any day, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import IBAN, KNOWN_AT, OTHER_IBAN, dossier, instant, personne, ressource
from guichet.domain.composition import foyer
from guichet.domain.faits import RESSOURCES, Adresse, CompteBancaire, Fait, Genre, Montant, Presence
from guichet.domain.foyer import Nature, Role
from guichet.domain.vocabulaire import Mois, euros
from guichet.records import dossiers, faits, vault

pytestmark = pytest.mark.django_db
SALAIRE = RESSOURCES[Nature.SALAIRE]
FIRST = date(2024, 1, 1)


def known_salaire(file, day, at):
    known = faits.of_dossier(file.pk, at)
    return [c.fait.valeur.mensuel for c in known if c.fait.genre == SALAIRE and c.fait.holds_on(day)]


def test_a_fact_that_is_corrected_is_still_known_as_it_was():
    file = dossier()
    (claire,) = file.personne_set.all()
    correction = instant(2024, 3, 3)
    faits.learn(file.pk, [ressource(claire, 1200, date(2024, 1, 1), avant=date(2024, 2, 1))], correction)

    before, after = correction - timedelta(seconds=1), correction
    assert known_salaire(file, date(2024, 1, 15), before) == [900]
    assert known_salaire(file, date(2024, 1, 15), after) == [1200]
    assert known_salaire(file, date(2023, 12, 31), after) == known_salaire(file, date(2024, 2, 1), after) == [900]
    assert faits.changes({file.pk: KNOWN_AT}, after) == {file.pk: date(2024, 1, 1)}
    assert faits.changes({file.pk: after}, after) == {}


def test_what_a_newcomer_earned_before_they_came_changes_nothing():
    file = dossier()
    after = instant(2024, 4, 3)
    paul = personne(file, "Essai", "Paul", date(1988, 1, 1))
    arrival = Fait(Genre.PRESENCE, paul.pk, Presence(Role.CONJOINT), date(2024, 3, 10))
    faits.learn(file.pk, [arrival, ressource(paul, 1500)], after)
    assert faits.changes({file.pk: KNOWN_AT}, after) == {file.pk: date(2024, 3, 10)}


def test_an_address_changes_no_right():
    file = dossier()
    after = instant(2024, 4, 3)
    faits.learn(file.pk, [Fait(Genre.ADRESSE, 0, Adresse("1 rue d'Essai", "75001", "Paris"), date(2024, 1, 1))], after)
    assert faits.changes({file.pk: KNOWN_AT}, after) == {}


def test_the_household_is_what_the_facts_of_the_day_say():
    file = dossier()
    identites = dossiers.personnes([file.pk])[file.pk]
    known = [c.fait for c in faits.of_dossier(file.pk, KNOWN_AT)]

    found = foyer(known, identites, Mois(2026, 1))
    assert found is not None
    assert [p.naissance for p in found.personnes] == [date(1990, 5, 12)]
    assert found.logement.loyer == 520
    assert found.personnes[0].ressources[0].au == Mois(2026, 1)
    assert foyer(known, identites, Mois(2021, 12)) is None


def test_the_database_refuses_what_would_change_the_past():
    file = dossier()
    known = faits.Fait.objects.filter(dossier=file, genre=SALAIRE)
    for change in (
        lambda: known.update(valeur={"mensuel": "1"}),
        lambda: known.update(genre=Genre.EPARGNE),
        known.delete,
        lambda: faits.note(file.pk, [Fait(SALAIRE, file.personne_set.get().pk, Montant(euros(1)), FIRST)], KNOWN_AT),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    faits.learn(file.pk, [ressource(file.personne_set.get(), 1000)], instant(2024, 2, 1))
    closed = known.filter(connu__endswith__isnull=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        closed.update(connu=("2024-01-02", None))


def test_an_iban_is_kept_encrypted():
    file = dossier()
    (compte,) = faits.Fait.objects.filter(dossier=file, genre=Genre.COMPTE_BANCAIRE)
    assert IBAN not in str(compte.valeur)
    known = {c.fait.genre: c.fait.valeur for c in faits.of_dossier(file.pk, KNOWN_AT)}
    assert vault.decrypt(known[Genre.COMPTE_BANCAIRE].iban) == IBAN
    # Noted again, for the days before a new account, as it was.
    new = Fait(Genre.COMPTE_BANCAIRE, 0, CompteBancaire("Claire Essai", OTHER_IBAN), date(2024, 2, 1))
    faits.learn(file.pk, [new], instant(2024, 2, 2))
    known = [c.fait for c in faits.of_dossier(file.pk, instant(2024, 2, 3)) if c.fait.genre == Genre.COMPTE_BANCAIRE]
    assert [vault.decrypt(f.valeur.iban) for f in known] == [IBAN, OTHER_IBAN]


DAYS = st.integers(0, 60).map(lambda rank: FIRST + timedelta(days=rank))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(1, 30), st.integers(0, 99)), min_size=1, max_size=6))
def test_whatever_is_learnt_in_whatever_order_the_last_word_holds(corrections):
    """The value of each day, as known after each correction, is that of the last one that spoke of it."""
    with transaction.atomic():
        file = dossier()
        enfant = personne(file, "Essai", "Noé", date(2020, 1, 1))
        said = {}
        for rank, (since, length, value) in enumerate(corrections):
            at = KNOWN_AT + timedelta(days=rank + 1)
            until = since + timedelta(days=length)
            faits.learn(file.pk, [ressource(enfant, value, since, avant=until)], at)
            said |= {since + timedelta(days=n): value for n in range(length)}
            known = [c.fait for c in faits.of_dossier(file.pk, at) if c.fait.sujet == enfant.pk]
            for n in range(91):
                day = FIRST + timedelta(days=n)
                assert [f.valeur.mensuel for f in known if f.holds_on(day)] == ([said[day]] if day in said else [])
        transaction.set_rollback(True)
