"""What an array remembers, and what it refuses to do."""

from __future__ import annotations

import numpy as np
import pytest

from guichet.law.programs.graph import Graph
from guichet.law.programs.program import Households, Program
from guichet.law.programs.trace import random_shape
from guichet.law.programs.traced import Untraceable, given, plain


@pytest.fixture
def graph():
    return Graph()


@pytest.fixture
def pay(graph):
    return given(graph, "pay", "2013-01", np.array([0.0, 1200.0, 3000.25], "float32"), "famille")


def names(graph):
    return [node.op for node in graph.nodes]


def test_an_operation_is_done_and_written_down(graph, pay):
    taxed = np.maximum(pay * 0.5 - 100, 0)

    assert plain(taxed).tolist() == [0.0, 500.0, 1400.125]
    assert taxed.dtype == "float32"
    assert names(graph) == ["input", "scalar", "multiply", "scalar", "subtract", "scalar", "maximum"]


def test_equal_operations_are_one(graph, pay):
    assert (pay * 2 + 1).node == (1 + 2 * pay).node


def test_what_needs_no_household_is_computed_once(graph, pay):
    nothing = np.zeros_like(pay)

    assert graph.value((nothing + 3.0).node) == 3
    assert (pay + nothing).node == pay.node
    assert graph.value((pay * nothing).node) == 0


def test_zero_times_infinity_is_not_simplified(graph):
    infinite = given(graph, "x", "2013-01", np.array([np.inf], "float32"), "famille")

    assert not graph.is_constant((infinite * 0).node)


def test_one_and_one_point_zero_are_two_constants(graph):
    assert graph.constant(1) != graph.constant(1.0) != graph.constant(True)
    assert graph.dtype(graph.constant(np.float64(1))) == "float64"


def test_a_choice_by_condition(graph, pay):
    cut = pay.copy()
    cut[pay > 2000] = 2000

    assert plain(cut).tolist() == [0.0, 1200.0, 2000.0]
    assert graph.nodes[cut.node].op == "where"
    assert graph.nodes[pay.node].op == "input"


def test_the_first_condition_that_holds(graph, pay):
    band = np.select([pay > 2000, pay > 1000], [2, 1], 0)

    assert plain(band).tolist() == [0, 1, 2]


@pytest.mark.parametrize("decimals", [2, 0, -2])
def test_rounding_is_that_of_numpy_bit_by_bit(graph, decimals):
    values = np.random.default_rng(1).uniform(-3000, 3000, 5000).astype("float32")
    x = given(graph, "x", "2013-01", values, "famille")

    assert np.array_equal(plain(np.round(x, decimals)), np.round(values, decimals))


@pytest.mark.parametrize(
    ("forbidden", "named"),
    [
        (lambda x: 1 if x[0] > 0 else 2, "read at some of its places"),
        (lambda x: 1 if (x > 0).any() else 2, "a branch on data: any()"),
        (bool, "a branch on data"),
        (list, "a loop over households"),
        (lambda x: x.sum(), "sum() over households"),
        (np.sort, "numpy.sort"),
        (np.add.reduce, "add.reduce"),
        (np.sin, "sin"),
        (lambda x: x + np.array([1, 2, 3]), "an array made outside of what is recorded"),
        (lambda x: x[1:] + 1, "read at some of its places"),
        (lambda x: x.astype(str), "astype"),
        (lambda x: x + given(x.graph, "y", "2013-01", np.ones(3), "menage"), "arrays of famille and menage"),
    ],
)
def test_what_cannot_hold_for_every_household_is_refused_by_name(pay, forbidden, named):
    with pytest.raises(Untraceable) as refused:
        forbidden(pay)

    assert named in str(refused.value)


def test_a_program_runs_on_other_households(graph, pay):
    program = Program.of(graph, {}, {"cut": (np.minimum(pay * 2, 100.0).node, "famille")})
    shape = random_shape(4, 1)
    (reads,) = [rank for rank, node in enumerate(program.nodes) if node.op == "input"]

    program = Program.ready(program.nodes, {("pay", "2013-01"): _input(reads)}, program.outputs)

    given_pay = {("pay", "2013-01"): np.array([1, 20, 50, 70], "float32")}
    assert program.run(given_pay, Households(shape))["cut"].tolist() == [2, 40, 100, 100]
    assert program.run({}, Households(shape))["cut"].tolist() == [6, 6, 6, 6]


def _input(node):
    from guichet.law.programs.program import Input

    return Input(node, "<f4", "famille", 3.0)
