"""Programs on disk: whatever happens to the file, the right amount or none."""

from __future__ import annotations

import hashlib
import multiprocessing
import os

import numpy as np
import orjson
import pytest

from guichet.law.programs import store as stores
from guichet.law.programs.graph import Graph
from guichet.law.programs.program import Households, Input, Program
from guichet.law.programs.store import Store
from guichet.law.programs.trace import random_shape
from guichet.law.programs.traced import given

KEY = ("pay", "2013-01")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


@pytest.fixture
def program():
    graph = Graph()
    pay = given(graph, *KEY, np.array([1.0, 2.0], "float32"), "famille")
    since = given(graph, "since", "ETERNITY", np.array(["2001-01-01", "2020-02-02"], "datetime64[D]"), "famille")
    land = given(graph, "land", "2013-01", np.array([b"FR", b"XX"]), "famille")
    due = np.where((since < np.datetime64("2010-01-01")) & (land == b"FR"), pay * 2, np.float64(np.nan))
    inputs = {
        KEY: Input(pay.node, "<f4", "famille", 1.5),
        ("since", "ETERNITY"): Input(since.node, "<M8[D]", "famille", 10957),
        ("land", "2013-01"): Input(land.node, "|S2", "famille", "FR"),
    }
    return Program.of(graph, inputs, {("due", "mois"): (due.node, "famille")})


def amounts(program):
    return program.run({KEY: np.array([10, 20, 30], "float32")}, Households(random_shape(3, 0)))["due", "mois"].tolist()


def path_of(store):
    (path,) = store.folder.iterdir()
    return path


def test_what_is_kept_comes_back(store, program):
    store.save("foyer-2013-01", program)

    assert amounts(store.load("foyer-2013-01")) == amounts(program) == [20, 40, 60]
    assert store.load("foyer-2013-01").nodes == program.nodes


def test_what_is_not_there_is_none(store):
    assert store.load("foyer-2013-01") is None


@pytest.mark.parametrize(
    "damage",
    [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b.replace(b"multiply", b"subtract"), lambda b: b"\xff" * 50],
)
def test_a_damaged_file_is_as_none(store, program, damage):
    store.save("foyer-2013-01", program)
    path = path_of(store)
    path.write_bytes(damage(path.read_bytes()))

    assert store.load("foyer-2013-01") is None
    store.save("foyer-2013-01", program)
    assert amounts(store.load("foyer-2013-01")) == [20, 40, 60]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["nodes"][0].__setitem__(0, "__import__"),
        lambda content: content["nodes"][-1].__setitem__(1, [10_000, 0, 0]),
        lambda content: content["outputs"][0].__setitem__(2, 9_999),
        lambda content: content.pop("inputs"),
    ],
)
def test_a_file_that_is_no_program_runs_nothing(store, program, change):
    """Even well signed: the folder may be written by others."""
    store.save("foyer-2013-01", program)
    path = path_of(store)
    content = orjson.loads(path.read_bytes().partition(b"\n")[2])
    change(content)
    written = orjson.dumps(content)
    path.write_bytes(hashlib.sha256(written).hexdigest().encode() + b"\n" + written)

    assert store.load("foyer-2013-01") is None


def test_another_law_has_another_folder(tmp_path, monkeypatch, program):
    Store(tmp_path).save("foyer-2013-01", program)
    monkeypatch.setattr(stores, "law_digest", lambda: "another")

    assert Store(tmp_path).load("foyer-2013-01") is None


def test_a_kill_in_the_middle_leaves_no_half_file(store, program, monkeypatch):
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))

    with pytest.raises(KeyboardInterrupt):
        store.save("foyer-2013-01", program)

    assert list(store.folder.iterdir()) == []


def test_a_disk_that_refuses_costs_nothing_but_time(tmp_path, program):
    (tmp_path / "file").write_text("")
    refused = Store(tmp_path / "file")

    refused.save("foyer-2013-01", program)

    assert refused.load("foyer-2013-01") is None


def test_two_processes_at_once(store, program):
    """They write it again and again, until it was read fifty times."""
    forked = multiprocessing.get_context("fork")
    enough = forked.Event()
    writers = [forked.Process(target=_writes, args=(store, program, enough)) for _ in range(2)]
    for writer in writers:
        writer.start()
    seen = 0
    while seen < 50:
        read = store.load("foyer-2013-01")
        if read is not None:
            seen += 1
            assert amounts(read) == [20, 40, 60]
        assert all(writer.is_alive() for writer in writers)
    enough.set()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert amounts(store.load("foyer-2013-01")) == [20, 40, 60]


def _writes(store, program, enough):
    while not enough.is_set():
        store.save("foyer-2013-01", program)


@pytest.mark.parametrize("name", ["../secret", "foyer/2013", "", "Foyer", "a\0b"])
def test_a_name_stays_in_the_folder(store, name):
    with pytest.raises(ValueError, match="is not the name of a program"):
        store.load(name)
