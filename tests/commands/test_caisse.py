"""The commands of an operator: what they print, and how they are refused."""

import re

import pytest
from pypdf import PdfReader

from dossiers import IBAN, dossier, instant
from guichet.cli import main
from guichet.domain.vocabulaire import Mois
from guichet.operations.liquider import liquider
from guichet.records.acces import ALPHABET
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Caisse

pytestmark = pytest.mark.django_db


def test_a_caisse_is_made_then_changed(capsys):
    made = ["caisse", "--code", "642", "--nom", "Caisse d'essai", "--adresse", "1 rue Haute ; 64000 Pau", "--iban", IBAN]
    assert main(made) == main([*made[:4], "Autre nom", *made[5:]]) == 0
    assert capsys.readouterr().out.splitlines() == ["642, Caisse d'essai: made", "642, Autre nom: changed"]
    assert Caisse.objects.get(code="642").adresse == "1 rue Haute\n64000 Pau"


def test_a_month_is_computed_paid_and_nothing_is_left_to_do(capsys, tmp_path, set_clock):
    set_clock(2026, 11, 4)
    dossier()
    assert main(["liquider", "--caisse", "751", "--mois", "2026-10"]) == 0
    assert main(["payer", "--caisse", "751", "--date", "2026-11-05", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1 files, 1 months computed, 2 entries, ")
    assert said[2].startswith("1 transfers, ")
    assert [path.name for path in tmp_path.iterdir()] == ["751-20261105-001.xml"]
    assert main(["echeances", "--caisse", "751", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "0 paydays\n"


@pytest.mark.parametrize(
    ("called", "status", "said"),
    [
        (["payer", "--caisse", "000", "--date", "2026-11-05"], 1, "--caisse: there is no caisse '000'"),
        (["payer", "--caisse", "751", "--date", "5/11/2026"], 2, "'5/11/2026' is not a day"),
        (["liquider", "--caisse", "751", "--mois", "2026-13"], 2, "'2026-13' is not a month"),
        (["liquider", "--caisse", "751", "--mois", "2012-05"], 2, "juin 2012"),
        (["caisse", "--code", "75", "--nom", "x", "--iban", IBAN], 2, "3 chiffres"),
        (["caisse", "--code", "751", "--nom", "x", "--iban", IBAN[:-1] + "0"], 2, "Cet IBAN ne convient pas"),
        (["caisse", "--code", "751", "--nom", "x", "--iban", IBAN, "--bic", "BNPA"], 2, "Ce BIC ne convient pas"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(called, status, said, capsys):
    file = dossier()
    file.ouvert_le = file.ouvert_le.replace(year=2012, month=1)
    file.save()
    try:
        ended = main(called)
    except SystemExit as error:
        ended = error.code
    assert ended == status
    assert said in capsys.readouterr().err.strip().splitlines()[-1]


def test_a_night_does_what_is_due(capsys, tmp_path, set_clock):
    """On the night of the settlement: rights, letters, transfers; once."""
    set_clock(2026, 11, 3, 2)
    dossier()
    liquider("751", Mois(2026, 9), instant(2026, 9, 30))
    main(["payer", "--caisse", "751", "--date", "2026-10-05", "--out", str(tmp_path)])
    capsys.readouterr()
    for expected in ("1 paydays\n", "0 paydays\n"):
        assert main(["echeances", "--caisse", "751", "--out", str(tmp_path)]) == 0
        assert capsys.readouterr().out == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["751-20261005-001.xml", "751-20261105-001.xml"]


def test_the_letter_of_a_first_access_opens_the_account_and_is_kept_without_its_code(capsys, tmp_path, client):
    file = dossier()
    letter = tmp_path / "letter.pdf"
    assert main(["code", "--caisse", "751", "--matricule", "0000354", "--out", str(letter)]) == 0
    assert main(["code", "--caisse", "751", "--matricule", "0000355", "--out", str(letter)]) == 1
    assert "there is no file '0000355'" in capsys.readouterr().err
    assert letter.stat().st_mode & 0o077 == 0
    text = " ".join(page.extract_text() for page in PdfReader(letter).pages)
    (code,) = re.findall(rf"\b[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}\b", text)

    kept = Courrier.objects.get(dossier=file)
    assert code not in str(kept.contenu)
    typed = {
        "identifiant": "0000354",
        "naissance-jour": "12",
        "naissance-mois": "5",
        "naissance-annee": "1990",
        "code": code,
    }
    assert client.post("/connexion/premier-acces", typed).url == "/connexion/mot-de-passe"
