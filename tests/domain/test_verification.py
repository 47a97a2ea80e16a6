"""The code of an attestation forgives how it is typed, and no more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.domain.courriers.verification import BITS, code, read

TIRAGES = st.integers(0, 2**BITS - 1)
LETTRES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(TIRAGES)
def test_a_code_is_read_however_it_is_typed(alea):
    ecrit = code(alea)
    assert re.fullmatch(rf"([{LETTRES}]{{4}}-){{4}}[{LETTRES}]{{4}}", ecrit)
    for tape in (ecrit.lower(), ecrit.replace("-", ""), ecrit.replace("-", " – "), f"\n{ecrit}\u00a0"):
        assert read(tape) == ecrit
    assert read(ecrit.replace("0", "o").replace("1", "l")) == ecrit


@given(TIRAGES, TIRAGES)
def test_two_numbers_never_make_the_same_code(un, autre):
    assert (code(un) == code(autre)) == (un == autre)


@given(TIRAGES, st.integers(0, 19), st.sampled_from(LETTRES))
def test_one_wrong_letter_is_always_seen(alea, rang, lettre):
    juste = code(alea).replace("-", "")
    faux = juste[:rang] + lettre + juste[rang + 1 :]
    if faux != juste:
        with pytest.raises(ValueError, match="faute de frappe"):
            read(faux)


@given(st.text())
def test_anything_else_is_refused_with_a_sentence(tape):
    with pytest.raises(ValueError, match=r"^(Indiquez|Le code) .*\.$"):
        read(tape)


@pytest.mark.parametrize(
    ("tape", "dit"),
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
def test_a_refusal_says_what_is_wrong(tape, dit):
    with pytest.raises(ValueError, match=dit):
        read(tape)


@pytest.mark.parametrize("alea", [-1, 2**BITS])
def test_a_code_is_made_of_enough_chance(alea):
    assert BITS >= 80
    with pytest.raises(ValueError, match="95 bits"):
        code(alea)
