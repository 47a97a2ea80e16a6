"""The one stopwatch of the measures that are made in process."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any
from unittest.mock import patch

CHAUFFE, FOIS = 25, 100
"""A page is asked so many times before it is measured, and measured so many times."""
ASSEZ = 0.05
"""Seconds of measure: what takes less is done again, for the processor's caches to be those of a site that is used."""


def chronometre(action: Callable[[], Any]) -> tuple[float, Any]:
    """The processor's milliseconds that `action` takes in this process, and what it returns."""
    temps: list[float] = []
    while sum(temps) < ASSEZ:
        debut = time.process_time()
        resultat = action()
        temps.append(time.process_time() - debut)
    return median(temps) * 1000, resultat


def chronometre_sans(action: Callable[[], Any], *calculs: str) -> tuple[float, float]:
    """The processor's milliseconds that `action` takes without those functions (`guichet.law.droits`), and what they take
    within it. Those of its thread: programs are made and compiled behind the requests."""
    with _a_part(calculs) as passe:

        def reste() -> float:
            debut, avant = time.thread_time(), passe[0]
            action()
            return time.thread_time() - debut - (passe[0] - avant)

        for _ in range(CHAUFFE):
            action()
        passe[0] = 0.0
        temps = [reste() for _ in range(FOIS)]
    return median(temps) * 1000, passe[0] / FOIS * 1000


@contextmanager
def _a_part(fonctions: tuple[str, ...]) -> Iterator[list[float]]:
    """The seconds that these functions take; what one does for another counts once."""
    passe, dedans = [0.0], [0]

    def chronometree(fonction: Callable[..., Any]) -> Callable[..., Any]:
        def appel(*arguments: Any, **nommes: Any) -> Any:
            debut = time.thread_time()
            dedans[0] += 1
            try:
                return fonction(*arguments, **nommes)
            finally:
                dedans[0] -= 1
                passe[0] += 0.0 if dedans[0] else time.thread_time() - debut

        return appel

    with ExitStack() as poses:
        for nom in fonctions:
            module, _, fonction = nom.rpartition(".")
            originale = getattr(importlib.import_module(module), fonction)
            poses.enter_context(patch(nom, chronometree(originale)))
        yield passe


def allure() -> float:
    """Seconds of ten million additions in Python: the pace of the machine while it measures."""
    debut, somme = time.process_time(), 0
    for rang in range(10_000_000):
        somme += rang
    return time.process_time() - debut
