"""« Et si ? »: answers near those that were given, to see what they would change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from guichet.domain.periodes import months_of_trimestre, reference_year
from guichet.domain.phrases import Phrase, Quantite
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.journeys.answers import mois_of
from guichet.journeys.conditions import Reponses


class Variante(Protocol):
    def reponses(self, reponses: Reponses) -> Reponses | None:
        """The other answers; None when these are not concerned."""

    def say(self, reponses: Reponses) -> str:
        """What has changed, said with the answers of this variant."""

    @property
    def apport(self) -> Euros:
        """What it brings by itself to the household each month, before any benefit."""


_ENCEINTE, _SALAIRE = "enceinte", "salaire"
_NOMBRE, _GROUPE, _CASES = "nombre_enfants", "enfants", "autres"


@dataclass(frozen=True, slots=True)
class Variation:
    """The amount answered to `champ`, more or less `de`; not of a wage that has stopped. `phrase` holds `{montant}`, with
    its euros, and may hold the `{annee}` of the yearly incomes."""

    champ: str
    de: Decimal
    phrase: str

    def reponses(self, reponses: Reponses) -> Reponses | None:
        montant = reponses.get(self.champ)
        gone = self.champ == _SALAIRE and reponses.get("salaire_continue") is False
        if gone or not isinstance(montant, Decimal) or montant + self.de <= 0:
            return None
        return {**reponses, self.champ: montant + self.de}

    def say(self, reponses: Reponses) -> str:
        montant = Quantite(Decimal(str(reponses[self.champ])), "€")
        return Phrase(self.phrase, montant=montant, annee=reference_year(mois_of(reponses)))

    @property
    def apport(self) -> Euros:
        """Of a wage of the last months, which goes on."""
        return self.de if self.champ == _SALAIRE else ZERO


def naissance_de_plus(mois: Mois, *, trimestre: bool) -> Mois:
    """The month of birth of a child whom nobody has said, so that the child counts at `mois`: a right looks at the children
    of the month before; the RSA and the prime d'activité, with `trimestre`, at those of all its months."""
    return (months_of_trimestre(mois)[0] if trimestre else mois) - 1


@dataclass(frozen=True, slots=True)
class EnfantDePlus:
    """A child more, born early enough to count (see `naissance_de_plus`): the one who is expected, if the boxes say so."""

    trimestre: bool

    def reponses(self, reponses: Reponses) -> Reponses | None:
        number, mois = reponses.get(_NOMBRE), reponses["mois"]
        if not isinstance(number, int) or not isinstance(mois, Mois) or reponses.get("attend_enfant"):
            return None
        naissance, ticked = naissance_de_plus(mois, trimestre=self.trimestre).first_day, reponses.get(_CASES, ())
        others = tuple(case for case in ticked if case != _ENCEINTE) if isinstance(ticked, tuple) else ()
        return {
            **reponses,
            **{_NOMBRE: number + 1, f"{_GROUPE}-{number + 1}-naissance": naissance, _CASES: others},
        }

    def say(self, reponses: Reponses) -> str:
        mois = mois_of(reponses)
        ago = mois.months_since(naissance_de_plus(mois, trimestre=self.trimestre))
        pattern = "un enfant de plus, né {nombre} mois plus tôt" if ago > 1 else "un enfant de plus, né le mois dernier"
        return Phrase(pattern, nombre=ago)

    @property
    def apport(self) -> Euros:
        return ZERO


REVENUS = ("salaire", "revenus_mensuels", "revenus_annuels", "benefice", "indemnite", "pension")
"""The incomes of the claimant that a curve may follow: the first that has an amount."""
VARIATIONS = (
    Variation("loyer", Decimal(-50), "un loyer de {montant}"),
    Variation("loyer", Decimal(50), "un loyer de {montant}"),
    Variation("salaire", Decimal(100), "un salaire de {montant} par mois"),
    Variation("revenus_mensuels", Decimal(100), "un salaire de {montant} par mois"),
    Variation("revenus_annuels", Decimal(1200), "un salaire de {montant} en {annee}"),
)
"""Shown beside every result that they concern, with a child more."""
TRIALS = ("loyer", "redevance", "mensualite", _NOMBRE, *REVENUS)
"""What may be answered otherwise beside a result; any month may be."""
