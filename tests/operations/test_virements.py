"""What the bank is sent is what the schema wants; what it sends back is read with care."""

import os
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sepaxml.validation import try_valid_xml

from guichet.domain.vocabulaire import euros
from guichet.operations import virements
from guichet.operations.virements import FORMAT, CompteEmetteur, Rejet, Virement, message_of, read, sepa_letters, write

IBAN = "FR7630006000011234567890189"
CAF = CompteEmetteur("Caf de Démonstration", IBAN, "AGRIFRPP")
PAYDAY, CREATED_AT = date(2026, 11, 5), datetime(2026, 11, 2, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
ORDERS = [Virement(f"751-{n}", euros(100 + n), "Éloïse Müller-Œhl", IBAN, "Prestations d'octobre 2026") for n in range(3)]
NAMESPACE = {"p": f"urn:iso:std:iso:20022:tech:xsd:{FORMAT}"}


def texts(content, path):
    return [
        element.text for element in ElementTree.fromstring(content).iterfind(f".//p:{path.replace('/', '/p:')}", NAMESPACE)
    ]


def test_the_file_says_what_is_paid_to_whom():
    content = message_of(CAF, ORDERS, PAYDAY, "751-20261105-001", CREATED_AT)
    try_valid_xml(content, FORMAT)
    assert texts(content, "EndToEndId") == ["751-0", "751-1", "751-2"]
    assert texts(content, "InstdAmt") == ["100.00", "101.00", "102.00"]
    assert texts(content, "Cdtr/Nm") == ["Eloise Muller-OEhl"] * 3
    assert texts(content, "Ustrd") == ["Prestations d'octobre 2026"] * 3
    assert texts(content, "CdtrAcct/Id/IBAN") == [IBAN] * 3
    assert (texts(content, "GrpHdr/CtrlSum"), texts(content, "GrpHdr/NbOfTxs")) == (["303.00"], ["3"])
    assert (texts(content, "GrpHdr/MsgId"), texts(content, "PmtInfId")) == (["751-20261105-001"],) * 2
    assert (texts(content, "CreDtTm"), texts(content, "ReqdExctnDt")) == (["2026-11-02T18:30:00+01:00"], ["2026-11-05"])
    assert (texts(content, "Dbtr/Nm"), texts(content, "DbtrAgt/FinInstnId/BIC")) == (["Caf de Demonstration"], ["AGRIFRPP"])


def test_the_same_orders_make_the_same_bytes(tmp_path):
    (one,) = write(tmp_path / "one", CAF, ORDERS, PAYDAY, "751-20261105", CREATED_AT)
    (other,) = write(tmp_path / "other", CAF, ORDERS[::-1], PAYDAY, "751-20261105", CREATED_AT)
    assert one.name == "751-20261105-001.xml"
    assert one.read_bytes() == other.read_bytes()
    assert one.stat().st_mode & 0o777 == 0o600
    assert write(tmp_path / "one", CAF, ORDERS, PAYDAY, "751-20261105", CREATED_AT) == [one]
    assert os.listdir(one.parent) == [one.name]


def test_a_long_payday_is_cut_into_files(tmp_path, monkeypatch):
    monkeypatch.setattr(virements, "PER_FILE", 2)
    paths = write(tmp_path, CAF, ORDERS, PAYDAY, "751-20261105", CREATED_AT)
    assert [path.name for path in paths] == ["751-20261105-001.xml", "751-20261105-002.xml"]
    assert [texts(path.read_bytes(), "EndToEndId") for path in paths] == [["751-0", "751-1"], ["751-2"]]
    assert write(tmp_path, CAF, [], PAYDAY, "751-20261205", CREATED_AT) == []


def test_a_file_is_whole_or_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write(tmp_path, CAF, ORDERS, PAYDAY, "751-20261105", CREATED_AT)
    assert list(tmp_path.glob("*.xml")) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reference": "é"}, "sans accent"),
        ({"reference": "x" * 36}, "35 lettres"),
        ({"montant": euros(0)}, "Virement 751-0 : 0.00 n'est pas un montant"),
        ({"montant": euros(-1)}, "n'est pas un montant"),
        ({"montant": Decimal("1.001")}, "n'est pas un montant"),
        ({"montant": Decimal("1E10")}, "n'est pas un montant"),
        ({"iban": "FR7630006000011234567890180"}, "l'IBAN n'est pas valide"),
        ({"titulaire": " \N{GRINNING FACE} "}, "le nom du titulaire du compte manque"),
    ],
)
def test_an_order_that_no_bank_would_take_is_refused(changed, sentence):
    with pytest.raises(ValueError, match=sentence) as error:
        replace(ORDERS[0], **changed)
    assert not re.search(r"FR76|Müller", str(error.value))


def test_accounts_and_names_stay_out_of_traces():
    assert not re.search(r"FR76|Müller", repr(ORDERS[0]))


