"""Answers, by the type that their question gives them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guichet.domain.vocabulaire import Euros, Mois, euros
from guichet.journeys.conditions import Reponses


def coche(reponses: Reponses, case: str, champ: str = "autres") -> bool:
    cochees = reponses.get(champ)
    return isinstance(cochees, tuple) and case in cochees


def le_mois(reponses: Reponses) -> Mois:
    mois = reponses["mois"]
    assert isinstance(mois, Mois)
    return mois


def montant(valeur: object) -> Euros:
    return valeur if isinstance(valeur, Decimal) else euros(str(valeur))


def entier(valeur: object) -> int:
    return int(str(valeur))


def jour(valeur: object) -> date:
    assert isinstance(valeur, date)
    return valeur
