"""Many questions, answered in order, in as many processes as wanted.

Memory stays flat: a few chunks are under way at any time. A line that fails is answered by its error; a worker that
dies stops the batch, and what was answered before it is whole.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, BinaryIO, TypeVar

from guichet import law
from guichet.operations.fourches import Fourches
from guichet.operations.lignes import morceaux, repond

Resultat = TypeVar("Resultat")


def traite(entree: BinaryIO, loi: str, executeur: Executor | None = None, en_cours: int = 4) -> Iterator[bytes]:
    """The answers to the lines of `entree`, in order, by chunks of whole lines."""
    arguments = ((morceau, loi) if morceau else None for morceau in morceaux(entree))
    return en_ordre(repond, arguments, executeur, en_cours)


def en_ordre(
    fonction: Callable[..., Resultat],
    arguments: Iterable[tuple[Any, ...] | None],
    executeur: Executor | None = None,
    en_cours: int = 4,
) -> Iterator[Resultat]:
    """What `fonction` answers to each of `arguments`, in order.

    An executor (processes here, or a cluster's) is given `en_cours` of them at the most at a time; when it has them, this
    process answers the next one. None among the arguments says that nothing more has come so far: all those that came are
    answered.
    """
    futurs: deque[Future[Resultat]] = deque()
    for chacun in arguments:
        if chacun is not None and executeur is not None and sum(not futur.done() for futur in futurs) < en_cours:
            futurs.append(executeur.submit(fonction, *chacun))
        elif chacun is not None:
            futurs.append(_ici(fonction, chacun))
        while futurs and (futurs[0].done() or len(futurs) >= 2 * en_cours or chacun is None):
            yield futurs.popleft().result()
    while futurs:
        yield futurs.popleft().result()


def _ici(fonction: Callable[..., Resultat], arguments: tuple[Any, ...]) -> Future[Resultat]:
    """What `fonction` answers, or the fault that it finds: those of the arguments before come first."""
    futur: Future[Resultat] = Future()
    try:
        futur.set_result(fonction(*arguments))
    except Exception as erreur:
        futur.set_exception(erreur)
    return futur


@contextmanager
def processus(nombre: int, loi: str | None) -> Iterator[Executor | None]:
    """`nombre` processes beside this one, with the law in memory; None for none of them.

    The law `loi` is built before the fork (None: it is already), which comes with the first task. The children stop with
    us.
    """
    if nombre == 0:
        yield None
        return
    if loi is not None:
        law.prepare(loi=loi)
    _garde_la_memoire()
    # Elsewhere forking is not safe: each builds its own.
    executeur = Fourches(nombre, _nait) if sys.platform == "linux" else ProcessPoolExecutor(nombre, initializer=_nait)
    try:
        yield executeur
    except BaseException:
        for enfant in multiprocessing.active_children():
            enfant.terminate()
        executeur.shutdown(wait=False, cancel_futures=True)
        raise
    executeur.shutdown()


M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3


def _garde_la_memoire() -> None:
    """What a chunk frees is there for the next one. Else glibc gives it back to the system, which gives it again page
    by page: half the time that a chunk of tables takes from one process to another."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_MMAP_THRESHOLD, 32 << 20)
        libc.mallopt(M_TRIM_THRESHOLD, 256 << 20)


def _nait() -> None:
    """A worker: the interruption is its parent's affair, and it does not outlive it. It shares its parent's memory, which
    a collection would copy."""
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_meurt_avec_le_parent, daemon=True).start()


def _meurt_avec_le_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


class Interruption:
    """SIGINT and SIGTERM raise KeyboardInterrupt, once; while lines are written, just after. `lignes` were written."""

    def __init__(self) -> None:
        self.lignes = 0
        self._ecrit = False
        self._demandee = False
        for numero in (signal.SIGINT, signal.SIGTERM):
            signal.signal(numero, self._recoit)

    def _recoit(self, *_: Any) -> None:
        deja, self._demandee = self._demandee, True
        if not (deja or self._ecrit):
            raise KeyboardInterrupt

    def ecrit(self, ecriture: Callable[[bytes], Any], octets: bytes) -> None:
        """Write whole lines."""
        self._ecrit = True
        ecriture(octets)
        self.lignes += octets.count(b"\n")
        self._ecrit = False
        if self._demandee:
            raise KeyboardInterrupt
