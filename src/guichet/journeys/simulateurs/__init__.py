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
    another month than their own.

    `autres` are the other benefits of which its answers say enough to tell an amount: the housing aid and the RSA look at
    recent months, family benefits at the year N-2.
    """

    parcours: Parcours
    prestations: tuple[Prestation, ...]
    demande: str
    autres: tuple[Prestation, ...]
    echeances: Callable[[Reponses], Iterable[tuple[Prestation, Mois]]] = lambda reponses: ()


_A_QUI = "à votre Caf, ou à la MSA pour le régime agricole"
_FAMILIALES = (Prestation.AF, Prestation.CF, Prestation.ASF, Prestation.ARS)
_PAJE = (
    *(Prestation.PAJE_NAISSANCE, Prestation.PAJE_BASE, Prestation.PAJE_CLCA, Prestation.PAJE_PREPARE),
    Prestation.PAJE_CMG,
)
SIMULATEURS = {
    "logement": Simulateur(
        logement.PARCOURS,
        (Prestation.AIDE_LOGEMENT,),
        f"L'aide se demande {_A_QUI}, avec un justificatif de loyer ou de prêt et un RIB.",
        # Of family allowances it tells the most that they can be, and says so.
        (Prestation.RSA, Prestation.PPA, Prestation.ASF, Prestation.AF),
    ),
    "rsa": Simulateur(
        rsa.PARCOURS,
        (Prestation.RSA, Prestation.PPA),
        f"Le RSA et la prime d'activité se demandent {_A_QUI}, avec vos revenus des trois mois et un RIB.",
        # It supposes, and says, that earlier incomes were alike.
        (Prestation.AIDE_LOGEMENT, *_FAMILIALES, Prestation.PAJE_BASE),
    ),
    "paje": Simulateur(
        paje.PARCOURS,
        _PAJE,
        f"Ces aides se demandent {_A_QUI} ; une grossesse se déclare avant la fin de la quatorzième semaine.",
        _FAMILIALES,
        petite_enfance.echeances,
    ),
}
