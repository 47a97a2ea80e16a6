"""The children that answers describe, who keeps them, and the work that a parent leaves for them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from guichet.domain.foyer import Garde, ModeDeGarde, Personne, Role
from guichet.journeys import petite_enfance
from guichet.journeys.answers import read_integer, read_montant, ticked
from guichet.journeys.conditions import Reponses

TAUX_OF_AEEH = Decimal("0.8")
"""The disability rate supposed of a child whose parents are paid the AEEH: no journey asks it."""


def enfants(reponses: Reponses) -> Iterator[Personne]:
    """From the last to the first. Which ones live here half of the time, or are disabled, is not asked: the last born."""
    alternating = read_integer(reponses["alternance"]) if ticked(reponses, "alternance") else 0
    disabled = read_integer(reponses.get("aeeh", 1)) if ticked(reponses, "aeeh") else 0
    found = petite_enfance.enfants(reponses) or []
    born = len(found) - read_integer(reponses.get("nombre_enfants", 0))
    for rank, enfant in enumerate(found, -born):
        yield Personne(
            enfant.naissance,
            Role.ENFANT,
            handicap=TAUX_OF_AEEH if 0 <= rank < disabled else Decimal(0),
            garde_alternee=0 <= rank < alternating,
            adoption=enfant.adoption,
        )


def conge(reponses: Reponses, prefix: str) -> str:
    """The `cessation_activite` of a parent. Said only where it is asked whether work was left for a child."""
    if "temps_partiel" not in reponses:
        return ""
    if reponses.get(f"{prefix}activite") == "conge_parental":
        return "totale"
    parts = (part for part in ("partielle_50", "partielle_80") if ticked(reponses, f"{prefix}{part}", "temps_partiel"))
    return next(parts, "")


def garde(reponses: Reponses) -> Garde | None:
    if "garde_cout" not in reponses:
        return None
    return Garde(
        ModeDeGarde(str(reponses["garde"])),
        read_montant(reponses["garde_cout"]),
        read_montant(reponses.get("garde_heures", 0)),
        horaires_specifiques=bool(reponses.get("horaires_specifiques")),
    )
