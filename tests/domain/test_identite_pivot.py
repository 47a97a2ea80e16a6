"""Who is named by a pivot identity: names as people and machines write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.domain.identite_pivot import IdentitePivot, words

NEE = date(1990, 5, 12)
LETTERS = st.text("abcdeéèçœïÿßñøłABÉ", min_size=1, max_size=8)
NAMES = st.lists(LETTERS, min_size=1, max_size=3)


def identity(nom="Essai", prenoms=("Claire",), pays="99100", commune=""):
    return IdentitePivot(nom, tuple(prenoms), "F", NEE, pays, commune)


@given(NAMES, NAMES, st.sampled_from([" ", "-", "'", "’", " - "]), st.booleans())
def test_a_name_is_the_same_with_or_without_its_signs(nom, prenoms, sign, upper):
    written = sign.join(nom)
    told = identity(written.upper() if upper else written.lower(), [sign.join(prenoms)])
    assert told.is_named(" ".join(nom), " ".join(prenoms))
    assert told.is_named("".join(nom), "-".join(prenoms))


@given(NAMES, NAMES)
def test_another_name_is_another_one(nom, other):
    same = "".join(words(" ".join(nom))) == "".join(words(" ".join(other)))
    assert identity(" ".join(nom)).is_named(" ".join(other), "Claire") is same


@pytest.mark.parametrize(
    ("told", "known", "same"),
    [
        (["Anne", "Lise"], "Anne", True),
        (["Anne"], "Anne Lise Marie", True),
        (["Annelise"], "Anne-Lise", True),
        (["Lise"], "Anne Lise", False),
        (["Ann"], "Anne", False),
        (["Anne", "Marie"], "Anne Lise", False),
        (["-"], "Anne", False),
        (["Anne"], "", False),
    ],
)
def test_given_names_are_the_same_as_far_as_both_tell_them(told, known, same):
    assert identity(prenoms=told).is_named("Essai", known) is same


@pytest.mark.parametrize(
    ("pays", "commune", "known", "born"),
    [
        ("99100", "35238", "35238", True),
        ("99100", "35238", "35047", False),
        ("99100", "", "35238", True),
        ("99100", "35238", "", True),
        ("99100", "35238", "99351", False),
        ("99351", "", "99351", True),
        ("99351", "", "99352", False),
        ("99351", "35238", "35238", False),
    ],
)
def test_where_one_was_born(pays, commune, known, born):
    assert identity(pays=pays, commune=commune).born_in(known) is born
