"""Figures equal to a truth found without the engine, to the unit, however the lines come."""

from __future__ import annotations

import gzip
import random
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.audience import ledger, logs, reading
from guichet.audience.measure import measure
from tests.audience import traffic


class Here(Executor):
    """Reads parts at once, in this process."""

    def submit(self, call, /, *arguments, **named):
        future = Future()
        future.set_result(call(*arguments, **named))
        return future


def counted(figures) -> dict:
    return {name: getattr(figures, name) for name in traffic.truth([])}


def write(folder: Path, lines: list[bytes], files: int, kinds: str) -> list[Path]:
    """Lines dealt out to files, some of them compressed."""
    paths = []
    for number in range(files):
        content = b"".join(line + b"\n" for line in lines[number::files])
        kind = kinds[number % len(kinds)]
        packed = {"g": gzip.compress, "z": zstandard.ZstdCompressor().compress, "p": bytes}[kind](content)
        paths.append(folder / f"access-{number}.log")
        paths[-1].write_bytes(packed)
    return paths


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    order=st.sampled_from(["time", "reverse", "random", "nearly"]),
    files=st.integers(1, 4),
    kinds=st.text("pgz", min_size=1, max_size=3),
    block=st.sampled_from([80_000, 1 << 17]),
    part=st.sampled_from([None, 300, 20_000]),
    few=st.booleans(),
    zone=st.sampled_from([None, "Europe/Paris", "Asia/Kolkata"]),
)
def test_any_log(seed, order, files, kinds, block, part, few, zone):
    made = traffic.requests(seed, 400, days=15)
    bad = random.Random(seed).choices(traffic.BAD, k=12)
    lines = traffic.log(made, bad)
    if order == "reverse":
        lines.reverse()
    elif order == "random":
        random.Random(seed).shuffle(lines)
    elif order == "nearly":
        lines = [line for start in range(0, len(lines), 5) for line in reversed(lines[start : start + 5])]
    with (
        TemporaryDirectory() as folder,
        patch.object(logs, "BLOCK", block),
        patch.multiple(reading, STRETCHES=60 if few else 1 << 19, ROWS=32 if few else 1 << 15),
        patch.object(ledger, "KEPT", 100 if few else ledger.KEPT),
    ):
        paths = write(Path(folder), lines, files, kinds)
        figures = measure(paths, timezone=zone, executor=Here() if part else None, part=part or 0)

    assert counted(figures) == traffic.truth(made, len(bad), zone=zone and ZoneInfo(zone))
    assert figures.pages + sum(figures.set_aside.values()) == figures.lines


@pytest.mark.parametrize("gap", [1, 600, 7200])
def test_another_gap(tmp_path, gap):
    made = traffic.requests(gap, 2000)
    paths = write(tmp_path, traffic.log(made), 1, "p")

    assert counted(measure(paths, gap=gap)) == traffic.truth(made, gap=gap)


def test_two_processes_or_one(tmp_path):
    paths = write(tmp_path, traffic.log(traffic.requests(1, 5000)), 3, "pgz")
    alone = measure(paths)

    with ProcessPoolExecutor(2, get_context("fork")) as executor:
        assert measure(paths, executor=executor, part=100_000) == alone


def test_a_cluster_of_dask(tmp_path):
    from distributed import Client, LocalCluster

    paths = write(tmp_path, traffic.log(traffic.requests(2, 5000)), 3, "pgz")

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        assert measure(paths, executor=client.get_executor(), part=100_000) == measure(paths)
