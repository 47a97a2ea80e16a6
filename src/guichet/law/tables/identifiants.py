"""The identifiers of a table: each row has one, and no two rows the same.

Identifiers that grow from row to row are distinct: nothing is to be remembered of them. Others are read a second time,
at the end, some millions at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guichet.law import SituationError
from guichet.law.columns import Array
from guichet.law.tables import Ou
from guichet.law.tables.valeurs import en_textes
from guichet.law.values import shown

A_LA_FOIS = 1 << 24
"""Identifiers of which 8 bytes are held at a time."""


class Lecture(Protocol):
    """The rows of a table, in order."""

    def prend(self, nombre: int) -> pa.Table:
        """The next `nombre` rows, or those that are left."""

    def lots(self, colonnes: list[str] | None = None) -> Iterator[pa.Table]:
        """All the rows of the table, some at a time."""

    def cherche(self, colonne: str, valeur: str) -> int | None:
        """The number of the first row of the whole table whose `colonne` is `valeur`."""


class Suite:
    """The identifiers of a table, as they come."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.count = 0
        self._dernier = (0, "")
        self._croit = True

    def lit(self, rows: pa.Table) -> pa.Array:
        """The identifiers of the next rows, as texts. Raises SituationError where there is none."""
        ou = Ou(self.table, "id", self.count + 1)
        textes = en_textes(rows.column("id").combine_chunks(), ou)
        if textes.null_count:
            raise SituationError(f"{ou.ligne(np.flatnonzero(np.array(textes.is_null()))[0])}: give an identifier.")
        self.count += len(textes)
        if self._croit and len(textes):
            longueurs = np.array(pc.binary_length(textes))
            suivants = np.array(pc.greater(textes[1:], textes[:-1]))
            croissants = (longueurs[1:] > longueurs[:-1]) | ((longueurs[1:] == longueurs[:-1]) & suivants)
            premier = (int(longueurs[0]), textes[0].as_py())
            self._croit = bool(croissants.all()) and premier > self._dernier
            self._dernier = (int(longueurs[-1]), textes[-1].as_py())
        return textes

    def verifie(self, lecture: Lecture) -> None:
        """Raise SituationError for the first identifier that is given twice."""
        parts = 0 if self._croit else 1 + self.count // A_LA_FOIS
        for part in range(parts):
            hachages = [hachage[hachage % parts == part] for _, hachage in _haches(lecture.lots(["id"]))]
            tries = np.sort(np.concatenate(hachages))
            doubles = tries[1:][tries[1:] == tries[:-1]]
            if len(doubles):
                self._designe(doubles, lecture)

    def _designe(self, doubles: Array, lecture: Lecture) -> None:
        lignes: dict[str, int] = {}
        avant = 0
        for textes, hachage in _haches(lecture.lots(["id"])):
            for rang in np.flatnonzero(np.isin(hachage, doubles)):
                texte, ligne = textes[rang], avant + int(rang) + 1
                if texte in lignes:
                    raise SituationError(
                        f"{Ou(self.table, 'id', ligne).ligne(0)}: {shown(texte)} is already on row {lignes[texte]}."
                    )
                lignes[texte] = ligne
            avant += len(textes)


def _haches(lots: Iterable[pa.Table]) -> Iterator[tuple[list[str], Array]]:
    for rows in lots:
        textes = rows.column("id").cast(pa.string()).to_pylist()
        yield textes, np.fromiter(map(hash, textes), "int64", len(textes))
