"""Many questions: JSON Lines in, JSON Lines out, in order, in as many processes as wanted.

Memory stays flat: a few chunks of lines are under way at any time. A line that fails is answered by its error; a
worker that dies stops the batch, and what was answered before it is whole.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, BinaryIO

import orjson

from guichet import law

LIGNES_PAR_MORCEAU = 64
OCTETS_PAR_MORCEAU = 4_000_000
LIGNE_MAXIMALE = 10_000_000
"""Bytes of a line; a situation of ten persons over three years takes 50 000."""

Ligne = tuple[int, bytes | None]
"""Its number, from 1, and its bytes; None when it is too long to be read."""


def traite(lignes: Iterable[Ligne], loi: str, executeur: Executor | None = None, en_cours: int = 4) -> Iterator[bytes]:
    """The answers to `lignes`, in order, by chunks of whole lines.

    With an executor (processes here, or a cluster's), `en_cours` chunks at the most are under way.
    """
    if executeur is None:
        for morceau in _morceaux(lignes):
            yield repond(morceau, loi)
        return
    futurs: deque[Future[bytes]] = deque()
    for morceau in _morceaux(lignes):
        futurs.append(executeur.submit(repond, morceau, loi))
        if len(futurs) >= en_cours:
            yield futurs.popleft().result()
    while futurs:
        yield futurs.popleft().result()


def repond(morceau: list[Ligne], loi: str) -> bytes:
    """The answers to a chunk: one JSON line each."""
    lues = [_lit(numero, octets) for numero, octets in morceau]
    reponses = law.calculate_many([lue for lue in lues if isinstance(lue, dict)], loi)
    suivante = iter(reponses)
    return b"".join(_ecrit(lue, next(suivante)) if isinstance(lue, dict) else _illisible(*lue) for lue in lues)


def _lit(numero: int, octets: bytes | None) -> dict[str, Any] | tuple[int, str]:
    """The question of a line, or why it cannot be read."""
    if octets is None:
        return numero, f"the line is longer than {LIGNE_MAXIMALE // 1_000_000} MB."
    try:
        orjson.loads(octets)  # strict: UTF-8, no NaN, 1024 levels
        lue = json.loads(octets, object_pairs_hook=_sans_doublon)
    except (ValueError, RecursionError) as erreur:
        return numero, f"the line is not JSON: {' '.join(str(erreur).split())[:200]}."
    return lue if isinstance(lue, dict) else (numero, "the line is not a JSON object.")


def _sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet = dict(paires)
    if len(objet) < len(paires):
        noms = [nom for nom, _ in paires]
        double = next(nom for nom in noms if noms.count(nom) > 1)
        raise ValueError(f"{double[:60]!r} is given twice in one object")
    return objet


def _illisible(numero: int, erreur: str) -> bytes:
    return orjson.dumps({"id": None, "line": numero, "error": erreur}, option=orjson.OPT_APPEND_NEWLINE)


def _ecrit(lue: dict[str, Any], reponse: Any) -> bytes:
    contenu = {"error": str(reponse)} if isinstance(reponse, Exception) else {"values": reponse}
    return orjson.dumps({"id": lue.get("id"), **contenu}, option=orjson.OPT_APPEND_NEWLINE)


def lit_lignes(entree: BinaryIO) -> Iterator[Ligne]:
    """The lines of `entree` that are not blank. One that is too long is skipped without being held in memory."""
    numero = 0
    while octets := entree.readline(LIGNE_MAXIMALE + 1):
        numero += 1
        trop_longue = len(octets) > LIGNE_MAXIMALE
        while trop_longue and octets and not octets.endswith(b"\n"):
            octets = entree.readline(LIGNE_MAXIMALE)
        if trop_longue:
            yield numero, None
        elif octets.strip():
            yield numero, octets


def _morceaux(lignes: Iterable[Ligne]) -> Iterator[list[Ligne]]:
    morceau: list[Ligne] = []
    taille = 0
    for ligne in lignes:
        morceau.append(ligne)
        taille += len(ligne[1] or b"")
        if len(morceau) >= LIGNES_PAR_MORCEAU or taille >= OCTETS_PAR_MORCEAU:
            yield morceau
            morceau, taille = [], 0
    if morceau:
        yield morceau


@contextmanager
def processus(nombre: int, loi: str) -> Iterator[Executor | None]:
    """`nombre` processes with the law in memory, or None for one: this process is enough.

    The law is built before the fork, and what is built is frozen: a child then shares it. The children stop with us.
    """
    if nombre == 1:
        yield None
        return
    law.prepare(loi=loi)
    gc.freeze()
    methode = "fork" if sys.platform == "linux" else None  # elsewhere forking is not safe: each builds its own
    executeur = ProcessPoolExecutor(nombre, multiprocessing.get_context(methode), _nait)
    try:
        yield executeur
    except BaseException:
        for enfant in multiprocessing.active_children():
            enfant.terminate()
        executeur.shutdown(wait=False, cancel_futures=True)
        raise
    executeur.shutdown()


def _nait() -> None:
    """A worker: the interruption is its parent's affair, and it does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_meurt_avec_le_parent, daemon=True).start()


def _meurt_avec_le_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


class Interruption:
    """SIGINT and SIGTERM raise KeyboardInterrupt, except while lines are written: then just after."""

    def __init__(self) -> None:
        self._ecrit = False
        self._demandee = False
        for numero in (signal.SIGINT, signal.SIGTERM):
            signal.signal(numero, self._recoit)

    def _recoit(self, *_: Any) -> None:
        if not self._ecrit:
            raise KeyboardInterrupt
        self._demandee = True

    def ecrit(self, ecriture: Callable[[bytes], Any], octets: bytes) -> None:
        """Write whole lines."""
        self._ecrit = True
        ecriture(octets)
        self._ecrit = False
        if self._demandee:
            raise KeyboardInterrupt
