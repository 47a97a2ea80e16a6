"""The logs that are given to a command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from guichet.commands import _streams


def given(text: str) -> Path:
    return Path("/dev/stdin" if text == "-" else text)


def has_pipe(logs: Iterable[Path]) -> bool:
    """Is there one that can be read once only?"""
    return any(path.exists() and not path.is_file() and not path.is_dir() for path in logs)


def once(command: str, logs: Iterable[Path]) -> list[Path]:
    """Each file once, whatever the names under which it is given; those that are left out are told."""
    files: dict[tuple[int, int], Path] = {}
    kept = []
    for path in logs:
        if path.is_file():
            status = path.stat()
            known = files.setdefault((status.st_dev, status.st_ino), path)
            if known is not path:
                _streams.say(command, f"{path}: the same file as {known}, read once")
                continue
        kept.append(path)
    return kept
