"""The rows that a store keeps, in Parquet: one a stretch, and one a user of a month."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guichet.audience import visits
from guichet.audience.errors import AudienceError
from guichet.audience.texts import Array

# `visitor` is the address hashed by the key of the month, `period` by that of the reporting period, `previous` by that of
# the month before (0: none), which only the first half hour of a month has. `first` is seconds since 1970, in UTC; `day` is
# local, since 1970; `seconds` go from the first to the last page.
STRETCHES = {
    "visitor": np.uint64, "period": np.uint64, "previous": np.uint64, "day": np.int32, "first": np.int64,
    "seconds": np.int32, "pages": np.int32,
}  # fmt: skip
USERS = {"user": np.uint64, "period": np.uint64}
Rows = dict[str, Array]


def read(paths: Iterable[Path], columns: Mapping[str, type]) -> Rows:
    """The rows of files, together. Raises OSError, AudienceError."""
    tables = [_table(path) for path in paths]
    if not tables:
        return {name: np.zeros(0, kind) for name, kind in columns.items()}
    table = pa.concat_tables(tables)
    return {name: table.column(name).to_numpy() for name in columns}


def _table(path: Path) -> pa.Table:
    try:
        return pq.read_table(path)
    except pa.ArrowException:
        raise AudienceError(f"{path}: it is not what a store writes") from None


def write(path: Path, rows: Rows) -> None:
    """On disk, or not at all. Raises OSError."""
    with path.open("xb") as file:
        encodings = {name: "PLAIN" if name == "period" else "DELTA_BINARY_PACKED" for name in rows}
        pq.write_table(pa.table(rows), file, compression="zstd", use_dictionary=False, column_encoding=encodings)
        file.flush()
        os.fsync(file.fileno())


def merged(stretches: Rows, gap: int) -> Rows:
    """Sorted by visitor, day and first page; those that touch on one day are one."""
    order = np.lexsort((stretches["first"], stretches["day"], stretches["visitor"]))
    columns = {name: column[order] for name, column in stretches.items()}
    left = visits.coalesce(columns["visitor"], columns["day"], columns["first"], columns["seconds"], columns["pages"], gap)
    return {name: column[left] for name, column in columns.items()}


def distinct(users: Rows) -> Rows:
    _, where = np.unique(users["user"], return_index=True)
    return {name: column[where] for name, column in users.items()}


def together(*several: Rows) -> Rows:
    return {name: np.concatenate([rows[name] for rows in several]) for name in several[0]}
