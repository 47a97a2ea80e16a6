"""Logs that grow and are rotated, read into a store as they come."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from guichet.audience.errors import AudienceError
from guichet.audience.store import Store

State = tuple[int, int, int]


def follow(store: Store, paths: Sequence[Path], pause: Callable[[], bool]) -> None:
    """Keep what is added to logs, until `pause` says no. Raises AudienceError.

    A log that was rotated, by a new name or by a copy, compressed or not, is found again beside its path, by its first
    bytes: what it got before the rotation is read. A last line without its end waits for it.
    """
    seen: dict[Path, State] = {}
    while True:
        for path in paths:
            for log in [*_rotated(path), path]:
                state = _state(log)
                if state is None or seen.get(log) == state:
                    continue
                known = store.knows(log)
                if log == path or known:
                    store.feed([log], begun=True)
                seen[log] = state
        if not pause():
            return


def _rotated(path: Path) -> list[Path]:
    """What logrotate leaves beside a log: `access.log.1`, `access.log.2.gz`, `access.log-20130107`; the oldest first."""
    beside = [one for one in path.parent.glob(glob.escape(path.name) + "[.-]*") if one.is_file()]
    return sorted(beside, key=lambda one: one.stat().st_mtime_ns)


def _state(path: Path) -> State | None:
    """What changes when a file does; None while there is none, as between the two steps of a rotation."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AudienceError(f"{path}: {error.strerror}") from None
    return (status.st_ino, status.st_size, status.st_mtime_ns)
