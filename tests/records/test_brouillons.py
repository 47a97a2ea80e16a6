"""Drafts: found by their link alone, for thirty days."""

import pytest

from guichet.records import brouillons

pytestmark = pytest.mark.django_db


def test_a_draft_is_found_by_its_link_alone():
    link = brouillons.begin("logement", {"loyer": "520"})
    assert len(link) == 32
    assert brouillons.reponses("logement", link) == {"loyer": "520"}
    for genre, other in (("rsa", link), ("logement", link[:-1]), ("logement", ""), ("logement", "\ud800")):
        with pytest.raises(brouillons.UnknownBrouillonError):
            brouillons.reponses(genre, other)
    assert link not in str(list(brouillons.Brouillon.objects.values()))


def test_answers_of_two_tabs_add_up():
    link = brouillons.begin("logement", {"loyer": "520"})
    brouillons.complete("logement", link, {"couple": "oui"})
    assert brouillons.complete("logement", link, {"loyer": "530"}) == {"loyer": "530", "couple": "oui"}


def test_a_draft_lives_thirty_days_after_its_last_answer(set_clock):
    set_clock(2026, 11, 1)
    forgotten = brouillons.begin("logement", {})
    kept = brouillons.begin("logement", {})
    set_clock(2026, 11, 30)
    brouillons.complete("logement", kept, {"loyer": "520"})
    set_clock(2026, 12, 2)
    with pytest.raises(brouillons.UnknownBrouillonError):
        brouillons.reponses("logement", forgotten)
    brouillons.begin("logement", {})
    assert brouillons.Brouillon.objects.count() == 2
    assert brouillons.purge() == 0
    assert brouillons.reponses("logement", kept) == {"loyer": "520"}
