"""The simulators: one module each, read aloud as a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.domain.droits import Prestation
from guichet.journeys.parcours import Parcours
from guichet.journeys.simulateurs import logement, rsa


@dataclass(frozen=True, slots=True)
class Simulateur:
    """A journey, the benefits that it is about, and how they are claimed, in a sentence."""

    parcours: Parcours
    prestations: tuple[Prestation, ...]
    demande: str


_A_QUI = "à votre Caf, ou à la MSA pour le régime agricole"
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
}
