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
from guichet.law.tables import GROUPES, Ou
from guichet.law.tables.identifiants import Lecture, Suite
from guichet.law.tables.valeurs import en_textes
from guichet.law.values import shown

PERSONNES = 24_000
"""Persons of a chunk, at the least: some 9 000 households. A chunk costs 8 ms, however small."""
PERSONNES_D_UN_MENAGE = 5 * PERSONNES
"""More that hang together are not a household: the tables are not sorted."""
TRIEZ = "sort the tables so that the persons of a household follow one another, and groups come as their first persons do"


@dataclass(frozen=True, slots=True)
class Morceau:
    """Whole households: their rows, by table; the group of each person, by entity; the number of the first row, by table."""

    tables: dict[str, pa.Table]
    ranks: dict[str, Array]
    lignes: dict[str, int]

    def __reduce__(self) -> Any:
        # Arrow would send with a slice all that it was cut from.
        return _recoit, ({table: _envoie(rows) for table, rows in self.tables.items()}, self.ranks, self.lignes)


def _envoie(table: pa.Table) -> pa.Buffer:
    taille = pa.MockOutputStream()  # room made at once: grown as it fills, it costs twice as much
    _ecrit(table, taille)
    octets = pa.allocate_buffer(taille.size())
    _ecrit(table, pa.FixedSizeBufferWriter(octets))
    return octets


def _ecrit(table: pa.Table, sortie: pa.NativeFile) -> None:
    with pa.ipc.new_stream(sortie, table.schema) as flux:
        flux.write_table(table)


def _recoit(octets: dict[str, pa.Buffer], ranks: dict[str, Array], lignes: dict[str, int]) -> Morceau:
    return Morceau({table: pa.ipc.open_stream(recus).read_all() for table, recus in octets.items()}, ranks, lignes)


class Decoupe:
    """The tables, being cut. Raises SituationError."""

    def __init__(self, tables: Mapping[str, Lecture]) -> None:
        self.tables = tables
        self._suites = {table: Suite(table) for table in tables}

    def morceaux(self) -> Iterator[Morceau]:
        """The chunks, in order; then, what is wrong with the tables as a whole."""
        reste: pa.Table | None = None
        for lot in self.tables["individus"].lots():
            reste = lot if reste is None else pa.concat_tables([reste, lot])
            if reste.num_rows >= PERSONNES:
                codes = _codes(reste, self._ligne("individus"))
                if fin := _derniere_coupe(codes):
                    yield self._morceau(reste.slice(0, fin), {cle: _avant(chacun, fin) for cle, chacun in codes.items()})
                    reste = reste.slice(fin)
                elif reste.num_rows >= PERSONNES_D_UN_MENAGE:
                    raise SituationError(f"individus, row {self._ligne('individus')}: its household has no end; {TRIEZ}.")
        if reste is not None and reste.num_rows:
            yield self._morceau(reste, _codes(reste, self._ligne("individus")))
        elif not self._suites["individus"].count:
            raise SituationError("individus: give at least one person.")
        for table in GROUPES:
            suivant = self.tables[table].prend(1)
            if suivant.num_rows:
                raise SituationError(self._intrus(table, self._ligne(table), suivant["id"][0].as_py()))
        for table, suite in self._suites.items():
            suite.verifie(self.tables[table])

    def _ligne(self, table: str) -> int:
        """The number of the next row."""
        return self._suites[table].count + 1

    def _morceau(self, personnes: pa.Table, codes: dict[str, Codes]) -> Morceau:
        """The chunk of `personnes` and of their groups."""
        lignes = {table: self._ligne(table) for table in self.tables}
        tables = {"individus": personnes.drop_columns([f"{entite}_id" for entite in GROUPES.values()])}
        self._suites["individus"].lit(personnes)
        for table, entite in GROUPES.items():
            tables[table] = self.tables[table].prend(len(codes[entite].identifiants))
            identifiants = self._suites[table].lit(tables[table])
            if not identifiants.equals(codes[entite].identifiants):
                raise SituationError(self._desordre(table, identifiants, codes[entite], lignes))
        return Morceau(tables, {entite: chacun.ranks for entite, chacun in codes.items()}, lignes)

    def _desordre(self, table: str, trouves: pa.Array, codes: Codes, lignes: dict[str, int]) -> str:
        """Why the groups of the persons are not the next rows of their table, in the same order."""
        egaux = np.array(pc.equal(trouves, codes.identifiants.slice(0, len(trouves))))
        rank = int(np.flatnonzero(np.append(~egaux, True))[0])
        attendu, ligne = codes.identifiants[rank].as_py(), lignes[table] + rank
        personne = int(np.flatnonzero(codes.ranks == rank)[0])
        ou = Ou("individus", f"{GROUPES[table]}_id", lignes["individus"]).ligne(personne)
        trouvee = self.tables[table].cherche("id", attendu)
        if trouvee is None:
            return f"{ou}: {shown(attendu)} is not in {table}."
        if trouvee < ligne:
            return f"{ou}: {shown(attendu)} came before ({table}, row {trouvee}); {TRIEZ}."
        return self._intrus(table, ligne, trouves[rank].as_py())

    def _intrus(self, table: str, ligne: int, identifiant: Any) -> str:
        """Why the row `ligne` of a table of groups is not expected there."""
        ou = Ou(table, "id", ligne).ligne(0)
        if identifiant is None:
            return f"{ou}: give an identifier."
        premiere = self.tables[table].cherche("id", str(identifiant))
        if premiere is not None and premiere < ligne:
            return f"{ou}: {shown(identifiant)} is already on row {premiere}."
        personne = self.tables["individus"].cherche(f"{GROUPES[table]}_id", str(identifiant))
        if personne is None:
            return f"{ou}: no person of individus is in {shown(identifiant)}."
        return f"{ou}: the first person of {shown(identifiant)} is on row {personne} of individus; {TRIEZ}."


@dataclass(frozen=True, slots=True)
class Codes:
    """The group of each person, numbered as they come, and the identifiers of these groups."""

    ranks: Array
    identifiants: pa.Array


def _avant(codes: Codes, fin: int) -> Codes:
    """The codes of the first `fin` persons."""
    ranks = codes.ranks[:fin]
    return Codes(ranks, codes.identifiants.slice(0, int(ranks.max()) + 1))


def _codes(personnes: pa.Table, premiere: int) -> dict[str, Codes]:
    """The groups of each person, by entity."""
    codes = {}
    for entite in GROUPES.values():
        ou = Ou("individus", f"{entite}_id", premiere)
        colonne = personnes.column(ou.colonne).combine_chunks()
        if not pa.types.is_integer(colonne.type):
            colonne = en_textes(colonne, ou)
        if colonne.null_count:
            rank = np.flatnonzero(np.array(colonne.is_null()))[0]
            raise SituationError(f"{ou.ligne(rank)}: this person is in no {entite}.")
        codee = colonne.dictionary_encode()
        codes[entite] = Codes(np.array(codee.indices), en_textes(codee.dictionary, ou))
    return codes


def _derniere_coupe(codes: dict[str, Codes]) -> int:
    """How many persons come before the last household, of which more may follow."""
    atteint = np.zeros(len(codes["menage"].ranks), int)
    for chacun in codes.values():
        dernier = np.zeros(len(chacun.identifiants), int)
        dernier[chacun.ranks] = np.arange(len(atteint))
        np.maximum(atteint, dernier[chacun.ranks], out=atteint)
    coupes = np.flatnonzero(np.maximum.accumulate(atteint) == np.arange(len(atteint)))
    return int(coupes[-2]) + 1 if len(coupes) > 1 else 0
