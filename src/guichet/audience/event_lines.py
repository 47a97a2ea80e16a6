"""Lines of JSON as columns. What is hostile ends here."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.json

from guichet.audience import logs

TEXTS = ("at", "event", "kind", "who", "who_period")
AT_ONCE = 8 << 20
COLUMNS = pa.schema([*((name, pa.string()) for name in TEXTS), ("value", pa.float64())])


def tables(path: Path, progress: Callable[[int], object]) -> Iterator[tuple[pa.Table, int]]:
    """The columns of the lines that hold a JSON object of the right types, and how many lines do not.

    `progress` is told the bytes of the lines. Raises AudienceError if the file cannot be read.
    """
    waiting: list[bytes] = []
    skipped = 0
    for block in logs.blocks(logs.Part(path)):
        waiting.append(bytes(memoryview(block.buffer)[block.start : block.end]) + (b"" if block.complete else b"\n"))
        skipped += block.skipped
        if sum(map(len, waiting)) >= AT_ONCE:
            yield _counted(waiting, skipped, progress)
            waiting, skipped = [], 0
    yield _counted(waiting, skipped, progress)


def _counted(waiting: list[bytes], skipped: int, progress: Callable[[int], object]) -> tuple[pa.Table, int]:
    lines = b"".join(waiting)
    progress(len(lines))
    table, bad = _parsed(lines)
    return table, bad + skipped


def _parsed(lines: bytes) -> tuple[pa.Table, int]:
    """Arrow reads a block at once; if anything in it is odd, it is read line by line."""
    number = lines.count(b"\n")
    if not number:
        return COLUMNS.empty_table(), 0
    try:
        table = pyarrow.json.read_json(
            pa.BufferReader(lines),
            read_options=pyarrow.json.ReadOptions(block_size=1 << 20),
            parse_options=pyarrow.json.ParseOptions(explicit_schema=COLUMNS, unexpected_field_behavior="ignore"),
        )
        if table.num_rows == number:
            return table.select(COLUMNS.names), 0
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        pass
    rows = [row for line in lines.split(b"\n")[:-1] if (row := _row(line)) is not None]
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
