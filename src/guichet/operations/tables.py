"""Populations in tables: read as they come, answered chunk by chunk in as many processes as wanted, written whole.

What is written takes its name when it is complete: a fault or an interruption leaves no half file.
"""

from __future__ import annotations

import csv
import itertools
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from guichet.law import SituationError, calculation
from guichet.law.tables import TABLES, Question
from guichet.law.tables.calcul import repond
from guichet.law.tables.colonnes import lit_question
from guichet.law.tables.decoupe import Decoupe, Morceau
from guichet.operations.lots import en_ordre

FORMATS = (".parquet", ".csv")
CHOIX = pa.dictionary(pa.int32(), pa.string())
LIGNES_LUES = 24_000
OCTETS_LUS, OCTETS_D_UNE_COLONNE = 4 << 20, 1 << 20
"""Read at a time, of a CSV file and of each column of a Parquet file."""
LIGNES_ECRITES = 100_000
"""Rows of a group of rows of a Parquet file."""


class Table:
    """The rows of one table, in order. Raises SituationError when the file is not what it should be."""

    def __init__(self, dossier: Path, nom: str) -> None:
        fichiers = [fichier for suffixe in FORMATS if (fichier := dossier / f"{nom}{suffixe}").exists()]
        if len(fichiers) != 1:
            quoi = "two files have this name" if fichiers else "there is no file"
            raise SituationError(f"{nom}: {quoi}, give {nom}.parquet or {nom}.csv in {dossier}.")
        self.nom, self.fichier = nom, fichiers[0]
        self._reste: pa.Table | None = None
        with self._dite():
            self.entetes, self._choix, self.count = self._lit_entetes()
            self._lots = self.lots()

    def _lit_entetes(self) -> tuple[list[str], list[str], int | None]:
        """The names of the columns, those whose texts are few (they are read, sent and looked at by their ranks), and how
        many rows there are when the file says it."""
        if self.fichier.suffix == ".parquet":
            with pa.parquet.ParquetFile(self.fichier) as parquet:
                colonnes = parquet.schema_arrow
                choix = [c.name for c in colonnes if pa.types.is_string(c.type) and not c.name.endswith("id")]
                return list(colonnes.names), choix, int(parquet.metadata.num_rows)
        with self.fichier.open(encoding="utf-8-sig", newline="") as texte:
            entetes = next(csv.reader(texte), [])
            return entetes, [nom for nom in entetes if nom.endswith("_role")], None

    def lots(self, colonnes: list[str] | None = None) -> Iterator[pa.Table]:
        """See `identifiants.Lecture`: those of the whole table, each time."""
        with self._dite():
            if self.fichier.suffix == ".parquet":
                # Arrow would hold all that it has read until the end.
                with pa.parquet.ParquetFile(
                    self.fichier, read_dictionary=self._choix, pre_buffer=False, buffer_size=OCTETS_D_UNE_COLONNE
                ) as parquet:
                    for lot in parquet.iter_batches(LIGNES_LUES, columns=colonnes, use_threads=False):
                        yield pa.Table.from_batches([lot])
            else:
                # Texts: the law says what each column is, not its first rows.
                types = dict.fromkeys(self.entetes, pa.string()) | dict.fromkeys(self._choix, CHOIX)
                with pa.csv.open_csv(
                    self.fichier,
                    pa.csv.ReadOptions(block_size=OCTETS_LUS),
                    pa.csv.ParseOptions(newlines_in_values=True),
                    pa.csv.ConvertOptions(
                        column_types=types, include_columns=colonnes, null_values=[""], strings_can_be_null=True
                    ),
                ) as flux:
                    for lot in flux:
                        yield pa.Table.from_batches([lot])

    def prend(self, nombre: int) -> pa.Table:
        """See `identifiants.Lecture`."""
        pris = [] if self._reste is None else [self._reste]
        while sum(rows.num_rows for rows in pris) < nombre and (lot := next(self._lots, None)) is not None:
            pris.append(lot)
        if not pris:
            return pa.table({nom: pa.array([], pa.string()) for nom in self.entetes})
        rows = pa.concat_tables(pris)
        self._reste = rows.slice(nombre)
        return rows.slice(0, nombre)

    def cherche(self, colonne: str, valeur: str) -> int | None:
        """See `identifiants.Lecture`."""
        avant = 0
        for lot in self.lots([colonne]):
            rang = pc.index(lot.column(0).cast(pa.string()), valeur).as_py()
            if rang >= 0:
                return avant + int(rang) + 1
            avant += lot.num_rows
        return None

    @contextmanager
    def _dite(self) -> Iterator[None]:
        """What Arrow and Python say of a damaged file, in one sentence."""
        try:
            yield
        except (pa.ArrowException, UnicodeDecodeError, csv.Error) as erreur:
            raise SituationError(f"{self.nom}: {' '.join(str(erreur).split())[:200]}.") from None


