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
from guichet.operations.forks import Forks
from guichet.operations.json_lines import answered, chunks

Result = TypeVar("Result")


def answers(source: BinaryIO, loi: str, executor: Executor | None = None, at_a_time: int = 4) -> Iterator[bytes]:
    """The answers to the lines of `source`, in order, by chunks of whole lines."""
    arguments = ((chunk, loi) if chunk else None for chunk in chunks(source))
    return in_order(answered, arguments, executor, at_a_time)


def in_order(
    function: Callable[..., Result],
    arguments: Iterable[tuple[Any, ...] | None],
    executor: Executor | None = None,
    at_a_time: int = 4,
) -> Iterator[Result]:
    """What `function` answers to each of `arguments`, in order.

    An executor (processes here, or a cluster's) is given `at_a_time` of them at the most; when it has them, this
    process answers the next one. None among the arguments says that nothing more has come so far: all those that came are
    answered.
    """
    futures: deque[Future[Result]] = deque()
    for each in arguments:
        if each is not None and executor is not None and sum(not future.done() for future in futures) < at_a_time:
            futures.append(executor.submit(function, *each))
        elif each is not None:
            futures.append(_here(function, each))
        while futures and (futures[0].done() or len(futures) >= 2 * at_a_time or each is None):
            yield futures.popleft().result()
    while futures:
        yield futures.popleft().result()


def _here(function: Callable[..., Result], arguments: tuple[Any, ...]) -> Future[Result]:
    """What `function` answers, or the fault that it finds: those of the arguments before come first."""
    future: Future[Result] = Future()
    try:
        future.set_result(function(*arguments))
    except Exception as error:
        future.set_exception(error)
    return future


@contextmanager
def processes(number: int, loi: str | None) -> Iterator[Executor | None]:
    """`number` processes beside this one, with the law in memory; None for none of them.

    The law `loi` is built before the fork (None: it is already), which comes with the first task. The children stop with
    us.
    """
    if number and loi is not None:
        law.prepare(loi=loi)
    settle()
    if number == 0:
        yield None
        return
    _keep_memory()
    # Elsewhere forking is not safe: each builds its own.
    executor = Forks(number, _begin) if sys.platform == "linux" else ProcessPoolExecutor(number, initializer=_begin)
    try:
        yield executor
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def settle() -> None:
    """What is in memory now stays: the collector, which may have been stopped while it was built, no longer goes through
    it. In a forked process that would copy it."""
    gc.freeze()
    gc.enable()


M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3


def _keep_memory() -> None:
    """What a chunk frees is there for the next one. Else glibc gives it back to the system, which gives it again page
    by page: half the time that a chunk of tables takes from one process to another."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_MMAP_THRESHOLD, 32 << 20)
        libc.mallopt(M_TRIM_THRESHOLD, 256 << 20)


def _begin() -> None:
    """A worker: the interruption is its parent's affair, and it does not outlive it. It shares its parent's memory, which
    a collection would copy."""
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with_the_parent, daemon=True).start()


def _die_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


class Interruption:
    """SIGINT and SIGTERM raise KeyboardInterrupt, once; while lines are written, just after. `lines` were written."""

    def __init__(self) -> None:
        self.lines = 0
        self._writing = False
        self._asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._receive)

    def _receive(self, *_: Any) -> None:
        already, self._asked = self._asked, True
        if not (already or self._writing):
            raise KeyboardInterrupt

    def write(self, out: Callable[[bytes], Any], raw: bytes) -> None:
        """Write whole lines."""
        self._writing = True
        out(raw)
        self.lines += raw.count(b"\n")
        self._writing = False
        if self._asked:
            raise KeyboardInterrupt
