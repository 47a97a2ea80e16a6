"""Machine code against NumPy: the same bits, operation by operation, and on groups that do not coincide."""

from __future__ import annotations

import multiprocessing

import numpy as np
import pytest
from menages import menages

from guichet.domain.vocabulaire import Mois
from guichet.law import columns
from guichet.law.columns import Groups
from guichet.law.programs import replay as module
from guichet.law.programs.compiled import Compiled
from guichet.law.programs.graph import Graph
from guichet.law.programs.machine import Uncompilable
from guichet.law.programs.program import Households, Input, Program
from guichet.law.programs.replay import Replay
from guichet.law.programs.trace import trace
from guichet.law.reference import system_for, whole_system

NUMBERS = {
    "<f4": np.array([0, -0.0, 1, -1, 2.5, -2.5, 0.1, 1e9, np.nan, np.inf, -np.inf, 3.4999999], "f4"),
    "<f8": np.array([0, -0.0, 1, -1, 2.5, -2.5, 0.1, 1e9, np.nan, np.inf, -np.inf, 1 / 3], "f8"),
    "<i4": np.array([0, 1, -1, 7, -7, 100, 3, 2, 12, -12, 5, 6], "i4"),
    "<i8": np.array([0, 1, -1, 7, -7, 100, 3, 2, 12, -12, 5, 6], "i8"),
    "<i2": np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "i2"),
    "|u1": np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "u1"),
    "|b1": np.array([0, 1] * 6, "?"),
    "<m8[D]": np.array([0, 1, -1, 365, 366, -365, 31, 30, -31, 10000, 7305, 59], "m8[D]"),
    "<M8[D]": np.array([0, 1, -1, 365, 366, -365, 31, 30, -31, 10000, 7305, 59], "M8[D]"),
}
BINARY = {
    "add": ("<f4", "<f8", "<i4", "<i8", "|b1", "<m8[D]"),
    "subtract": ("<f4", "<f8", "<i4", "<i8", "<m8[D]", "<M8[D]"),
    "multiply": ("<f4", "<f8", "<i4", "<i8", "|b1"),
    "divide": ("<f4", "<f8", "<m8[D]"),
    "floor_divide": ("<f4", "<f8"),
    "remainder": ("<i4", "<i8"),
    **dict.fromkeys(("maximum", "minimum"), ("<f4", "<f8", "<i4", "<i8", "<M8[D]")),
    **dict.fromkeys(("equal", "not_equal", "less", "greater_equal"), tuple(NUMBERS)),
    **dict.fromkeys(("logical_and", "logical_or", "bitwise_and", "bitwise_or"), ("|b1",)),
}
UNARY = {
    **dict.fromkeys(("floor", "ceil", "rint", "absolute", "negative", "isnan"), ("<f4", "<f8")),
    "logical_not": ("<f4", "<i4", "|b1"),
}
REDUCERS = {
    **dict.fromkeys(("<f4", "<f8", "<i4"), ("maximum", "minimum")),
    "|b1": ("logical_and", "logical_or"),
}

BENEFITS = ("aide_logement", "rsa", "af", "paje_base")


def persons(number):
    """As many households of one person."""
    groups = Groups(number, np.arange(number), np.zeros(number, int), ("demandeur",))
    return Households(dict.fromkeys(("famille", "foyer_fiscal", "menage"), groups))


def same(program, given, households):
    expected, found = program.run(given, households), Compiled(program).run(given, households)
    for name, values in expected.items():
        np.testing.assert_array_equal(found[name], values, err_msg=str(name))
        assert found[name].dtype == values.dtype


def of_inputs(*operations):
    """A program of operations (name, types, type of the result) on persons, one result each."""
    graph, inputs, outputs = Graph(), {}, {}
    for op, types, result in operations:
        args = []
        for rank, kind in enumerate(types):
            key = (kind, str(rank))
            node = graph.add("input", (), key, kind, "individu")
            inputs[key] = Input(node, kind, "individu", 0)
            args.append(node)
        outputs[op, *types] = graph.add(op, tuple(args), (), result, "individu"), "individu"
    return Program.of(graph, inputs, outputs)


