"""The measures themselves: they ask all engines the same, and their tables say it. No time is judged."""

from __future__ import annotations

import pytest
from tqdm import tqdm

from bench import ours
from bench.__main__ import mesure, mesure_lot, tableau, tableau_des_lots
from bench.foyers import QUESTIONS
from guichet.domain.vocabulaire import Mois

MOIS = Mois(2013, 1)


@pytest.mark.parametrize("mois", [MOIS, Mois(2026, 11)], ids=str)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.variable)
def test_a_question_has_an_amount(question, mois):
    _, montant = ours.calcule(ours.situation(question, mois), question.variable, mois)

    assert montant > 0


def test_one_household_in_the_three_engines():
    mesures = mesure((MOIS,), QUESTIONS[2:], 1, tqdm(disable=True))

    *_, ligne = tableau(mesures).splitlines()
    assert ligne.split()[:2] == ["PAJE", "2013-01"]
    assert ligne.count(" x") == 2


def test_a_population_in_both_engines():
    lots = [mesure_lot(MOIS, 30, 1, tqdm(disable=True))]

    *_, ligne = tableau_des_lots(lots, 30).splitlines()
    assert ligne.split()[0] == "2013-01"
    assert 0 < lots[0].memoire < 2000
