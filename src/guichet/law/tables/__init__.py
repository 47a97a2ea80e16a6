"""Populations told in four tables (individus, familles, foyers_fiscaux, menages), calculated as questions are.

Arrow tables in and out. `headers` says what is given and asked, `cutting` cuts the rows into whole households, `membership`
finds who belongs where, `values` reads a column, `answer` answers a chunk. A fault raises SituationError: one sentence
that names the table, the column and the row (counted from 1, without the header).
"""

from __future__ import annotations

from dataclasses import dataclass

from guichet.domain.vocabulaire import Mois

GROUPS = {"familles": "famille", "foyers_fiscaux": "foyer_fiscal", "menages": "menage"}
"""The tables of groups, and their entities."""
TABLES = ("individus", *GROUPS)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at `mois`; `given` says, for each table, which variable and which period each column gives."""

    mois: Mois
    variables: tuple[str, ...]
    loi: str
    given: dict[str, dict[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Place:
    """A column of a table of which some rows are at hand, the first of them being the row `first`."""

    table: str
    column: str
    first: int = 1

    def row(self, rank: int) -> str:
        """The place of a value, as a sentence begins with it."""
        return f"{self.table}, row {self.first + int(rank)}, column {self.column}"
