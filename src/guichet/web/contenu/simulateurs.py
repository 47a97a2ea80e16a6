"""How the simulators are called on the site, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.domain.droits import Prestation
from guichet.journeys.simulateurs import SIMULATEURS


@dataclass(frozen=True)
class Door:
    genre: str
    title: str
    summary: str
    words: str

    @property
    def prestations(self) -> tuple[Prestation, ...]:
        return SIMULATEURS[self.genre].prestations


DOORS = (
    Door(
        "logement",
        "Aide au logement",
        "APL, ALF ou ALS : locataire, étudiant, résident d'un foyer, propriétaire qui rembourse un prêt",
        "loyer calcul estimation simuler simulation simulateur",
    ),
    Door(
        "rsa",
        "RSA et prime d'activité",
        "Avec ou sans emploi, seul ou en couple, avec ou sans enfant",
        "revenu minimum calcul estimation simuler simulation simulateur",
    ),
    Door(
        "paje",
        "Jeune enfant (Paje)",
        "Naissance ou adoption, garde de l'enfant, congé parental",
        "bébé grossesse calcul estimation simuler simulation simulateur",
    ),
)


def door_for(prestations: tuple[Prestation, ...]) -> Door | None:
    """The simulator that calculates one of `prestations`."""
    return next((door for door in DOORS if set(door.prestations) & set(prestations)), None)
