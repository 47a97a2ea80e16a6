"""The simulators: one module each, read aloud as a conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guichet.domain.droits import Prestation
from guichet.domain.foyer import Foyer
from guichet.journeys.conditions import Reponses
from guichet.journeys.parcours import Parcours
from guichet.journeys.simulateurs import logement, logement_foyer


@dataclass(frozen=True, slots=True)
class Simulateur:
    """A journey, the household that its answers make, and the benefits that it is about."""

    parcours: Parcours
    foyer: Callable[[Reponses], Foyer]
    prestations: tuple[Prestation, ...]


SIMULATEURS = {
    "logement": Simulateur(logement.PARCOURS, logement_foyer.foyer, (Prestation.AIDE_LOGEMENT,)),
}
