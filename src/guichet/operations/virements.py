"""The file of transfers that the bank receives (`pain.001.001.03`), and the report that it sends back (`pain.002`).

The same orders make the same bytes, whenever they are written: a payday that was killed writes its files again.
"""

from __future__ import annotations

import functools
import os
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from sepaxml import SepaTransfer
from stdnum.iso7064 import mod_97_10
from text_unidecode import unidecode

from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Euros, euros

FORMAT = "pain.001.001.03"
PER_FILE = 10_000
"""Orders in one file: banks bound them, and so does memory (about 6 kB an order)."""
JUDGED = 100
"""Orders of a file that the official schema judges: all are alike but for four values, which `Virement` checks."""
MAXIMAL_MONTANT = euros("999999999.99")
MAXIMAL_REPORT = 32 * 2**20
"""Of a report: a whole file of orders told one by one takes half of that."""
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,35}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
"""As the schema has it, in capitals; `Iban.parse` has read it by its country's rules when it was learnt."""
_NOT_SEPA = re.compile(r"[^A-Za-z0-9/?:().,'+ -]+")


def sepa_letters(text: str, length: int = 70) -> str:
    """`text` in the letters that every bank of the SEPA reads: `Éloïse Müller-Œhl` is `Eloise Muller-OEhl`."""
    written = text if text.isascii() else unidecode(text)
    return " ".join(_NOT_SEPA.sub(" ", written).split())[:length].strip()


@dataclass(frozen=True, slots=True)
class Virement:
    """One transfer. `reference` is the only one of its kind, ever: it comes back with a rejection.

    ValueError with a sentence that names the order, never its holder nor its account.
    """

    reference: str
    montant: Euros
    titulaire: str = field(repr=False)
    iban: str = field(repr=False)
    label: str = ""
    """What the holder reads on their statement; the reference when empty."""

    def __post_init__(self) -> None:
        if not _REFERENCE.fullmatch(self.reference):
            raise ValueError(
                f"Référence de virement « {self.reference} » : 35 lettres sans accent, chiffres ou tirets au plus."
            )
        if not (0 < self.montant <= MAXIMAL_MONTANT and self.montant == euros(self.montant)):
            raise ValueError(f"Virement {self.reference} : {self.montant} n'est pas un montant en euros et centimes.")
        if not (_IBAN.fullmatch(self.iban) and mod_97_10.is_valid(self.iban[4:] + self.iban[:4])):
            raise ValueError(f"Virement {self.reference} : l'IBAN n'est pas valide.")
        if not sepa_letters(self.titulaire):
            raise ValueError(f"Virement {self.reference} : le nom du titulaire du compte manque.")


@dataclass(frozen=True, slots=True)
class CompteEmetteur:
    """The caisse and its account."""

    nom: str
    iban: str
    bic: str


def write(
    folder: Path,
    emetteur: CompteEmetteur,
    virements: Collection[Virement],
    execution: date,
    message: str,
    created_at: datetime,
) -> list[Path]:
    """Write the files of `virements`, to be executed on `execution`; each is whole, or is not there.

    `message` names them, up to 30 letters: the caisse and the payday, say. Each has its number after it, as its reports
    will say. Only who runs the payday can read them.
    """
    twice = [reference for reference, times in Counter(virement.reference for virement in virements).items() if times > 1]
    if twice:
        raise ValueError(f"Une référence de virement est donnée plusieurs fois : {', '.join(sorted(twice)[:5])}.")
    ordered = sorted(virements, key=lambda virement: virement.reference)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for rank, start in enumerate(range(0, len(ordered), PER_FILE), start=1):
        name, own = f"{message}-{rank:03d}", ordered[start : start + PER_FILE]
        _schema().validate(message_of(emetteur, own[:JUDGED], execution, name, created_at).decode())
        paths.append(folder / f"{name}.xml")
        _write_at_once(paths[-1], message_of(emetteur, own, execution, name, created_at))
    return paths


def message_of(
    emetteur: CompteEmetteur, virements: Sequence[Virement], execution: date, message: str, created_at: datetime
) -> bytes:
    """The bytes of one message; `message` and `created_at` take the place of what the library draws by lot."""
    account = {"name": sepa_letters(emetteur.nom), "IBAN": emetteur.iban, "BIC": emetteur.bic}
    transfer = SepaTransfer({**account, "currency": "EUR", "batch": True}, schema=FORMAT, clean=False)
    for virement in virements:
        transfer.add_payment(
            {
                "name": sepa_letters(virement.titulaire),
                "IBAN": virement.iban,
                "amount": int(virement.montant * 100),
                "execution_date": execution,
                "description": sepa_letters(virement.label, 140) or virement.reference,
                "endtoend_id": virement.reference,
            }
        )
    written: bytes = transfer.export(validate=False)
    for tag, value in (("MsgId", message), ("PmtInfId", message), ("CreDtTm", created_at.isoformat(timespec="seconds"))):
        written = re.sub(rf"<{tag}>[^<]*<".encode(), f"<{tag}>{value}<".encode(), written)
    return written


@functools.cache
def _schema() -> Any:
    """The official one. Half a second: not for each file of a payday."""
    from xmlschema import XMLSchema  # imported when it is needed: it changes etree

    return XMLSchema(str(files("sepaxml") / "schemas" / f"{FORMAT}.xsd"))


