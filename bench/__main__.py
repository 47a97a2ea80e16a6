"""`python -m bench`: some five minutes, two tables."""

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
from bench.chrono import allure
from bench.foyers import QUESTIONS, Question
from bench.serve import Server, openfisca_serve
from guichet import clock
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import DERNIER_MOIS_VERIFIE, Mois

TOURS, TOURS_DU_LOT = 5, 3
MENAGES = 10_000
MEGAOCTETS = 600
LOTS = {
    # Households a second: the budget of programs, and of the interpreter.
    "all benefits": (tuple(Prestation), 80_000, 5_000),
    "housing aid": ((Prestation.AIDE_LOGEMENT,), 500_000, None),
}


@dataclass
class Mesure:
    """The milliseconds of one question at one month, one a round."""

    question: Question
    mois: Mois
    programme: list[float] = field(default_factory=list)
    interprete: list[float] = field(default_factory=list)
    calculate: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    serve: list[float] = field(default_factory=list)


@dataclass
class MesureDuLot:
    """The milliseconds of a population at one month, one a round; the highest memory of our processes, in MB."""

    mois: Mois
    nom: str
    programme: list[float] = field(default_factory=list)
    interprete: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    memoire: float = 0


def main() -> None:
    mois = (Mois(2013, 1), min(Mois.de(clock.today()), DERNIER_MOIS_VERIFIE))
    with _un_seul_coeur() as coeurs:
        print(_machine(coeurs))
        etapes = len(mois) * ((TOURS + 1) * len(QUESTIONS) + TOURS_DU_LOT * len(LOTS))
        with tqdm(total=etapes, file=sys.stderr, disable=not sys.stderr.isatty()) as barre:
            lots = [lot for un_mois in mois for lot in mesure_lots(un_mois, MENAGES, TOURS_DU_LOT, barre)]
            mesures = mesure(mois, QUESTIONS, TOURS, barre)
    print(
        tableau(mesures),
        tableau_des_lots(lots, MENAGES),
        f"\nTen million additions in Python, again: {allure():.2f} s",
        sep="\n",
    )


def mesure(mois: tuple[Mois, ...], questions: tuple[Question, ...], tours: int, barre: Any) -> list[Mesure]:
    """Each question to each engine, once to warm it and then `tours` times, in turn."""
    mesures = [Mesure(question, un_mois) for un_mois in mois for question in questions]
    with _processus() as programmes, _processus() as notre, _processus() as autre, openfisca_serve() as serveur:
        for un_mois in mois:
            programmes.submit(ours.prepare, questions, un_mois).result()
        situations = [notre.submit(ours.situation, une.question, une.mois).result() for une in mesures]
        communes = [autre.submit(stock.connues, situation).result() for situation in situations]
        for tour in range(tours + 1):
            for une, situation, commune in zip(mesures, situations, communes, strict=True):
                temps = _un_tour(une, situation, commune, (programmes, notre, autre), serveur)
                if tour:
                    listes = (une.programme, une.interprete, une.calculate, une.stock, une.serve)
                    for liste, valeur in zip(listes, temps, strict=True):
                        liste.append(valeur)
                barre.update()
    return mesures


def _un_tour(
    une: Mesure, situation: Any, commune: Any, processus: tuple[ProcessPoolExecutor, ...], serveur: Server
) -> tuple[float, ...]:
    programmes, notre, autre = processus
    variables, mois = une.question.variables, str(une.mois)
    par_programme = programmes.submit(ours.explique, une.question, une.mois).result()
    par_interprete = notre.submit(ours.explique, une.question, une.mois).result()
    calculate, _ = notre.submit(ours.calcule, situation, variables, une.mois).result()
    eux, montant = autre.submit(stock.calcule, commune, variables, mois).result()
    service, meme_montant = serveur.calcule(commune, variables, mois)
    # Of several variables, stock OpenFisca's amounts depend on which is asked first.
    if len(variables) == 1 and abs(montant - meme_montant) >= 0.01:
        raise RuntimeError(f"{variables} {mois}: {montant} in process, {meme_montant} through openfisca serve.")
    return par_programme, par_interprete, calculate, eux, service


