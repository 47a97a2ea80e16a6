"""Lines kept in a file a day, of a folder that only its owner reads."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path


def ajoute(dossier: Path, nom: str, ligne: bytes) -> None:
    """One write in append mode: lines of several processes do not mix. Raises OSError."""
    try:
        fichier = _ouvre(dossier, nom)
    except FileNotFoundError:
        dossier.mkdir(mode=0o700, exist_ok=True)
        fichier = _ouvre(dossier, nom)
    try:
        os.write(fichier, ligne)
    finally:
        os.close(fichier)


def _ouvre(dossier: Path, nom: str) -> int:
    return os.open(dossier / nom, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def fichiers(dossier: Path) -> list[tuple[date, Path]]:
    """Those whose name holds a day, the oldest first."""
    trouves = []
    for chemin in dossier.glob("*20??-??-??.*"):
        try:
            trouves.append((date.fromisoformat(chemin.name.partition(".")[0][-10:]), chemin))
        except ValueError:
            continue
    return sorted(trouves)


def efface(dossier: Path, aujourd_hui: date, jours: int) -> int:
    """Delete the files of days more than `jours` days old: how many. Raises OSError."""
    anciens = [chemin for jour, chemin in fichiers(dossier) if jour < aujourd_hui - timedelta(days=jours)]
    for chemin in anciens:
        chemin.unlink(missing_ok=True)
    return len(anciens)
