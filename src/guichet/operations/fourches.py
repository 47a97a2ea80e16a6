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

Resultat = TypeVar("Resultat")

PLACES, OCTETS = 4, 16 << 20
"""The places for each process, and the bytes of one: memory is taken when they are first written in. What finds no place
goes through the pipe."""


class Fourches(ProcessPoolExecutor):
    """`nombre` processes, each of which begins with `nait`."""

    def __init__(self, nombre: int, nait: Callable[[], None]) -> None:
        self._places = [mmap.mmap(-1, OCTETS) for _ in range(PLACES * nombre)]
        self._libres = list(range(len(self._places)))
        super().__init__(nombre, multiprocessing.get_context("fork"), _nait, (nait, self._places))

    def submit(self, fonction: Callable[..., Resultat], /, *arguments: Any, **nommes: Any) -> Future[Resultat]:
        grands: list[pickle.PickleBuffer] = []
        appel = pickle.dumps((fonction, arguments, nommes), pickle.HIGHEST_PROTOCOL, buffer_callback=grands.append)
        tailles = [grand.raw().nbytes for grand in grands]
        if not grands or not self._libres or sum(tailles) > OCTETS:
            return super().submit(fonction, *arguments, **nommes)
        rang = self._libres.pop()
        self._places[rang].seek(0)
        for grand in grands:
            self._places[rang].write(grand.raw())
        futur: Future[Resultat] = super().submit(_repond, appel, rang, tailles)
        futur.add_done_callback(lambda _: self._libres.append(rang))
        return futur


_places: list[mmap.mmap] = []
"""In a forked process, those of its parent."""


def _nait(nait: Callable[[], None], places: list[mmap.mmap]) -> None:
    _places.extend(places)
    nait()


def _repond(appel: bytes, rang: int, tailles: list[int]) -> Any:
    """What a task answers. Its place is its own until then: what it keeps for later must be a copy."""
    place, debut, grands = memoryview(_places[rang]), 0, []
    for taille in tailles:
        grands.append(place[debut : debut + taille])
        debut += taille
    fonction, arguments, nommes = pickle.loads(appel, buffers=grands)
    return fonction(*arguments, **nommes)
