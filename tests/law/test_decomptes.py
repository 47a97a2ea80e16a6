"""Every benefit's sheet, on households at random and months at random.

The lines add up to the cent, no zero goes unexplained, and nothing of the engine's names reaches a citizen.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest
from foyers import MOIS, random_foyers
from lecture import simulation

from guichet.domain.vocabulaire import Mois
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading, explain

FOYERS_PAR_MOIS = 40
NOM_DE_VARIABLE = re.compile(r"[a-z0-9]_[a-z0-9]")


@pytest.mark.parametrize("texte", MOIS)
def test_lines_add_up_and_every_zero_is_explained(texte, loi):
    mois = Mois.parse(texte)
    simulated = simulation(random_foyers(mois, FOYERS_PAR_MOIS, "décomptes"), mois)
    told = Counter()
    for prestation, fiche in fiches().items():
        for rank, droit in enumerate(explain(SimulationReading(simulated, mois), fiche)):
            ou = f"{prestation} {texte} {rank}"
            told[bool(droit.montant)] += 1
            if droit.montant is None:
                assert droit.doutes, f"{ou}: no amount and no reason"
                continue
            assert droit.montant >= 0, ou
            assert droit.decompte.total == droit.montant, ou
            assert bool(droit.refus) == (droit.montant == 0), f"{ou}: {droit}"
            assert not [mot for mot in _textes(droit) if NOM_DE_VARIABLE.search(mot)], ou
    assert told[True] > FOYERS_PAR_MOIS
    assert told[False] > FOYERS_PAR_MOIS


def test_every_line_of_a_sheet_that_counts_says_in_words_what_it_is():
    for prestation, fiche in fiches().items():
        for poste in fiche.postes:
            assert poste.libelle[0].isupper(), (prestation, poste.libelle)
            assert not NOM_DE_VARIABLE.search(poste.libelle), (prestation, poste.libelle)


def test_lines_without_a_text_are_counted(loi):
    """How many of the lines that count cite a text: it may only grow. docs/law.md gives the count."""
    mois = Mois(2025, 8)
    simulated = simulation(random_foyers(mois, FOYERS_PAR_MOIS, "décomptes"), mois)
    lignes = [
        ligne
        for fiche in fiches().values()
        for droit in explain(SimulationReading(simulated, mois), fiche)
        for ligne in droit.decompte.lignes
        if ligne.signe
    ]
    avec = sum(ligne.texte is not None for ligne in lignes)
    assert Decimal(avec) / len(lignes) >= PART_MINIMALE_AVEC_TEXTE, f"{avec} of {len(lignes)}"


PART_MINIMALE_AVEC_TEXTE = Decimal("0.5")


def _textes(droit):
    for refus in droit.refus:
        yield from (refus.condition, refus.trouve, refus.requis, refus.conseil)
    for ligne in droit.decompte.lignes:
        yield ligne.libelle
    yield from droit.doutes
