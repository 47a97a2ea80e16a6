"""The children that answers describe, who keeps them, and the work that a parent leaves for them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from guichet.domain.foyer import Garde, ModeDeGarde, Personne, Role
from guichet.journeys import petite_enfance
from guichet.journeys.answers import coche, entier, montant
from guichet.journeys.conditions import Reponses

TAUX_DE_L_AEEH = Decimal("0.8")
"""The disability rate supposed of a child whose parents are paid the AEEH: no journey asks it."""


def enfants(reponses: Reponses) -> Iterator[Personne]:
    """From the last to the first. Which ones live here half of the time, or are disabled, is not asked: the last born."""
    alternes = entier(reponses["alternance"]) if coche(reponses, "alternance") else 0
    handicapes = entier(reponses.get("aeeh", 1)) if coche(reponses, "aeeh") else 0
    lus = petite_enfance.enfants(reponses) or []
    nes = len(lus) - entier(reponses.get("nombre_enfants", 0))
    for rang, enfant in enumerate(lus, -nes):
        yield Personne(
            enfant.naissance,
            Role.ENFANT,
            handicap=TAUX_DE_L_AEEH if 0 <= rang < handicapes else Decimal(0),
            garde_alternee=0 <= rang < alternes,
            adoption=enfant.adoption,
        )


def conge(reponses: Reponses, prefixe: str) -> str:
    """The `cessation_activite` of a parent. Said only where it is asked whether work was left for a child."""
    if "temps_partiel" not in reponses:
        return ""
    if reponses.get(f"{prefixe}activite") == "conge_parental":
        return "totale"
    parts = (part for part in ("partielle_50", "partielle_80") if coche(reponses, f"{prefixe}{part}", "temps_partiel"))
    return next(parts, "")


def garde(reponses: Reponses) -> Garde | None:
    if "garde_cout" not in reponses:
        return None
    return Garde(
        ModeDeGarde(str(reponses["garde"])),
        montant(reponses["garde_cout"]),
        montant(reponses.get("garde_heures", 0)),
        horaires_specifiques=bool(reponses.get("horaires_specifiques")),
    )
