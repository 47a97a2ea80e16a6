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

COMMAND = [sys.executable, "-m", "guichet.cli", "calculate"]
MOIS = "2013-01"
HEAD = "id,famille_id,famille_role,foyer_fiscal_id,foyer_fiscal_role,menage_id,menage_role,date_naissance"
INDIVIDUS = f"""{HEAD},salaire_net@2012-12
p1,f1,parent,t1,declarant,m1,personne_de_reference,1980-01-01,100
p2,f1,parents,t2,declarants,m1,conjoint,1981-01-01,
p3,f1,enfant,t1,personne_a_charge,m1,enfants,2008-01-01,
p4,f1,enfants,t2,personnes_a_charge,m1,enfant,2010-01-01,
p5,f2,demandeur,t3,declarant_principal,m1,autre,1990-01-01,500.5
p6,f3,demandeur,t4,declarant_principal,m2,personne_de_reference,1980-01-01,
p7,f3,parent,t4,conjoint,m2,conjoint,1980-01-01,
"""
GOOD = {
    "individus": INDIVIDUS,
    "familles": "id\nf1\nf2\nf3\n",
    "foyers_fiscaux": "id\nt1\nt2\nt3\nt4\n",
    "menages": "id,loyer,zone_apl,statut_occupation_logement\nm1,500,zone_1,locataire_vide\nm2,,,\n",
}


def written(folder, **others):
    for name, text in (GOOD | others).items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def calculated(folder, variables=("af", "rsa"), executor=None, mois=MOIS):
    out = folder / "reponse.csv"
    tables.Population(folder, mois, variables).write(out, executor)
    return out.read_text("utf-8")


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


def test_a_small_population(tmp_path):
    rows = rows_of(calculated(written(tmp_path)))
    assert [(row["famille_id"], row["af"]) for row in rows] == [("f1", "127.68"), ("f2", "0"), ("f3", "0")]
    assert float(rows[2]["rsa"]) == 724.86  # two adults: 483.24 x 1.5
    assert [file.name for file in tmp_path.iterdir() if "reponse" in file.name] == ["reponse.csv"]


