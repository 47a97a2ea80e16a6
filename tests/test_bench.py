"""The measures themselves: they ask all engines the same, and their tables say it. No time is judged."""

from __future__ import annotations

import pytest
from tqdm import tqdm

from bench import ours
from bench.__main__ import mesure, mesure_lots, tableau, tableau_des_lots
from bench.foyers import QUESTIONS
from guichet.domain.vocabulaire import Mois

MOIS = Mois(2013, 1)


@pytest.mark.parametrize("mois", [MOIS, Mois(2026, 11)], ids=str)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.nom)
def test_a_question_has_an_amount(question, mois):
    _, montant = ours.calcule(ours.situation(question, mois), question.variables, mois)

    assert montant > 0


def test_one_household_in_every_engine():
    mesures = mesure((MOIS,), QUESTIONS[2:3], 1, tqdm(disable=True))

    *_, ligne = tableau(mesures).splitlines()
    assert ligne.split()[:2] == ["PAJE", "2013-01"]
    assert ligne.count(" x") == 2


def test_a_population_in_every_engine():
    lots = mesure_lots(MOIS, 30, 1, tqdm(disable=True))

    *_, tous, logement = tableau_des_lots(lots, 30).splitlines()
    assert tous.split()[:3] == ["all", "benefits", "2013-01"]
    assert logement.split()[:3] == ["housing", "aid", "2013-01"]
    assert 0 < lots[0].memoire < 2000
