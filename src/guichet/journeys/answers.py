"""Answers, by the type that their question gives them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guichet.domain.vocabulaire import Euros, Mois, euros
from guichet.journeys.conditions import Reponses


def ticked(reponses: Reponses, box: str, champ: str = "autres") -> bool:
    boxes = reponses.get(champ)
    return isinstance(boxes, tuple) and box in boxes


def mois_of(reponses: Reponses) -> Mois:
    mois = reponses["mois"]
    assert isinstance(mois, Mois)
    return mois


def read_montant(value: object) -> Euros:
    return value if isinstance(value, Decimal) else euros(str(value))


def read_integer(value: object) -> int:
    return int(str(value))


def read_day(value: object) -> date:
    assert isinstance(value, date)
    return value
