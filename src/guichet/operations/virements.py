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
PAR_FICHIER = 10_000
"""Orders in one file: banks bound them, and so does memory (about 6 kB an order)."""
JUGES = 100
"""Orders of a file that the official schema judges: all are alike but for four values, which `Virement` checks."""
MONTANT_MAXIMAL = euros("999999999.99")
OCTETS_MAXIMAUX = 32 * 2**20
"""Of a report: a whole file of orders told one by one takes half of that."""
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,35}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
"""As the schema has it, in capitals; `Iban.parse` has read it by its country's rules when it was learnt."""
_HORS_SEPA = re.compile(r"[^A-Za-z0-9/?:().,'+ -]+")


def caracteres_sepa(texte: str, longueur: int = 70) -> str:
    """`texte` in the letters that every bank of the SEPA reads: `Éloïse Müller-Œhl` is `Eloise Muller-OEhl`."""
    ecrit = texte if texte.isascii() else unidecode(texte)
    return " ".join(_HORS_SEPA.sub(" ", ecrit).split())[:longueur].strip()


@dataclass(frozen=True, slots=True)
class Virement:
    """One transfer. `reference` is the only one of its kind, ever: it comes back with a rejection.

    ValueError with a sentence that names the order, never its holder nor its account.
    """

    reference: str
    montant: Euros
    titulaire: str = field(repr=False)
    iban: str = field(repr=False)
    libelle: str = ""
    """What the holder reads on their statement; the reference when empty."""

    def __post_init__(self) -> None:
        if not _REFERENCE.fullmatch(self.reference):
            raise ValueError(
                f"Référence de virement « {self.reference} » : 35 lettres sans accent, chiffres ou tirets au plus."
            )
        if not (0 < self.montant <= MONTANT_MAXIMAL and self.montant == euros(self.montant)):
            raise ValueError(f"Virement {self.reference} : {self.montant} n'est pas un montant en euros et centimes.")
        if not (_IBAN.fullmatch(self.iban) and mod_97_10.is_valid(self.iban[4:] + self.iban[:4])):
            raise ValueError(f"Virement {self.reference} : l'IBAN n'est pas valide.")
        if not caracteres_sepa(self.titulaire):
            raise ValueError(f"Virement {self.reference} : le nom du titulaire du compte manque.")


@dataclass(frozen=True, slots=True)
class Emetteur:
    """The caisse and its account."""

    nom: str
    iban: str
    bic: str


def ecrire(
    dossier: Path, emetteur: Emetteur, virements: Collection[Virement], execution: date, message: str, cree_le: datetime
) -> list[Path]:
    """Write the files of `virements`, to be executed on `execution`; each is whole, or is not there.

    `message` names them, up to 30 letters: the caisse and the payday, say. Each has its number after it, as its reports
    will say. Only who runs the payday can read them.
    """
    doubles = [reference for reference, fois in Counter(virement.reference for virement in virements).items() if fois > 1]
    if doubles:
        raise ValueError(f"Une référence de virement est donnée plusieurs fois : {', '.join(sorted(doubles)[:5])}.")
    ranges = sorted(virements, key=lambda virement: virement.reference)
    dossier.mkdir(parents=True, exist_ok=True)
    chemins = []
    for rang, debut in enumerate(range(0, len(ranges), PAR_FICHIER), start=1):
        nom, siens = f"{message}-{rang:03d}", ranges[debut : debut + PAR_FICHIER]
        _schema().validate(fichier(emetteur, siens[:JUGES], execution, nom, cree_le).decode())
        chemins.append(dossier / f"{nom}.xml")
        _ecrit_d_un_coup(chemins[-1], fichier(emetteur, siens, execution, nom, cree_le))
    return chemins


def fichier(emetteur: Emetteur, virements: Sequence[Virement], execution: date, message: str, cree_le: datetime) -> bytes:
    """The bytes of one message; `message` and `cree_le` take the place of what the library draws by lot."""
    compte = {"name": caracteres_sepa(emetteur.nom), "IBAN": emetteur.iban, "BIC": emetteur.bic}
    transfert = SepaTransfer({**compte, "currency": "EUR", "batch": True}, schema=FORMAT, clean=False)
    for virement in virements:
        transfert.add_payment(
            {
                "name": caracteres_sepa(virement.titulaire),
                "IBAN": virement.iban,
                "amount": int(virement.montant * 100),
                "execution_date": execution,
                "description": caracteres_sepa(virement.libelle, 140) or virement.reference,
                "endtoend_id": virement.reference,
            }
        )
    octets: bytes = transfert.export(validate=False)
    for balise, valeur in (("MsgId", message), ("PmtInfId", message), ("CreDtTm", cree_le.isoformat(timespec="seconds"))):
        octets = re.sub(rf"<{balise}>[^<]*<".encode(), f"<{balise}>{valeur}<".encode(), octets)
    return octets


