"""A program made smaller for those of whom less is known: what is not given is a constant, and folds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from guichet.law.programs.graph import CONSTANT, INPUT, SCALAR, Graph
from guichet.law.programs.program import Program, function_of


def specialised(program: Program, given: Collection[tuple[str, str]], outputs: Collection[Any]) -> Program:
    """`program` for households of whom nothing but `given` is known, and of whom `outputs` are asked.

    It answers as `program` does, which is at the default where nothing is given.
    """
    graph = Graph()
    renumbered: list[int] = []
    for node in program.nodes:
        args = tuple(renumbered[arg] for arg in node.args)
        if node.op == INPUT and node.params not in given:
            renumbered.append(graph.constant(program.inputs[node.params].value))
        else:
            renumbered.append(_placed(graph, node, args))
    inputs = {
        key: known._replace(node=renumbered[known.node] if known.node >= 0 else -1)
        for key, known in program.inputs.items()
        if key in given
    }
    ends = {name: (renumbered[node], entity) for name, (node, entity) in program.outputs.items() if name in outputs}
    return Program.of(graph, inputs, ends)


def _placed(graph: Graph, node: Any, args: tuple[int, ...]) -> int:
    """The number in `graph` of `node` whose arguments are now `args`: folded, simplified, or as it is."""
    if node.op not in (CONSTANT, SCALAR, INPUT) and args and all(graph.is_constant(arg) for arg in args):
        folded = _folded(graph, node, args)
        if folded is not None:
            return folded
    simpler = graph.simplified(node.op, args, node.dtype, node.entity) if args else None
    return graph.add(node.op, args, node.params, node.dtype, node.entity) if simpler is None else simpler


def _folded(graph: Graph, node: Any, args: tuple[int, ...]) -> int | None:
    """The constant that an operation on constants gives, if it is the same whoever the households are."""
    function, needs_households = function_of(node)
    if needs_households:
        return _folded_over_households(graph, node, args)
    with np.errstate(all="ignore"):
        # On an array of one, as if it were a household's: a Python scalar still bends to the other's type.
        values = [graph.value(arg) for arg in args]
        result = function(np.full(1, values[0]), *values[1:]) if isinstance(values[0], np.generic) else function(*values)
    return graph.constant(np.asarray(result).astype(node.dtype).flat[0])


def _folded_over_households(graph: Graph, node: Any, args: tuple[int, ...]) -> int | None:
    value = graph.value(args[0])
    if node.op == "project":
        return args[0]
    if node.op == "sum_members" and value == 0:
        return graph.constant(np.float64(0))
    if node.op in ("of_role", "of_place", "reduce_members") and value == graph.value(args[1]):
        return graph.cast(args[0], node.dtype, node.entity)
    if node.op == "of_place" and node.params[1] == 0:  # there is always a first member
        return graph.cast(args[0], node.dtype, node.entity)
    return None
