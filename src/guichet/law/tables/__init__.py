"""Populations told in four tables (individus, familles, foyers_fiscaux, menages), calculated as questions are.

Arrow tables in and out. `colonnes` reads the headers, `decoupe` cuts the rows into whole households, `menages` finds who
belongs where, `valeurs` reads a column, `calcul` answers a chunk. A fault raises SituationError: one sentence that names
the table, the column and the row (counted from 1, without the header).
"""

from __future__ import annotations

from dataclasses import dataclass

from guichet.domain.vocabulaire import Mois

GROUPES = {"familles": "famille", "foyers_fiscaux": "foyer_fiscal", "menages": "menage"}
"""The tables of groups, and their entities."""
TABLES = ("individus", *GROUPES)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at `mois`; `donnees` says, for each table, which variable and which period each column gives."""

    mois: Mois
    variables: tuple[str, ...]
    loi: str
    donnees: dict[str, dict[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Ou:
    """A column of a table of which some rows are at hand, the first of them being the row `premiere`."""

    table: str
    colonne: str
    premiere: int = 1

    def ligne(self, rang: int) -> str:
        """The place of a value, as a sentence begins with it."""
        return f"{self.table}, row {self.premiere + int(rang)}, column {self.colonne}"
