"""Processes forked from this one, and the memory that they share with it.

A pipe copies what it carries six times, 64 kB at a time: for a chunk of tables, a quarter of the time of its answer. So
what is large in the arguments of a task is put in a place that both see, and read there.
"""

from __future__ import annotations

import mmap
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")

PLACES, BYTES = 4, 16 << 20
"""The places of each process, and the bytes of one: memory is taken when they are first written in. What finds no place
goes through the pipe."""


class Forks(ProcessPoolExecutor):
    """`number` processes, each of which begins with `begin`."""

    def __init__(self, number: int, begin: Callable[[], None]) -> None:
        self._places = [mmap.mmap(-1, BYTES) for _ in range(PLACES * number)]
        self._free = list(range(len(self._places)))
        super().__init__(number, multiprocessing.get_context("fork"), _begin, (begin, self._places))

    def submit(self, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> Future[Result]:
        large: list[pickle.PickleBuffer] = []
        call = pickle.dumps((function, arguments, named), pickle.HIGHEST_PROTOCOL, buffer_callback=large.append)
        sizes = [buffer.raw().nbytes for buffer in large]
        if not large or not self._free or sum(sizes) > BYTES:
            return super().submit(function, *arguments, **named)
        place = self._free.pop()
        self._places[place].seek(0)
        for buffer in large:
            self._places[place].write(buffer.raw())
        future: Future[Result] = super().submit(_answer, call, place, sizes)
        future.add_done_callback(lambda _: self._free.append(place))
        return future


_places: list[mmap.mmap] = []
"""In a forked process, those of its parent."""


def _begin(begin: Callable[[], None], places: list[mmap.mmap]) -> None:
    _places.extend(places)
    begin()


def _answer(call: bytes, place: int, sizes: list[int]) -> Any:
    """What a task answers. Its place is its own until then: what it keeps for later must be a copy."""
    room, start, large = memoryview(_places[place]), 0, []
    for size in sizes:
        large.append(room[start : start + size])
        start += size
    function, arguments, named = pickle.loads(call, buffers=large)
    return function(*arguments, **named)
