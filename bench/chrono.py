"""The one stopwatch of the measures that are made in process."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

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


def allure() -> float:
    """Seconds of ten million additions in Python: the pace of the machine while it measures."""
    debut, somme = time.process_time(), 0
    for rang in range(10_000_000):
        somme += rang
    return time.process_time() - debut
