"""Cases that others wrote and on which our law agrees, beside those of `test_law_cases.py`.

- `french_law_cases.jsonl`: households drawn at random, computed by the law of Catala (`french-law`, written from the
  texts). They cover what a simulator's cases leave out: overseas, foyers, purchases, the reduction of the social rent.
- `mes_aides_cases.jsonl`: real files and answers of caf.fr, kept among OpenFisca-France's own tests.
- `published_cases.jsonl`: amounts that others published: examples of the prime d'activité, the Urssaf's own tests of the
  hourly CMG, tables of associations and unions for the AEEH and the family benefits.

Where they part from us, `docs/law.md` says why, under "Beside the law of Catala", "Beside the tests of OpenFisca-France"
and "Beside published amounts".
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guichet.law import calculate

DATA = Path(__file__).parents[1] / "data"
CASES = [
    json.loads(line)
    for name in ("french_law_cases.jsonl", "mes_aides_cases.jsonl", "published_cases.jsonl")
    for line in (DATA / name).read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_as_others(case):
    values = calculate(case["situation"], list(case["expected"]), case["period"])
    assert values == pytest.approx(case["expected"], abs=case["tolerance"]), case["branch"]
