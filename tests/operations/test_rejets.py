"""What a bank sends back is owed again, told once in a letter that says what to do, and read from the bank's own report."""

import pytest
from django.db import connection
from test_payer import JANVIER, PAYDAY, balances, month

from dossiers import OTHER_IBAN, SINCE, dossier, instant
from guichet import cli
from guichet.commands import _django
from guichet.domain.comptes import Beneficiaire
from guichet.domain.faits import LE_FOYER, Bailleur, Fait, Genre
from guichet.operations.payer import payer
from guichet.operations.rejets import read, rejeter
from guichet.operations.virements import CompteRendu, Rejet
from guichet.records.courriers import Courrier
from guichet.records.grand_livre import Ordre

pytestmark = pytest.mark.django_db
AFTER = instant(2024, 2, 8)
MESSAGE = f"751-{PAYDAY:%Y%m%d}-001"
LANDLORD = Fait(Genre.BAILLEUR, LE_FOYER, Bailleur("Habitat d'essai", OTHER_IBAN), SINCE)


def words():
    return str(Courrier.objects.get().letter)


def test_a_letter_says_why_and_what_to_do(tmp_path):
    dossier()
    month(JANVIER, tmp_path)
    (order,) = Ordre.objects.all()
    for _ in range(2):
        assert rejeter({order.reference.hex: "AC04"}, AFTER) == []
    said = words()
    for mention in ("le compte est fermé.", "FR76 •••• 0185", "5 février 2024", "Prime d'activité", "/mon-compte"):
        assert mention in said, mention
    assert "FR7630001007941234567890185" not in said


def test_what_is_not_the_fault_of_the_account_is_sent_there_again(tmp_path):
    file = dossier()
    month(JANVIER, tmp_path)
    rejeter({Ordre.objects.get().reference.hex: "AM04"}, AFTER)
    assert "Vous n'avez rien à faire." in words()
    again = payer("751", AFTER.date(), AFTER, tmp_path)
    assert (again.ordres, again.without_account, balances(file)) == (1, 0, {})


def test_the_account_of_a_landlord_is_asked_of_the_landlord(tmp_path):
    dossier("0000354", "751", LANDLORD)
    month(JANVIER, tmp_path)
    rejeter({Ordre.objects.get(beneficiaire=Beneficiaire.BAILLEUR).reference.hex: "AC01"}, AFTER)
    assert "Prévenez votre bailleur" in words()


def test_a_whole_file_sent_back_is_all_its_orders(tmp_path):
    dossier()
    dossier("0000355")
    month(JANVIER, tmp_path)
    reasons, unknown = read(CompteRendu(MESSAGE, (Rejet("ABC", "AC04"),), "FF01"))
    assert reasons == {order.reference.hex: "FF01" for order in Ordre.objects.all()}
    assert unknown == ["ABC"]


@pytest.mark.parametrize(
    "message", ["", "751-20240205-002", "999-20240205-001", "751-20249999-001", "751-20240205-000", "x" * 35]
)
def test_a_report_on_another_file_is_refused(tmp_path, message):
    dossier()
    month(JANVIER, tmp_path)
    with pytest.raises(ValueError, match="n'est pas l'un des nôtres"):
        read(CompteRendu(message, (), "FF01"))


REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><OrgnlGrpInfAndSts>
<OrgnlMsgId>{message}</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts>
<OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>
</TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"""


def test_the_command_reads_reports_and_goes_on_after_one_that_is_not(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(_django, "start", lambda command: connection.ensure_connection())
    dossier()
    month(JANVIER, tmp_path)
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(message=MESSAGE, reference=Ordre.objects.get().reference.hex))
    other = tmp_path / "other.xml"
    other.write_text("<html>")
    assert cli.main(["rejets", str(other), str(tmp_path / "nowhere.xml"), str(report)]) == 1
    told = capsys.readouterr()
    assert told.out == f"{report}: 1 transfers sent back\n"
    assert "nowhere.xml: No such file" in told.err
    assert "other.xml: " in told.err
    assert cli.main(["rejets", str(report)]) == 0
    assert Courrier.objects.count() == 1
