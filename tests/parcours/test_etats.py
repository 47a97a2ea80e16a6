"""Every page of every simulator in the states that a walk without a fault does not meet: no violation that axe can see.

Drafts are written as they are kept, right or wrong, and opened by their links: half of the states in the dark on a
phone, half in the light on a screen, in turn; every page with errors in both.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gestures import PHONE, SCREEN, accessible, takes_the_focus

from guichet.journeys.champs import Cases
from guichet.journeys.simulateurs import SIMULATEURS
from reponses import ALONE, CHILD_IN_CARE, CHILDLESS, COMMON, COUPLE, TWO_CHILDREN

LOOKS = {"phone, dark": (PHONE, "dark"), "screen, light": (SCREEN, "light")}
WRONG = "??"
PAST = COUPLE | {
    **{"mois": "2013-01", "enfants-1-naissance": "2008-01-01", "enfants-2-naissance": "2010-01-01"},
    **{"activite": "chomeur", "indemnite": "900", "depuis": "2012-03-01", "conjoint_activite": "retraite"},
    **{"pension": "700", "conjoint_pension": "700", "conjoint_retraite_depuis": "2012-03-01"},
    **{"revenus_annuels": "9000", "conjoint_revenus_annuels": "9000"},
}
BUYING = ALONE | {
    **{"occupation": "accedant", "signature": "2015-06-10", "pret_conventionne": "non", "neuf": "oui", "mensualite": "650"},
    "revenus_mensuels": "1100",
}
RESIDENCE = ALONE | {
    **{"occupation": "residence_sociale", "redevance": "380", "convention": "2010-01-01", "revenus_mensuels": "700"},
}
MONTHLY = COUPLE | {"autres": "", "salaire_stable": "non", "salaire_1": "1500", "salaire_2": "0", "salaire_3": "900"}
CRECHE = CHILD_IN_CARE | {"garde": "structure", "horaires_specifiques": "non"}
MAYOTTE = TWO_CHILDREN | {"autres": "mayotte"}
HOUSEHOLDS = {
    "logement": [COMMON["logement"]["a couple with two children, one salary"], BUYING, RESIDENCE, PAST],
    "rsa": [COMMON["rsa"]["a couple with two children, one salary"], BUYING, RESIDENCE, MONTHLY],
    "paje": [COMMON["paje"]["a lone parent with RSA"], TWO_CHILDREN],
}
"""Households that see every page of a simulator between them."""


def every_box(champ, reponses):
    return " ".join(option.value for option in champ.options_for(reponses))


def states() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each page once, by simulator: its boxes all ticked, which opens all of their questions, and the rest wrong."""
    for kind, households in HOUSEHOLDS.items():
        parcours, seen = SIMULATEURS[kind].parcours, set()
        for answers in households:
            reponses = parcours.read(answers).reponses
            for page, champs in parcours.steps(reponses):
                if page.nom in seen:
                    continue
                seen.add(page.nom)
                boxes = {champ.nom: every_box(champ, reponses) for champ in champs if isinstance(champ, Cases)}
                opened = page.champs(parcours.read({**answers, **boxes}).reponses) if boxes else champs
                yield kind, page.nom, {**answers, **{champ.nom: WRONG for champ in opened}, **boxes}
        assert seen == {page.nom for page in parcours.pages}


STATES = list(states())


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_with_errors(open_page, draft, photograph, look):
    """Summarised at the top, each linked to a field that is there; the summary has the focus; what was typed is kept."""
    screen, scheme = LOOKS[look]
    page = open_page(viewport=screen, color_scheme=scheme)
    wrong = 0
    for kind, name, answers in STATES:
        page.goto(f"{draft(kind, answers)}/{name}")
        links = [link.get_attribute("href") for link in page.get_by_role("alert").get_by_role("link").all()]
        assert links or name == "autres", (kind, name)  # boxes alone are never wrong
        for link in links:
            assert page.locator(link).count() == 1, link
        if links:
            takes_the_focus(page, "alert")
            assert page.title().startswith("À corriger")
        wrong += len(links)
        accessible(page)
        photograph(page, f"errors-{kind}-{name}")
    assert wrong >= 60


