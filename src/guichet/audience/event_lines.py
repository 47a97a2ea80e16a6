"""Files of JSON Lines, as blocks of whole lines, as columns. What is hostile ends here."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson
import pyarrow as pa
import pyarrow.json
import zstandard
from isal import igzip

from guichet.audience.errors import AudienceError

TEXTS = ("at", "event", "kind", "who", "who_period")
COLUMNS = pa.schema([*((name, pa.string()) for name in TEXTS), ("value", pa.float64())])
BLOCK, LONGEST_LINE = 8 << 20, 1 << 20


def blocks(path: Path, progress: Callable[[int], object]) -> Iterator[tuple[bytes, int]]:
    """Whole lines, some megabytes at once; and how many were too long, and are left out."""
    try:
        with path.open("rb") as raw, _opened(raw) as file:
            told = 0
            for block in _lines(file):
                yield block
                progress(raw.tell() - told)
                told = raw.tell()
    except (EOFError, zlib.error, igzip.BadGzipFile, zstandard.ZstdError) as error:
        raise AudienceError(f"{path}: the compressed file is cut or damaged ({error})") from error
    except OSError as error:
        raise AudienceError(f"{path}: {error.strerror or error}") from error


def _opened(raw: BinaryIO) -> BinaryIO:
    """What the file holds, whatever its name says."""
    magic = raw.read(4)
    raw.seek(0)
    if magic[:2] == b"\x1f\x8b":
        return cast(BinaryIO, igzip.IGzipFile(fileobj=raw))
    if magic == b"\x28\xb5\x2f\xfd":
        return cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True))
    return raw


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    left, skipping = b"", False
    while read := file.read(BLOCK):
        if skipping:  # the rest of a line that was too long
            _, newline, read = read.partition(b"\n")
            skipping = not newline
        whole, newline, rest = read.rpartition(b"\n")
        block = left + whole + newline if newline else b""
        left = rest if newline else left + read
        too_long = len(left) > LONGEST_LINE
        yield block, int(too_long)
        if too_long:
            left, skipping = b"", True
    if left:
        yield left + b"\n", 0


def parsed(block: bytes) -> tuple[pa.Table, int]:
    """The columns of the lines that hold a JSON object of the right types, and how many lines do not.

    Arrow reads the block at once; if anything in it is odd, it is read line by line.
    """
    number = block.count(b"\n")
    if not number:
        return COLUMNS.empty_table(), 0
    try:
        table = pyarrow.json.read_json(
            pa.BufferReader(block),
            read_options=pyarrow.json.ReadOptions(block_size=1 << 20),
            parse_options=pyarrow.json.ParseOptions(explicit_schema=COLUMNS, unexpected_field_behavior="ignore"),
        )
        if table.num_rows == number:
            return table.select(COLUMNS.names), 0
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        pass
    rows = [row for line in block.split(b"\n")[:-1] if (row := _row(line)) is not None]
    return pa.Table.from_pylist(rows, COLUMNS), number - len(rows)


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    row = {name: found.get(name) for name in COLUMNS.names}
    if not all(row[name] is None or isinstance(row[name], str) for name in TEXTS):
        return None
    value = row["value"]
    if value is not None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return None
        row["value"] = float(value)
    return row
