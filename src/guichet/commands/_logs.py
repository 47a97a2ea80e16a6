"""The logs that are given to a command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path


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
                print(f"guichet {command}: {path}: the same file as {known}, read once", file=sys.stderr)
                continue
        kept.append(path)
    return kept
