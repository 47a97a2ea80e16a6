"""`guichet calculate`: the rights of OpenFisca situations, one JSON line each."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures.process import BrokenProcessPool
from typing import BinaryIO

from guichet.commands import _flux

# NumPy's threads would fight the processes: to be set before it is imported.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMEXPR_MAX_THREADS"):
    os.environ.setdefault(_variable, "1")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="JSON Lines; standard input by default")
    parser.add_argument(
        "--law",
        choices=("guichet", "stock"),
        default="guichet",
        help="with our extension, or OpenFisca-France as it is",
    )
    parser.add_argument("--workers", type=_processus, default=1, metavar="N", help="processes (1)")


def _processus(texte: str) -> int:
    if not (texte.isdecimal() and 1 <= int(texte) <= 512):
        raise argparse.ArgumentTypeError(f"{texte!r} is not a number of processes")
    return int(texte)


def run(options: argparse.Namespace) -> int:
    try:
        with _flux.ouvre(options.file) as entree:
            return _calcule(entree, options)
    except OSError as erreur:
        return _flux.refuse("calculate", erreur)


def _calcule(entree: BinaryIO, options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from guichet.operations import lots

    tqdm.monitor_interval = 0  # no thread of its own: we fork
    interruption = lots.Interruption()
    barre = tqdm(unit=" lines", file=sys.stderr, disable=not sys.stderr.isatty())
    ecrites = 0
    try:
        with barre, lots.processus(options.workers, options.law) as executeur:
            for octets in lots.traite(entree, options.law, executeur, 2 * options.workers + 2):
                interruption.ecrit(_flux.ecrit, octets)
                ecrites += octets.count(b"\n")
                barre.update(octets.count(b"\n"))
    except (KeyboardInterrupt, BrokenProcessPool) as erreur:
        motif = "interrupted" if isinstance(erreur, KeyboardInterrupt) else "a worker process died"
        print(f"guichet calculate: {motif} after {ecrites} answers; the lines that follow have none", file=sys.stderr)
        return 1
    return 0