class Population:
    """The four tables of a folder, and what is asked of them. Raises SituationError, OSError."""

    def __init__(self, dossier: Path, mois: str, variables: Sequence[str], loi: str = "guichet") -> None:
        self.tables = {nom: Table(dossier, nom) for nom in TABLES}
        self.question = lit_question({nom: t.entetes for nom, t in self.tables.items()}, variables, mois, loi)

    def calcule(
        self,
        sortie: Path,
        executeur: Executor | None = None,
        en_cours: int = 4,
        avance: Callable[[int, int | None], None] = lambda faites, toutes: None,
    ) -> None:
        """Write the answers in the file `sortie`, whose suffix is one of `FORMATS`; once.

        An executor (processes here, or a cluster's) is given `en_cours` chunks at the most at a time. `avance` is told
        how many persons more are done, and of how many when that is known.
        """
        for table in self.tables.values():
            if sortie.resolve() == table.fichier.resolve():
                raise SituationError(f"{sortie}: this is the table {table.nom} itself, write elsewhere.")
        individus = self.tables["individus"]
        faites: deque[int] = deque()

        def morceaux() -> Iterator[tuple[Question, Morceau]]:
            for morceau in Decoupe(self.tables).morceaux():
                faites.append(morceau.tables["individus"].num_rows)
                yield self.question, morceau

        with _fichier(sortie) as ecrit:
            for reponse in _reponses(morceaux(), executeur, en_cours):
                ecrit(reponse)
                avance(faites.popleft(), individus.count)


def _reponses(morceaux: Iterator[tuple[Question, Morceau]], executeur: Executor | None, en_cours: int) -> Iterator[pa.Table]:
    """The first chunk is answered here: processes forked after it have its program, and need not record their own. While
    its machine code is made, the next ones are read."""
    yield from en_ordre(repond, itertools.islice(morceaux, 1))
    lus: deque[tuple[Question, Morceau]] = deque()
    while calculation.PROGRAMS.are_compiling and (morceau := next(morceaux, None)) is not None:
        lus.append(morceau)
    calculation.PROGRAMS.ready()
    yield from en_ordre(repond, itertools.chain(_vide(lus), morceaux), executeur, en_cours)


def _vide(lus: deque[tuple[Question, Morceau]]) -> Iterator[tuple[Question, Morceau]]:
    while lus:
        yield lus.popleft()


@contextmanager
def _fichier(sortie: Path) -> Iterator[Callable[[pa.Table], None]]:
    """What writes rows in `sortie`, which exists when all of them are written."""
    provisoire = sortie.with_name(f".{sortie.name}.{os.getpid()}")
    attente: list[pa.Table] = []
    ecrivains: list[Any] = []

    def ecrit(rows: pa.Table | None = None) -> None:
        if rows is not None:
            attente.append(rows)
        if attente and (rows is None or sum(lot.num_rows for lot in attente) >= LIGNES_ECRITES):
            if not ecrivains:
                ouvre = pa.parquet.ParquetWriter if sortie.suffix == ".parquet" else pa.csv.CSVWriter
                ecrivains.append(ouvre(provisoire, attente[0].schema))
            ecrivains[0].write_table(pa.concat_tables(attente))
            attente.clear()

    try:
        provisoire.touch()  # what cannot be written is said before anything is calculated
        yield ecrit
        ecrit()
        ecrivains.pop().close()
        provisoire.replace(sortie)
    finally:
        for ecrivain in ecrivains:
            ecrivain.close()
        provisoire.unlink(missing_ok=True)
