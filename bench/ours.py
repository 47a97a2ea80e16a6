"""Our engine, for a process of its own; and the same households in OpenFisca's words, for the other two."""

from __future__ import annotations

import functools
import resource
import sys
from typing import Any

from bench.foyers import Question, population
from bench.stopwatch import timed
from guichet import law
from guichet.domain.droits import Prestation
from guichet.domain.foyer import Role
from guichet.domain.vocabulaire import Mois

Situation = dict[str, dict[str, dict[str, Any]]]
GROUPS = {
    "famille": ("familles", ("parents", "parents", "enfants")),
    "foyer_fiscal": ("foyers_fiscaux", ("declarants", "declarants", "personnes_a_charge")),
    "menage": ("menages", ("personne_de_reference", "conjoint", "enfants")),
}


QUESTIONS_BEFORE_CODE = 30
"""Questions after which a program is compiled."""
HOUSEHOLDS_OF_AN_ARRAY = 5000


def prepare(questions: tuple[Question, ...], mois: Mois) -> None:
    """Programs at `mois`, compiled, for these questions."""
    from guichet.law import foyers

    law.build_programs(mois)
    for _ in range(2):  # the programs, then their code
        for question in questions:
            for _ in range(QUESTIONS_BEFORE_CODE):
                law.droits([question.foyer(mois)], mois, question.prestations)
        foyers.PROGRAMS.ready()


def calculate(situation: Situation, variables: tuple[str, ...], mois: Mois) -> tuple[float, float]:
    """Milliseconds and total, as one asks in OpenFisca's words: the interpreter answers."""
    took, answer = timed(lambda: law.calculate(situation, variables, str(mois)))
    return took, sum(float(answer[variable]) for variable in variables)


def explain(question: Question, mois: Mois) -> float:
    """Milliseconds, as a page of the site asks: with the lines of each amount."""
    return timed(lambda: law.droits([question.foyer(mois)], mois, question.prestations))[0]


def batch(number: int, mois: Mois) -> tuple[float, float]:
    """All benefits of a population by the interpreter: milliseconds, and the peak memory of this process, in MB."""
    foyers = population(number, mois)
    took, _ = timed(lambda: law.montants(foyers, mois))
    return took, _memory()


def batch_by_program(number: int, mois: Mois, prestations: tuple[Prestation, ...]) -> tuple[float, float]:
    """Milliseconds of a compiled program for a population given as arrays, and the peak memory, in MB."""
    from guichet.law.programs.program import Households

    program, batches = _program(number, mois, prestations)
    took, _ = timed(lambda: [program.run(arrays, Households(shape)) for arrays, shape in batches])
    return took, _memory()


@functools.cache
def _program(number: int, mois: Mois, prestations: tuple[Prestation, ...]) -> tuple[Any, list[Any]]:
    from guichet.law import columns, foyers
    from guichet.law.decomptes import fiches
    from guichet.law.programs.program import Households
    from guichet.law.reference import whole_system

    households = population(number, mois)
    batches = []
    for begin in range(0, number, HOUSEHOLDS_OF_AN_ARRAY):
        some = households[begin : begin + HOUSEHOLDS_OF_AN_ARRAY]
        batches.append((columns.columns_of(some, mois, whole_system()), columns.shape_of(some)))
    law.build_programs(mois)
    read = frozenset().union(*(fiches()[prestation].read_for_montant for prestation in prestations))
    inputs = batches[0][0].keys()
    foyers.PROGRAMS.program_for(mois, inputs, read, number)
    foyers.PROGRAMS.ready()
    program = foyers.PROGRAMS.program_for(mois, inputs, read, number)
    if program is None or any(arrays.keys() != inputs for arrays, _ in batches):
        raise RuntimeError(f"{mois}: no program for these households.")
    program.run(batches[0][0], Households(batches[0][1]))
    program.ready()
    return program, batches


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def situation(question: Question, mois: Mois) -> Situation:
    """The household of `question`, with all that we compute from."""
    from guichet.law.reference import whole_system

    personnes = question.foyer(mois).personnes
    names = [f"personne {rank}" for rank in range(len(personnes))]
    written: Situation = {"individus": {name: {} for name in names}}
    for plural, roles in GROUPS.values():
        written[plural] = {"_": {}}
        for name, personne in zip(names, personnes, strict=True):
            written[plural]["_"].setdefault(roles[list(Role).index(personne.role)], []).append(name)
    for (variable, period), values in _inputs([question.foyer(mois)], mois).items():
        instances = written[whole_system().variables[variable].entity.plural].values()
        for instance, value in zip(instances, values.tolist(), strict=True):
            instance.setdefault(variable, {})[period] = value
    return written


def as_arrays(number: int, mois: Mois) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """A population as arrays: the group and the role of each person, by entity; the inputs, by variable and period."""
    from guichet.law import columns

    foyers = population(number, mois)
    groups = {key: (group.ranks, group.texts) for key, group in columns.shape_of(foyers).items()}
    return groups, _inputs(foyers, mois)


def _inputs(foyers: list[Any], mois: Mois) -> dict[tuple[str, str], Any]:
    """Our inputs, in types that any process and JSON can read: choices by their names, dates as texts."""
    from guichet.law import columns
    from guichet.law.reference import whole_system

    return {key: _readable(values) for key, values in columns.columns_of(foyers, mois, whole_system()).items()}


def _readable(values: Any) -> Any:
    if hasattr(values, "decode_to_str"):
        return values.decode_to_str()
    return values.astype(str) if values.dtype.kind == "M" else values