RESULTS = {
    "an amount and its doubts": ("logement", PAST | {"autres": ""}, ""),
    "a refusal": ("logement", COMMON["logement"]["a pregnant couple"], ""),
    "decided by an answer": ("logement", ALONE | {"bailleur": "famille"}, ""),
    "several": ("paje", TWO_CHILDREN, ""),
    "nothing is due": ("paje", CHILDLESS, ""),
    "unknown": ("paje", MAYOTTE, ""),
    "later, some in one payment": ("paje", COMMON["paje"]["a pregnant couple"], ""),
    "what if, compared": ("rsa", COMMON["rsa"]["a single tenant"], "?loyer=400&nombre_enfants=1#et-si"),
    "what if, several compared": ("paje", COMMON["paje"]["a lone parent with RSA"], "?nombre_enfants=3#et-si"),
    "what if, with errors": ("logement", COMMON["logement"]["a single tenant"], "?loyer=beaucoup&nombre_enfants=40#et-si"),
    "what if, that asks more": ("logement", COMMON["logement"]["a single tenant"], "?mois-mois=01&mois-annee=2019#et-si"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_kind_of_result(open_page, draft, photograph, look):
    screen, scheme = LOOKS[look]
    page = open_page(viewport=screen, color_scheme=scheme)
    for name, (kind, answers, trial) in RESULTS.items():
        page.goto(f"{draft(kind, answers)}/resultat{trial}")
        assert page.url.endswith(f"/resultat{trial}"), name
        for summary in page.locator("main summary").all()[:3]:
            summary.click()
        accessible(page)
        photograph(page, f"result-{name.replace(' ', '-')}")


def test_notices_months_and_lost_links(open_page, draft, photograph):
    """What is said beside the questions takes the focus too, or is a page of its own."""
    page = open_page(viewport=PHONE)
    for address in (
        f"{draft('logement', ALONE | {'code_postal': '01400'})}/logement",  # which of its communes?
        f"{draft('rsa', MONTHLY | {'autres': 'aah autre_revenu'})}/autres",
        f"{draft('paje', TWO_CHILDREN | {'autres': 'adoption'})}/autres",
    ):
        page.goto(address)
        takes_the_focus(page, "status")
        accessible(page)
        photograph(page, "notice")
    for address in ("/simulation/rsa/mois", f"{draft('paje', TWO_CHILDREN)}/mois"):
        page.goto(address)
        accessible(page)
        page.get_by_label("Année").fill("1990")
        page.get_by_role("button", name="Continuer").click()
        assert page.get_by_role("alert").get_by_role("link").get_attribute("href") == "#mois"
        accessible(page)
        photograph(page, "month")
    page.goto(f"/simulation/logement/{'A' * 32}/resultat")
    accessible(page)


def test_paper_and_forced_colours(open_page, draft, photograph):
    """On paper, the result, whose site and which day it is of, and what it is not; no form nor menu. With the colours of the
    system, a result and a page of questions."""
    address = draft("logement", COMMON["logement"]["a couple with two children, one salary"])
    page = open_page(viewport=SCREEN)
    page.goto(f"{address}/resultat")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").is_visible()
    assert not page.get_by_role("button", name="Comparer").is_visible()
    assert not page.get_by_role("button", name="Envoyer mon avis").is_visible()
    assert not page.get_by_role("link", name="Nouvelle simulation").is_visible()
    for kept in (
        *("Loyer plafond de votre zone", "Simulation faite le", "Démonstration, sans lien avec les Caf."),
        *("Ce résultat n’est ni une demande ni une décision.", "Avec ces seules réponses, à vérifier."),
        *("Ce site n’est pas celui d’une caisse d’allocations familiales.", "Guichet, démonstration"),
    ):
        assert page.get_by_text(kept).first.is_visible(), kept
    photograph(page, "print")
    page.emulate_media(media="screen", forced_colors="active")
    accessible(page)
    photograph(page, "forced")
    page.goto(f"{address}/activite")
    accessible(page)
    photograph(page, "forced")
