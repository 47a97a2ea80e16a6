"""A program replayed by NumPy at first, and by its machine code once it is compiled, behind the requests."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from typing import Any

from guichet.law.programs.compiled import Compiled
from guichet.law.programs.graph import Array
from guichet.law.programs.machine import Uncompilable
from guichet.law.programs.program import Households, Program

logger = logging.getLogger(__name__)
WORTH_COMPILING = 20
"""Replays by NumPy, which together take about as long as the compilation."""
HOUSEHOLDS_OF_A_REPLAY = 300
"""Those that take NumPy as long as the least replay, whose time is that of its calls."""


class _Turn:
    """One task at a time. In a process that was just forked, whoever had its turn is not there."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        os.register_at_fork(after_in_child=self._anew)

    def _anew(self) -> None:
        self.lock = threading.Lock()


_turn = _Turn()


def behind(task: Callable[[], None]) -> threading.Thread:
    """Do `task` behind the requests, one such task at a time."""
    # No daemon: at exit, LLVM must not be stopped in the middle. Nothing more is begun then.
    thread = threading.Thread(target=_in_turn, args=(task,), name="programs")
    thread.start()
    return thread


def _in_turn(task: Callable[[], None]) -> None:
    with _turn.lock:
        if threading.main_thread().is_alive():
            task()


class Replay:
    """See `Program.run`: the same answers, to the last bit."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._fastest: Program | Compiled = program
        self._spent = 0.0
        self._thread: threading.Thread | None = None

    def run(self, given: Mapping[tuple[str, str], Array], households: Households) -> dict[Any, Array]:
        self._spent += 1 + households.size("famille") / HOUSEHOLDS_OF_A_REPLAY
        if self._spent >= WORTH_COMPILING and self._thread is None:
            self._thread = behind(self._compile)
        return self._fastest.run(given, households)

    def ready(self) -> None:
        """Wait for the machine code that is being made."""
        if self._thread is not None:
            self._thread.join()

    @property
    def is_compiling(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_compiled(self) -> bool:
        return isinstance(self._fastest, Compiled)

    def _compile(self) -> None:
        try:
            self._fastest = Compiled(self.program)
        except Uncompilable as reason:
            logger.info("a program is not compiled: %s", reason)
        except Exception:
            logger.exception("a program cannot be compiled")
