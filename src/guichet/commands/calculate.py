"""`guichet calculate`: the rights of OpenFisca situations, one JSON line each; or those of a population, in tables."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import BinaryIO

from guichet.commands import _django, _streams, _values

# To be set before they are imported. NumPy's threads would fight the processes; Arrow would give back to the system the
# memory that the next rows need.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMEXPR_MAX_THREADS"):
    os.environ.setdefault(_variable, "1")
os.environ.setdefault("MIMALLOC_PURGE_DELAY", "-1")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="JSON Lines; standard input by default")
    parser.add_argument(
        "--law",
        choices=("guichet", "stock"),
        default="guichet",
        help="with our extension, or OpenFisca-France as it is",
    )
    parser.add_argument("--workers", type=_values.workers, default=1, metavar="N", help="processes (1)")
    tables = parser.add_argument_group("a population", "instead of FILE: all four, see docs/tables.md")
    tables.add_argument("--table", metavar="DIR", help="Parquet or CSV: individus, familles, foyers_fiscaux, menages")
    tables.add_argument("--period", metavar="MONTH", help="the month, such as 2026-10")
    tables.add_argument("--variables", metavar="A,B", help="what is asked, such as rsa,aide_logement")
    tables.add_argument("--out", metavar="FILE", help="the file to write, .parquet or .csv")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    if wrong := _badly_called(options):
        options.refuse(wrong)
    gc.disable()  # while the law is built: see `batches.settle`
    _keep_programs()
    try:
        if options.table:
            return _of_tables(options)
        with _streams.opened(options.file) as source:
            return _of_lines(source, options)
    except OSError as error:
        return _streams.failed("calculate", error)


def _keep_programs() -> None:
    """Keep programs where the site does, if there is such a place: a question is recorded once, not at each command."""
    from django.core.exceptions import ImproperlyConfigured

    with contextlib.suppress(ImproperlyConfigured):
        _django.keep_programs()


def _badly_called(options: argparse.Namespace) -> str | None:
    """What is wrong with the options taken together."""
    tables = {f"--{name}": getattr(options, name) for name in ("table", "period", "variables", "out")}
    missing = [name for name, value in tables.items() if not value]
    if len(missing) == len(tables):
        return None
    if missing:
        return f"a population wants --table, --period, --variables and --out: give {', '.join(missing)}"
    if options.file is not None:
        return f"give --table or a file of questions ({options.file}), not both"
    if not options.out.endswith((".parquet", ".csv")):
        return f"--out: {options.out!r} does not end with .parquet or .csv"
    return None


def _of_lines(source: BinaryIO, options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from guichet.operations import batches

    tqdm.monitor_interval = 0  # no thread of its own: we fork
    interruption = batches.Interruption()
    bar = tqdm(unit=" lines", file=sys.stderr, disable=not sys.stderr.isatty())
    try:
        with bar, batches.processes(options.workers - 1, options.law) as executor:
            for raw in batches.answers(source, options.law, executor, 2 * options.workers):
                interruption.write(_streams.write, raw)
                bar.update(raw.count(b"\n"))
    except (KeyboardInterrupt, BrokenProcessPool) as error:
        reason = "interrupted" if isinstance(error, KeyboardInterrupt) else "a worker process died"
        return _streams.say("calculate", f"{reason} after {interruption.lines} answers; the lines that follow have none")
    return 0


def _of_tables(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from guichet.law import SituationError
    from guichet.operations import batches, tables

    tqdm.monitor_interval = 0  # no thread of its own: we fork
    batches.Interruption()
    bar = tqdm(unit=" persons", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty())

    def advance(done: int, total: int | None) -> None:
        bar.total = total
        bar.update(done)

    try:
        variables = [name.strip() for name in options.variables.split(",")]
        population = tables.Population(Path(options.table), options.period, variables, options.law)
        with bar, batches.processes(options.workers - 1, None) as executor:
            population.write(Path(options.out), executor, 2 * options.workers, advance)
    except SituationError as error:
        return _streams.say("calculate", error)
    except (KeyboardInterrupt, BrokenProcessPool) as error:
        reason = "interrupted" if isinstance(error, KeyboardInterrupt) else "a worker process died"
        return _streams.say("calculate", f"{reason}; {options.out} is not written")
    return 0
