"""What crosses in shared memory arrives whole: more tasks than places, what has no room, what fails."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

from guichet.operations import fourches

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def resume(tableau, autre=None):
    return tableau.dtype.str, tableau.shape, float(tableau.sum()), None if autre is None else autre.tolist()


def echoue(tableau):
    raise ValueError(f"{len(tableau)} values")


def meurt(_):
    os.kill(os.getpid(), signal.SIGKILL)


def rien():
    pass


def test_every_task_has_its_own_arrays(monkeypatch):
    monkeypatch.setattr(fourches, "OCTETS", 1 << 16)
    tailles = [1, 1000, 8000, 8192, 8193, 100_000]  # some are larger than a place
    with fourches.Fourches(2, rien) as executeur:
        taches = [
            (np.full(taille, rang, float), np.arange(rang % 7)) for rang, taille in enumerate(tailles * fourches.PLACES * 5)
        ]
        futurs = [executeur.submit(resume, tableau, autre=autre) for tableau, autre in taches]
        assert [futur.result() for futur in futurs] == [resume(*tache) for tache in taches]
        assert executeur.submit(resume, np.zeros(0)).result() == ("<f8", (0,), 0.0, None)
        assert executeur.submit(len, "nothing large").result() == 13


def test_a_task_that_fails_gives_its_place_back():
    with fourches.Fourches(1, rien) as executeur:
        for _ in range(3 * fourches.PLACES):
            with pytest.raises(ValueError, match="3 values"):
                executeur.submit(echoue, np.zeros(3)).result()
        assert executeur.submit(resume, np.ones(3)).result()[2] == 3


def test_a_process_that_dies_is_said():
    with fourches.Fourches(1, rien) as executeur:
        futur = executeur.submit(meurt, np.zeros(3))
        with pytest.raises(BrokenProcessPool):
            futur.result()