PERSONNE = "p1,f1,parent,t1,declarant,m1,personne_de_reference,1980-01-01,100"
FAULTS = [
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
    ("individus", ",100\n", ",100,3\n", r"individus(, row 1)?: 9 columns are expected, not 10\.$"),
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


@pytest.mark.parametrize(("table", "given", "instead", "phrase"), FAULTS)
def test_a_fault_is_named_and_nothing_is_written(tmp_path, table, given, instead, phrase):
    assert given in GOOD[table]
    written(tmp_path, **{table: GOOD[table].replace(given, instead, 1)})
    with pytest.raises(SituationError, match=phrase) as error:
        calculated(tmp_path)
    assert "\n" not in str(error.value)
    assert len(list(tmp_path.iterdir())) == 4


def test_ages(tmp_path):
    text = INDIVIDUS.replace("salaire_net@2012-12", "age").replace("2008-01-01,", ",4").replace(",500.5", ",500")
    assert rows_of(calculated(written(tmp_path, individus=text)))[0]["af"] == "127.68"
    old = text.replace("1990-01-01,500", ",500")
    with pytest.raises(SituationError, match="individus, row 5, column age: nobody is that old"):
        calculated(written(tmp_path, individus=old))


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(cutting, "PERSONS", 3)
    monkeypatch.setattr(tables, "BYTES_READ", 200)


IDENTIFIER = re.compile(r"\b[pftm]\d\b")


def repeated(number, names="{:03d}"):
    """The three dwellings, so many times; with identifiers that grow."""
    made = {}
    for name, text in GOOD.items():
        head, *rows = text.splitlines()
        rest = [IDENTIFIER.sub(rf"{names.format(rank)}\g<0>", row) for rank in range(number) for row in rows]
        made[name] = "\n".join([head, *rest, ""])
    return made


@pytest.mark.usefixtures("small_chunks")
def test_faults_far_away(tmp_path):
    """Of identifiers in other chunks: given twice, or of households whose persons do not come together."""
    texts = repeated(40)
    assert len(rows_of(calculated(written(tmp_path, **texts)))) == 120
    twice = texts | {"individus": texts["individus"].replace("030p1,", "004p1,")}
    with pytest.raises(SituationError, match=r"individus, row 211, column id: '004p1' is already on row 29\."):
        calculated(written(tmp_path, **twice))
    familles = {name: text.replace("030f3", "004f3") for name, text in texts.items()}
    with pytest.raises(SituationError, match=r"familles, row 93, column id: '004f3' is already on row 15\."):
        calculated(written(tmp_path, **familles))
    apart = texts | {"individus": texts["individus"].replace("030f3", "004f3")}
    with pytest.raises(SituationError, match=r"row 216, column famille_id: '004f3' came before \(familles, row 15\); sort"):
        calculated(written(tmp_path, **apart))


@pytest.mark.usefixtures("small_chunks")
def test_identifiers_in_no_order(tmp_path, monkeypatch):
    """They are read again at the end, some at a time, and are distinct."""
    monkeypatch.setattr(identifiers, "AT_ONCE", 50)
    texts = {name: text.replace("003", "999") for name, text in repeated(20).items()}
    assert len(rows_of(calculated(written(tmp_path, **texts)))) == 60


@pytest.mark.usefixtures("small_chunks")
def test_persons_that_never_part(tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "PERSONS_OF_A_HOUSEHOLD", 20)
    with pytest.raises(SituationError, match=r"individus, row \d+: its household has no end; sort the tables"):
        calculated(written(tmp_path, **repeated(40, "")))


def test_the_types_of_parquet(tmp_path):
    """What Pandas, Polars and the like write: categories, numbers of all sizes, dates with hours, decimals, nulls."""
    written(tmp_path)
    expected = calculated(tmp_path)
    for name in GOOD:
        table = pa.csv.read_csv(tmp_path / f"{name}.csv", convert_options=pa.csv.ConvertOptions(strings_can_be_null=True))
        (tmp_path / f"{name}.csv").unlink()
        if name == "individus":
            naissances = [datetime.combine(day, datetime.min.time()) for day in table["date_naissance"].to_pylist()]
            salaires = [salaire and Decimal(str(salaire)) for salaire in table["salaire_net@2012-12"].to_pylist()]
            table = table.set_column(7, "date_naissance", pa.array(naissances, pa.timestamp("ns")))
            table = table.set_column(8, "salaire_net@2012-12", pa.array(salaires, pa.decimal128(9, 2)))
            table = table.set_column(2, "famille_role", table["famille_role"].dictionary_encode())
            table = table.append_column("enceinte", pa.array([None, True, *[False] * 5]))
        if name == "menages":
            table = table.set_column(2, "zone_apl", table["zone_apl"].dictionary_encode())
            table = table.set_column(1, "loyer", table["loyer"].cast(pa.int16()))
        pa.parquet.write_table(table, tmp_path / f"{name}.parquet", row_group_size=2)
    assert calculated(tmp_path) == expected
    pa.parquet.write_table(table.set_column(1, "loyer", pa.array([[1], [2]])), tmp_path / "menages.parquet")
    with pytest.raises(SituationError, match=r"menages, (row 1, )?column loyer: "):
        calculated(tmp_path)
    (tmp_path / "menages.parquet").write_bytes(b"PAR1 not at all")
    with pytest.raises(SituationError, match="menages: "):
        calculated(tmp_path)


@pytest.mark.parametrize("rows", [25_000, 10**9], ids=["many groups of rows", "one"])
def test_a_file_is_not_held_in_memory(tmp_path, rows):
    draw = np.random.default_rng(0)
    columns = {"id": np.arange(600_000)} | {f"salaire_net@2012-{mois}": draw.random(600_000) for mois in range(10, 13)}
    pa.parquet.write_table(pa.table(columns), tmp_path / "individus.parquet", row_group_size=rows, use_dictionary=False)
    before = pa.total_allocated_bytes()
    held = [pa.total_allocated_bytes() - before for _ in tables.Table(tmp_path, "individus").batches()]
    assert 0 < max(held) < (tmp_path / "individus.parquet").stat().st_size / 2


@pytest.mark.usefixtures("small_chunks")
def test_a_cluster_gives_the_same_rows(tmp_path):
    """Dask, through the executor that its client lends."""
    written(tmp_path, **repeated(30))
    alone = calculated(tmp_path)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, worker_dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert calculated(tmp_path, executor=client.get_executor()) == alone
        with pytest.raises(SituationError, match=r"menages, row 1, column loyer: -500\.0 is negative"):
            calculated(written(tmp_path, menages=GOOD["menages"].replace("500", "-500")), executor=client.get_executor())


def test_where_nothing_can_be_written(tmp_path):
    population = tables.Population(written(tmp_path), MOIS, ["af"])
    with pytest.raises(FileNotFoundError):
        population.write(tmp_path / "nulle" / "part.csv")
    with pytest.raises(SituationError, match="this is the table menages itself, write elsewhere"):
        population.write(tmp_path / "menages.csv")
    with pytest.raises(SituationError, match=r"individus: there is no file, give individus\.parquet or individus\.csv in "):
        tables.Population(tmp_path / "nulle", MOIS, ["af"])


def test_processes_give_the_same_rows(tmp_path, small_chunks):
    written(tmp_path, **repeated(30))
    alone = calculated(tmp_path)
    with batches.processes(1, None) as executor:
        assert calculated(tmp_path, executor=executor) == alone


def run(*arguments):
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)


