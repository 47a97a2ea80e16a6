"""Trust, in production: one answer in a thousand is calculated again by the interpreter, behind the requests.

Who counts calls `watch`; a difference is also an error in the log, that names the program and what differs, never
whom.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

logger = logging.getLogger(__name__)
SHARE = 0.001
TOLERANCE = 0.005
"""Euros."""

Watcher = Callable[[str], None]
"""Told of each calculation: "program" or "interpreter", and of each control: "same" or "different"."""
_watchers: list[Watcher] = []
_busy = threading.Lock()


def watch(watcher: Watcher) -> None:
    _watchers.append(watcher)


def tell(event: str) -> None:
    for watcher in _watchers:
        watcher(event)


def control(name: str, found: Mapping[Any, Any], read: Callable[..., Any]) -> None:
    """Now and then, compare `found` with what `read(*its name)` gives, in a thread of its own.

    One control at a time: the next ones are left out until it is done.
    """
    if random.random() < SHARE and _busy.acquire(blocking=False):
        threading.Thread(target=_compare, args=(name, found, read), name=f"control-{name}", daemon=True).start()


def _compare(name: str, found: Mapping[Any, Any], read: Callable[..., Any]) -> None:
    try:
        wrong = [output for output, values in found.items() if _differ(values, read(*output))]
        if wrong:
            logger.error("program %s differs from the interpreter on %s", name, ", ".join(map(str, wrong)))
        tell("different" if wrong else "same")
    except Exception:
        logger.exception("program %s cannot be controlled", name)
    finally:
        _busy.release()


def _differ(found: Any, expected: Any) -> bool:
    found, expected = np.asarray(found, "float64"), np.asarray(expected, "float64")
    return not np.allclose(found, expected, rtol=0, atol=TOLERANCE, equal_nan=True)
