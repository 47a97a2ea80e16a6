"""`python -m bench`: some five minutes, two tables."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from multiprocessing import get_context
from statistics import median
from typing import Any

from tqdm import tqdm

from bench import ours, stock
from bench.foyers import QUESTIONS, Question
from bench.serve import Server, openfisca_serve
from bench.stopwatch import pace
from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import LAST_CHECKED_MONTH, Mois

ROUNDS, ROUNDS_OF_A_BATCH = 5, 3
HOUSEHOLDS = 10_000
MEGABYTES = 600
BATCHES = {
    # Households a second: the budget of programs, and of the interpreter.
    "all benefits": (tuple(Prestation), 80_000, 5_000),
    "housing aid": ((Prestation.AIDE_LOGEMENT,), 500_000, None),
}


@dataclass
class Measure:
    """The milliseconds of one question at one month, one a round."""

    question: Question
    mois: Mois
    program: list[float] = field(default_factory=list)
    interpreter: list[float] = field(default_factory=list)
    calculate: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    serve: list[float] = field(default_factory=list)


@dataclass
class BatchMeasure:
    """The milliseconds of a population at one month, one a round; the highest memory of our processes, in MB."""

    mois: Mois
    name: str
    program: list[float] = field(default_factory=list)
    interpreter: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    memory: float = 0


def main() -> None:
    mois = (Mois(2013, 1), min(Mois.of(clock.today()), LAST_CHECKED_MONTH))
    with _one_core() as cores:
        print(_machine(cores))
        steps = len(mois) * ((ROUNDS + 1) * len(QUESTIONS) + ROUNDS_OF_A_BATCH * len(BATCHES))
        with tqdm(total=steps, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            batches = [batch for each in mois for batch in measured_batches(each, HOUSEHOLDS, ROUNDS_OF_A_BATCH, bar)]
            measures = measured(mois, QUESTIONS, ROUNDS, bar)
    print(
        table(measures),
        table_of_batches(batches, HOUSEHOLDS),
        f"\nTen million additions in Python, again: {pace():.2f} s",
        sep="\n",
    )


def measured(mois: tuple[Mois, ...], questions: tuple[Question, ...], rounds: int, bar: Any) -> list[Measure]:
    """Each question to each engine, once to warm it and then `rounds` times, in turn."""
    measures = [Measure(question, each) for each in mois for question in questions]
    with _process() as programs, _process() as interpreter, _process() as other, openfisca_serve() as server:
        for each in mois:
            programs.submit(ours.prepare, questions, each).result()
        situations = [interpreter.submit(ours.situation, one.question, one.mois).result() for one in measures]
        common_ones = [other.submit(stock.known, situation).result() for situation in situations]
        for turn in range(rounds + 1):
            for one, situation, common in zip(measures, situations, common_ones, strict=True):
                times = _one_turn(one, situation, common, (programs, interpreter, other), server)
                if turn:
                    lists = (one.program, one.interpreter, one.calculate, one.stock, one.serve)
                    for list_, value in zip(lists, times, strict=True):
                        list_.append(value)
                bar.update()
    return measures


def _one_turn(
    one: Measure, situation: Any, common: Any, processes: tuple[ProcessPoolExecutor, ...], server: Server
) -> tuple[float, ...]:
    programs, interpreter, other = processes
    variables, mois = one.question.variables, str(one.mois)
    by_program = programs.submit(ours.explain, one.question, one.mois).result()
    by_interpreter = interpreter.submit(ours.explain, one.question, one.mois).result()
    calculate, _ = interpreter.submit(ours.calculate, situation, variables, one.mois).result()
    theirs, amount = other.submit(stock.calculate, common, variables, mois).result()
    served, same_amount = server.calculate(common, variables, mois)
    # Of several variables, stock OpenFisca's amounts depend on which is asked first.
    if len(variables) == 1 and abs(amount - same_amount) >= 0.01:
        raise RuntimeError(f"{variables} {mois}: {amount} in process, {same_amount} through openfisca serve.")
    return by_program, by_interpreter, calculate, theirs, served


def measured_batches(mois: Mois, number: int, rounds: int, bar: Any) -> list[BatchMeasure]:
    """Benefits of a population, in turn, in processes that did nothing before."""
    measures = [BatchMeasure(mois, name) for name in BATCHES]
    with _process() as programs, _process() as interpreter, _process() as other, _process() as writer:
        groups, columns = writer.submit(ours.as_arrays, number, mois).result()
        for one in [one for _ in range(rounds) for one in measures]:
            prestations, _, with_interpreter = BATCHES[one.name]
            took, memory = programs.submit(ours.batch_by_program, number, mois, prestations).result()
            one.program.append(took)
            if with_interpreter:
                took, other_memory = interpreter.submit(ours.batch, number, mois).result()
                one.interpreter.append(took)
                memory = max(memory, other_memory)
            one.memory = max(memory, one.memory)
            one.stock.append(other.submit(stock.batch, groups, columns, list(prestations), str(mois)).result())
            bar.update()
    return measures


def table(measures: list[Measure]) -> str:
    """Medians; the ratios are those of the programs, lines included."""
    lines = [
        f"\nOne household, median milliseconds of the processor, {len(measures[0].program)} rounds; lines included, but",
        "for calculate, stock and serve. The interpreter's budget is for the longer of its two ways.\n",
        f"{'':21}{'programs':>9}{'budget':>12}{'interpreter':>13}{'calculate':>11}{'budget':>11}{'stock':>9}{'':>9}{'serve':>9}",
    ]
    for one in measures:
        lists = (one.program, one.interpreter, one.calculate, one.stock, one.serve)
        program, interpreter, calculate, theirs, served = map(median, lists)
        budget, without = one.question.budget, one.question.budget_without_program
        lines.append(
            f"{one.question.name:12} {one.mois}{program:9.2f}{budget:5.1f} {_held(program <= budget):6}"
            f"{interpreter:13.1f}{calculate:11.1f}{without:5.0f} {_held(max(interpreter, calculate) <= without):6}"
            f"{theirs:8.0f} x{theirs / program:7.0f}{served:9.0f} x{served / program:7.0f}"
        )
    return "\n".join(lines)


def table_of_batches(batches: list[BatchMeasure], number: int) -> str:
    lines = [
        f"\n{number:,} households, given as arrays but to the interpreter: households a second, median of "
        f"{len(batches[0].program)} rounds\n",
        f"{'':21}{'programs':>9}{'budget':>15}{'interpreter':>13}{'budget':>14}{'stock':>9}"
        f"{'':>8}{'our peak':>12}{'budget':>13}",
    ]
    for one in batches:
        _, budget, without = BATCHES[one.name]
        program, theirs = (number / median(times) * 1000 for times in (one.program, one.stock))
        interpreter = number / median(one.interpreter) * 1000 if one.interpreter else 0
        lines.append(
            f"{one.name:12} {one.mois!s}{program:10,.0f}{budget:8,} {_held(program >= budget):6}"
            + (f"{interpreter:13,.0f}{without:7,} {_held(interpreter >= without):6}" if without else " " * 27)
            + f"{theirs:9,.0f} x{program / theirs:6.0f}{one.memory:9,.0f} MB{MEGABYTES:6} {_held(one.memory < MEGABYTES):6}"
        )
    return "\n".join(lines)


def _held(yes: bool) -> str:
    return "held" if yes else "missed"


def _machine(cores: str) -> str:
    return (
        f"Ten million additions in Python: {pace():.2f} s (0.5 s or so on a quiet machine of 2024)\n"
        f"Guichet {version('guichet')} beside OpenFisca-France {version('openfisca-france')}, {clock.today()}\n"
        f"Python {platform.python_version()}, {platform.machine()}, {cores}; load {os.getloadavg()[0]:.1f}"
    )


@contextlib.contextmanager
def _one_core() -> Iterator[str]:
    """All that is started within runs on one core, where the system lets us choose; says which."""
    if not hasattr(os, "sched_setaffinity"):
        yield f"{os.cpu_count()} cores, not pinned"
        return
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(every)})
    try:
        yield f"pinned to one core of {len(every)}"
    finally:
        os.sched_setaffinity(0, every)


def _process() -> ProcessPoolExecutor:
    """A new interpreter, which imports only what it is asked for."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


if __name__ == "__main__":
    main()
