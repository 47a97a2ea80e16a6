"""The shown law cases through programs of their own: the interpreter's amounts, to 0.005 €."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guichet.law import calculate_many, calculation
from guichet.law.programs import control
from guichet.law.programs import questions as module
from guichet.law.programs.questions import QuestionPrograms

CASES = [
    json.loads(line) for line in (Path(__file__).parents[2] / "data" / "law_cases.jsonl").read_text("utf-8").splitlines()
]
NOT_IN_THE_LAW = {"aide_logement_gross_crds"}
PARTS, STEP = 4, 3
"""One case in three, in four parts: a recording takes as long as ten answers."""


@pytest.mark.parametrize("part", range(PARTS))
def test_programs_answer_as_the_interpreter(part, monkeypatch):
    cases = CASES[::STEP][part::PARTS]
    questions = [
        {
            "situation": case["situation"],
            "period": case["period"],
            "variables": [name for name in case["expected"] if name not in NOT_IN_THE_LAW],
        }
        for case in cases
    ]
    by_the_interpreter = [calculate_many([question])[0] for question in questions]
    paths: list[str] = []
    monkeypatch.setattr(control, "_watchers", [paths.append])
    monkeypatch.setattr(module, "WORTH_A_RECORDING", 1)
    monkeypatch.setattr(calculation, "PROGRAMS", QuestionPrograms())

    by_programs = [calculate_many([question])[0] for question in questions]

    for case, expected, found in zip(cases, by_the_interpreter, by_programs, strict=True):
        assert found == pytest.approx(expected, abs=0.005), case["id"]
    assert paths.count("interpreter") <= 1, "one case selects among categories in a way that is not recorded"
