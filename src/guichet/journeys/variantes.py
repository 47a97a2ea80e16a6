"""« Et si ? »: answers near those that were given, to see what they would change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.vocabulaire import Mois
from guichet.journeys.conditions import Reponses


class Variante(Protocol):
    def reponses(self, reponses: Reponses) -> Reponses | None:
        """The other answers; None when these are not concerned."""

    def say(self, reponses: Reponses) -> str:
        """What has changed, said with the answers of this variant."""


@dataclass(frozen=True, slots=True)
class Variation:
    """The amount answered to `champ`, more or less `de`. `phrase` holds `{montant}`, with its euros."""

    champ: str
    de: Decimal
    phrase: str

    def reponses(self, reponses: Reponses) -> Reponses | None:
        montant = reponses.get(self.champ)
        if not isinstance(montant, Decimal) or montant + self.de < 0:
            return None
        return {**reponses, self.champ: montant + self.de}

    def say(self, reponses: Reponses) -> str:
        return Phrase(self.phrase, montant=Quantite(Decimal(str(reponses[self.champ])), "€"))


@dataclass(frozen=True, slots=True)
class EnfantDePlus:
    """A child more, born on the first day of the month."""

    nombre: str = "nombre_enfants"
    groupe: str = "enfants"

    def reponses(self, reponses: Reponses) -> Reponses | None:
        number, mois = reponses.get(self.nombre), reponses["mois"]
        if not isinstance(number, int) or not isinstance(mois, Mois):
            return None
        return {**reponses, self.nombre: number + 1, f"{self.groupe}-{number + 1}-naissance": mois.first_day}

    def say(self, reponses: Reponses) -> str:
        return Phrase("un enfant de plus, qui vient de naître")


REVENUS = ("salaire", "revenus_mensuels", "revenus_annuels", "benefice", "indemnite", "pension")
"""The incomes of the claimant that a curve may follow: the first that has an amount."""
VARIANTES: tuple[Variante, ...] = (
    Variation("loyer", Decimal(-50), "un loyer de {montant}"),
    Variation("loyer", Decimal(50), "un loyer de {montant}"),
    Variation("salaire", Decimal(100), "un salaire de {montant} par mois"),
    Variation("revenus_mensuels", Decimal(100), "un salaire de {montant} par mois"),
    Variation("revenus_annuels", Decimal(1200), "un salaire de {montant} par an"),
    EnfantDePlus(),
)
"""Shown beside every result that they concern."""
TRIALS = ("loyer", "redevance", "mensualite", "nombre_enfants", *REVENUS)
"""What may be answered otherwise beside a result; any month may be."""
