"""The simulators: one module each, read aloud as a conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.journeys import petite_enfance
from guichet.journeys.conditions import Reponses
from guichet.journeys.parcours import Parcours
from guichet.journeys.simulateurs import logement, paje, rsa


@dataclass(frozen=True, slots=True)
class Simulateur:
    """A journey, the benefits that it is about, and those that the answers open at another month than their own."""

    parcours: Parcours
    prestations: tuple[Prestation, ...]
    echeances: Callable[[Reponses], Iterable[tuple[Prestation, Mois]]] = lambda reponses: ()


_PAJE = (
    *(Prestation.PAJE_NAISSANCE, Prestation.PAJE_BASE, Prestation.PAJE_CLCA, Prestation.PAJE_PREPARE),
    Prestation.PAJE_CMG,
)
SIMULATEURS = {
    "logement": Simulateur(logement.PARCOURS, (Prestation.AIDE_LOGEMENT,)),
    "rsa": Simulateur(rsa.PARCOURS, (Prestation.RSA, Prestation.PPA)),
    "paje": Simulateur(paje.PARCOURS, _PAJE, petite_enfance.echeances),
}
