"""Write what docs/programs.md shows of real code, a small program and the methods that are replaced.

`python -m tools.program_docs` (`--check`: has it drifted?).
"""

from __future__ import annotations

import inspect
import textwrap

from guichet.law.columns import LASTING
from guichet.law.programs import patches
from guichet.law.programs.graph import CONSTANT, SCALAR, Node, value_of
from guichet.law.programs.program import Program
from guichet.law.programs.trace import random_inputs, random_shape, trace
from guichet.law.reference import system_for
from tools._page import DOCS, between, main

VARIABLE, YEAR = "ars_plafond", "2026"
BIRTHS = ("date_naissance", "ETERNITY")


def written(page: str) -> str:
    return between(between(page, "example", example()), "methods", methods())


def example() -> str:
    """The formula of `VARIABLE`, and its program when births alone are known."""
    system = system_for({BIRTHS[0]}, (VARIABLE,), young=False)
    shape = random_shape(20, 0)
    inputs = random_inputs(system, [BIRTHS], LASTING, shape, 0)
    program = trace(system, inputs, shape, lambda recorded: {VARIABLE: recorded.calculate(VARIABLE, YEAR)})
    formula = textwrap.dedent(inspect.getsource(system.variables[VARIABLE].get_formula(YEAR)))
    return f"```python\n{formula}```\n\n```mermaid\ngraph LR\n{_drawn(program)}```\n"


def _drawn(program: Program) -> str:
    lines = []
    for rank, node in enumerate(program.nodes):
        if node.op not in (CONSTANT, SCALAR):
            lines.append(f'  n{rank}["{_said(program, node)}"]\n')
            lines += [f"  n{arg} --> n{rank}\n" for arg in node.args if program.nodes[arg].op not in (CONSTANT, SCALAR)]
    return "".join(lines)


def _said(program: Program, node: Node) -> str:
    """An operation, with its constants where they stand."""
    if node.op == "input":
        return node.params[0]
    if node.op == "cast":
        return f"as {node.dtype.lstrip('<|')}"
    args = [program.nodes[arg] for arg in node.args]
    told = ["·" if arg.op not in (CONSTANT, SCALAR) else str(value_of(arg)) for arg in args]
    return f"{node.op} {' '.join([*told, *map(_of, node.params)])}".strip()


def _of(param: object) -> str:
    return ", ".join(map(str, param)) if isinstance(param, tuple) else str(param)


def methods() -> str:
    """The table of `patches.py`."""
    documented = inspect.getdoc(patches) or ""
    return "\n".join(line for line in documented.splitlines() if line.startswith("|")) + "\n"


if __name__ == "__main__":
    main(DOCS / "programs.md", written)
