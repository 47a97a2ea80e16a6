"""Households of every branch of the housing-aid simulator: the site and `guichet calculate` agree to the cent.

Each line of the data gives the answers of a citizen, and the OpenFisca situation that was written by hand, from the law,
for the same household: a fact that the journey forgets to hand on makes the amounts differ.
"""

import json
from pathlib import Path

import pytest

from guichet import law
from guichet.operations.simuler import simuler_json

FILE = Path(__file__).parents[1] / "data" / "logement_situations.jsonl"
CASES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def amount(answers):
    answer = simuler_json("logement", json.dumps(answers).encode())
    (droit,) = answer["rights"] + answer["refused"]
    return droit["amount"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_site_and_calculate_agree(case):
    expected = law.calculate(case["situation"], case["variables"], case["period"])
    assert amount(case["answers"]) == expected["aide_logement"]


def test_the_cases_reach_every_branch():
    """Every kind of dwelling and of activity, every box that may be ticked, some aids paid and some refused."""
    from guichet.journeys.simulateurs.logement import PARCOURS

    reponses = [case["answers"] for case in CASES]
    fields = {element.nom: element for page in PARCOURS.pages for element in page.contenu}
    for name in ("occupation", "activite", "autres", "revenus"):
        said = {value for r in reponses if name in r for value in ([r[name]] if isinstance(r[name], str) else r[name])}
        options = {option.value for option in fields[name].options}
        # Those decide at once, without any law.
        assert options - said <= {"proprietaire", "gratuit", "sans_logement", "ifi"}, name
    assert len({case["period"] for case in CASES}) >= 8