def test_command(tmp_path):
    written(tmp_path)
    options = ["--table", str(tmp_path), "--period", MOIS, "--variables", "af, rsa", "--workers", "2"]
    done = run(*options, "--out", str(tmp_path / "reponse.parquet"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert pa.parquet.read_table(tmp_path / "reponse.parquet")["af"].to_pylist() == [127.68, 0, 0]
    written(tmp_path, familles="id\nf1\nf2\n")
    failed = run(*options, "--out", str(tmp_path / "autre.parquet"))
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (1, "", 1)
    assert failed.stderr.startswith("guichet calculate: individus, row 6, column famille_id: 'f3' is not in familles")
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
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("guichet calculate: ")
    assert phrase in done.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupted(tmp_path, workers):
    """In the middle of a long population: one sentence, and no file."""
    written(tmp_path, **repeated(20_000, "{:06d}"))
    out = tmp_path / "reponse.csv"
    options = ["--table", str(tmp_path), "--period", MOIS, "--variables", "af", "--out", str(out), "--workers", workers]
    with subprocess.Popen([*COMMAND, *options], stderr=subprocess.PIPE, text=True) as program:
        deadline = time.monotonic() + 120
        while not any(file.name.startswith(".reponse") for file in tmp_path.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(program.pid, signal.SIGTERM)
        assert program.stderr.read() == f"guichet calculate: interrupted; {out} is not written\n"
    assert program.returncode == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(f"{name}.csv" for name in GOOD)


def test_dates_of_parquet_may_be_dates(tmp_path):
    written(tmp_path)
    table = pa.csv.read_csv(tmp_path / "individus.csv")
    assert isinstance(table["date_naissance"][0].as_py(), date)
    (tmp_path / "individus.csv").unlink()
    pa.parquet.write_table(table, tmp_path / "individus.parquet")
    assert rows_of(calculated(tmp_path))[0]["af"] == "127.68"
    written(tmp_path)
    with pytest.raises(SituationError, match=r"individus: two files have this name, give individus\.parquet or"):
        calculated(tmp_path)
