"""What crosses in shared memory arrives whole: more tasks than places, what has no room, what fails."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

from guichet.operations import forks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def summary(array, other=None):
    return array.dtype.str, array.shape, float(array.sum()), None if other is None else other.tolist()


def fail(array):
    raise ValueError(f"{len(array)} values")


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def nothing():
    pass


def test_every_task_has_its_own_arrays(monkeypatch):
    monkeypatch.setattr(forks, "BYTES", 1 << 16)
    sizes = [1, 1000, 8000, 8192, 8193, 100_000]  # some are larger than a place
    with forks.Forks(2, nothing) as executor:
        tasks = [(np.full(size, rank, float), np.arange(rank % 7)) for rank, size in enumerate(sizes * forks.PLACES * 5)]
        futures = [executor.submit(summary, array, other=other) for array, other in tasks]
        assert [future.result() for future in futures] == [summary(*task) for task in tasks]
        assert executor.submit(summary, np.zeros(0)).result() == ("<f8", (0,), 0.0, None)
        assert executor.submit(len, "nothing large").result() == 13


def test_a_task_that_fails_gives_its_place_back():
    with forks.Forks(1, nothing) as executor:
        for _ in range(3 * forks.PLACES):
            with pytest.raises(ValueError, match="3 values"):
                executor.submit(fail, np.zeros(3)).result()
        assert executor.submit(summary, np.ones(3)).result()[2] == 3


def test_a_process_that_dies_is_said():
    with forks.Forks(1, nothing) as executor:
        future = executor.submit(die, np.zeros(3))
        with pytest.raises(BrokenProcessPool):
            future.result()
