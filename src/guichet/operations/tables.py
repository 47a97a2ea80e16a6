"""Populations in tables: read as they come, answered chunk by chunk in as many processes as wanted, written whole.

What is written takes its name when it is complete: a fault or an interruption leaves no half file.
"""

from __future__ import annotations

import csv
import errno
import itertools
import os
import re
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
from guichet.law.tables.answer import answer
from guichet.law.tables.cutting import Chunk, Cutting
from guichet.law.tables.headers import read_question
from guichet.operations.batches import in_order

FORMATS = (".parquet", ".csv")
CHOICES = pa.dictionary(pa.int32(), pa.string())
ROWS_READ = 24_000
BYTES_READ, BYTES_OF_A_COLUMN = 4 << 20, 1 << 20
"""Read at a time, of a CSV file and of each column of a Parquet file."""
RAGGED = re.compile(r"(?:Row #(\d+): )?Expected (\d+) columns, got (\d+)")
"""Arrow does not always say which row, counts the header, and tells what the row holds."""
ROWS_WRITTEN = 100_000
"""Rows of a group of rows of a Parquet file."""


class Table:
    """The rows of one table, in order. Raises SituationError when the file is not what it should be."""

    def __init__(self, folder: Path, name: str) -> None:
        files = [path for suffix in FORMATS if (path := folder / f"{name}{suffix}").exists()]
        if len(files) != 1:
            what = "two files have this name" if files else "there is no file"
            raise SituationError(f"{name}: {what}, give {name}.parquet or {name}.csv in {folder}.")
        self.name, self.path = name, files[0]
        if not self.path.is_file():
            raise SituationError(f"{name}: {self.path} is not a file.")
        self._left: pa.Table | None = None
        with self._told():
            self.headers, self._few, self.count = self._read_headers()
            self._batches = self.batches()

    def _read_headers(self) -> tuple[list[str], list[str], int | None]:
        """The names of the columns, those whose texts are few (they are read, sent and looked at by their ranks), and how
        many rows there are when the file says it."""
        if self.path.suffix == ".parquet":
            with pa.parquet.ParquetFile(self.path) as parquet:
                columns = parquet.schema_arrow
                few = [c.name for c in columns if pa.types.is_string(c.type) and not c.name.endswith("id")]
                return list(columns.names), few, int(parquet.metadata.num_rows)
        with self.path.open(encoding="utf-8-sig", newline="") as text:
            headers = next(csv.reader(text), [])
            return headers, [name for name in headers if name.endswith("_role")], None

    def batches(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """See `identifiers.Rows`: those of the whole table, each time."""
        with self._told():
            if self.path.suffix == ".parquet":
                # Arrow would hold all that it has read until the end.
                with pa.parquet.ParquetFile(
                    self.path, read_dictionary=self._few, pre_buffer=False, buffer_size=BYTES_OF_A_COLUMN
                ) as parquet:
                    for batch in parquet.iter_batches(ROWS_READ, columns=columns, use_threads=False):
                        yield pa.Table.from_batches([batch])
            else:
                # Texts: the law says what each column is, not its first rows.
                types = dict.fromkeys(self.headers, pa.string()) | dict.fromkeys(self._few, CHOICES)
                with pa.csv.open_csv(
                    self.path,
                    pa.csv.ReadOptions(block_size=BYTES_READ),
                    pa.csv.ParseOptions(newlines_in_values=True),
                    pa.csv.ConvertOptions(
                        column_types=types, include_columns=columns, null_values=[""], strings_can_be_null=True
                    ),
                ) as stream:
                    for batch in stream:
                        yield pa.Table.from_batches([batch])

    def take(self, count: int) -> pa.Table:
        """See `identifiers.Rows`."""
        taken = [] if self._left is None else [self._left]
        while sum(rows.num_rows for rows in taken) < count and (batch := next(self._batches, None)) is not None:
            taken.append(batch)
        if not taken:
            return pa.table({name: pa.array([], pa.string()) for name in self.headers})
        rows = pa.concat_tables(taken)
        self._left = rows.slice(count)
        return rows.slice(0, count)

    def find(self, column: str, value: str) -> int | None:
        """See `identifiers.Rows`."""
        before = 0
        for batch in self.batches([column]):
            rank = pc.index(batch.column(0).cast(pa.string()), value).as_py()
            if rank >= 0:
                return before + int(rank) + 1
            before += batch.num_rows
        return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What Arrow and Python say of a damaged file, in one sentence, without what it holds."""
        try:
            yield
        except UnicodeDecodeError:
            raise SituationError(f"{self.name}: {self.path} is not in UTF-8.") from None
        except (pa.ArrowException, csv.Error, OSError) as error:
            said = " ".join("".join(c if c.isprintable() else " " for c in str(error)).split())
            if ragged := RAGGED.search(said):
                place = f", row {int(ragged[1]) - 1}" if ragged[1] else ""
                raise SituationError(f"{self.name}{place}: {ragged[2]} columns are expected, not {ragged[3]}.") from None
            raise SituationError(f"{self.name}: {said[:200].rstrip('.')}.") from None


class Population:
    """The four tables of a folder, and what is asked of them. Raises SituationError, OSError."""

    def __init__(self, folder: Path, mois: str, variables: Sequence[str], loi: str = "guichet") -> None:
        self.tables = {name: Table(folder, name) for name in TABLES}
        self.question = read_question({name: t.headers for name, t in self.tables.items()}, variables, mois, loi)

    def write(
        self,
        out: Path,
        executor: Executor | None = None,
        at_a_time: int = 4,
        progress: Callable[[int, int | None], None] = lambda done, whole: None,
    ) -> None:
        """Write the answers in the file `out`, whose suffix is one of `FORMATS`; once.

        An executor (processes here, or a cluster's) is given `at_a_time` chunks at the most at a time. `progress` is told
        how many persons more are done, and of how many when that is known.
        """
        for table in self.tables.values():
            if out.resolve() == table.path.resolve():
                raise SituationError(f"{out}: this is the table {table.name} itself, write elsewhere.")
        individus = self.tables["individus"]
        done: deque[int] = deque()

        def chunks() -> Iterator[tuple[Question, Chunk]]:
            for chunk in Cutting(self.tables).chunks():
                done.append(chunk.tables["individus"].num_rows)
                yield self.question, chunk

        with _file(out) as write:
            for rows in _answers(chunks(), executor, at_a_time):
                write(rows)
                progress(done.popleft(), individus.count)


def _answers(chunks: Iterator[tuple[Question, Chunk]], executor: Executor | None, at_a_time: int) -> Iterator[pa.Table]:
    """The first chunk is answered here: processes forked after it have its program, and need not record their own. While
    its machine code is made, the next ones are read."""
    yield from in_order(answer, itertools.islice(chunks, 1))
    read: deque[tuple[Question, Chunk]] = deque()
    while calculation.PROGRAMS.are_compiling and (chunk := next(chunks, None)) is not None:
        read.append(chunk)
    calculation.PROGRAMS.ready()
    yield from in_order(answer, itertools.chain(_emptied(read), chunks), executor, at_a_time)


def _emptied(read: deque[tuple[Question, Chunk]]) -> Iterator[tuple[Question, Chunk]]:
    while read:
        yield read.popleft()


@contextmanager
def _named(out: Path) -> Iterator[None]:
    """A fault is that of `out`, not of its draft."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out)) from None


@contextmanager
def _file(out: Path) -> Iterator[Callable[[pa.Table], None]]:
    """What writes rows in `out`, which exists when all of them are written."""
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    waiting: list[pa.Table] = []
    writers: list[Any] = []

    def write(rows: pa.Table | None = None) -> None:
        if rows is not None:
            waiting.append(rows)
        if waiting and (rows is None or sum(batch.num_rows for batch in waiting) >= ROWS_WRITTEN):
            if not writers:
                opened_by = pa.parquet.ParquetWriter if out.suffix == ".parquet" else pa.csv.CSVWriter
                writers.append(opened_by(draft, waiting[0].schema))
            writers[0].write_table(pa.concat_tables(waiting))
            waiting.clear()

    try:
        with _named(out):  # what cannot be written is said before anything is calculated
            if out.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            draft.touch()
        yield write
        write()
        writers.pop().close()
        draft.replace(out)
    finally:
        for writer in writers:
            writer.close()
        draft.unlink(missing_ok=True)