def _write_at_once(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(".en-cours")
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


REASONS = {
    "AC01": Phrase("Le numéro de compte (IBAN) est incorrect."),
    "AC03": Phrase("Le numéro de compte (IBAN) est incorrect."),
    "AC04": Phrase("Le compte est fermé."),
    "AC06": Phrase("Le compte est bloqué."),
    "AG01": Phrase("Ce compte ne peut pas recevoir de virement."),
    "AM04": Phrase("Le compte de la caisse n'a pas assez d'argent."),
    "AM05": Phrase("La banque a déjà reçu ce virement."),
    "CNOR": Phrase("La banque du compte ne reçoit pas de virements SEPA."),
    "DUPL": Phrase("La banque a déjà reçu ce virement."),
    "FF01": Phrase("Le fichier de virements est mal formé."),
    "MD07": Phrase("Le titulaire du compte est décédé."),
    "MS02": Phrase("Le titulaire du compte a refusé le virement."),
    "MS03": Phrase("La banque n'a pas dit pourquoi."),
    "RC01": Phrase("Le code de la banque (BIC) est incorrect."),
    "RR04": Phrase("La banque l'a refusé pour une raison réglementaire."),
    "TM01": Phrase("Le fichier est arrivé trop tard à la banque."),
}
"""Reasons for a rejection, by their ISO 20022 code (ExternalStatusReason1Code)."""
ACCOUNT_AT_FAULT = frozenset({"AC01", "AC03", "AC04", "AC06", "AG01", "CNOR", "MD07", "MS02", "RC01"})


@dataclass(frozen=True, slots=True)
class Rejet:
    """A transfer that the bank did not make. `code` is empty when the report gives none."""

    reference: str
    code: str

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        if self.code in REASONS:
            return REASONS[self.code]
        return Phrase("La banque l'a rejeté (code {code}).", code=self.code) if self.code else REASONS["MS03"]

    @property
    def account_at_fault(self) -> bool:
        """Whether another account is needed before it is sent again."""
        return self.code in ACCOUNT_AT_FAULT


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What the bank answers to the file `message`: rejections one by one, or of the whole file with one reason."""

    message: str
    one_by_one: tuple[Rejet, ...]
    whole: str | None
    """The code of the rejection of the whole file (empty: none was given); None when it is not rejected whole."""

    def rejets(self, sent: Collection[str]) -> tuple[list[Rejet], list[str]]:
        """The rejections among the references `sent` in the file, and the references of the report that are not of it."""
        by_reference = {rejet.reference: rejet for rejet in reversed(self.one_by_one)}
        unknown = sorted(by_reference.keys() - set(sent))
        if self.whole is not None:
            by_reference = {reference: Rejet(reference, self.whole) for reference in sent} | by_reference
        return [by_reference[reference] for reference in sorted(set(sent) & by_reference.keys())], unknown


def read(content: bytes) -> CompteRendu:
    """Read a status report, of any version; ValueError with a sentence when it is not one, or is not safe to read."""
    root = _safe_xml(content)
    report = root.find("{*}CstmrPmtStsRpt")
    original = None if report is None else report.find("{*}OrgnlGrpInfAndSts")
    message = "" if original is None else _text(original, "OrgnlMsgId")
    if report is None or original is None or not message:
        raise ValueError("Ce fichier n'est pas un compte rendu de virements (pain.002).")
    batches = [original, *report.iterfind("{*}OrgnlPmtInfAndSts")]  # our files hold one batch: it is the whole file
    rejected = [batch for batch in batches if "RJCT" in (_text(batch, "GrpSts"), _text(batch, "PmtInfSts"))]
    ordres = (ordre for ordre in report.iterfind(".//{*}TxInfAndSts") if _text(ordre, "TxSts") == "RJCT")
    one_by_one = tuple(Rejet(_text(ordre, "OrgnlEndToEndId"), _code(ordre)) for ordre in ordres)
    if any(not rejet.reference for rejet in one_by_one):
        raise ValueError(f"Le compte rendu du fichier {message} rejette un virement sans dire lequel.")
    return CompteRendu(message, one_by_one, next(filter(None, map(_code, rejected)), "") if rejected else None)


def _text(element: ElementTree.Element, tag: str) -> str:
    return (element.findtext(f"{{*}}{tag}") or "").strip()[:35]


def _code(element: ElementTree.Element) -> str:
    return _text(element, "StsRsnInf/{*}Rsn/{*}Cd") or _text(element, "StsRsnInf/{*}Rsn/{*}Prtry")


def _safe_xml(content: bytes) -> ElementTree.Element:
    """The document; one that declares a DTD is refused before any entity is read: no report needs one."""
    if len(content) > MAXIMAL_REPORT:
        raise ValueError(f"Ce compte rendu est trop gros : {MAXIMAL_REPORT // 2**20} Mo au plus.")
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        parser.Parse(content, True)
        return ElementTree.fromstring(content)
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise ValueError("Ce fichier n'est pas du XML bien formé.") from error


def _refuse_dtd(*_: object) -> None:
    raise ValueError("Ce compte rendu déclare une DTD : il n'est pas lu.")