def test_a_reference_twice_is_refused(tmp_path):
    with pytest.raises(ValueError, match="plusieurs fois : 751-1"):
        write(tmp_path, CAF, [*ORDERS, ORDERS[1]], PAYDAY, "751-20261105", CREATED_AT)


def test_what_the_schema_refuses_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="MsgId"):
        write(tmp_path, CAF, ORDERS, PAYDAY, "x" * 40, CREATED_AT)
    assert list(tmp_path.iterdir()) == []


VIREMENTS = st.builds(
    Virement,
    st.from_regex(r"[A-Za-z0-9-]{1,35}", fullmatch=True),
    st.decimals(min_value="0.01", max_value="999999999.99", places=2),
    st.text(min_size=1).filter(sepa_letters),
    st.just(IBAN),
    st.text(),
)


@settings(max_examples=10, deadline=None)
@given(st.lists(VIREMENTS, min_size=1, unique_by=lambda virement: virement.reference))
def test_the_schema_takes_any_order(orders):
    content = message_of(CAF, orders, PAYDAY, "751-20261105-001", CREATED_AT)
    try_valid_xml(content, FORMAT)
    assert texts(content, "InstdAmt") == [f"{virement.montant:.2f}" for virement in orders]
    assert texts(content, "GrpHdr/CtrlSum") == [f"{sum(virement.montant for virement in orders):.2f}"]
    assert all(re.fullmatch(r"[A-Za-z0-9/?:().,'+ -]{1,70}", name) for name in texts(content, "Cdtr/Nm"))


def report(inside="", group="<GrpSts>PART</GrpSts>", version="03", head=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>REP-1</MsgId><CreDtTm>2026-11-05T06:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>751-20261105-001</OrgnlMsgId><OrgnlMsgNmId>{FORMAT}</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>751-20261105-001</OrgnlPmtInfId>{inside}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>""".encode()


def order(reference, status, reason=""):
    reason = reason and f"<StsRsnInf><Rsn>{reason}</Rsn><AddtlInf>bla</AddtlInf></StsRsnInf>"
    return f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{status}</TxSts>{reason}</TxInfAndSts>"


@pytest.mark.parametrize("version", ["03", "10", "13"])
def test_rejections_one_by_one(version):
    inside = order("A", "ACSC") + order("B", "RJCT", "<Cd>AC04</Cd>") + order("C", "RJCT", "<Prtry>Z9</Prtry>")
    answer = read(report(inside + order("X", "RJCT", "<Cd>AC01</Cd>") + order("D", "RJCT"), version=version))
    rejets, unknown = answer.rejets(["A", "B", "C", "D"])
    assert answer.message == "751-20261105-001"
    assert [(rejet.reference, rejet.code, rejet.reason, rejet.account_at_fault) for rejet in rejets] == [
        ("B", "AC04", "Le compte est fermé.", True),
        ("C", "Z9", "La banque l'a rejeté (code Z9).", False),
        ("D", "", "La banque n'a pas dit pourquoi.", False),
    ]
    assert unknown == ["X"]


@pytest.mark.parametrize(
    "content",
    [
        report(group="<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"),
        report("<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"),
    ],
)
def test_a_file_rejected_whole(content):
    assert read(content).rejets(["B", "A"]) == ([Rejet("A", "FF01"), Rejet("B", "FF01")], [])


def test_a_report_of_no_rejection():
    assert read(report(order("A", "ACSC"), group="<GrpSts>ACCP</GrpSts>")).rejets(["A"]) == ([], [])


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
LOCAL_FILE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = b"<a>" * 300_000 + b"</a>" * 300_000


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (report(order("&a;", "RJCT"), head=LOCAL_FILE), "déclare une DTD"),
        (report(order("&b;", "RJCT"), head=BOMB), "déclare une DTD"),
        (report(order("&b;", "RJCT"), head=BOMB).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "déclare une DTD"),
        (b"", "bien formé"),
        (b"\x00\xff", "bien formé"),
        (report()[:-20], "bien formé"),
        (report(order("&a;", "RJCT")), "bien formé"),
        (b"<Document/>", "n'est pas un compte rendu"),
        (message_of(CAF, ORDERS, PAYDAY, "M", CREATED_AT), "n'est pas un compte rendu"),
        (report().replace(b"751-20261105-001</OrgnlMsgId>", b"</OrgnlMsgId>"), "n'est pas un compte rendu"),
        (DEEP, "n'est pas un compte rendu"),
        (report(order(" ", "RJCT")), "rejette un virement sans dire lequel"),
        (b" " * (virements.MAXIMAL_REPORT + 1), "trop gros : 32 Mo au plus"),
    ],
    ids=range(13),
)
def test_a_report_that_is_not_one_is_refused(content, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(content)
