"""From one simulator to the next: what was answered in one is not asked again in the others."""

from __future__ import annotations

from gestures import PHONE, Visitor, accessible

from reponses import COUPLE

FIRST = COUPLE | {
    **{"enfants-2-naissance": "2025-03-10", "revenus_mensuels": "1 600", "conjoint_revenus_mensuels": "0"},
    **{"autres": "alternance", "alternance": "1"},
}
NEXT = FIRST | {
    **{"salaire_stable": "oui", "salaire": "1 600", "attend_enfant": "non", "garde": "aucune"},
    **{"temps_partiel": "", "revenus_annuels": "19 000", "conjoint_revenus_annuels": "0"},
}


def test_from_housing_to_rsa_to_paje_nothing_is_asked_twice(open_page):
    page = open_page(viewport=PHONE)
    housing = Visitor(page, FIRST).simulates("logement")
    asked = questions(housing)
    paid = dict(housing.amounts)
    for title in ("Simulation de RSA et de prime d’activité", "Simulation de la Paje"):
        pages = []
        visitor = Visitor(page, NEXT, lambda page, pages=pages: pages.append(page.url))
        visitor.presses(title)
        accessible(page)
        visitor.answers_all()
        again = questions(visitor) & asked
        assert not again, f"{title}: {again}"
        assert "autres" not in visitor.ticked  # still ticked
        assert len(pages) <= 7  # with the summary and the result
        asked |= questions(visitor)
        paid |= visitor.amounts
    assert {benefit for benefit, _ in paid} == {"aide_logement", "ppa", "paje_base"}


def questions(visitor):
    return {visitor.question(name) for name in (*visitor.typed, *visitor.ticked)}
