"""Tables and questions are two doors of one law: the same cents, in any chunks, any format, any processes."""

from __future__ import annotations

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pytest
from populations import ecrit, en_questions, en_tables, population

from guichet.domain.vocabulaire import Mois
from guichet.law import calculate_many
from guichet.law.tables import cutting
from guichet.operations import tables as operation

FAMILLES = ("rsa", "aide_logement", "ppa", "af", "paje_base")


@pytest.fixture
def petits_morceaux(monkeypatch):
    monkeypatch.setattr(cutting, "PERSONS", 40)
    monkeypatch.setattr(operation, "ROWS_READ", 31)
    monkeypatch.setattr(operation, "BYTES_READ", 20_000)


def calcule(dossier, mois, variables, executeur=None, sortie="reponse.parquet", loi="guichet"):
    fichier = dossier / sortie
    operation.Population(dossier, str(mois), variables, loi).write(fichier, executeur)
    return (pyarrow.csv.read_csv if sortie.endswith("csv") else pyarrow.parquet.read_table)(fichier)


def logement_de(tirees, entite):
    """The dwelling of each group, in the order of the rows of its table."""
    rangs = tirees.shape[entite].ranks
    _, premiers = np.unique(rangs, return_index=True)
    return tirees.shape["menage"].ranks[np.sort(premiers)]


@pytest.mark.usefixtures("petits_morceaux")
@pytest.mark.parametrize(
    ("mois", "elliptique", "suffixe"),
    [("2026-11", False, "parquet"), ("2026-10", True, "csv"), ("2013-01", True, "parquet"), ("2016-10", False, "csv")],
)
def test_the_same_cents_as_questions(tmp_path, mois, elliptique, suffixe):
    tirees = population(60, Mois.lire(mois), 4, elliptique=elliptique)
    attendues = calculate_many(en_questions(tirees, FAMILLES, en_ages=elliptique))
    dossier = ecrit(tmp_path / "tables", en_tables(tirees, en_ages=elliptique), suffixe)
    reponse = calcule(dossier, mois, FAMILLES, sortie=f"reponse.{suffixe}")
    assert reponse.column_names == ["famille_id", *FAMILLES]
    assert [int(texte) for texte in reponse["famille_id"].to_pylist()] == list(range(60))
    logements = logement_de(tirees, "famille")
    familles = np.bincount(logements)
    for nom in FAMILLES:
        sommes = np.bincount(logements, reponse[nom].to_numpy())
        dites = np.array([reponse[nom] for reponse in attendues])
        ecarts = np.abs(sommes - dites)
        assert ecarts[familles == 1].max() < 1e-9, nom
        assert ecarts.max() < 0.011, nom  # two families are rounded each, then summed
        assert nom == "ppa" or dites.any()


def test_several_entities_are_told_by_family(tmp_path):
    tirees = population(40, Mois(2026, 11), 7)
    dossier = ecrit(tmp_path / "tables", en_tables(tirees))
    ensemble = calcule(dossier, "2026-11", ["af", "aah", "loyer", "nb_parents", "etudiant"])
    assert ensemble.column_names == ["famille_id", "af", "aah", "loyer", "nb_parents", "etudiant"]
    aah = calcule(dossier, "2026-11", ["aah", "etudiant"])
    assert aah["individu_id"].to_pylist()[:2] == ["p0", "p1"]
    familles = tirees.shape["famille"].ranks
    assert ensemble["aah"].to_numpy() == pytest.approx(np.bincount(familles, aah["aah"].to_numpy()))
    etudiants = np.bincount(familles, aah["etudiant"].to_numpy()) > 0
    assert ensemble["etudiant"].to_pylist() == etudiants.tolist()
    loyers = calcule(dossier, "2026-11", ["loyer", "statut_occupation_logement"])
    premiers = logement_de(tirees, "famille")
    assert ensemble["loyer"].to_pylist() == loyers["loyer"].to_numpy()[premiers].tolist()
    assert set(loyers["statut_occupation_logement"].to_pylist()) > {"proprietaire", "locataire_vide"}
    assert "menage_id" in loyers.column_names


def test_stock_law(tmp_path):
    tirees = population(20, Mois(2013, 1), 4, loi="stock")
    reponse = calcule(ecrit(tmp_path / "tables", en_tables(tirees)), "2013-01", ["af", "rsa"], loi="stock")
    logements = logement_de(tirees, "famille")
    for nom in ("af", "rsa"):
        dites = [reponse[nom] for reponse in calculate_many(en_questions(tirees, ["af", "rsa"]), "stock")]
        assert np.bincount(logements, reponse[nom].to_numpy()) == pytest.approx(dites, abs=0.011)


def test_the_population_of_the_measures(tmp_path, monkeypatch):
    """It is one that the tables accept, drawn in several times, and most benefits are paid in it."""
    from bench import population as mesures

    monkeypatch.setattr(mesures, "PAR_FOIS", 70)
    mesures.ecrit(tmp_path, 200, Mois(2026, 10))
    reponse = calcule(tmp_path, "2026-10", FAMILLES)
    assert 200 < reponse.num_rows < 250
    assert len(set(reponse["famille_id"].to_pylist())) == reponse.num_rows
    for nom in FAMILLES:
        assert 0 < np.count_nonzero(reponse[nom].to_numpy()) < reponse.num_rows, nom
