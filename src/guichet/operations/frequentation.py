"""How the site is used: its access logs become rows without addresses, from which any period is counted later.

What compiles and reads is imported by who calls it: a site that nobody asks for its audience does not wait for it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from guichet.audience.errors import AudienceError
from guichet.audience.figures import EventFigures, Figures
from guichet.audience.period import Period
from guichet.records import daily, events

logger = logging.getLogger(__name__)
Etat = tuple[tuple[str, int], ...]
KEPT_DAYS = 25 * 31
"""Of events: as long as the rows of visits, 25 months."""


@dataclass(frozen=True, slots=True)
class Frequentation:
    """What was measured over a period, and over as many months before it; None when nothing was."""

    periode: Period
    figures: Figures | None
    avant: Figures | None
    evenements: EventFigures


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What AWStats counts on the logs that were there on `jour`, and what we do."""

    jour: str
    pages: int
    visits: int
    our_pages: int
    our_visits: int

    @classmethod
    def de(cls, autre: Figures, notre: Figures, jour: str = "") -> Comparaison:
        return cls(jour, autre.pages, autre.visits, notre.pages, notre.visits)


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Where the site keeps its access logs, its events, and the rows that they become."""

    journaux: Path
    evenements: Path
    releves: Path


def releve(dossiers: Dossiers, aujourd_hui: date, jours: int) -> int:
    """Read what the logs have gained, and erase those of more than `jours` days: how many bytes were read.

    What is not read yet is not erased. Raises AudienceError, OSError.
    """
    from guichet.audience.store import Store

    lus = 0
    journaux = [chemin for _, chemin in daily.files(dossiers.journaux)]
    if journaux:
        with Store(dossiers.releves, aujourd_hui) as store:
            lus = store.feed(journaux, growing=True)
        daily.erase(dossiers.journaux, aujourd_hui, jours)
    events.erase(dossiers.evenements, aujourd_hui, KEPT_DAYS)
    return lus


def compare(dossiers: Dossiers, aujourd_hui: date) -> None:
    """Keep what AWStats would count on the logs of the days that are over, once a day; nothing without its lists.

    Raises AudienceError, OSError.
    """
    journaux = [chemin for jour, chemin in daily.files(dossiers.journaux) if jour < aujourd_hui]
    deja = comparaison(dossiers)
    if not journaux or (deja and deja.jour == str(aujourd_hui)):
        return
    from guichet.audience.measure import measure

    try:
        autre = measure(journaux, rule="awstats")
    except AudienceError:
        return
    faite = Comparaison.de(autre, measure(journaux), str(aujourd_hui))
    provisoire = dossiers.releves / "awstats.new"
    provisoire.write_text(json.dumps(asdict(faite)))
    provisoire.replace(dossiers.releves / "awstats.json")


def comparaison(dossiers: Dossiers) -> Comparaison | None:
    """What was kept by `compare`."""
    try:
        return Comparaison(**json.loads((dossiers.releves / "awstats.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def mesure(dossiers: Dossiers, periode: Period, aujourd_hui: date) -> Frequentation:
    """What was measured over `periode`, and before it. Raises AudienceError."""
    pendant = [chemin for jour, chemin in daily.files(dossiers.evenements) if periode.first <= jour <= periode.last]
    return Frequentation(
        periode,
        _figures(dossiers.releves, periode, aujourd_hui),
        _figures(dossiers.releves, periode.before, aujourd_hui),
        _evenements(pendant, periode),
    )


def etat(dossiers: Dossiers) -> Etat:
    """What changes when something new was written."""
    ecrits = [dossiers.releves / "store.json", *(chemin for _, chemin in daily.files(dossiers.evenements)[-1:])]
    return tuple((str(chemin), chemin.stat().st_mtime_ns) for chemin in ecrits if chemin.exists())


def _figures(releves: Path, periode: Period, aujourd_hui: date) -> Figures | None:
    if not (releves / "store.json").exists():
        return None
    from guichet.audience.store import Store

    try:
        figures = Store.read(releves, aujourd_hui, periode)
    except AudienceError as erreur:  # nothing is kept, or no longer; or the store is damaged
        logger.warning("%s is not counted: %s", periode, erreur)
        return None
    return figures if figures.lines else None


def _evenements(fichiers: Sequence[Path], periode: Period) -> EventFigures:
    if not fichiers:
        return EventFigures()
    from guichet.audience.events import read

    try:
        return read(fichiers, period=periode)
    except AudienceError:  # a file was damaged: the rest of the page is still true
        logger.exception("events cannot be read")
        return EventFigures()
