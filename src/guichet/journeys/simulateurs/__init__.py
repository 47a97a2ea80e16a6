"""The simulators: one module each, read aloud as a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.domain.droits import Prestation
from guichet.journeys.parcours import Parcours
from guichet.journeys.simulateurs import logement, rsa


@dataclass(frozen=True, slots=True)
class Simulateur:
    """A journey, and the benefits that it is about."""

    parcours: Parcours
    prestations: tuple[Prestation, ...]


SIMULATEURS = {
    "logement": Simulateur(logement.PARCOURS, (Prestation.AIDE_LOGEMENT,)),
    "rsa": Simulateur(rsa.PARCOURS, (Prestation.RSA, Prestation.PPA)),
}
