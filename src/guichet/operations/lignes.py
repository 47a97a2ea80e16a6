"""JSON Lines in, JSON Lines out: lines read as they come, numbered, each a question or a reason why it is none."""

from __future__ import annotations

import io
import select
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import orjson

from guichet import law
from guichet.operations import json_strict

LIGNES_PAR_MORCEAU = 64
OCTETS_PAR_MORCEAU = 4_000_000
LIGNE_MAXIMALE = 10_000_000
"""Bytes of a line; a situation of ten persons over three years takes 50 000."""
OCTETS_LUS = 1_000_000
PATIENCE = 0.01
"""Seconds: when nothing comes for so long, what has come is answered, in as small a chunk as it is."""

Morceau = list[tuple[int, bytes | None]]
"""Some lines: the number of each, from 1, and its bytes; None when it is too long to be read."""


def morceaux(entree: BinaryIO) -> Iterator[Morceau]:
    """The lines of `entree` that are not blank, by chunks; an empty chunk says that no more has come so far."""
    morceau: Morceau = []
    taille = 0
    for ligne in _lignes(entree):
        if ligne is not None:
            morceau.append(ligne)
            taille += len(ligne[1] or b"")
        if ligne is None or len(morceau) >= LIGNES_PAR_MORCEAU or taille >= OCTETS_PAR_MORCEAU:
            if morceau:
                yield morceau
            if ligne is None:
                yield []
            morceau, taille = [], 0
    if morceau:
        yield morceau


def _lignes(entree: BinaryIO) -> Iterator[tuple[int, bytes | None] | None]:
    """The lines that are not blank, and None each time the next one is not there yet.

    One that is too long is skipped without being held in memory.
    """
    rien_ne_vient = _guetteur(entree)
    numero, reste, trop_longue = 0, b"", False
    fini = False
    while not fini:
        if rien_ne_vient():
            yield None
        lus = _lit(entree)
        fini = not lus
        *lignes, reste = (reste + (lus or (b"\n" if reste or trop_longue else b""))).split(b"\n")
        for octets in lignes:
            numero += 1
            if trop_longue or len(octets) > LIGNE_MAXIMALE:
                yield numero, None
            elif octets.strip():
                yield numero, octets
            trop_longue = False
        if len(reste) > LIGNE_MAXIMALE:
            reste, trop_longue = b"", True


def _lit(entree: BinaryIO) -> bytes:
    """What has come, at the most `OCTETS_LUS`; nothing at the end. An OSError names the file."""
    try:
        return entree.read1(OCTETS_LUS)  # type: ignore[attr-defined,no-any-return]
    except OSError as erreur:
        erreur.filename = entree.name
        raise


def _guetteur(entree: BinaryIO) -> Callable[[], bool]:
    """Whether the next reading would wait: a pipe or a terminal from which nothing has come for a moment."""
    try:
        descripteur = entree.fileno()
    except io.UnsupportedOperation:
        return lambda: False
    return lambda: not select.select([descripteur], [], [], PATIENCE)[0]


def repond(morceau: Morceau, loi: str) -> bytes:
    """The answers to a chunk: one JSON line each."""
    lues = [_question(octets) for _, octets in morceau]
    reponses = iter(_calcule([lue for lue in lues if isinstance(lue, dict)], loi))
    return b"".join(
        _ecrit(lue.get("id"), numero, next(reponses)) if isinstance(lue, dict) else _ecrit(None, numero, lue)
        for lue, (numero, _) in zip(lues, morceau, strict=True)
    )


def _question(octets: bytes | None) -> dict[str, Any] | str:
    """The question of a line, or the sentence that says why it is none."""
    if octets is None:
        return f"the line is longer than {LIGNE_MAXIMALE // 1_000_000} MB."
    try:
        lue = json_strict.lit(octets)
    except json_strict.JsonError as erreur:
        return f"the line is not JSON: {erreur}."
    if not isinstance(lue, dict):
        return "the line is not a JSON object."
    nom = lue.get("id")
    if isinstance(nom, bool) or not isinstance(nom, str | int | None):
        return "id: give a text."
    return lue


def _calcule(questions: list[dict[str, Any]], loi: str) -> list[Any]:
    """The answers. Should a fault of ours stop a question, that is its answer, and the others have theirs."""
    try:
        return list(law.calculate_many(questions, loi))
    except Exception as erreur:
        if len(questions) == 1:
            return [law.SituationError(f"situation: no answer can be computed ({type(erreur).__name__}).")]
        return [reponse for question in questions for reponse in _calcule([question], loi)]


def _ecrit(nom: str | int | None, numero: int, reponse: Any) -> bytes:
    """A line; the error of a question without name says which line it is."""
    contenu: dict[str, Any] = {"values": reponse} if isinstance(reponse, dict) else {"error": str(reponse)}
    if nom is None and "error" in contenu:
        contenu = {"line": numero} | contenu
    return orjson.dumps({"id": nom, **contenu}, option=orjson.OPT_APPEND_NEWLINE)
