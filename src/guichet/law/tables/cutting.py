"""The rows of the four tables, cut into chunks of whole households, as they come.

A household is what hangs together: persons who share a family, a tax household or a dwelling, one through another. The
tables follow one another's order: the persons of a household come together, and groups come in the order of their first
person. Memory then holds one chunk, whatever the size of the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guichet.law import SituationError
from guichet.law.columns import Array
from guichet.law.tables import GROUPS, Place
from guichet.law.tables.identifiers import Identifiers, Rows
from guichet.law.tables.values import as_texts
from guichet.law.values import shown

PERSONS = 24_000
"""Persons of a chunk, at the least: some 9 000 households. A chunk costs 8 ms, however small."""
PERSONS_OF_A_HOUSEHOLD = 5 * PERSONS
"""More that hang together are not a household: the tables are not sorted."""
SORT = "sort the tables so that the persons of a household follow one another, and groups come as their first persons do"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole households: their rows, by table; the group of each person, by entity; the number of the first row, by table."""

    tables: dict[str, pa.Table]
    ranks: dict[str, Array]
    firsts: dict[str, int]

    def __reduce__(self) -> Any:
        # Arrow would send with a slice all that it was cut from.
        return _rebuilt, ({table: _sent(rows) for table, rows in self.tables.items()}, self.ranks, self.firsts)


def _sent(table: pa.Table) -> pa.Buffer:
    measure = pa.MockOutputStream()  # room made at once: grown as it fills, it costs twice as much
    _write(table, measure)
    content = pa.allocate_buffer(measure.size())
    _write(table, pa.FixedSizeBufferWriter(content))
    return content


def _write(table: pa.Table, out: pa.NativeFile) -> None:
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)


def _rebuilt(content: dict[str, pa.Buffer], ranks: dict[str, Array], firsts: dict[str, int]) -> Chunk:
    return Chunk({table: pa.ipc.open_stream(buffer).read_all() for table, buffer in content.items()}, ranks, firsts)


class Cutting:
    """The tables, being cut. Raises SituationError."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self.tables = tables
        self._identifiers = {table: Identifiers(table) for table in tables}

    def chunks(self) -> Iterator[Chunk]:
        """The chunks, in order; then, what is wrong with the tables as a whole."""
        left: pa.Table | None = None
        for batch in self.tables["individus"].batches():
            left = batch if left is None else pa.concat_tables([left, batch])
            if left.num_rows >= PERSONS:
                codes = _codes(left, self._row("individus"))
                if end := _last_cut(codes):
                    yield self._chunk(left.slice(0, end), {key: _first_of(each, end) for key, each in codes.items()})
                    left = left.slice(end)
                elif left.num_rows >= PERSONS_OF_A_HOUSEHOLD:
                    raise SituationError(f"individus, row {self._row('individus')}: its household has no end; {SORT}.")
        if left is not None and left.num_rows:
            yield self._chunk(left, _codes(left, self._row("individus")))
        elif not self._identifiers["individus"].count:
            raise SituationError("individus: give at least one person.")
        for table in GROUPS:
            more = self.tables[table].take(1)
            if more.num_rows:
                raise SituationError(self._intruder(table, self._row(table), more["id"][0].as_py()))
        for table, identifiers in self._identifiers.items():
            identifiers.check(self.tables[table])

    def _row(self, table: str) -> int:
        """The number of the next row."""
        return self._identifiers[table].count + 1

    def _chunk(self, persons: pa.Table, codes: dict[str, Codes]) -> Chunk:
        """The chunk of `persons` and of their groups."""
        firsts = {table: self._row(table) for table in self.tables}
        tables = {"individus": persons.drop_columns([f"{entity}_id" for entity in GROUPS.values()])}
        self._identifiers["individus"].read(persons)
        for table, entity in GROUPS.items():
            tables[table] = self.tables[table].take(len(codes[entity].identifiers))
            identifiers = self._identifiers[table].read(tables[table])
            if not identifiers.equals(codes[entity].identifiers):
                raise SituationError(self._disorder(table, identifiers, codes[entity], firsts))
        return Chunk(tables, {entity: each.ranks for entity, each in codes.items()}, firsts)

    def _disorder(self, table: str, found: pa.Array, codes: Codes, firsts: dict[str, int]) -> str:
        """Why the groups of the persons are not the next rows of their table, in the same order."""
        same = np.array(pc.equal(found, codes.identifiers.slice(0, len(found))))
        rank = int(np.flatnonzero(np.append(~same, True))[0])
        expected, row = codes.identifiers[rank].as_py(), firsts[table] + rank
        person = int(np.flatnonzero(codes.ranks == rank)[0])
        place = Place("individus", f"{GROUPS[table]}_id", firsts["individus"]).row(person)
        found_on = self.tables[table].find("id", expected)
        if found_on is None:
            return f"{place}: {shown(expected)} is not in {table}."
        if found_on < row:
            return f"{place}: {shown(expected)} came before ({table}, row {found_on}); {SORT}."
        return self._intruder(table, row, found[rank].as_py())

    def _intruder(self, table: str, row: int, identifier: Any) -> str:
        """Why the row `row` of a table of groups is not expected there."""
        place = Place(table, "id", row).row(0)
        if identifier is None:
            return f"{place}: give an identifier."
        first = self.tables[table].find("id", str(identifier))
        if first is not None and first < row:
            return f"{place}: {shown(identifier)} is already on row {first}."
        person = self.tables["individus"].find(f"{GROUPS[table]}_id", str(identifier))
        if person is None:
            return f"{place}: no person of individus is in {shown(identifier)}."
        return f"{place}: the first person of {shown(identifier)} is on row {person} of individus; {SORT}."


@dataclass(frozen=True, slots=True)
class Codes:
    """The group of each person, numbered as they come, and the identifiers of these groups."""

    ranks: Array
    identifiers: pa.Array


def _first_of(codes: Codes, end: int) -> Codes:
    """The codes of the first `end` persons."""
    ranks = codes.ranks[:end]
    return Codes(ranks, codes.identifiers.slice(0, int(ranks.max()) + 1))


def _codes(persons: pa.Table, first: int) -> dict[str, Codes]:
    """The groups of each person, by entity."""
    codes = {}
    for entity in GROUPS.values():
        place = Place("individus", f"{entity}_id", first)
        column = persons.column(place.column).combine_chunks()
        if not pa.types.is_integer(column.type):
            column = as_texts(column, place)
        if column.null_count:
            rank = np.flatnonzero(np.array(column.is_null()))[0]
            raise SituationError(f"{place.row(rank)}: this person is in no {entity}.")
        coded = column.dictionary_encode()
        codes[entity] = Codes(np.array(coded.indices), as_texts(coded.dictionary, place))
    return codes


def _last_cut(codes: dict[str, Codes]) -> int:
    """How many persons come before the last household, of which more may follow."""
    reached = np.zeros(len(codes["menage"].ranks), int)
    for each in codes.values():
        last = np.zeros(len(each.identifiers), int)
        last[each.ranks] = np.arange(len(reached))
        np.maximum(reached, last[each.ranks], out=reached)
    cuts = np.flatnonzero(np.maximum.accumulate(reached) == np.arange(len(reached)))
    return int(cuts[-2]) + 1 if len(cuts) > 1 else 0
