"""A batch of questions of one signature: the interpreter first, then a program, the same cents."""

from __future__ import annotations

import pytest

from guichet.law import calculate_many, calculation
from guichet.law.programs import control
from guichet.law.programs import questions as module
from guichet.law.programs.questions import QuestionPrograms
from guichet.law.programs.store import Store


@pytest.fixture
def paths(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(control, "_watchers", [told.append])
    monkeypatch.setattr(calculation, "PROGRAMS", QuestionPrograms())
    monkeypatch.setattr(module, "WORTH_A_RECORDING", 20)
    return told


def question(number, variables, **of_the_claimant):
    return {
        "period": "2026-10",
        "variables": variables,
        "situation": {
            "individus": {
                "p": {
                    "date_naissance": f"19{70 + number % 30}-02-03",
                    "salaire_net": {f"2026-{m:02d}": 90 * (number % 17) for m in range(5, 10)},
                    **of_the_claimant,
                },
                "e": {"date_naissance": f"20{10 + number % 15}-05-06"},
            },
            "familles": {"f": {"parents": ["p"], "enfants": ["e"]}},
            "foyers_fiscaux": {"t": {"declarants": ["p"], "personnes_a_charge": ["e"]}},
            "menages": {
                "m": {
                    **{"personne_de_reference": ["p"], "enfants": ["e"], "loyer": 300 + 10 * number},
                    **{"statut_occupation_logement": "locataire_vide", "zone_apl": "zone_2"},
                }
            },
        },
    }


@pytest.mark.parametrize(
    "given",
    [{}, {"salaire_de_base": {"year:2024:3": 21_000}}, {"salaire_imposable": {"2024": 15_000, "2025": 15_600}}],
    ids=["net pay", "gross pay", "yearly pay"],
)
def test_the_same_cents(paths, given):
    asked = ["aide_logement", "rsa", "ppa", "af", "paje_base", "ars", "asf"]
    questions = [question(number, asked, **given) for number in range(60)]

    by_the_interpreter = [calculate_many([each])[0] for each in questions[:15]]
    in_one_go = calculate_many(questions)

    assert paths == ["interpreter"] * 15 + ["program"]
    assert in_one_go[:15] == by_the_interpreter
    assert calculate_many(questions[::-1])[::-1] == in_one_go
    assert sum(values["rsa"] > 0 for values in in_one_go) > 10


def test_what_is_no_number_goes_to_the_interpreter(paths):
    questions = [question(number, ["zone_apl", "rsa"]) for number in range(40)]

    assert calculate_many(questions)[0]["zone_apl"] == "zone_2"
    assert "program" not in paths


def test_memory_is_bounded(paths, monkeypatch):
    monkeypatch.setattr(module, "IN_MEMORY", 2)
    for variables in (["af"], ["rsa"], ["asf"], ["cf"]):
        calculate_many([question(number, variables) for number in range(25)])

    assert len(calculation.PROGRAMS._programs) == 2


def test_what_is_recorded_is_kept_for_the_next_process(paths, monkeypatch, tmp_path):
    questions = [question(number, ["aide_logement", "rsa"]) for number in range(30)]
    monkeypatch.setattr(calculation, "PROGRAMS", QuestionPrograms(Store(tmp_path)))
    recorded = calculate_many(questions)

    monkeypatch.setattr(calculation, "PROGRAMS", QuestionPrograms(Store(tmp_path)))
    monkeypatch.setattr(module, "trace", None)
    assert calculate_many(questions) == recorded
    other = [question(number, ["aide_logement", "af"]) for number in range(30)]
    calculate_many(other)

    assert paths == ["program", "program", "interpreter"]
