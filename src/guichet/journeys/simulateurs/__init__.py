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
    """A journey, the benefits that it is about, how they are claimed, in a sentence, and those that the answers open at
    another month than their own."""

    parcours: Parcours
    prestations: tuple[Prestation, ...]
    demande: str
    echeances: Callable[[Reponses], Iterable[tuple[Prestation, Mois]]] = lambda reponses: ()


_A_QUI = "à votre Caf, ou à la MSA pour le régime agricole"
_PAJE = (
    *(Prestation.PAJE_NAISSANCE, Prestation.PAJE_BASE, Prestation.PAJE_CLCA, Prestation.PAJE_PREPARE),
    Prestation.PAJE_CMG,
)
SIMULATEURS = {
    "logement": Simulateur(
        logement.PARCOURS,
        (Prestation.AIDE_LOGEMENT,),
        f"L'aide se demande {_A_QUI}, avec un justificatif de loyer ou de prêt et un RIB.",
    ),
    "rsa": Simulateur(
        rsa.PARCOURS,
        (Prestation.RSA, Prestation.PPA),
        f"Le RSA et la prime d'activité se demandent {_A_QUI}, avec vos revenus des trois mois et un RIB.",
    ),
    "paje": Simulateur(
        paje.PARCOURS,
        _PAJE,
        f"Ces aides se demandent {_A_QUI} ; une grossesse se déclare avant la fin de la quatorzième semaine.",
        petite_enfance.echeances,
    ),
}
