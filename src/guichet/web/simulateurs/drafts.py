"""A draft, found by its link, and what is read of it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from django.http import Http404

from guichet.domain.vocabulaire import Mois
from guichet.journeys.champs import Champ
from guichet.journeys.parcours import Page, Parcours, Reading, Step, page_to_fill
from guichet.journeys.reprise import TO_REVIEW, new_boxes
from guichet.journeys.simulateurs import SIMULATEURS
from guichet.records import brouillons
from guichet.web.addresses import address


@dataclass(frozen=True)
class Answer:
    """A question and what was answered, in French (`languages.said` translates them); where to answer otherwise."""

    question: str
    said: str
    address: str


@dataclass(frozen=True)
class Simulation:
    """A draft and what is read of it."""

    genre: str
    link: str
    parcours: Parcours
    texts: dict[str, str]
    reading: Reading

    @property
    def mois(self) -> Mois:
        mois = self.reading.reponses[self.parcours.mois.nom]
        assert isinstance(mois, Mois)
        return mois

    @functools.cached_property
    def steps(self) -> list[Step]:
        """The pages that these answers make useful, each with its questions."""
        return self.parcours.steps(self.reading.reponses)

    @functools.cached_property
    def page_to_fill(self) -> Page | None:
        """The first one with something to answer."""
        return page_to_fill(self.steps, self.reading)

    def boxes_to_review(self, champ: Champ) -> bool:
        """Boxes that were ticked where some of them were not shown."""
        return champ.nom not in self.texts and champ.nom + TO_REVIEW in self.texts

    def answers(self, step: Step) -> list[Answer]:
        """The questions of a page that were answered."""
        page, champs = step
        reponses, say = self.reading.reponses, self.parcours.say
        address = self.address("simulation-page", page.nom)
        return [
            Answer(say(champ.question, reponses), say(champ.say(reponses[champ.nom]), reponses), f"{address}#{champ.nom}")
            for champ in champs
            if champ.nom in reponses
        ]

    def address(self, view: str, *arguments: str) -> str:
        return address(view, self.genre, self.link, *arguments)

    @property
    def next_address(self) -> str:
        """The first page with something to answer; the summary when all is said, the result when all is decided."""
        if self.page_to_fill is not None:
            return self.address("simulation-page", self.page_to_fill.nom)
        decided = self.parcours.arret(self.reading.reponses) is not None
        return self.address("simulation-resultat" if decided else "simulation-recapitulatif")


def parcours_of(genre: str) -> Parcours:
    """The journey of that name; raises Http404."""
    if genre not in SIMULATEURS:
        raise Http404
    return SIMULATEURS[genre].parcours


def simulation_of(genre: str, link: str) -> Simulation:
    """The draft behind a link; raises Http404."""
    parcours = parcours_of(genre)
    try:
        texts = brouillons.reponses(genre, link)
    except brouillons.UnknownBrouillonError:
        raise Http404 from None
    return Simulation(genre, link, parcours, texts, parcours.read(texts))


def added(simulation: Simulation, new: dict[str, str]) -> Simulation:
    """The draft with these answers, kept. Boxes among which they bring new ones are to be looked at again: silence about
    what was not shown is no answer."""
    reading = simulation.parcours.read(simulation.texts | new)
    boxes = {name: ticked for name, ticked in new_boxes(simulation.reading, reading).items() if name not in new}
    to_review = {name + TO_REVIEW: ticked for name, ticked in boxes.items()}
    texts = brouillons.complete(simulation.genre, simulation.link, new | to_review, forgotten=boxes)
    return Simulation(simulation.genre, simulation.link, simulation.parcours, texts, simulation.parcours.read(texts))
