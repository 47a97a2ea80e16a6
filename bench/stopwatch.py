"""The one stopwatch of the measures that are made in process."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any
from unittest.mock import patch

WARM_UPS, TIMES = 25, 100
"""A page is asked so many times before it is measured, and measured so many times."""
ENOUGH = 0.05
"""Seconds of measure: what takes less is done again, for the processor's caches to be those of a site that is used."""


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """The processor's milliseconds that `action` takes in this process, and what it returns."""
    times: list[float] = []
    while sum(times) < ENOUGH:
        begin = time.process_time()
        result = action()
        times.append(time.process_time() - begin)
    return median(times) * 1000, result


def timed_without(action: Callable[[], Any], *functions: str) -> tuple[float, float]:
    """The processor's milliseconds that `action` takes without those functions (`guichet.law.droits`), and what they take
    within it. Those of its thread: programs are made and compiled behind the requests."""
    with _set_apart(functions) as spent:

        def rest() -> float:
            begin, before = time.thread_time(), spent[0]
            action()
            return time.thread_time() - begin - (spent[0] - before)

        for _ in range(WARM_UPS):
            action()
        spent[0] = 0.0
        times = [rest() for _ in range(TIMES)]
    return median(times) * 1000, spent[0] / TIMES * 1000


@contextmanager
def _set_apart(functions: tuple[str, ...]) -> Iterator[list[float]]:
    """The seconds that these functions take; what one does for another counts once."""
    spent, depth = [0.0], [0]

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            begin = time.thread_time()
            depth[0] += 1
            try:
                return function(*arguments, **named)
            finally:
                depth[0] -= 1
                spent[0] += 0.0 if depth[0] else time.thread_time() - begin

        return call

    with ExitStack() as patches:
        for name in functions:
            module, _, function = name.rpartition(".")
            original = getattr(importlib.import_module(module), function)
            patches.enter_context(patch(name, counted(original)))
        yield spent


def pace() -> float:
    """Seconds of ten million additions in Python: the pace of the machine while it measures."""
    begin, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - begin
