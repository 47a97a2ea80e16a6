"""Where a message to the caisse stands: every state says who acts next, and what is awaited can be done."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.domain.calendrier import months_after
from guichet.domain.courriers.recours import received_on
from guichet.domain.saisines import LONGEST, NEXT_ETATS, SITUATIONS, Etat, Genre, Geste, read


def test_every_state_that_is_reached_is_told():
    for (genre, _, _), etat in NEXT_ETATS.items():
        assert (genre, etat) in SITUATIONS
    assert {genre for genre, _ in SITUATIONS} == set(Genre)


def test_whoever_is_awaited_can_act():
    for (genre, etat), situation in SITUATIONS.items():
        gestes = {geste for g, e, geste in NEXT_ETATS if (g, e) == (genre, etat)}
        if situation.qui:
            assert gestes & ({Geste.ECRIRE} if etat is Etat.A_COMPLETER else {Geste.REPONDRE})


@given(st.text(max_size=LONGEST * 2))
def test_a_message_is_kept_or_refused_with_a_sentence(typed):
    try:
        kept = read(typed)
    except ValueError as refus:
        kept = str(refus)
    assert 0 < len(kept) <= LONGEST
    assert read(kept) == kept


@pytest.mark.parametrize(
    ("read_on", "since"),
    [(None, date(2026, 11, 19)), (date(2026, 11, 14), date(2026, 11, 14)), (date(2027, 1, 4), date(2026, 11, 19))],
)
def test_delays_run_from_the_reading_or_from_the_post(read_on, since):
    assert received_on(date(2026, 11, 12), read_on) == since


@pytest.mark.parametrize(
    ("day", "mois", "expected"),
    [
        (date(2026, 11, 14), 2, date(2027, 1, 14)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_one(day, mois, expected):
    assert months_after(day, mois) == expected
