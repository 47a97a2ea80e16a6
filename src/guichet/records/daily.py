"""Lines kept in a file a day, of a folder that only its owner reads."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path


def append(folder: Path, name: str, line: bytes) -> None:
    """Write a line in append mode, at once: those of several processes do not mix. Raises OSError."""
    try:
        file = _opened(folder, name)
    except FileNotFoundError:
        folder.mkdir(mode=0o700, exist_ok=True)
        file = _opened(folder, name)
    try:
        os.write(file, line)
    finally:
        os.close(file)


def _opened(folder: Path, name: str) -> int:
    return os.open(folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def files(folder: Path) -> list[tuple[date, Path]]:
    """The files of a folder whose names hold a day, the oldest first."""
    found = []
    for path in folder.glob("*20??-??-??.*"):
        try:
            found.append((date.fromisoformat(path.name.partition(".")[0][-10:]), path))
        except ValueError:
            continue
    return sorted(found)


def erase(folder: Path, today: date, days: int) -> int:
    """Delete the files of days more than `days` days old: how many. Raises OSError."""
    old = [path for day, path in files(folder) if day < today - timedelta(days=days)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
