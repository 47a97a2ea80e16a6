"""The site, the API, the commands and the law say the same of a household, to the cent."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from visit import send_form, sent

from guichet import law
from guichet.domain.vocabulaire import Mois
from guichet.operations.simuler import simuler_json
from reponses import COMMON, answers_of
from situations import NET, SITUATIONS, montants

pytestmark = pytest.mark.django_db

HOUSEHOLDS = [(kind, household) for kind, households in COMMON.items() for household in households]
ACCOUNT = re.compile(r'<section class="card" aria-labelledby="([a-z_]+)-(\d{4}-\d\d)">(.*?)</section>', re.DOTALL)
PAID = re.compile(r"<tfoot>.*?<td>([\d\u202f]+),(\d\d)", re.DOTALL)


def answered(kind, household):
    """The answers as JSON."""
    reponses = {
        name: list(said) if isinstance(said, tuple) else str(said) if isinstance(said, date | Mois | Decimal) else said
        for name, said in answers_of(kind, COMMON[kind][household]).items()
        if not name.startswith("enfants-")
    }
    enfants = [said for name, said in COMMON[kind][household].items() if name.startswith("enfants-")]
    return reponses | ({"enfants": [{"naissance": naissance} for naissance in enfants]} if enfants else {})


def paid(result):
    rights = (*result["rights"], *result["other_months"])
    return {(right["benefit"], right["month"]): right["amount"] for right in rights if right["amount"]}


def shown(client, kind, household):
    """What the page of the result pays, once each form was sent."""
    answers, address = sent(COMMON[kind][household]), f"/simulation/{kind}"
    for _ in range(20):
        if address.endswith(("/recapitulatif", "/resultat")):
            break
        address, _ = send_form(client, address, answers)
    page = client.get(address.replace("/recapitulatif", "/resultat")).content.decode()
    accounts = {(benefit, month): PAID.search(card) for benefit, month, card in ACCOUNT.findall(page)}
    return {key: float(found[1].replace("\u202f", "") + "." + found[2]) for key, found in accounts.items() if found}


@pytest.mark.parametrize(("kind", "household"), HOUSEHOLDS)
def test_site_api_and_law_agree(client, kind, household):
    api = client.post(
        f"/api/v1/simulations/{kind}", data=json.dumps(answered(kind, household)), content_type="application/json"
    ).json()
    assert api == simuler_json(kind, json.dumps(answered(kind, household)).encode())  # what `guichet simulate` prints
    assert shown(client, kind, household) == paid(api) == montants(kind, household, law.calculate)


def test_the_command_calculates_what_the_law_says():
    """`guichet calculate`, once, for all of the households."""
    asked = [
        {"id": f"{kind}, {household}", "period": month, "variables": [NET[name] for name in names], "situation": situation}
        for kind, households in SITUATIONS.items()
        for household, (situation, questions) in households.items()
        for month, names in questions.items()
    ]
    lines = "\n".join(json.dumps(question) for question in asked)
    command = [sys.executable, "-m", "guichet.cli", "calculate"]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    for question, line in zip(asked, done.stdout.splitlines(), strict=True):
        answer = json.loads(line)
        expected = law.calculate(question["situation"], question["variables"], question["period"])
        assert answer["values"] == expected, question["id"]