def mesure_lots(mois: Mois, nombre: int, tours: int, barre: Any) -> list[MesureDuLot]:
    """Benefits of a population, in turn, in processes that did nothing before."""
    mesures = [MesureDuLot(mois, nom) for nom in LOTS]
    with _processus() as programmes, _processus() as notre, _processus() as autre, _processus() as ecrivain:
        groupes, colonnes = ecrivain.submit(ours.tableaux, nombre, mois).result()
        for mesure in [mesure for _ in range(tours) for mesure in mesures]:
            prestations, _, avec_interprete = LOTS[mesure.nom]
            temps, memoire = programmes.submit(ours.lot_par_programme, nombre, mois, prestations).result()
            mesure.programme.append(temps)
            if avec_interprete:
                temps, autre_memoire = notre.submit(ours.lot, nombre, mois).result()
                mesure.interprete.append(temps)
                memoire = max(memoire, autre_memoire)
            mesure.memoire = max(memoire, mesure.memoire)
            mesure.stock.append(autre.submit(stock.lot, groupes, colonnes, list(prestations), str(mois)).result())
            barre.update()
    return mesures


def tableau(mesures: list[Mesure]) -> str:
    """Medians; the ratios are those of the programs, lines included."""
    lignes = [
        f"\nOne household, median milliseconds of the processor, {len(mesures[0].programme)} rounds; lines included, but",
        "for calculate, stock and serve. The interpreter's budget is for the longer of its two ways.\n",
        f"{'':21}{'programs':>9}{'budget':>12}{'interpreter':>13}{'calculate':>11}{'budget':>11}{'stock':>9}{'':>9}{'serve':>9}",
    ]
    for une in mesures:
        listes = (une.programme, une.interprete, une.calculate, une.stock, une.serve)
        programme, interprete, calculate, eux, service = map(median, listes)
        budget, sans = une.question.budget, une.question.budget_sans_programme
        lignes.append(
            f"{une.question.nom:12} {une.mois}{programme:9.2f}{budget:5.1f} {_tenu(programme <= budget):6}"
            f"{interprete:13.1f}{calculate:11.1f}{sans:5.0f} {_tenu(max(interprete, calculate) <= sans):6}"
            f"{eux:8.0f} x{eux / programme:7.0f}{service:9.0f} x{service / programme:7.0f}"
        )
    return "\n".join(lignes)


def tableau_des_lots(lots: list[MesureDuLot], nombre: int) -> str:
    lignes = [
        f"\n{nombre:,} households, given as arrays but to the interpreter: households a second, median of "
        f"{len(lots[0].programme)} rounds\n",
        f"{'':21}{'programs':>9}{'budget':>15}{'interpreter':>13}{'budget':>14}{'stock':>9}"
        f"{'':>8}{'our peak':>12}{'budget':>13}",
    ]
    for un in lots:
        _, budget, sans = LOTS[un.nom]
        programme, eux = (nombre / median(temps) * 1000 for temps in (un.programme, un.stock))
        interprete = nombre / median(un.interprete) * 1000 if un.interprete else 0
        lignes.append(
            f"{un.nom:12} {un.mois!s}{programme:10,.0f}{budget:8,} {_tenu(programme >= budget):6}"
            + (f"{interprete:13,.0f}{sans:7,} {_tenu(interprete >= sans):6}" if sans else " " * 27)
            + f"{eux:9,.0f} x{programme / eux:6.0f}{un.memoire:9,.0f} MB{MEGAOCTETS:6} {_tenu(un.memoire < MEGAOCTETS):6}"
        )
    return "\n".join(lignes)


def _tenu(oui: bool) -> str:
    return "held" if oui else "missed"


def _machine(coeurs: str) -> str:
    return (
        f"Ten million additions in Python: {allure():.2f} s (0.5 s or so on a quiet machine of 2024)\n"
        f"Guichet {version('guichet')} beside OpenFisca-France {version('openfisca-france')}, {clock.today()}\n"
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
