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
from guichet.operations.virements import FORMAT, Emetteur, Rejet, Virement, caracteres_sepa, ecrire, fichier, lire

IBAN = "FR7630006000011234567890189"
CAF = Emetteur("Caf de Démonstration", IBAN, "AGRIFRPP")
PAIE, CREE_LE = date(2026, 11, 5), datetime(2026, 11, 2, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
ORDRES = [Virement(f"751-{n}", euros(100 + n), "Éloïse Müller-Œhl", IBAN, "Prestations d'octobre 2026") for n in range(3)]
ESPACE = {"p": f"urn:iso:std:iso:20022:tech:xsd:{FORMAT}"}


def lus(octets, chemin):
    return [
        element.text for element in ElementTree.fromstring(octets).iterfind(f".//p:{chemin.replace('/', '/p:')}", ESPACE)
    ]


def test_the_file_says_what_is_paid_to_whom():
    octets = fichier(CAF, ORDRES, PAIE, "751-20261105-001", CREE_LE)
    try_valid_xml(octets, FORMAT)
    assert lus(octets, "EndToEndId") == ["751-0", "751-1", "751-2"]
    assert lus(octets, "InstdAmt") == ["100.00", "101.00", "102.00"]
    assert lus(octets, "Cdtr/Nm") == ["Eloise Muller-OEhl"] * 3
    assert lus(octets, "Ustrd") == ["Prestations d'octobre 2026"] * 3
    assert lus(octets, "CdtrAcct/Id/IBAN") == [IBAN] * 3
    assert (lus(octets, "GrpHdr/CtrlSum"), lus(octets, "GrpHdr/NbOfTxs")) == (["303.00"], ["3"])
    assert (lus(octets, "GrpHdr/MsgId"), lus(octets, "PmtInfId")) == (["751-20261105-001"],) * 2
    assert (lus(octets, "CreDtTm"), lus(octets, "ReqdExctnDt")) == (["2026-11-02T18:30:00+01:00"], ["2026-11-05"])
    assert (lus(octets, "Dbtr/Nm"), lus(octets, "DbtrAgt/FinInstnId/BIC")) == (["Caf de Demonstration"], ["AGRIFRPP"])


def test_the_same_orders_make_the_same_bytes(tmp_path):
    (un,) = ecrire(tmp_path / "un", CAF, ORDRES, PAIE, "751-20261105", CREE_LE)
    (autre,) = ecrire(tmp_path / "autre", CAF, ORDRES[::-1], PAIE, "751-20261105", CREE_LE)
    assert un.name == "751-20261105-001.xml"
    assert un.read_bytes() == autre.read_bytes()
    assert un.stat().st_mode & 0o777 == 0o600
    assert ecrire(tmp_path / "un", CAF, ORDRES, PAIE, "751-20261105", CREE_LE) == [un]
    assert os.listdir(un.parent) == [un.name]


def test_a_long_payday_is_cut_into_files(tmp_path, monkeypatch):
    monkeypatch.setattr(virements, "PAR_FICHIER", 2)
    chemins = ecrire(tmp_path, CAF, ORDRES, PAIE, "751-20261105", CREE_LE)
    assert [chemin.name for chemin in chemins] == ["751-20261105-001.xml", "751-20261105-002.xml"]
    assert [lus(chemin.read_bytes(), "EndToEndId") for chemin in chemins] == [["751-0", "751-1"], ["751-2"]]
    assert ecrire(tmp_path, CAF, [], PAIE, "751-20261205", CREE_LE) == []


def test_a_file_is_whole_or_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        ecrire(tmp_path, CAF, ORDRES, PAIE, "751-20261105", CREE_LE)
    assert list(tmp_path.glob("*.xml")) == []


@pytest.mark.parametrize(
    ("autres", "phrase"),
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
def test_an_order_that_no_bank_would_take_is_refused(autres, phrase):
    with pytest.raises(ValueError, match=phrase) as erreur:
        replace(ORDRES[0], **autres)
    assert not re.search(r"FR76|Müller", str(erreur.value))


def test_accounts_and_names_stay_out_of_traces():
    assert not re.search(r"FR76|Müller", repr(ORDRES[0]))


def test_a_reference_twice_is_refused(tmp_path):
    with pytest.raises(ValueError, match="plusieurs fois : 751-1"):
        ecrire(tmp_path, CAF, [*ORDRES, ORDRES[1]], PAIE, "751-20261105", CREE_LE)


def test_what_the_schema_refuses_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="MsgId"):
        ecrire(tmp_path, CAF, ORDRES, PAIE, "x" * 40, CREE_LE)
    assert list(tmp_path.iterdir()) == []


VIREMENTS = st.builds(
    Virement,
    st.from_regex(r"[A-Za-z0-9-]{1,35}", fullmatch=True),
    st.decimals(min_value="0.01", max_value="999999999.99", places=2),
    st.text(min_size=1).filter(caracteres_sepa),
    st.just(IBAN),
    st.text(),
)


@settings(max_examples=10, deadline=None)
@given(st.lists(VIREMENTS, min_size=1, unique_by=lambda virement: virement.reference))
def test_the_schema_takes_any_order(ordres):
    octets = fichier(CAF, ordres, PAIE, "751-20261105-001", CREE_LE)
    try_valid_xml(octets, FORMAT)
    assert lus(octets, "InstdAmt") == [f"{virement.montant:.2f}" for virement in ordres]
    assert lus(octets, "GrpHdr/CtrlSum") == [f"{sum(virement.montant for virement in ordres):.2f}"]
    assert all(re.fullmatch(r"[A-Za-z0-9/?:().,'+ -]{1,70}", nom) for nom in lus(octets, "Cdtr/Nm"))


def rapport(interieur="", groupe="<GrpSts>PART</GrpSts>", version="03", tete=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>{tete}
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>REP-1</MsgId><CreDtTm>2026-11-05T06:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>751-20261105-001</OrgnlMsgId><OrgnlMsgNmId>{FORMAT}</OrgnlMsgNmId>{groupe}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>751-20261105-001</OrgnlPmtInfId>{interieur}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>""".encode()


def ordre(reference, statut, raison=""):
    raison = raison and f"<StsRsnInf><Rsn>{raison}</Rsn><AddtlInf>bla</AddtlInf></StsRsnInf>"
    return f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{statut}</TxSts>{raison}</TxInfAndSts>"


@pytest.mark.parametrize("version", ["03", "10", "13"])
def test_rejections_one_by_one(version):
    interieur = ordre("A", "ACSC") + ordre("B", "RJCT", "<Cd>AC04</Cd>") + ordre("C", "RJCT", "<Prtry>Z9</Prtry>")
    compte_rendu = lire(rapport(interieur + ordre("X", "RJCT", "<Cd>AC01</Cd>") + ordre("D", "RJCT"), version=version))
    rejets, inconnues = compte_rendu.rejets(["A", "B", "C", "D"])
    assert compte_rendu.message == "751-20261105-001"
    assert [(rejet.reference, rejet.code, rejet.raison, rejet.compte_en_cause) for rejet in rejets] == [
        ("B", "AC04", "Le compte est fermé.", True),
        ("C", "Z9", "La banque l'a rejeté (code Z9).", False),
        ("D", "", "La banque n'a pas dit pourquoi.", False),
    ]
    assert inconnues == ["X"]


@pytest.mark.parametrize(
    "octets",
    [
        rapport(groupe="<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"),
        rapport("<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"),
    ],
)
def test_a_file_rejected_whole(octets):
    assert lire(octets).rejets(["B", "A"]) == ([Rejet("A", "FF01"), Rejet("B", "FF01")], [])


def test_a_report_of_no_rejection():
    assert lire(rapport(ordre("A", "ACSC"), groupe="<GrpSts>ACCP</GrpSts>")).rejets(["A"]) == ([], [])


BOMBE = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FICHIER_LOCAL = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PROFOND = b"<a>" * 300_000 + b"</a>" * 300_000


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (rapport(ordre("&a;", "RJCT"), tete=FICHIER_LOCAL), "déclare une DTD"),
        (rapport(ordre("&b;", "RJCT"), tete=BOMBE), "déclare une DTD"),
        (rapport(ordre("&b;", "RJCT"), tete=BOMBE).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "déclare une DTD"),
        (b"", "bien formé"),
        (b"\x00\xff", "bien formé"),
        (rapport()[:-20], "bien formé"),
        (rapport(ordre("&a;", "RJCT")), "bien formé"),
        (b"<Document/>", "n'est pas un compte rendu"),
        (fichier(CAF, ORDRES, PAIE, "M", CREE_LE), "n'est pas un compte rendu"),
        (rapport().replace(b"751-20261105-001</OrgnlMsgId>", b"</OrgnlMsgId>"), "n'est pas un compte rendu"),
        (PROFOND, "n'est pas un compte rendu"),
        (rapport(ordre(" ", "RJCT")), "rejette un virement sans dire lequel"),
        (b" " * (virements.OCTETS_MAXIMAUX + 1), "trop gros : 32 Mo au plus"),
    ],
    ids=range(13),
)
def test_a_report_that_is_not_one_is_refused(octets, phrase):
    with pytest.raises(ValueError, match=phrase):
        lire(octets)