def pairs(kinds):
    """Each value of a type beside each of the same type."""
    return {
        (kind, str(rank)): np.ascontiguousarray(grid.ravel())
        for kind in kinds
        for rank, grid in enumerate(np.meshgrid(NUMBERS[kind], NUMBERS[kind]))
    }


def test_each_operation_of_two_values():
    kinds = [(op, kind) for op, types in BINARY.items() for kind in types]
    with np.errstate(all="ignore"):
        results = [getattr(np, op)(NUMBERS[kind][:1], NUMBERS[kind][:1]).dtype for op, kind in kinds]
    program = of_inputs(*((op, (kind, kind), result) for (op, kind), result in zip(kinds, results, strict=True)))

    same(program, pairs(NUMBERS), persons(len(NUMBERS["<f4"]) ** 2))


def test_each_operation_of_one_value():
    kinds = [(op, kind) for op, types in UNARY.items() for kind in types]
    program = of_inputs(*((op, (kind,), getattr(np, op)(NUMBERS[kind]).dtype) for op, kind in kinds))

    same(program, pairs(NUMBERS), persons(len(NUMBERS["<f4"]) ** 2))


@pytest.mark.parametrize("target", ["<f4", "<f8", "<i4", "<i8", "|b1"])
def test_each_cast(target):
    """Of numbers that the other type has: of the others, NumPy itself says nothing."""
    sources = [kind for kind in NUMBERS if kind[1] not in "mM" and kind != target]
    given = {(kind, "0"): np.nan_to_num(NUMBERS[kind], posinf=5, neginf=-5) for kind in sources}

    same(of_inputs(*(("cast", (kind,), target) for kind in sources)), given, persons(12))


@pytest.mark.parametrize("unit", ["M", "Y"])
def test_days_in_whole_months_and_years(unit):
    days = np.arange(-3000, 40_000).astype("m8[D]")

    same(of_inputs(("cast", ("<m8[D]",), f"<m8[{unit}]")), {("<m8[D]", "0"): days}, persons(len(days)))


def test_a_table():
    graph = Graph()
    rank = graph.add("input", (), ("rank", ""), "<i8", "individu")
    end = graph.add("take", (rank,), ((1.5, "nan", 3.25),), "<f8", "individu")
    program = Program.of(graph, {("rank", ""): Input(rank, "<i8", "individu", 0)}, {"found": (end, "individu")})

    same(program, {("rank", ""): np.array([0, 1, 2, -1, -3, 2, 0, 1, 2])}, persons(9))


@pytest.mark.parametrize(
    ("kind", "option", "factor"),
    [("marginal_rate", None, True), ("single_amount", False, False), ("single_amount", True, False)],
)
def test_a_scale(kind, option, factor):
    graph = Graph()
    base = graph.add("input", (), ("base", ""), "<f8", "individu")
    args = (base, graph.constant(np.float64(1.3))) if factor else (base,)
    params = (kind, (0.0, 100.0, 250.5), (0.1, 0.25, 0.5), option)
    end = graph.add("scale", args, params, "<f8", "individu")
    program = Program.of(graph, {("base", ""): Input(base, "<f8", "individu", 0)}, {"due": (end, "individu")})
    given = {("base", ""): np.array([0, 1, 99.99, 100, 130, 250.5, 325.65, 1e6, -3])}

    expected, found = program.run(given, persons(9)), Compiled(program).run(given, persons(9))

    # NumPy leaves the order of this sum to a library.
    np.testing.assert_allclose(found["due"], expected["due"], rtol=1e-14)


