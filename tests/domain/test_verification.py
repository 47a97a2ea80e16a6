"""The code of an attestation forgives how it is typed, and no more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.domain.courriers.verification import BITS, code, read

DRAWS = st.integers(0, 2**BITS - 1)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(DRAWS)
def test_a_code_is_read_however_it_is_typed(number):
    written = code(number)
    assert re.fullmatch(rf"([{LETTERS}]{{4}}-){{4}}[{LETTERS}]{{4}}", written)
    for typed in (written.lower(), written.replace("-", ""), written.replace("-", " – "), f"\n{written}\u00a0"):
        assert read(typed) == written
    assert read(written.replace("0", "o").replace("1", "l")) == written


@given(DRAWS, DRAWS)
def test_two_numbers_never_make_the_same_code(un, other):
    assert (code(un) == code(other)) == (un == other)


@given(DRAWS, st.integers(0, 19), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_always_seen(number, rank, letter):
    right = code(number).replace("-", "")
    wrong = right[:rank] + letter + right[rank + 1 :]
    if wrong != right:
        with pytest.raises(ValueError, match="faute de frappe"):
            read(wrong)


@given(st.text())
def test_anything_else_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r"^(Indiquez|Le code) .*\.$"):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Indiquez le code"),
        (" - ", "Indiquez le code"),
        ("AAAA", "vous en avez écrit 4"),
        ("A" * 100_000, "vous en avez écrit 200"),
        ("UUUU", "Le code n'a pas de « U »"),
        ("１２３４", "Le code n'a pas de « １ »"),
        ("<script>", "Le code n'a pas de « < »"),
    ],
)
def test_a_refusal_says_what_is_wrong(typed, told):
    with pytest.raises(ValueError, match=told):
        read(typed)


@pytest.mark.parametrize("number", [-1, 2**BITS])
def test_a_code_is_made_of_enough_chance(number):
    assert BITS >= 80
    with pytest.raises(ValueError, match="95 bits"):
        code(number)
