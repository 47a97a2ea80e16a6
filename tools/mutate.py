"""`make mutate`: are the test households good enough to notice a wrong program?

First, what the test households reach: both arms of each choice, both answers of each comparison, each row of each table.

A deliberate fault is put into the universal program of a month: an operator swapped, the arms of a choice exchanged, a
constant moved. A fault that changes an amount or a line for one of many households must change one for the households
of the tests (`tests/law/programs/test_households.py`). Prints the share that does; exits 1 under 95 %.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "law"))

from menages import foyers

from guichet.domain.vocabulaire import Mois
from guichet.law import columns
from guichet.law.programs.graph import CONSTANT, SCALAR, Node
from guichet.law.programs.library import record
from guichet.law.programs.program import Households, Program
from guichet.law.reference import whole_system

MONTHS = (Mois(2013, 1), Mois(2019, 9), Mois(2026, 11))
FAULTS_OF_A_MONTH = 150
TEST_SEED, TESTED, MANY = 5, 2000, 10_000
WANTED = 0.95
COMPARISONS = frozenset(("equal", "not_equal", "less", "less_equal", "greater", "greater_equal"))
SWAPPED = {
    **{"add": "subtract", "subtract": "add", "multiply": "add", "divide": "multiply"},
    **{"maximum": "minimum", "minimum": "maximum", "logical_and": "logical_or", "logical_or": "logical_and"},
    **{"bitwise_and": "bitwise_or", "bitwise_or": "bitwise_and", "greater": "less_equal", "less": "greater_equal"},
    **{"greater_equal": "less", "less_equal": "greater", "equal": "not_equal", "not_equal": "equal"},
    **{"floor": "ceil", "rint": "floor"},
}


def main() -> int:
    chance = random.Random(1)
    changed = caught = 0
    for mois in MONTHS:
        program = record((mois, False))
        tests, many = _drawn(TESTED, mois, TEST_SEED), _drawn(MANY, mois, 99)
        print(f"{mois}: {reached(program, *tests)}")
        expected = [program.run(*drawn) for drawn in (tests, many)]
        faulty = chance.sample([rank for rank, node in enumerate(program.nodes) if _can_fail(node)], FAULTS_OF_A_MONTH)
        for rank in tqdm(faulty, desc=str(mois), disable=not sys.stderr.isatty()):
            wrong = _with_a_fault(program, rank, chance)
            try:
                is_caught = _differs(wrong.run(*tests), expected[0])
            except (TypeError, IndexError):  # dates that are added, a row that no table has: NumPy notices
                continue
            caught += is_caught
            changed += is_caught or _differs(wrong.run(*many), expected[1])
            if not is_caught and _differs(wrong.run(*many), expected[1]):
                print(f"{mois}: not caught: {program.nodes[rank]}")
    print(f"{caught} faults caught of {changed} that change something ({caught / changed:.1%}), {WANTED:.0%} wanted")
    return int(caught < WANTED * changed)


def reached(program: Program, given: Any, households: Households) -> str:
    """How many choices, comparisons and rows of tables these households use, of how many."""
    seen = {"choices": [0, 0], "comparisons": [0, 0], "rows of tables": [0, 0]}
    ends = {number: (number, node.entity) for number, node in enumerate(program.nodes) if node.entity}
    values = Program.ready(program.nodes, program.inputs, ends).run(given, households)
    for number, node in enumerate(program.nodes):
        if node.op == "where" and node.args[0] in values:
            _count(seen["choices"], len(np.unique(values[node.args[0]])), 2)
        elif node.op in COMPARISONS and number in values:
            _count(seen["comparisons"], len(np.unique(values[number])), 2)
        elif node.op == "take" and node.args[0] in values:
            rows = [row for row in range(len(node.params[0])) if node.params[0][row] != "nan"]
            _count(seen["rows of tables"], len(set(rows) & set(np.unique(values[node.args[0]]).tolist())), len(rows))
    return ", ".join(f"{used} of {all_of_them} {what}" for what, (used, all_of_them) in seen.items())


def _count(count: list[int], used: int, all_of_them: int) -> None:
    """Of a choice or a comparison, one arm is always used: what counts is the other one."""
    alone = all_of_them == 2
    count[0] += used - alone
    count[1] += all_of_them - alone


def _drawn(number: int, mois: Mois, seed: int) -> tuple[Any, Households]:
    drawn = [foyer for foyer in foyers(number, mois, seed) if not _has_rsa(foyer, mois)]
    return columns.columns_of(drawn, mois, whole_system()), Households(columns.shape_of(drawn))


def _has_rsa(foyer: Any, mois: Mois) -> bool:
    return ("rsa_socle_seul", str(mois - 1)) not in columns.columns_of([foyer], mois, whole_system())


def _can_fail(node: Node) -> bool:
    numeric = np.dtype(node.dtype).kind in "fi"
    return node.op in SWAPPED or node.op == "where" or (node.op in (CONSTANT, SCALAR) and numeric)


def _with_a_fault(program: Program, rank: int, chance: random.Random) -> Program:
    node = program.nodes[rank]
    if node.op in (CONSTANT, SCALAR):
        value = float(node.params[0])
        moved = value * chance.choice((1.02, 0.98)) if value else 1.0
        wrong = node._replace(params=(round(moved + 1) if np.dtype(node.dtype).kind == "i" else moved,))
    elif node.op == "where":
        wrong = node._replace(args=(node.args[0], node.args[2], node.args[1]))
    else:
        boolean = np.dtype(node.dtype).kind == "b"  # which NumPy does not subtract
        wrong = node._replace(op="multiply" if boolean and node.op == "add" else SWAPPED[node.op])
    nodes = (*program.nodes[:rank], wrong, *program.nodes[rank + 1 :])
    return Program.ready(nodes, program.inputs, program.outputs)


def _differs(found: dict[Any, Any], expected: dict[Any, Any]) -> bool:
    return any(
        not np.allclose(found[name].astype(float), values.astype(float), rtol=0, atol=0.005, equal_nan=True)
        for name, values in expected.items()
    )


if __name__ == "__main__":
    sys.exit(main())
