"""A simulation, from the journey's answers to the explained right; and its command."""

import json
import subprocess
import sys
from decimal import Decimal

import pytest

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.operations.simuler import ReponsesError, simuler, simuler_json

REPONSES = {
    **{"mois": "2026-11", "code_postal": "35000", "occupation": "vide", "bailleur": "prive", "loyer": 520.5},
    **{"naissance": "1990-05-01", "couple": True, "conjoint_naissance": "1991-02-03", "activite": "salarie"},
    **{"enfants": [{"naissance": "2018-01-01"}, {"naissance": "2020-01-01"}], "conjoint_activite": "salarie"},
    **{"revenus_mensuels": 1100, "conjoint_revenus_mensuels": 600},
}


def test_the_lines_add_up_to_the_amount():
    answer = simuler_json("logement", json.dumps(REPONSES).encode())
    assert answer["month"] == "2026-11"
    (droit,) = answer["rights"]
    assert droit["benefit"] == "aide_logement"
    assert droit["amount"] > 0
    total = sum((Decimal(str(line["value"])) * line["sign"] for line in droit["lines"]), Decimal(0))
    assert total == Decimal(str(droit["amount"]))
    assert any(line["text"] for line in droit["lines"])
    assert answer["not_asked"]


def test_too_much_income_is_a_reason_with_figures():
    answer = simuler_json("logement", json.dumps(REPONSES | {"revenus_mensuels": 4000}).encode())
    assert answer["rights"] == []
    (reason,) = answer["refused"][0]["reasons"]
    assert "€ par an" in reason["found"]
    assert "€ par an" in reason["needed"]


def test_a_journey_that_stops_refuses_with_its_text():
    result = simuler(
        "logement", {"mois": "2026-11", "code_postal": "35000", "occupation": "vide", "bailleur": "famille", "loyer": "500"}
    )
    (droit,) = result.droits
    assert (result.mois, droit.prestation, droit.montant) == (Mois(2026, 11), Prestation.AIDE_LOGEMENT, 0)
    assert droit.refus[0].texte is not None
    assert droit.refus[0].texte.reference == "CCH, art. L822-3"


def test_an_ordinary_loan_leaves_no_doubt_about_its_nature():
    purchase = {
        "occupation": "accedant",
        "signature": "2015-06-10",
        "pret_conventionne": False,
        "neuf": True,
        "mensualite": 650,
    }
    (droit,) = simuler_json("logement", json.dumps(REPONSES | purchase).encode())["rights"]
    assert droit["lines"][0]["label"] == "Mensualité de prêt déclarée"
    assert droit["doubts"] == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "JSON"),
        (b"[]", "objet JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b'{"salaire": 3}', "salaire"),
        (b'{"mois": "2026-11", "enfants": 3}', "enfants : Une liste d'objets"),
        (json.dumps({**REPONSES, "loyer": -3}).encode(), "loyer"),
        (json.dumps({**REPONSES, "loyer": {}}).encode(), "loyer : Cette valeur ne se lit pas"),
        (json.dumps({**REPONSES, "loyer": float("nan")}).encode(), "loyer"),
        (json.dumps({**REPONSES, "mois": "2012-05"}).encode(), "mois"),
        (json.dumps({**REPONSES, "enfants": [{"naissance": "demain"}]}).encode(), "enfants-1-naissance"),
        (json.dumps({n: v for n, v in REPONSES.items() if n != "loyer"}).encode(), "loyer"),
        (json.dumps({**REPONSES, "autres": ["enceinte", "riche"]}).encode(), "autres : Choisissez parmi les cases"),
        (b'{"loyer": ' + b"1" * 5000 + b"}", "mois"),
        (b'{"mois": "2026-11", "mois": "2026-10"}', "'mois' y est donné deux fois"),
        (b'{"mois": "\\ud800"}', "demi-caractère"),
        (b'{"\\u001b[2J\\n": 1}', r"^'\\x1b\[2J\\n' : "),
        (b'{"' + b"k" * 100_000 + b'": 1}', r"^k{57}\.\.\. : "),
        (json.dumps({**REPONSES, "nombre_enfants": 1}).encode(), "nombre_enfants : .*la liste « enfants »"),
        (json.dumps({"nombre_enfants": 3, **REPONSES}).encode(), "nombre_enfants : .*la liste « enfants »"),
        (json.dumps({**REPONSES, "enfants": [{"naissance": "2018-01-01"}] * 13}).encode(), "nombre_enfants : .*jusqu'à 12"),
    ],
)
def test_a_bad_answer_is_named(content, sentence):
    with pytest.raises(ReponsesError, match=sentence):
        simuler_json("logement", content)


def test_answers_without_effect_are_told():
    alone = simuler_json("logement", json.dumps(REPONSES | {"couple": False, "rsa": 500}).encode())
    assert alone["not_read"] == ["conjoint_naissance", "conjoint_activite", "conjoint_revenus_mensuels", "rsa"]
    assert simuler_json("logement", json.dumps(REPONSES | {"nombre_enfants": 2}).encode())["not_read"] == []


def _guichet(*arguments, given=b""):
    return subprocess.run(
        [sys.executable, "-m", "guichet.cli", "simulate", *arguments], input=given, capture_output=True, check=False
    )


def test_the_command_answers_and_fails_as_the_contract_says(tmp_path):
    file = tmp_path / "reponses.json"
    file.write_text(json.dumps(REPONSES))
    done = _guichet("logement", str(file))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["rights"][0]["amount"] > 0
    failed = _guichet("logement", given=b"{}")
    assert (failed.returncode, failed.stdout, failed.stderr.count(b"\n")) == (1, b"", 1)
    assert _guichet("logement", str(tmp_path / "absent")).returncode == 1
    assert _guichet("voiture").returncode == 2


def test_the_schema_names_every_answer():
    schema = json.loads(_guichet("logement", "--schema").stdout)
    assert set(REPONSES) <= set(schema["properties"])
    assert schema["properties"]["loyer"]["description"].startswith("Loyer")
