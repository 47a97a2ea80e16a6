"""Drafts: found by their link alone, for thirty days."""

import pytest

from guichet.records import brouillons

pytestmark = pytest.mark.django_db


def test_a_draft_is_found_by_its_link_alone():
    lien = brouillons.begin("logement", {"loyer": "520"})
    assert len(lien) == 32
    assert brouillons.reponses("logement", lien) == {"loyer": "520"}
    for genre, autre in (("rsa", lien), ("logement", lien[:-1]), ("logement", ""), ("logement", "\ud800")):
        with pytest.raises(brouillons.UnknownBrouillonError):
            brouillons.reponses(genre, autre)
    assert lien not in str(list(brouillons.Brouillon.objects.values()))


def test_answers_of_two_tabs_add_up():
    lien = brouillons.begin("logement", {"loyer": "520"})
    brouillons.complete("logement", lien, {"couple": "oui"})
    assert brouillons.complete("logement", lien, {"loyer": "530"}) == {"loyer": "530", "couple": "oui"}


def test_a_draft_lives_thirty_days_after_its_last_answer(set_clock):
    set_clock(2026, 11, 1)
    oublie = brouillons.begin("logement", {})
    garde = brouillons.begin("logement", {})
    set_clock(2026, 11, 30)
    brouillons.complete("logement", garde, {"loyer": "520"})
    set_clock(2026, 12, 2)
    with pytest.raises(brouillons.UnknownBrouillonError):
        brouillons.reponses("logement", oublie)
    brouillons.begin("logement", {})
    assert brouillons.Brouillon.objects.count() == 2
    assert brouillons.purge() == 0
    assert brouillons.reponses("logement", garde) == {"loyer": "520"}
