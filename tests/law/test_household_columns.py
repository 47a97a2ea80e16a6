"""From households to arrays: those who are alike are read once, and nobody's facts become another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from menages import foyers

from guichet.domain.foyer import Nature, Ressource
from guichet.domain.vocabulaire import Euros, Mois
from guichet.law import columns
from guichet.law.facts import OF_FOYER, OF_PERSONS

MOIS = Mois(2026, 3)
FACTS = {fact.variable for fact in (*OF_PERSONS, *OF_FOYER)}


def test_only_the_facts_that_say_so_are_read_in_incomes():
    profit = Ressource(Nature.INDEPENDANT, Euros(500), MOIS - 3, MOIS)
    chomage = Ressource(Nature.CHOMAGE, Euros(500), MOIS - 3, MOIS)
    changed = set()
    for foyer in foyers(200, MOIS, seed=1):
        for personne in foyer.personnes:
            otherwise = replace(personne, naissance=date(1987, 6, 5), ressources=(profit, chomage))
            changed |= {fact.variable for fact in OF_PERSONS if fact.read(otherwise, MOIS) != fact.read(personne, MOIS)}
    assert changed == {fact.variable for fact in OF_PERSONS if fact.incomes}


def test_a_household_says_the_same_among_others_as_alone(loi):
    many = foyers(100, MOIS, seed=2)
    many += [replace(foyer, personnes=(replace(foyer.personnes[0], ressources=()), *foyer.personnes[1:])) for foyer in many]
    together = columns.columns_of(many, MOIS, loi)
    persons = 0
    for rank, foyer in enumerate(many):
        for (variable, period), alone in columns.columns_of([foyer], MOIS, loi).items():
            if variable not in FACTS:
                continue
            of_persons = loi.variables[variable].entity.is_person
            first, size = (persons, len(foyer.personnes)) if of_persons else (rank, 1)
            found = together[variable, period][first : first + size]
            assert np.array_equal(np.asarray(found), np.asarray(alone)), (variable, period)
        persons += len(foyer.personnes)
