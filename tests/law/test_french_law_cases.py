"""Households drawn at random on which the law of Catala (`french-law`, written from the texts by others) agrees with ours.

They cover what the simulator's cases of `test_law_cases.py` leave out: overseas, foyers, purchases, the reduction of the
social rent. `tests/data/french_law_cases.jsonl` says which function gave each amount, gross of CRDS. Where the two part,
`docs/law.md` says why, under "Beside the law of Catala".
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guichet.law import calculate

FILE = Path(__file__).parents[1] / "data" / "french_law_cases.jsonl"
CASES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_as_catala(case):
    values = calculate(case["situation"], list(case["expected"]), case["period"])
    assert values == pytest.approx(case["expected"], abs=case["tolerance"]), case["branch"]
