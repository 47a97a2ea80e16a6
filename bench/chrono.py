"""The one stopwatch of the measures that are made in process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def chronometre(action: Callable[[], Any]) -> tuple[float, Any]:
    """The processor's milliseconds that `action` takes in this process, and what it returns."""
    debut = time.process_time()
    resultat = action()
    return (time.process_time() - debut) * 1000, resultat
