"""`python -m bench`: three minutes, two tables."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from multiprocessing import get_context
from statistics import median
from typing import Any

from tqdm import tqdm

from bench import ours, stock
from bench.foyers import QUESTIONS, Question
from bench.serve import Server, openfisca_serve
from guichet import horloge
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import DERNIER_MOIS_VERIFIE, Mois

TOURS, TOURS_DU_LOT = 7, 3
MENAGES = 10_000
MENAGES_PAR_SECONDE, MEGAOCTETS = 5_000, 600
"""The budgets of the batch."""


@dataclass
class Mesure:
    """The milliseconds of one question at one month, one a round."""

    question: Question
    mois: Mois
    notre: list[float] = field(default_factory=list)
    avec_lignes: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    serve: list[float] = field(default_factory=list)


@dataclass
class MesureDuLot:
    """The milliseconds of a population at one month, one a round; the highest memory of our process, in MB."""

    mois: Mois
    notre: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    memoire: float = 0


def main() -> None:
    mois = (Mois(2013, 1), min(Mois.de(horloge.aujourd_hui()), DERNIER_MOIS_VERIFIE))
    with _un_seul_coeur() as coeurs:
        print(_machine(coeurs))
        etapes = len(mois) * ((TOURS + 1) * len(QUESTIONS) + TOURS_DU_LOT)
        with tqdm(total=etapes, file=sys.stderr, disable=not sys.stderr.isatty()) as barre:
            lots = [mesure_lot(un_mois, MENAGES, TOURS_DU_LOT, barre) for un_mois in mois]
            mesures = mesure(mois, TOURS, barre)
    print(tableau(mesures), tableau_des_lots(lots, MENAGES), sep="\n")


def mesure(mois: tuple[Mois, ...], tours: int, barre: Any) -> list[Mesure]:
    """Each question to each engine, once to warm it and then `tours` times, in turn."""
    mesures = [Mesure(question, un_mois) for un_mois in mois for question in QUESTIONS]
    with _processus() as notre, _processus() as autre, openfisca_serve() as serveur:
        situations = [notre.submit(ours.situation, une.question, une.mois).result() for une in mesures]
        communes = [autre.submit(stock.connues, situation).result() for situation in situations]
        for tour in range(tours + 1):
            for une, situation, commune in zip(mesures, situations, communes, strict=True):
                temps = _un_tour(une, situation, commune, notre, autre, serveur)
                if tour:
                    for liste, valeur in zip((une.notre, une.avec_lignes, une.stock, une.serve), temps, strict=True):
                        liste.append(valeur)
                barre.update()
    return mesures


def _un_tour(une: Mesure, situation: Any, commune: Any, notre: Any, autre: Any, serveur: Server) -> tuple[float, ...]:
    variable, mois = une.question.variable, str(une.mois)
    nous, _ = notre.submit(ours.calcule, situation, variable, une.mois).result()
    avec_lignes = notre.submit(ours.explique, une.question, une.mois).result()
    eux, montant = autre.submit(stock.calcule, commune, variable, mois).result()
    service, meme_montant = serveur.calcule(commune, variable, mois)
    if abs(montant - meme_montant) >= 0.01:
        raise RuntimeError(f"{variable} {mois}: {montant} in process, {meme_montant} through openfisca serve.")
    return nous, avec_lignes, eux, service


def mesure_lot(mois: Mois, nombre: int, tours: int, barre: Any) -> MesureDuLot:
    """All benefits of a population, in turn, in processes that did nothing before: the first round is cold for all."""
    mesures = MesureDuLot(mois)
    with _processus() as notre, _processus() as autre, _processus() as ecrivain:
        groupes, colonnes = ecrivain.submit(ours.tableaux, nombre, mois).result()
        for _ in range(tours):
            temps, mesures.memoire = notre.submit(ours.lot, nombre, mois).result()
            mesures.notre.append(temps)
            mesures.stock.append(autre.submit(stock.lot, groupes, colonnes, list(Prestation), str(mois)).result())
            barre.update()
    return mesures


def tableau(mesures: list[Mesure]) -> str:
    """Medians and ratios, one household a line; the budget is for the longer of our two ways."""
    lignes = [
        f"\nOne household, median milliseconds of {len(mesures[0].notre)} rounds\n",
        f"{'':21}{'ours':>8}{'lines too':>11}{'budget':>12}{'stock':>9}{'':>8}{'serve':>9}",
    ]
    for une in mesures:
        nous, avec_lignes = median(une.notre), median(une.avec_lignes)
        eux, service = median(une.stock), median(une.serve)
        budget = une.question.budget
        tenu = _tenu(max(nous, avec_lignes) <= budget)
        lignes.append(
            f"{une.question.nom:12} {une.mois}{nous:9.1f}{avec_lignes:11.1f}{budget:5.0f} {tenu:6}"
            f"{eux:9.0f} x{eux / nous:6.1f}{service:9.0f} x{service / nous:6.1f}"
        )
    return "\n".join(lignes)


def tableau_des_lots(lots: list[MesureDuLot], nombre: int) -> str:
    lignes = [
        f"\nAll benefits of {nombre:,} households, households a second, median of {len(lots[0].notre)} rounds\n",
        f"{'':21}{'ours':>8}{'budget':>15}{'stock':>9}{'':>8}{'our peak':>12}{'budget':>15}",
    ]
    for un in lots:
        nous, eux = (nombre / median(temps) * 1000 for temps in (un.notre, un.stock))
        lignes.append(
            f"{un.mois!s:>20}{nous:9,.0f}{MENAGES_PAR_SECONDE:8,} {_tenu(nous >= MENAGES_PAR_SECONDE):6}"
            f"{eux:9,.0f} x{nous / eux:6.1f}{un.memoire:9,.0f} MB{MEGAOCTETS:8} {_tenu(un.memoire < MEGAOCTETS):6}"
        )
    return "\n".join(lignes)


def _tenu(oui: bool) -> str:
    return "held" if oui else "missed"


def _machine(coeurs: str) -> str:
    return (
        f"Guichet {version('guichet')} beside OpenFisca-France {version('openfisca-france')}, {horloge.aujourd_hui()}\n"
        f"Python {platform.python_version()}, {platform.machine()}, {coeurs}; load {os.getloadavg()[0]:.1f}"
    )


@contextlib.contextmanager
def _un_seul_coeur() -> Iterator[str]:
    """All that is started within runs on one core, where the system lets us choose; says which."""
    if not hasattr(os, "sched_setaffinity"):
        yield f"{os.cpu_count()} cores, not pinned"
        return
    tous = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(tous)})
    try:
        yield f"pinned to one core of {len(tous)}"
    finally:
        os.sched_setaffinity(0, tous)


def _processus() -> ProcessPoolExecutor:
    """A new interpreter, which imports only what it is asked for."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


if __name__ == "__main__":
    main()
