"""Tables and questions are two doors of one law: the same cents, in any chunks, any format, any processes."""

from __future__ import annotations

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pytest
from populations import as_questions, as_tables, population, written

from guichet.domain.vocabulaire import Mois
from guichet.law import calculate_many
from guichet.law.tables import cutting
from guichet.operations import tables as operation

FAMILLES = ("rsa", "aide_logement", "ppa", "af", "paje_base")


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(cutting, "PERSONS", 40)
    monkeypatch.setattr(operation, "ROWS_READ", 31)
    monkeypatch.setattr(operation, "BYTES_READ", 20_000)


def answered(folder, mois, variables, executor=None, out="reponse.parquet", loi="guichet"):
    file = folder / out
    operation.Population(folder, str(mois), variables, loi).write(file, executor)
    return (pyarrow.csv.read_csv if out.endswith("csv") else pyarrow.parquet.read_table)(file)


def dwelling_of(drawn, entity):
    """The dwelling of each group, in the order of the rows of its table."""
    ranks = drawn.shape[entity].ranks
    _, firsts = np.unique(ranks, return_index=True)
    return drawn.shape["menage"].ranks[np.sort(firsts)]


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(
    ("mois", "elliptical", "suffix"),
    [("2026-11", False, "parquet"), ("2026-10", True, "csv"), ("2013-01", True, "parquet"), ("2016-10", False, "csv")],
)
def test_the_same_cents_as_questions(tmp_path, mois, elliptical, suffix):
    drawn = population(60, Mois.parse(mois), 4, elliptical=elliptical)
    expected = calculate_many(as_questions(drawn, FAMILLES, as_ages=elliptical))
    folder = written(tmp_path / "tables", as_tables(drawn, as_ages=elliptical), suffix)
    answer = answered(folder, mois, FAMILLES, out=f"reponse.{suffix}")
    assert answer.column_names == ["famille_id", *FAMILLES]
    assert [int(text) for text in answer["famille_id"].to_pylist()] == list(range(60))
    dwellings = dwelling_of(drawn, "famille")
    familles = np.bincount(dwellings)
    for name in FAMILLES:
        sums = np.bincount(dwellings, answer[name].to_numpy())
        told = np.array([answer[name] for answer in expected])
        gaps = np.abs(sums - told)
        assert gaps[familles == 1].max() < 1e-9, name
        assert gaps.max() < 0.011, name  # two families are rounded each, then summed
        assert told.any() or (name == "ppa" and mois < "2016-01")


def test_several_entities_are_told_by_family(tmp_path):
    drawn = population(40, Mois(2026, 11), 7)
    folder = written(tmp_path / "tables", as_tables(drawn))
    together = answered(folder, "2026-11", ["af", "aah", "loyer", "nb_parents", "etudiant"])
    assert together.column_names == ["famille_id", "af", "aah", "loyer", "nb_parents", "etudiant"]
    aah = answered(folder, "2026-11", ["aah", "etudiant"])
    assert aah["individu_id"].to_pylist()[:2] == ["p0", "p1"]
    familles = drawn.shape["famille"].ranks
    assert together["aah"].to_numpy() == pytest.approx(np.bincount(familles, aah["aah"].to_numpy()))
    etudiants = np.bincount(familles, aah["etudiant"].to_numpy()) > 0
    assert together["etudiant"].to_pylist() == etudiants.tolist()
    loyers = answered(folder, "2026-11", ["loyer", "statut_occupation_logement"])
    firsts = dwelling_of(drawn, "famille")
    assert together["loyer"].to_pylist() == loyers["loyer"].to_numpy()[firsts].tolist()
    assert set(loyers["statut_occupation_logement"].to_pylist()) > {"proprietaire", "locataire_vide"}
    assert "menage_id" in loyers.column_names


def test_stock_law(tmp_path):
    drawn = population(20, Mois(2013, 1), 4, loi="stock")
    answer = answered(written(tmp_path / "tables", as_tables(drawn)), "2013-01", ["af", "rsa"], loi="stock")
    dwellings = dwelling_of(drawn, "famille")
    for name in ("af", "rsa"):
        told = [answer[name] for answer in calculate_many(as_questions(drawn, ["af", "rsa"]), "stock")]
        assert np.bincount(dwellings, answer[name].to_numpy()) == pytest.approx(told, abs=0.011)


def test_the_population_of_the_measures(tmp_path, monkeypatch):
    """It is one that the tables accept, drawn in several times, and most benefits are paid in it."""
    from bench import population as measures

    monkeypatch.setattr(measures, "AT_ONCE", 70)
    measures.write(tmp_path, 200, Mois(2026, 10))
    answer = answered(tmp_path, "2026-10", FAMILLES)
    assert 200 < answer.num_rows < 250
    assert len(set(answer["famille_id"].to_pylist())) == answer.num_rows
    for name in FAMILLES:
        assert 0 < np.count_nonzero(answer[name].to_numpy()) < answer.num_rows, name
