"""A population in tables: faults are named, nothing half written, the same rows from processes and from a cluster."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date, datetime
from decimal import Decimal

import distributed
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from guichet.law import SituationError
from guichet.law.tables import cutting, identifiers
from guichet.operations import batches, tables

COMMANDE = [sys.executable, "-m", "guichet.cli", "calculate"]
MOIS = "2013-01"
ENTETES = "id,famille_id,famille_role,foyer_fiscal_id,foyer_fiscal_role,menage_id,menage_role,date_naissance"
INDIVIDUS = f"""{ENTETES},salaire_net@2012-12
p1,f1,parent,t1,declarant,m1,personne_de_reference,1980-01-01,100
p2,f1,parents,t2,declarants,m1,conjoint,1981-01-01,
p3,f1,enfant,t1,personne_a_charge,m1,enfants,2008-01-01,
p4,f1,enfants,t2,personnes_a_charge,m1,enfant,2010-01-01,
p5,f2,demandeur,t3,declarant_principal,m1,autre,1990-01-01,500.5
p6,f3,demandeur,t4,declarant_principal,m2,personne_de_reference,1980-01-01,
p7,f3,parent,t4,conjoint,m2,conjoint,1980-01-01,
"""
BONNES = {
    "individus": INDIVIDUS,
    "familles": "id\nf1\nf2\nf3\n",
    "foyers_fiscaux": "id\nt1\nt2\nt3\nt4\n",
    "menages": "id,loyer,zone_apl,statut_occupation_logement\nm1,500,zone_1,locataire_vide\nm2,,,\n",
}


def ecrit(dossier, **autres):
    for nom, texte in (BONNES | autres).items():
        (dossier / f"{nom}.csv").write_text(texte, "utf-8")
    return dossier


def calcule(dossier, variables=("af", "rsa"), executeur=None, mois=MOIS):
    sortie = dossier / "reponse.csv"
    tables.Population(dossier, mois, variables).write(sortie, executeur)
    return sortie.read_text("utf-8")


def lues(texte):
    return list(csv.DictReader(texte.splitlines()))


def test_a_small_population(tmp_path):
    lignes = lues(calcule(ecrit(tmp_path)))
    assert [(ligne["famille_id"], ligne["af"]) for ligne in lignes] == [("f1", "127.68"), ("f2", "0"), ("f3", "0")]
    assert float(lignes[2]["rsa"]) == 724.86  # two adults: 483.24 x 1.5
    assert [fichier.name for fichier in tmp_path.iterdir() if "reponse" in fichier.name] == ["reponse.csv"]


PERSONNE = "p1,f1,parent,t1,declarant,m1,personne_de_reference,1980-01-01,100"
FAUTES = [
    ("individus", "f1,enfant,t1", "f1,bambin,t1", r"individus, row 3, column famille_role: 'bambin' is not one of parent, "),
    ("individus", "f1,enfant,t1", "f1,,t1", r"individus, row 3, column famille_role: give the role of this person\."),
    ("individus", "p3,f1", "p3,", r"individus, row 3, column famille_id: this person is in no famille\."),
    ("individus", "p5,f2", "p5,f9", r"individus, row 5, column famille_id: 'f9' is not in familles\."),
    ("individus", "p5,f2,demandeur", "p5,f1,enfant", r"familles, row 2, column id: no person of individus is in 'f2'\."),
    (
        "individus",
        "p3,f1,enfant",
        "p3,f1,parent",
        r"individus, row 3, column famille_role: there are more than 2 parents",
    ),
    ("individus", "m2,conjoint", "m2,personne_de_reference", r"row 7, column menage_role: another person of this menage is"),
    ("individus", "f2,demandeur", "f2,enfant", r"familles, row 2, column id: none of its persons is demandeur"),
    ("individus", "p6,", ",", r"individus, row 6, column id: give an identifier\."),
    ("individus", "p6,", "p2,", r"individus, row 6, column id: 'p2' is already on row 2\."),
    ("individus", PERSONNE, f"{PERSONNE}\n{PERSONNE}", r"individus, row 2, column id: 'p1' is already on row 1\."),
    ("individus", "p5,f2", "p3,f1,enfant,t1,personne_a_charge,m1,enfants,2008-01-01,\np5,f2", r"row 5, column id: 'p3' is"),
    (
        "individus",
        "1990-01-01,500.5",
        "2013-02-01,500.5",
        r"row 5, column date_naissance: this person is born after 2013",
    ),
    ("individus", "2008-01-01", "01/01/2008", r"row 3, column date_naissance: '01/01/2008' is not a date"),
    ("individus", "1990-01-01,500.5", "1790-01-01,500.5", r"row 5, column date_naissance: 1790-01-01 is not between 1870"),
    ("individus", "500.5", "beaucoup", r"individus, row 5, column salaire_net@2012-12: give a number, not 'beaucoup'\."),
    ("individus", "500.5", "nan", r"row 5, column salaire_net@2012-12: nan is not a number that a household has\."),
    ("individus", "500.5", "1e12", r"row 5, column salaire_net@2012-12: 1000000000000.0 is not a number that"),
    ("individus", "salaire_net@2012-12", "salair_net", r"individus, column salair_net: .*did you mean 'salaire_net'"),
    (
        "individus",
        "salaire_net@2012-12",
        "loyer",
        r"individus, column loyer: this variable belongs to menages, not",
    ),
    ("individus", "salaire_net@2012-12", "salaire_net@demain", r"column salaire_net@demain: 'demain' is not a month"),
    ("individus", "salaire_net@2012-12", "date_naissance@2013", r"column date_naissance@2013: another column gives"),
    ("individus", "salaire_net@2012-12", "date_naissance", r"column date_naissance: there are two columns of this name\."),
    ("individus", "menage_role", "role", r"individus: the column menage_role is missing\."),
    ("individus", ",100\n", ",100,3\n", r"individus: .*Expected 9 columns, got 10"),
    ("individus", INDIVIDUS, INDIVIDUS.splitlines()[0] + "\n", r"individus: give at least one person\."),
    ("individus", INDIVIDUS, "", r"individus: the column famille_id is missing\."),
    ("familles", "f2", "f2\nf2", r"familles, row 3, column id: 'f2' is already on row 2\."),
    ("familles", "f2\nf3", "f3\nf2", r"familles, row 2, column id: the first person of 'f3' is on row 6 of individus; sort"),
    ("familles", "f3\n", "f3\nf4\n", r"familles, row 4, column id: no person of individus is in 'f4'\."),
    ("familles", "f3\n", "", r"individus, row 6, column famille_id: 'f3' is not in familles\."),
    ("familles", "f2", '""', r"familles, row 2, column id: give an identifier\."),
    ("familles", "id", "nom", r"familles: the column id is missing\."),
    ("menages", "locataire_vide", "palais", r"menages, row 1, column statut_occupation_logement: 'palais' is not one of"),
    ("menages", "500", "-500", r"menages, row 1, column loyer: -500.0 is negative\."),
    ("menages", "zone_apl", "depcom", r"menages, row 1, column depcom: 'zone_1' is longer than 5 characters"),
    ("menages", "zone_apl", "coloc", r"menages, row 1, column coloc: give true or false, not 'zone_1'\."),
]


@pytest.mark.parametrize(("table", "de", "a", "phrase"), FAUTES)
def test_a_fault_is_named_and_nothing_is_written(tmp_path, table, de, a, phrase):
    assert de in BONNES[table]
    ecrit(tmp_path, **{table: BONNES[table].replace(de, a, 1)})
    with pytest.raises(SituationError, match=phrase) as erreur:
        calcule(tmp_path)
    assert "\n" not in str(erreur.value)
    assert len(list(tmp_path.iterdir())) == 4


def test_ages(tmp_path):
    texte = INDIVIDUS.replace("salaire_net@2012-12", "age").replace("2008-01-01,", ",4").replace(",500.5", ",500")
    assert lues(calcule(ecrit(tmp_path, individus=texte)))[0]["af"] == "127.68"
    vieux = texte.replace("1990-01-01,500", ",500")
    with pytest.raises(SituationError, match="individus, row 5, column age: nobody is that old"):
        calcule(ecrit(tmp_path, individus=vieux))


@pytest.fixture
def petits_morceaux(monkeypatch):
    monkeypatch.setattr(cutting, "PERSONS", 3)
    monkeypatch.setattr(tables, "BYTES_READ", 200)


IDENTIFIANT = re.compile(r"\b[pftm]\d\b")


def repete(nombre, noms="{:03d}"):
    """The three dwellings, so many times; with identifiers that grow."""
    ecrits = {}
    for nom, texte in BONNES.items():
        entete, *lignes = texte.splitlines()
        suites = [IDENTIFIANT.sub(rf"{noms.format(fois)}\g<0>", ligne) for fois in range(nombre) for ligne in lignes]
        ecrits[nom] = "\n".join([entete, *suites, ""])
    return ecrits


@pytest.mark.usefixtures("petits_morceaux")
def test_faults_far_away(tmp_path):
    """Of identifiers in other chunks: given twice, or of households whose persons do not come together."""
    textes = repete(40)
    assert len(lues(calcule(ecrit(tmp_path, **textes)))) == 120
    deux = textes | {"individus": textes["individus"].replace("030p1,", "004p1,")}
    with pytest.raises(SituationError, match=r"individus, row 211, column id: '004p1' is already on row 29\."):
        calcule(ecrit(tmp_path, **deux))
    familles = {nom: texte.replace("030f3", "004f3") for nom, texte in textes.items()}
    with pytest.raises(SituationError, match=r"familles, row 93, column id: '004f3' is already on row 15\."):
        calcule(ecrit(tmp_path, **familles))
    epars = textes | {"individus": textes["individus"].replace("030f3", "004f3")}
    with pytest.raises(SituationError, match=r"row 216, column famille_id: '004f3' came before \(familles, row 15\); sort"):
        calcule(ecrit(tmp_path, **epars))


@pytest.mark.usefixtures("petits_morceaux")
def test_identifiers_in_no_order(tmp_path, monkeypatch):
    """They are read again at the end, some at a time, and are distinct."""
    monkeypatch.setattr(identifiers, "AT_ONCE", 50)
    textes = {nom: texte.replace("003", "999") for nom, texte in repete(20).items()}
    assert len(lues(calcule(ecrit(tmp_path, **textes)))) == 60


@pytest.mark.usefixtures("petits_morceaux")
def test_persons_that_never_part(tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "PERSONS_OF_A_HOUSEHOLD", 20)
    with pytest.raises(SituationError, match=r"individus, row \d+: its household has no end; sort the tables"):
        calcule(ecrit(tmp_path, **repete(40, "")))


def test_the_types_of_parquet(tmp_path):
    """What Pandas, Polars and the like write: categories, numbers of all sizes, dates with hours, decimals, nulls."""
    ecrit(tmp_path)
    attendue = calcule(tmp_path)
    for nom in BONNES:
        lue = pa.csv.read_csv(tmp_path / f"{nom}.csv", convert_options=pa.csv.ConvertOptions(strings_can_be_null=True))
        (tmp_path / f"{nom}.csv").unlink()
        if nom == "individus":
            naissances = [datetime.combine(jour, datetime.min.time()) for jour in lue["date_naissance"].to_pylist()]
            salaires = [salaire and Decimal(str(salaire)) for salaire in lue["salaire_net@2012-12"].to_pylist()]
            lue = lue.set_column(7, "date_naissance", pa.array(naissances, pa.timestamp("ns")))
            lue = lue.set_column(8, "salaire_net@2012-12", pa.array(salaires, pa.decimal128(9, 2)))
            lue = lue.set_column(2, "famille_role", lue["famille_role"].dictionary_encode())
            lue = lue.append_column("enceinte", pa.array([None, True, *[False] * 5]))
        if nom == "menages":
            lue = lue.set_column(2, "zone_apl", lue["zone_apl"].dictionary_encode())
            lue = lue.set_column(1, "loyer", lue["loyer"].cast(pa.int16()))
        pa.parquet.write_table(lue, tmp_path / f"{nom}.parquet", row_group_size=2)
    assert calcule(tmp_path) == attendue
    pa.parquet.write_table(lue.set_column(1, "loyer", pa.array([[1], [2]])), tmp_path / "menages.parquet")
    with pytest.raises(SituationError, match=r"menages, (row 1, )?column loyer: "):
        calcule(tmp_path)
    (tmp_path / "menages.parquet").write_bytes(b"PAR1 not at all")
    with pytest.raises(SituationError, match="menages: "):
        calcule(tmp_path)


@pytest.mark.parametrize("lignes", [25_000, 10**9], ids=["many groups of rows", "one"])
def test_a_file_is_not_held_in_memory(tmp_path, lignes):
    tirage = np.random.default_rng(0)
    colonnes = {"id": np.arange(600_000)} | {f"salaire_net@2012-{mois}": tirage.random(600_000) for mois in range(10, 13)}
    pa.parquet.write_table(pa.table(colonnes), tmp_path / "individus.parquet", row_group_size=lignes, use_dictionary=False)
    avant = pa.total_allocated_bytes()
    tenus = [pa.total_allocated_bytes() - avant for _ in tables.Table(tmp_path, "individus").batches()]
    assert 0 < max(tenus) < (tmp_path / "individus.parquet").stat().st_size / 2


@pytest.mark.usefixtures("petits_morceaux")
def test_a_cluster_gives_the_same_rows(tmp_path):
    """Dask, through the executor that its client lends."""
    ecrit(tmp_path, **repete(30))
    seul = calcule(tmp_path)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, worker_dashboard_address=None
        ) as grappe,
        distributed.Client(grappe) as client,
    ):
        assert calcule(tmp_path, executeur=client.get_executor()) == seul
        with pytest.raises(SituationError, match=r"menages, row 1, column loyer: -500\.0 is negative"):
            calcule(ecrit(tmp_path, menages=BONNES["menages"].replace("500", "-500")), executeur=client.get_executor())


def test_where_nothing_can_be_written(tmp_path):
    population = tables.Population(ecrit(tmp_path), MOIS, ["af"])
    with pytest.raises(FileNotFoundError):
        population.write(tmp_path / "nulle" / "part.csv")
    with pytest.raises(SituationError, match="this is the table menages itself, write elsewhere"):
        population.write(tmp_path / "menages.csv")
    with pytest.raises(SituationError, match=r"individus: there is no file, give individus\.parquet or individus\.csv in "):
        tables.Population(tmp_path / "nulle", MOIS, ["af"])


def test_processes_give_the_same_rows(tmp_path, petits_morceaux):
    ecrit(tmp_path, **repete(30))
    seul = calcule(tmp_path)
    with batches.processes(1, None) as executeur:
        assert calcule(tmp_path, executeur=executeur) == seul


def lance(*arguments):
    return subprocess.run([*COMMANDE, *arguments], capture_output=True, text=True, check=False)


def test_command(tmp_path):
    ecrit(tmp_path)
    options = ["--table", str(tmp_path), "--period", MOIS, "--variables", "af, rsa", "--workers", "2"]
    fait = lance(*options, "--out", str(tmp_path / "reponse.parquet"))
    assert (fait.returncode, fait.stdout, fait.stderr) == (0, "", "")
    assert pa.parquet.read_table(tmp_path / "reponse.parquet")["af"].to_pylist() == [127.68, 0, 0]
    ecrit(tmp_path, familles="id\nf1\nf2\n")
    rate = lance(*options, "--out", str(tmp_path / "autre.parquet"))
    assert (rate.returncode, rate.stdout, rate.stderr.count("\n")) == (1, "", 1)
    assert rate.stderr.startswith("guichet calculate: individus, row 6, column famille_id: 'f3' is not in familles")
    assert not (tmp_path / "autre.parquet").exists()


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("--table", "d"), "give --period, --variables, --out"),
        (("--period", "2013-01", "x.jsonl"), "give --table, --variables, --out"),
        (("--table", "d", "--period", MOIS, "--variables", "af", "--out", "a.csv", "x.jsonl"), "not both"),
        (("--table", "d", "--period", MOIS, "--variables", "af", "--out", "a.xls"), "'a.xls' does not end with"),
    ],
)
def test_badly_called(arguments, phrase):
    fait = lance(*arguments)
    assert (fait.returncode, fait.stdout, fait.stderr.count("\n")) == (2, "", 1)
    assert fait.stderr.startswith("guichet calculate: ")
    assert phrase in fait.stderr


@pytest.mark.parametrize("processus", ["1", "2"])
def test_interrupted(tmp_path, processus):
    """In the middle of a long population: one sentence, and no file."""
    ecrit(tmp_path, **repete(20_000, "{:06d}"))
    sortie = tmp_path / "reponse.csv"
    options = ["--table", str(tmp_path), "--period", MOIS, "--variables", "af", "--out", str(sortie), "--workers", processus]
    with subprocess.Popen([*COMMANDE, *options], stderr=subprocess.PIPE, text=True) as programme:
        limite = time.monotonic() + 120
        while not any(fichier.name.startswith(".reponse") for fichier in tmp_path.iterdir()) and time.monotonic() < limite:
            time.sleep(0.01)
        os.kill(programme.pid, signal.SIGTERM)
        assert programme.stderr.read() == f"guichet calculate: interrupted; {sortie} is not written\n"
    assert programme.returncode == 1
    assert sorted(fichier.name for fichier in tmp_path.iterdir()) == sorted(f"{nom}.csv" for nom in BONNES)


def test_dates_of_parquet_may_be_dates(tmp_path):
    ecrit(tmp_path)
    lue = pa.csv.read_csv(tmp_path / "individus.csv")
    assert isinstance(lue["date_naissance"][0].as_py(), date)
    (tmp_path / "individus.csv").unlink()
    pa.parquet.write_table(lue, tmp_path / "individus.parquet")
    assert lues(calcule(tmp_path))[0]["af"] == "127.68"
    ecrit(tmp_path)
    with pytest.raises(SituationError, match=r"individus: two files have this name, give individus\.parquet or"):
        calcule(tmp_path)
