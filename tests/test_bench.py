"""The measures themselves: they ask all engines the same, and their tables say it. No time is judged."""

from __future__ import annotations

import pytest
from tqdm import tqdm

from bench import audience, ours, traffic
from bench.__main__ import BatchMeasure, measured, table, table_of_batches
from bench.foyers import QUESTIONS
from guichet.audience.measure import measure
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.law import foyers
from guichet.law.programs.library import Library

MOIS = Mois(2013, 1)


@pytest.mark.parametrize("mois", [MOIS, Mois(2026, 11)], ids=str)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_an_amount(question, mois):
    _, amount = ours.calculate(ours.situation(question, mois), question.variables, mois)

    assert amount > 0


def test_one_household_in_every_engine():
    measures = measured((MOIS,), QUESTIONS[2:3], 1, tqdm(disable=True))

    *_, line = table(measures).splitlines()
    assert line.split()[:2] == ["PAJE", "2013-01"]
    assert line.count(" x") == 2


def test_a_population_by_a_program(monkeypatch):
    monkeypatch.setattr(foyers, "PROGRAMS", Library())
    ours._program.cache_clear()
    took, memory = ours.batch_by_program(30, MOIS, (Prestation.AIDE_LOGEMENT,))

    batch = BatchMeasure(MOIS, "housing aid", [took], [], [2 * took], memory)
    *_, line = table_of_batches([batch], 30).splitlines()
    assert line.split()[:3] == ["housing", "aid", "2013-01"]
    assert " x     2" in line
    assert 0 < memory < 3000


def test_an_access_log(tmp_path):
    log = tmp_path / "access.log"
    traffic.write(log, 5000)

    figures = measure([log])
    assert (figures.lines, figures.bad) == (5002, 2)
    assert 2000 < figures.pages < 2500

    counted = dict(audience.commands(log, tmp_path))
    ours = audience.cost("Guichet", counted["Guichet"], tmp_path)
    lines = audience.cost("wc -l", counted["wc -l"], tmp_path)
    *_, last = audience.table([ours, lines]).splitlines()
    assert last.startswith("wc -l")
    assert ours.memory > 0  # of the process that starts it too, which is large here
