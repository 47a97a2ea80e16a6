"""The households of the examples: one a benefit, at any month. Ages are those of that month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guichet.domain.calendrier import AUGUST
from guichet.domain.foyer import (
    Activite,
    Foyer,
    Garde,
    Logement,
    ModeDeGarde,
    Nature,
    Occupation,
    Personne,
    Ressource,
    Role,
)
from guichet.domain.vocabulaire import FIRST_MONTH, Euros, Mois
from guichet.journeys.petite_enfance import mois_of_prime

EARNED_SINCE = 40
"""Months: longer than the law looks back."""


@dataclass(frozen=True)
class Example:
    """`says` describes the household in a sentence; `month` is the month calculated when it is not that of the page."""

    says: str
    household: Callable[[Mois], Foyer]
    month: Callable[[Mois], Mois] = lambda mois: mois


def _adult(mois: Mois, age: int, salaire: int = 0, role: Role = Role.DEMANDEUR, **others: Any) -> Personne:
    ressources = (Ressource(Nature.SALAIRE, Euros(salaire), mois - EARNED_SINCE, mois),) if salaire else ()
    activite = others.pop("activite", Activite.SALARIE if salaire else Activite.INACTIF)
    return Personne(date(mois.annee - age, 1, 15), role, activite, ressources, **others)


def _partner(mois: Mois, salaire: int = 0, **others: Any) -> Personne:
    return _adult(mois, 34, salaire, Role.CONJOINT, **others)


def _child(mois: Mois, age: int, months: int = 6, **others: Any) -> Personne:
    """A child of `age` years and `months` months."""
    return Personne((mois - (12 * age + months)).first_day, Role.ENFANT, **others)


def _home(loyer: int = 550) -> Logement:
    return Logement(Occupation.LOCATAIRE_VIDE, Euros(loyer))


def alone_tenant(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 30, 1000),), _home(450))


def without_income(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 30),), _home(450))


def alone_worker(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 30, 1300),), _home(450))


def disabled_adult(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 40, handicap=Decimal("0.8")),), _home(450))


def disabled_child(mois: Mois) -> Foyer:
    enfant = _child(mois, 8, handicap=Decimal("0.8"))
    return Foyer((_adult(mois, 36, 1800), _partner(mois), enfant), _home())


def three_children(mois: Mois) -> Foyer:
    enfants = (_child(mois, age) for age in (4, 8, 18))
    return Foyer((_adult(mois, 40, 2000), _partner(mois), *enfants), _home())


def large_family(mois: Mois) -> Foyer:
    enfants = (_child(mois, age) for age in (4, 8, 12))
    return Foyer((_adult(mois, 36, 1800), _partner(mois), *enfants), _home())


def lone_parent(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 32, 1300), _child(mois, 6)), _home())


def schoolchildren(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 36, 1400), _partner(mois), _child(mois, 7), _child(mois, 12)), _home())


def august(mois: Mois) -> Mois:
    """The last August, or the first that is known."""
    last = Mois(mois.annee if mois.numero >= AUGUST else mois.annee - 1, AUGUST)
    return max(last, Mois(FIRST_MONTH.annee, AUGUST))


def expecting(mois: Mois) -> Foyer:
    """A couple at the month of the grant: a birth is expected in two months, or was last month."""
    after = mois_of_prime(mois + 2) != mois
    enfant = Personne((mois - 1 if after else mois + 2).first_day, Role.ENFANT)
    mother = _partner(mois, 1200, enceinte=not after)
    return Foyer((_adult(mois, 32, 1500), mother, enfant), _home())


def baby(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 32, 1800), _partner(mois), _child(mois, 1)), _home())


def parental_leave(mois: Mois) -> Foyer:
    on_leave = _partner(mois, activite=Activite.CONGE_PARENTAL, cessation_activite="totale")
    return Foyer((_adult(mois, 34, 1800), on_leave, _child(mois, 1, 0), _child(mois, 4)), _home())


def childcare(mois: Mois) -> Foyer:
    garde = Garde(ModeDeGarde.ASSISTANT_MATERNEL, Euros(550), Decimal(120))
    return Foyer((_adult(mois, 34, 1600), _partner(mois, 1400), _child(mois, 1)), _home(), garde=garde)


def two_children(mois: Mois) -> Foyer:
    return Foyer((_adult(mois, 36, 1800), _partner(mois), _child(mois, 5), _child(mois, 8)), _home())
