"""The words that every room shares: months and euros."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

Euros = Decimal
"""An amount in euros, to the cent: build it with `euros`."""

CENTIME = Decimal("0.01")
ZERO = Decimal("0.00")
NOMS_DES_MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_MOIS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True, slots=True)
class Mois:
    """A calendar month: `Mois(2013, 1)`, `Mois.lire("2013-01")`, `str(mois) == "2013-01"`."""

    annee: int
    numero: int

    def __post_init__(self) -> None:
        if not (1 <= self.numero <= 12 and 1 <= self.annee <= 9999):
            raise ValueError(f"« {self.annee}-{self.numero} » n'est pas un mois.")

    @classmethod
    def lire(cls, texte: str) -> Mois:
        """Read `YYYY-MM`; raises ValueError with a sentence that can be shown."""
        trouve = _MOIS.fullmatch(texte)
        if trouve is None:
            raise ValueError(f"« {texte} » n'est pas un mois : écrivez l'année puis le mois, par exemple 2013-01.")
        return cls(int(trouve[1]), int(trouve[2]))

    @classmethod
    def de(cls, jour: date) -> Mois:
        return _mois_de_rang(jour.year * 12 + jour.month - 1)

    def __str__(self) -> str:
        return f"{self.annee:04d}-{self.numero:02d}"

    def __add__(self, mois: int) -> Mois:
        return _mois_de_rang(self.annee * 12 + self.numero - 1 + mois)

    def __sub__(self, mois: int) -> Mois:
        return self + -mois

    def ecart(self, autre: Mois) -> int:
        """Months from `autre` to this one: `Mois(2013, 1).ecart(Mois(2012, 12)) == 1`."""
        return (self.annee - autre.annee) * 12 + self.numero - autre.numero

    def jusqu_a(self, dernier: Mois) -> Iterator[Mois]:
        """This month, the next ones, `dernier` included."""
        for rang in range(dernier.ecart(self) + 1):
            yield self + rang

    @property
    def premier_jour(self) -> date:
        return date(self.annee, self.numero, 1)

    @property
    def en_lettres(self) -> str:
        return f"{NOMS_DES_MOIS[self.numero - 1]} {self.annee}"

    @property
    def depuis(self) -> str:
        """`de juin 2012`, `d'octobre 2025`."""
        return ("d'" if self.numero in (4, 8, 10) else "de ") + self.en_lettres


@functools.lru_cache(maxsize=4096)
def _mois_de_rang(rang: int) -> Mois:
    """Counted from January of the year 0. The same few months are asked for again and again."""
    return Mois(rang // 12, rang % 12 + 1)


PREMIER_MOIS = Mois(2012, 6)
"""The law is known from this month on."""
DERNIER_MOIS_VERIFIE = Mois(2026, 11)
"""The last month whose texts were checked."""


def euros(valeur: Decimal | int | str | float) -> Euros:
    """`valeur` rounded to the nearest cent (half up), as a Decimal.

    A float goes through its shortest text, so that 184.62 in single precision stays 184.62.
    """
    exact = valeur if isinstance(valeur, Decimal) else Decimal(str(valeur))
    return exact.quantize(CENTIME, ROUND_HALF_UP)


def tronque(valeur: Decimal) -> Euros:
    """`valeur` cut to the cent below, as the law cuts the CRDS."""
    return valeur.quantize(CENTIME, ROUND_DOWN)