@functools.cache
def _schema() -> Any:
    """The official one. Half a second: not for each file of a payday."""
    from xmlschema import XMLSchema  # imported when it is needed: it changes etree

    return XMLSchema(str(files("sepaxml") / "schemas" / f"{FORMAT}.xsd"))


def _ecrit_d_un_coup(chemin: Path, octets: bytes) -> None:
    provisoire = chemin.with_suffix(".en-cours")
    with open(os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sortie:
        sortie.write(octets)
        sortie.flush()
        os.fsync(sortie.fileno())
    provisoire.replace(chemin)


RAISONS = {
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
COMPTE_EN_CAUSE = frozenset({"AC01", "AC03", "AC04", "AC06", "AG01", "CNOR", "MD07", "MS02", "RC01"})


@dataclass(frozen=True, slots=True)
class Rejet:
    """A transfer that the bank did not make. `code` is empty when the report gives none."""

    reference: str
    code: str

    @property
    def raison(self) -> str:
        """Why, in a sentence."""
        if self.code in RAISONS:
            return RAISONS[self.code]
        return Phrase("La banque l'a rejeté (code {code}).", code=self.code) if self.code else RAISONS["MS03"]

    @property
    def compte_en_cause(self) -> bool:
        """Whether another account is needed before it is sent again."""
        return self.code in COMPTE_EN_CAUSE


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What the bank answers to the file `message`: rejections one by one, or of the whole file with one reason."""

    message: str
    un_par_un: tuple[Rejet, ...]
    en_entier: str | None
    """The code of the rejection of the whole file (empty: none was given); None when it is not rejected whole."""

    def rejets(self, emis: Collection[str]) -> tuple[list[Rejet], list[str]]:
        """The rejections among the references `emis` in the file, and the references of the report that are not of it."""
        par_reference = {rejet.reference: rejet for rejet in reversed(self.un_par_un)}
        inconnues = sorted(par_reference.keys() - set(emis))
        if self.en_entier is not None:
            par_reference = {reference: Rejet(reference, self.en_entier) for reference in emis} | par_reference
        return [par_reference[reference] for reference in sorted(set(emis) & par_reference.keys())], inconnues


def lire(octets: bytes) -> CompteRendu:
    """Read a status report, of any version; ValueError with a sentence when it is not one, or is not safe to read."""
    racine = _xml_sans_piege(octets)
    rapport = racine.find("{*}CstmrPmtStsRpt")
    origine = None if rapport is None else rapport.find("{*}OrgnlGrpInfAndSts")
    message = "" if origine is None else _texte(origine, "OrgnlMsgId")
    if rapport is None or origine is None or not message:
        raise ValueError("Ce fichier n'est pas un compte rendu de virements (pain.002).")
    lots = [origine, *rapport.iterfind("{*}OrgnlPmtInfAndSts")]  # our files hold one lot: it is the whole file
    rejetes = [lot for lot in lots if "RJCT" in (_texte(lot, "GrpSts"), _texte(lot, "PmtInfSts"))]
    ordres = (ordre for ordre in rapport.iterfind(".//{*}TxInfAndSts") if _texte(ordre, "TxSts") == "RJCT")
    un_par_un = tuple(Rejet(_texte(ordre, "OrgnlEndToEndId"), _code(ordre)) for ordre in ordres)
    if any(not rejet.reference for rejet in un_par_un):
        raise ValueError(f"Le compte rendu du fichier {message} rejette un virement sans dire lequel.")
    return CompteRendu(message, un_par_un, next(filter(None, map(_code, rejetes)), "") if rejetes else None)


def _texte(element: ElementTree.Element, balise: str) -> str:
    return (element.findtext(f"{{*}}{balise}") or "").strip()[:35]


def _code(element: ElementTree.Element) -> str:
    return (element.findtext("{*}StsRsnInf/{*}Rsn/{*}Cd") or element.findtext("{*}StsRsnInf/{*}Rsn/{*}Prtry") or "").strip()[
        :35
    ]


def _xml_sans_piege(octets: bytes) -> ElementTree.Element:
    """The document; one that declares a DTD is refused before any entity is read: no report needs one."""
    if len(octets) > OCTETS_MAXIMAUX:
        raise ValueError(f"Ce compte rendu est trop gros : {OCTETS_MAXIMAUX // 2**20} Mo au plus.")
    lecteur = expat.ParserCreate()
    lecteur.StartDoctypeDeclHandler = _refuse_la_dtd
    try:
        lecteur.Parse(octets, True)
        return ElementTree.fromstring(octets)
    except (expat.ExpatError, ElementTree.ParseError) as erreur:
        raise ValueError("Ce fichier n'est pas du XML bien formé.") from erreur


def _refuse_la_dtd(*_: object) -> None:
    raise ValueError("Ce compte rendu déclare une DTD : il n'est pas lu.")
