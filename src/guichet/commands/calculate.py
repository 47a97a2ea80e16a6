"""`guichet calculate`: the rights of OpenFisca situations, one JSON line each; or those of a population, in tables."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import BinaryIO

from guichet.commands import _flux, _values

# NumPy's threads would fight the processes: to be set before it is imported.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMEXPR_MAX_THREADS"):
    os.environ.setdefault(_variable, "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.settings")


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
    if mauvais := _mal_appele(options):
        options.refuse(mauvais)
    _garde_les_programmes()
    try:
        if options.table:
            return _calcule_tables(options)
        with _flux.ouvre(options.file) as entree:
            return _calcule(entree, options)
    except OSError as erreur:
        return _flux.refuse("calculate", erreur)


def _garde_les_programmes() -> None:
    """Where the site keeps its own, if there is such a place: a question is recorded once, not at each command."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from guichet import law

    with contextlib.suppress(ImproperlyConfigured):
        law.keep_programs_in(settings.PROGRAMS_DIR)


def _mal_appele(options: argparse.Namespace) -> str | None:
    """What is wrong with the options taken together."""
    tables = {f"--{nom}": getattr(options, nom) for nom in ("table", "period", "variables", "out")}
    absentes = [nom for nom, valeur in tables.items() if not valeur]
    if len(absentes) == len(tables):
        return None
    if absentes:
        return f"a population wants --table, --period, --variables and --out: give {', '.join(absentes)}"
    if options.file is not None:
        return f"give --table or a file of questions ({options.file}), not both"
    if not options.out.endswith((".parquet", ".csv")):
        return f"--out: {options.out!r} does not end with .parquet or .csv"
    return None


def _calcule(entree: BinaryIO, options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from guichet.operations import lots

    tqdm.monitor_interval = 0  # no thread of its own: we fork
    interruption = lots.Interruption()
    barre = tqdm(unit=" lines", file=sys.stderr, disable=not sys.stderr.isatty())
    try:
        with barre, lots.processus(options.workers - 1, options.law) as executeur:
            for octets in lots.traite(entree, options.law, executeur, 2 * options.workers):
                interruption.ecrit(_flux.ecrit, octets)
                barre.update(octets.count(b"\n"))
    except (KeyboardInterrupt, BrokenProcessPool) as erreur:
        motif = "interrupted" if isinstance(erreur, KeyboardInterrupt) else "a worker process died"
        print(
            f"guichet calculate: {motif} after {interruption.lignes} answers; the lines that follow have none",
            file=sys.stderr,
        )
        return 1
    return 0


def _calcule_tables(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from guichet.law import SituationError
    from guichet.operations import lots, tables

    tqdm.monitor_interval = 0  # no thread of its own: we fork
    lots.Interruption()
    barre = tqdm(unit=" persons", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty())

    def avance(faites: int, toutes: int | None) -> None:
        barre.total = toutes
        barre.update(faites)

    try:
        variables = [nom.strip() for nom in options.variables.split(",")]
        population = tables.Population(Path(options.table), options.period, variables, options.law)
        with barre, lots.processus(options.workers - 1, None) as executeur:
            population.write(Path(options.out), executeur, 2 * options.workers, avance)
    except SituationError as erreur:
        print(f"guichet calculate: {erreur}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, BrokenProcessPool) as erreur:
        motif = "interrupted" if isinstance(erreur, KeyboardInterrupt) else "a worker process died"
        print(f"guichet calculate: {motif}; {options.out} is not written", file=sys.stderr)
        return 1
    return 0
