"""The first pages of the simulators that ask for the dwelling and for who lives in it."""

from __future__ import annotations

from guichet.journeys.parcours import Page
from guichet.journeys.questions.activite import ACTIVITES
from guichet.journeys.questions.foyer import PROCHES, page_du_foyer
from guichet.journeys.questions.logement import LOGEMENT, LOYER, PRET, REDEVANCE


def premieres_pages(age_des_enfants: int) -> tuple[Page, ...]:
    """Where one lives, with whom, and what each adult does; children count until `age_des_enfants`."""
    return (
        LOGEMENT,
        LOYER,
        REDEVANCE,
        PRET,
        page_du_foyer(age_des_enfants),
        PROCHES,
        Page(nom="activite", titre="Votre activité", contenu=ACTIVITES),
    )
