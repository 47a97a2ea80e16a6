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
from guichet.law.tables import Place
from guichet.law.tables.values import as_texts
from guichet.law.values import shown

AT_ONCE = 1 << 24
"""Identifiers of which 8 bytes are held at a time."""


class Rows(Protocol):
    """The rows of a table, in order."""

    def take(self, count: int) -> pa.Table:
        """The next `count` rows, or those that are left."""

    def batches(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """All the rows of the table, some at a time."""

    def find(self, column: str, value: str) -> int | None:
        """The number of the first row of the whole table whose `column` is `value`."""


class Identifiers:
    """The identifiers of a table, as they come."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.count = 0
        self._last = (0, "")
        self._grows = True

    def read(self, rows: pa.Table) -> pa.Array:
        """The identifiers of the next rows, as texts. Raises SituationError where there is none."""
        place = Place(self.table, "id", self.count + 1)
        texts = as_texts(rows.column("id").combine_chunks(), place)
        if texts.null_count:
            raise SituationError(f"{place.row(np.flatnonzero(np.array(texts.is_null()))[0])}: give an identifier.")
        self.count += len(texts)
        if self._grows and len(texts):
            lengths = np.array(pc.binary_length(texts))
            after = np.array(pc.greater(texts[1:], texts[:-1]))
            growing = (lengths[1:] > lengths[:-1]) | ((lengths[1:] == lengths[:-1]) & after)
            first = (int(lengths[0]), texts[0].as_py())
            self._grows = bool(growing.all()) and first > self._last
            self._last = (int(lengths[-1]), texts[-1].as_py())
        return texts

    def check(self, rows: Rows) -> None:
        """Raise SituationError for the first identifier that is given twice."""
        parts = 0 if self._grows else 1 + self.count // AT_ONCE
        for part in range(parts):
            of_part = [hashes[hashes % parts == part] for _, hashes in _hashed(rows.batches(["id"]))]
            ordered = np.sort(np.concatenate(of_part))
            twice = ordered[1:][ordered[1:] == ordered[:-1]]
            if len(twice):
                self._refuse(twice, rows)

    def _refuse(self, twice: Array, rows: Rows) -> None:
        row_of: dict[str, int] = {}
        before = 0
        for texts, hashes in _hashed(rows.batches(["id"])):
            for rank in np.flatnonzero(np.isin(hashes, twice)):
                text, row = texts[rank], before + int(rank) + 1
                if text in row_of:
                    raise SituationError(
                        f"{Place(self.table, 'id', row).row(0)}: {shown(text)} is already on row {row_of[text]}."
                    )
                row_of[text] = row
            before += len(texts)


def _hashed(batches: Iterable[pa.Table]) -> Iterator[tuple[list[str], Array]]:
    for rows in batches:
        texts = rows.column("id").cast(pa.string()).to_pylist()
        yield texts, np.fromiter(map(hash, texts), "int64", len(texts))
