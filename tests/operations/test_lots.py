"""The batch and its command: the same cents in any chunks, whole lines whatever happens, a clear end."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path

import pytest

from guichet import law
from guichet.operations import lignes, lots

CAS = [
    json.loads(ligne) for ligne in (Path(__file__).parents[1] / "data" / "law_cases.jsonl").read_text("utf-8").splitlines()
]
COMMANDE = [sys.executable, "-m", "guichet.cli", "calculate"]
BONNE = {
    "id": "bonne",
    "period": "2013-01",
    "situation": {
        "individus": {"a": {"date_naissance": "1980-01-01"}},
        "familles": {"f": {"parents": ["a"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["a"]}},
        "menages": {"m": {"personne_de_reference": ["a"]}},
    },
    "variables": ["rsa"],
}


def question(cas):
    return {
        "id": cas["id"],
        "period": cas["period"],
        "situation": cas["situation"],
        "variables": [nom for nom in cas["expected"] if nom != "aide_logement_gross_crds"],
    }


def traite(octets, executeur=None):
    return [json.loads(ligne) for ligne in b"".join(lots.traite(io.BytesIO(octets), "guichet", executeur)).splitlines()]


def reponses(questions, executeur=None):
    return traite(b"\n".join(json.dumps(question).encode() for question in questions), executeur)


@pytest.fixture(scope="module")
def echantillon():
    """Cases of few months, some of them side by side in one simulation."""
    choisis = [question(cas) for cas in CAS if cas["period"] in ("2013-01", "2015-02", "2022-07")][:40]
    return choisis + [{**choisis[0], "id": f"jumelle {rang}"} for rang in range(5)]


def test_any_chunks_any_order_any_processes(echantillon, monkeypatch):
    attendues = {r["id"]: r for r in reponses(echantillon)}
    assert all("values" in reponse for reponse in attendues.values())
    melange = random.Random(1).sample(echantillon, len(echantillon))
    monkeypatch.setattr(lignes, "LIGNES_PAR_MORCEAU", 3)
    seules = reponses(melange)
    with ProcessPoolExecutor(2) as executeur:
        partagees = reponses(melange, executeur)
    assert [r["id"] for r in seules] == [r["id"] for r in partagees] == [q["id"] for q in melange]
    assert seules == partagees == [attendues[q["id"]] for q in melange]


def test_a_bad_line_does_not_touch_the_others():
    mauvaise = {**BONNE, "id": 7, "variables": ["rsaa"]}
    entree = [
        json.dumps(BONNE).encode(),
        b"{",
        b"",
        b'{"id": "\xff"}',
        b'{"id": "infinie", "period": 1e400}',
        b"[" * 20_000 + b"]" * 20_000,
        b"[]",
        json.dumps(mauvaise).encode(),
        b'{"id": "x", "id": "y"}',
        b'{"id": "sans rien"}',
        json.dumps({**BONNE, "id": None}).encode(),
        json.dumps(mauvaise | {"id": None}).encode(),
        json.dumps(BONNE | {"id": 10**30}).encode(),
        json.dumps(BONNE | {"id": ["x"]}).encode(),
        b'{"id": ' + b'{"a":' * 400 + b"1" + b"}" * 400 + b"}",
        b'{"id": "\\ud800"}',
        b"\xef\xbb\xbf" + json.dumps(BONNE | {"id": "avec sa marque"}).encode() + b"\r",
        b"{" + b",".join(b'"%d":0' % rang for rang in range(200_000)) + b',"0":0}',
    ]
    obtenues = traite(b"\n".join(entree))
    assert [(r["id"], r.get("line"), "error" in r) for r in obtenues] == [
        ("bonne", None, False),
        (None, 2, True),
        (None, 4, True),
        ("infinie", None, True),
        (None, 6, True),
        (None, 7, True),
        (7, None, True),
        (None, 9, True),
        ("sans rien", None, True),
        (None, None, False),
        (None, 12, True),
        (None, 13, True),
        (None, 14, True),
        (None, 15, True),
        (None, 16, True),
        ("avec sa marque", None, False),
        (None, 18, True),
    ]
    assert "did you mean 'rsa'" in obtenues[6]["error"]


def test_a_long_line_is_refused_without_being_held():
    longue = b'{"id": "' + b"a" * 50_000_000 + b'"}'
    bonne = json.dumps(BONNE).encode()
    refusee = "the line is longer than 10 MB."
    for entree in (longue + b"\n" + bonne + b"\n" + longue, b"\n" + longue + b"\n\n" + bonne):
        numeros = [numero for morceau in lignes.morceaux(io.BytesIO(entree)) for numero, octets in morceau if octets is None]
        assert numeros == ([1, 3] if entree[:1] == b"{" else [2])
        obtenues = traite(entree)
        assert [r for r in obtenues if "error" in r] == [{"id": None, "line": n, "error": refusee} for n in numeros]
        assert sum("values" in r for r in obtenues) == 1


def test_a_fault_of_ours_is_the_answer_of_its_line_only(monkeypatch):
    vraie = law.calculate_many

    def fautive(questions, loi):
        if any(question["id"] == "fautive" for question in questions):
            raise KeyError("x")
        return vraie(questions, loi)

    monkeypatch.setattr(law, "calculate_many", fautive)
    obtenues = reponses([BONNE, BONNE | {"id": "fautive"}, BONNE])
    assert obtenues[1] == {"id": "fautive", "error": "situation: no answer can be computed (KeyError)."}
    assert obtenues[0] == obtenues[2] == {"id": "bonne", "values": {"rsa": 483.24}}


class Compte(Executor):
    """Computes at once, and counts what is submitted and not yet read."""

    def __init__(self):
        self.soumis = 0

    def submit(self, fonction, /, *arguments):
        self.soumis += 1
        futur = Future()
        futur.set_result(fonction(*arguments))
        return futur


def test_few_chunks_are_under_way(monkeypatch):
    monkeypatch.setattr(lots, "repond", lambda morceau, _: b"\n" * len(morceau))
    compte = Compte()
    lus = 0
    for octets in lots.traite(io.BytesIO(b"{}\n" * 100_000), "guichet", compte, 5):
        lus += 1
        assert compte.soumis - lus <= 5
        assert octets.count(b"\n") <= lignes.LIGNES_PAR_MORCEAU
    assert lus == compte.soumis > 1000


class Promesse(Future):
    """Is computed when it is waited for."""

    def __init__(self, calcul):
        super().__init__()
        self.calcul = calcul

    def result(self, timeout=None):
        self.set_result(self.calcul())
        return super().result()


class Lent(Executor):
    """Takes all, and does nothing before it must."""

    def submit(self, fonction, /, *arguments):
        return Promesse(lambda: fonction("workers", *arguments))


def test_what_no_worker_can_take_is_answered_here():
    """In the order of the arguments, faults too; and little is kept when a worker stays silent."""

    def fonction(*recus):
        if recus[-1] >= 8:
            raise ValueError(recus[-1])
        return recus

    lues = lots.en_ordre(fonction, ((rang,) for rang in range(20)), Lent(), 2)
    assert list(itertools.islice(lues, 8)) == [
        *(("workers", rang) for rang in (0, 1)),
        *((rang,) for rang in (2, 3)),
        *(("workers", rang) for rang in (4, 5)),
        *((rang,) for rang in (6, 7)),
    ]
    with pytest.raises(ValueError, match="8"):
        next(lues)


def lance(*arguments, entree=b"", **options):
    return subprocess.run([*COMMANDE, *arguments], input=entree, capture_output=True, check=False, **options)


def test_command(tmp_path):
    fichier = tmp_path / "questions.jsonl"
    fichier.write_text("\n".join(json.dumps({**BONNE, "id": rang}) for rang in range(130)), "utf-8")
    fait = lance("--workers", "2", str(fichier))
    assert (fait.returncode, fait.stderr) == (0, b"")
    obtenues = [json.loads(ligne) for ligne in fait.stdout.splitlines()]
    assert [r["id"] for r in obtenues] == list(range(130))
    assert len({str(r["values"]) for r in obtenues}) == 1
    stock = lance("--law", "stock", entree=json.dumps(BONNE).encode())
    assert json.loads(stock.stdout)["values"].keys() == {"rsa"}


@pytest.mark.parametrize("arguments", [("--workers", "0"), ("--workers", "x"), ("--law", "lex"), ("a", "b"), ("--nope",)])
def test_badly_called(arguments):
    fait = lance(*arguments)
    assert fait.returncode == 2
    assert fait.stdout == b""
    assert fait.stderr.startswith(b"guichet")
    assert fait.stderr.count(b"\n") == 1


@pytest.mark.parametrize("fichier", ["/nowhere/questions.jsonl", "/"])
def test_missing_file(fichier):
    fait = lance(fichier)
    assert (fait.returncode, fait.stdout) == (1, b"")
    assert fait.stderr.startswith(f"guichet calculate: {fichier}: ".encode())
    assert fait.stderr.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said():
    with open("/dev/full", "wb") as plein:
        fait = subprocess.run(
            [*COMMANDE], input=json.dumps(BONNE).encode(), stdout=plein, stderr=subprocess.PIPE, check=False
        )
    assert (fait.returncode, fait.stderr) == (1, b"guichet calculate: standard output: No space left on device\n")


@pytest.mark.parametrize("processus", ["1", "2"])
def test_who_asks_line_by_line_is_answered_line_by_line(processus):
    ligne = json.dumps(BONNE).encode() + b"\n"
    with subprocess.Popen(
        [*COMMANDE, "--workers", processus], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as programme:
        for debut, fin in ((ligne, b""), (ligne[:40], ligne[40:])):
            programme.stdin.write(debut)
            programme.stdin.write(fin)
            assert json.loads(programme.stdout.readline())["id"] == "bonne"
        programme.stdin.write(ligne.strip())
        programme.stdin.close()
        assert json.loads(programme.stdout.read())["id"] == "bonne"
    assert programme.returncode == 0


def _en_marche(*arguments):
    """The command on an endless input, once it has answered something."""
    programme = subprocess.Popen(
        [*COMMANDE, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    ligne = json.dumps(BONNE).encode() + b"\n"
    os.set_blocking(programme.stdin.fileno(), False)
    sorties = b""
    os.set_blocking(programme.stdout.fileno(), False)
    limite = time.monotonic() + 120
    reste = b""  # a full pipe takes part of a line: the rest must follow
    while sorties.count(b"\n") < 64 and time.monotonic() < limite:
        reste = reste or ligne * 20
        with contextlib.suppress(BlockingIOError):
            reste = reste[os.write(programme.stdin.fileno(), reste) :]
        sorties += programme.stdout.read() or b""
        time.sleep(0.005)
    return programme, sorties


@pytest.mark.parametrize("numero", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("processus", ["1", "2"])
def test_interrupted_between_lines(numero, processus):
    programme, sorties = _en_marche("--workers", processus)
    programme.send_signal(numero)
    os.set_blocking(programme.stdout.fileno(), True)
    sorties += programme.stdout.read()
    erreurs = programme.stderr.read()
    assert programme.wait(30) == 1
    assert sorties.endswith(b"\n")
    assert all(json.loads(ligne)["id"] == "bonne" for ligne in sorties.splitlines())
    assert erreurs.count(b"\n") == 1
    assert f"interrupted after {sorties.count(chr(10).encode())} answers".encode() in erreurs


def test_reader_gone():
    programme, _ = _en_marche()
    programme.stdout.close()
    programme.stdin.close()
    assert programme.stderr.read() == b""
    assert programme.wait(30) in (0, 1)  # 0 when all was already written


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_a_worker_killed_is_said():
    programme, sorties = _en_marche("--workers", "2")
    enfants = Path(f"/proc/{programme.pid}/task/{programme.pid}/children").read_text("ascii").split()
    os.kill(int(enfants[0]), signal.SIGKILL)
    os.set_blocking(programme.stdin.fileno(), True)
    try:
        programme.stdin.write(json.dumps(BONNE).encode() + b"\n")
        programme.stdin.close()
    except BrokenPipeError:
        pass
    os.set_blocking(programme.stdout.fileno(), True)
    sorties += programme.stdout.read()
    erreurs = programme.stderr.read()
    assert programme.wait(60) == 1
    assert b"a worker process died after" in erreurs
    assert b"Traceback" not in erreurs
    assert not sorties or sorties.endswith(b"\n")
