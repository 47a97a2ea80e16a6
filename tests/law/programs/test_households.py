"""Programs against the interpreter: everything that the sheets read, on 24 000 random households at 12 dates."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from menages import DATES, foyers

from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois
from guichet.law import columns
from guichet.law import foyers as inside
from guichet.law.decomptes import fiches
from guichet.law.explain import SimulationReading
from guichet.law.lean import LeanSimulation
from guichet.law.programs import control, replay
from guichet.law.programs import library as libraries
from guichet.law.programs.compiled import Compiled
from guichet.law.programs.fold import specialised
from guichet.law.programs.library import MANY, Library, record
from guichet.law.programs.program import Households
from guichet.law.reference import system_for, whole_system

HOUSEHOLDS = 2000
EXISTS = {
    Prestation.PPA: (Mois(2016, 1), DATES[-1]),
    Prestation.PAJE_CLCA: (DATES[0], Mois(2017, 11)),
    Prestation.PAJE_PREPARE: (Mois(2015, 1), DATES[-1]),
}
RARE = {Prestation.PAJE_NAISSANCE: 4, Prestation.PAJE_CLCA: 15, Prestation.PAJE_PREPARE: 12, Prestation.PAJE_CMG: 90}
TOLERANCE = 0.005


def read_by_openfisca(tires, arrays, mois, wanted):
    loi = system_for(columns.given(arrays), (), young=False)
    reading = SimulationReading(columns.filled(loi, columns.shape_of(tires), arrays, LeanSimulation), mois)
    values = {each: np.asarray(reading.value(*each)).astype(float) for each in wanted}
    reading.simulation.forget()
    return values


def assert_same(expected, found):
    for each, values in expected.items():
        gap = np.abs(values - found[each].astype(float))
        gap[np.isnan(values) & np.isnan(found[each].astype(float))] = 0
        assert np.nanmax(gap, initial=0) <= TOLERANCE, f"{each}: rows {np.flatnonzero(gap > TOLERANCE)[:5]}"


@pytest.mark.parametrize("mois", DATES, ids=str)
def test_every_amount_and_every_line(mois):
    universal = record((mois, True), (40,)), record((mois, False), (40,))
    tires = foyers(HOUSEHOLDS, mois, 5)
    paid = dict.fromkeys(fiches(), 0)
    for program, some in zip(universal, _with_and_without_rsa(tires, mois), strict=True):
        arrays = columns.columns_of(some, mois, whole_system())
        assert arrays.keys() <= program.inputs.keys()
        expected = read_by_openfisca(some, arrays, mois, program.outputs)
        households = Households(columns.shape_of(some))
        found = Compiled(program).run(arrays, households)
        assert_same(expected, found)
        by_numpy = program.run(arrays, households)
        assert all(np.array_equal(by_numpy[each], found[each], equal_nan=True) for each in by_numpy)
        for benefit, fiche in fiches().items():
            paid[benefit] += np.count_nonzero(found.get((fiche.montant, "mois"), 0))
    assert not {benefit: number for benefit, number in paid.items() if number < _wanted(benefit, mois)}


def _wanted(benefit, mois):
    """How many of the households must be paid: 100 of each benefit over the dates where it exists."""
    first, last = EXISTS.get(benefit, (DATES[0], DATES[-1]))
    if not first <= mois <= last or (benefit is Prestation.ARS and mois.numero != 8):
        return 0
    return RARE.get(benefit, 100)


def _with_and_without_rsa(tires, mois):
    with_rsa = [
        foyer
        for foyer in tires
        if ("rsa_socle_seul", str(mois - 1)) not in columns.columns_of([foyer], mois, whole_system())
    ]
    assert with_rsa
    return with_rsa, [foyer for foyer in tires if foyer not in with_rsa]


@pytest.mark.parametrize("mois", [Mois(2013, 1), Mois(2026, 11)], ids=str)
def test_a_smaller_program_answers_as_the_universal_one(recorded, mois):
    """One household at a time, so that each has a program of its own."""
    universal, answered = recorded((mois, False)), 0
    for foyer in foyers(25, mois, 6):
        arrays = columns.columns_of([foyer], mois, whole_system())
        if arrays.keys() <= universal.inputs.keys():
            households = Households(columns.shape_of([foyer]))
            smaller = specialised(universal, arrays.keys(), universal.outputs)
            expected = universal.run(arrays, households)
            found = smaller.run(arrays, households)
            answered += 1
            assert len(smaller.steps) < len(universal.steps)
            assert all(np.array_equal(expected[each], found[each], equal_nan=True) for each in expected)
    assert answered > 12
    compiled = Compiled(smaller).run(arrays, households)
    assert all(np.array_equal(found[each], compiled[each], equal_nan=True) for each in found)


@pytest.fixture(scope="module")
def recorded():
    """Universal programs, each recorded once for all the tests."""
    return functools.cache(record)


@pytest.fixture
def library(monkeypatch, recorded):
    fresh = Library()
    monkeypatch.setattr(libraries, "record", recorded)
    monkeypatch.setattr(inside, "PROGRAMS", fresh)
    return fresh


def test_the_answer_never_depends_on_the_path(library, monkeypatch):
    """The interpreter; the universal program; a smaller one; its machine code; all at once or one by one; in any order."""
    monkeypatch.setattr(replay, "WORTH_COMPILING", 2)
    mois = Mois(2026, 11)
    tires = foyers(15, mois, 7)
    by_the_interpreter = inside.droits(tires, mois, None)
    library.build(mois)

    for _ in range(3):
        assert inside.droits(tires, mois, None) == by_the_interpreter
        assert [inside.droits([foyer], mois, None)[0] for foyer in tires] == by_the_interpreter
        library.ready()
    assert any(program.is_compiled for program in library._smaller.values())
    assert inside.droits(tires[::-1], mois, None)[::-1] == by_the_interpreter


def test_many_households_wait_for_their_program(library, monkeypatch):
    paths = []
    monkeypatch.setattr(control, "_watchers", [paths.append])
    mois = Mois(2026, 11)
    library.build(mois)

    inside.droits(foyers(MANY, mois, 7), mois, None)

    assert paths == ["program"]


def test_many_households_are_answered_by_a_program_that_knows_more(library):
    mois = Mois(2026, 11)
    tires = foyers(200, mois, 7)
    library.build(mois)
    inside.droits(tires, mois, None)
    made = list(library._smaller)
    assert len(made) == 1

    fewer = inside.droits(tires[:MANY], mois, None)

    assert list(library._smaller) == made
    assert fewer == inside.droits(tires, mois, None)[:MANY]


def test_memory_is_bounded(library, monkeypatch):
    monkeypatch.setattr(libraries, "UNIVERSAL_IN_MEMORY", 2)
    monkeypatch.setattr(libraries, "SMALLER_IN_MEMORY", 3)
    mois = Mois(2026, 11)
    library.build(mois)
    for foyer in foyers(8, mois, 8):
        for _ in range(2):
            inside.droits([foyer], mois, None)
            library.ready()

    assert len(library._universal) <= 2
    assert len(library._smaller) <= 3
    assert len(library._asked) <= 3
