"""A letter, whole: who writes, to whom, what it says. Its words are those that were sent, and never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.domain.courriers.recours import Organe
from guichet.domain.droits import Prestation


class Genre(StrEnum):
    DROITS = "droits"
    RAPPEL = "rappel"
    INDU = "indu"
    CODE_D_ACCES = "code_d_acces"
    ACCUSE_DE_RECEPTION = "accuse_de_reception"
    VIREMENT_REJETE = "virement_rejete"
    ATTESTATION_DE_PAIEMENT = "attestation_de_paiement"
    ATTESTATION_DE_QUOTIENT_FAMILIAL = "attestation_de_quotient_familial"


@dataclass(frozen=True, slots=True)
class Emetteur:
    """The caisse that writes. `contact` says how to reach the service; `signataire` is the quality of who signs, with the
    name if the operator gives it (CRPA, art. L212-1). `adresses` are those of the bodies of appeal that are known."""

    caisse: str
    service: str
    adresse: tuple[str, ...]
    contact: str
    signataire: str
    site: str
    demonstration: bool = False
    adresses: Mapping[Organe, str] | None = None


@dataclass(frozen=True, slots=True)
class Destinataire:
    nom: str
    adresse: tuple[str, ...]
    """The lines under the name, the postal code and town last: at most five."""
    matricule: str


@dataclass(frozen=True, slots=True)
class Enveloppe:
    """What every letter has around its words. `reference` is unique in the caisse."""

    emetteur: Emetteur
    destinataire: Destinataire
    le: date
    reference: str


@dataclass(frozen=True, slots=True)
class Titre:
    texte: str
    niveau: int = 2


@dataclass(frozen=True, slots=True)
class Paragraphe:
    texte: str
    en_avant: bool = False
    """What the reader looks for first: an amount, a code."""


@dataclass(frozen=True, slots=True)
class Liste:
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """`chiffres` is the number of its last columns that hold figures; `total` is its last line, or nothing."""

    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    chiffres: int = 0


Bloc = Titre | Paragraphe | Liste | Tableau
_BLOCS: dict[str, type[Bloc]] = {"titre": Titre, "paragraphe": Paragraphe, "liste": Liste, "tableau": Tableau}
_NAMES = {type_of_bloc: name for name, type_of_bloc in _BLOCS.items()}


@dataclass(frozen=True, slots=True)
class Verification:
    """With what anybody checks an attestation: its code (see `verification`), and the address of the page that reads it."""

    code: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Courrier:
    genre: Genre
    objet: str
    enveloppe: Enveloppe
    corps: tuple[Bloc, ...]
    verification: Verification | None = None
    """Attestations have one, letters none."""
    decide: tuple[Prestation, ...] = ()
    """The benefits that it decides on: these decisions can be contested."""


def to_json(courrier: Courrier) -> dict[str, Any]:
    """All of it, as JSON has it."""
    written = asdict(courrier)
    written["enveloppe"]["le"] = courrier.enveloppe.le.isoformat()
    for bloc, content in zip(courrier.corps, written["corps"], strict=True):
        content["bloc"] = _NAMES[type(bloc)]
    return written


def from_json(data: Mapping[str, Any]) -> Courrier:
    """The letter that `to_json` wrote; KeyError, TypeError or ValueError when it did not."""
    verification = data["verification"]
    return Courrier(
        genre=Genre(data["genre"]),
        objet=data["objet"],
        enveloppe=_enveloppe(data["enveloppe"]),
        corps=tuple(_bloc(content) for content in data["corps"]),
        verification=Verification(**verification) if verification else None,
        decide=tuple(Prestation(prestation) for prestation in data.get("decide", ())),
    )


def _enveloppe(data: Mapping[str, Any]) -> Enveloppe:
    emetteur, adresses = data["emetteur"], data["emetteur"]["adresses"]
    organes = {Organe(organe): adresse for organe, adresse in adresses.items()} if adresses is not None else None
    return Enveloppe(
        emetteur=Emetteur(**{**emetteur, "adresse": tuple(emetteur["adresse"]), "adresses": organes}),
        destinataire=Destinataire(**{**data["destinataire"], "adresse": tuple(data["destinataire"]["adresse"])}),
        le=date.fromisoformat(data["le"]),
        reference=data["reference"],
    )


def _bloc(data: Mapping[str, Any]) -> Bloc:
    values = {name: _tuples(value) for name, value in data.items() if name != "bloc"}
    return _BLOCS[data["bloc"]](**values)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(element) for element in value) if isinstance(value, list | tuple) else value
