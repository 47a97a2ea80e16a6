"""Households of every branch of the housing-aid simulator: the site and `guichet calculate` agree to the cent.

Each line of the data gives the answers of a citizen, and the OpenFisca situation that was written by hand, from the law,
for the same household: a fact that the journey forgets to hand on makes the amounts differ.
"""

import json
from pathlib import Path

import pytest

from guichet import law
from guichet.operations.simuler import simuler_json

FICHIER = Path(__file__).parents[1] / "data" / "logement_situations.jsonl"
CAS = [json.loads(ligne) for ligne in FICHIER.read_text("utf-8").splitlines()]


def amount(answers):
    reponse = simuler_json("logement", json.dumps(answers).encode())
    (droit,) = reponse["rights"] + reponse["refused"]
    return droit["amount"]


@pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
def test_the_site_and_calculate_agree(cas):
    expected = law.calculate(cas["situation"], cas["variables"], cas["period"])
    assert amount(cas["answers"]) == expected["aide_logement"]


def test_the_cases_reach_every_branch():
    """Every kind of dwelling and of activity, every box that may be ticked, some aids paid and some refused."""
    from guichet.journeys.simulateurs.logement import PARCOURS

    reponses = [cas["answers"] for cas in CAS]
    champs = {element.nom: element for page in PARCOURS.pages for element in page.contenu}
    for nom in ("occupation", "activite", "autres", "revenus"):
        dites = {valeur for r in reponses if nom in r for valeur in ([r[nom]] if isinstance(r[nom], str) else r[nom])}
        options = {option.valeur for option in champs[nom].options}
        # Those decide at once, without any law.
        assert options - dites <= {"proprietaire", "gratuit", "sans_logement", "ifi"}, nom
    assert len({cas["period"] for cas in CAS}) >= 8