def test_each_operation_on_members():
    """Of groups whose members do not follow one another, with more sums than a register has values."""
    shape = menages(150, Mois(2026, 11), 11, whole_system()).shape
    graph, inputs, outputs = Graph(), {}, {}
    for kind in ("<f4", "<f8", "<i4", "|b1"):
        for rank in range(3):
            node = graph.add("input", (), (kind, str(rank)), kind, "individu")
            inputs[kind, str(rank)] = Input(node, kind, "individu", 0)
            nobody = graph.constant(np.zeros(1, kind)[0])
            for op, args, params, result in [
                *(("sum_members", (node,), ("famille", which), "<f8") for which in (None, ("enfant",))),
                ("sum_members", (node,), ("menage", None), "<f8"),
                *(("reduce_members", (node, nobody), ("famille", None, how), kind) for how in REDUCERS[kind]),
                *(
                    ("of_role", (node, nobody), ("foyer_fiscal", (role,)), kind)
                    for role in ("conjoint", "declarant_principal")
                ),
                ("of_place", (node, nobody), ("menage", 1), kind),
            ]:
                outputs[kind, rank, op, params] = graph.add(op, args, params, result, params[0]), params[0]
    persons = len(shape["famille"].ranks)
    given = {key: np.resize(np.roll(NUMBERS[key[0]], 5 * int(key[1])), persons) for key in inputs}

    with np.errstate(all="ignore"):
        same(Program.of(graph, inputs, outputs), given, Households(shape))


@pytest.mark.parametrize("mois", [Mois(2013, 1), Mois(2026, 11)], ids=str)
def test_families_that_differ_from_tax_households_and_dwellings(mois):
    drawn = menages(150, mois, 11, whole_system())
    inputs = {key: values for key, values in drawn.arrays.items() if isinstance(key[1], str)}
    system = system_for(columns.given(inputs), BENEFITS, young=False)
    asked = [(name, str(mois)) for name in BENEFITS]
    program = trace(system, inputs, drawn.shape, lambda recorded: {each: recorded.calculate(*each) for each in asked})

    expected, found = program.run(inputs, Households(drawn.shape)), Compiled(program).run(inputs, Households(drawn.shape))

    for each in asked:
        np.testing.assert_array_equal(found[each], expected[each])
        assert np.count_nonzero(found[each]) > 5


def test_what_has_no_words_is_refused():
    program = of_inputs(("power", ("<f8", "<f8"), "<f8"))

    with pytest.raises(Uncompilable, match="power of float64"):
        Compiled(program)


def test_numpy_answers_until_the_machine_code_is_there(monkeypatch):
    monkeypatch.setattr(module, "WORTH_COMPILING", 3)
    monkeypatch.setattr(module, "HOUSEHOLDS_OF_A_REPLAY", 10)
    replay, given = Replay(of_inputs(("floor", ("<f8",), "<f8"))), pairs(["<f8"])

    replay.run(given, persons(1))
    replay.ready()
    assert not replay.is_compiled
    by_numpy = replay.run(given, persons(144))
    replay.ready()

    assert replay.is_compiled
    np.testing.assert_array_equal(replay.run(given, persons(144))["floor", "<f8"], by_numpy["floor", "<f8"])


def test_what_is_not_compiled_still_answers(monkeypatch):
    monkeypatch.setattr(module, "WORTH_COMPILING", 1)
    replay = Replay(of_inputs(("power", ("<f8", "<f8"), "<f8")))
    given = {("<f8", "0"): np.array([2.0]), ("<f8", "1"): np.array([3.0])}
    for _ in range(2):
        assert replay.run(given, persons(1))["power", "<f8", "<f8"] == [8]
        replay.ready()

    assert not replay.is_compiled


def test_a_forked_process_compiles_too(monkeypatch):
    monkeypatch.setattr(module, "WORTH_COMPILING", 1)
    with module._turn.lock:  # somebody compiles while we fork
        child = multiprocessing.get_context("fork").Process(target=_compiles)
        child.start()
        child.join(60)

    assert child.exitcode == 0


def _compiles():
    replay = Replay(of_inputs(("floor", ("<f8",), "<f8")))
    replay.run({("<f8", "0"): np.array([2.5])}, persons(1))
    replay.ready()
    assert replay.is_compiled
