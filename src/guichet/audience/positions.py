"""How far each log was read. A log is known by its first bytes, hashed by a key: not by its name, which rotation changes."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from guichet.audience import logs

HEAD = 4096


@dataclass
class Log:
    """Its first bytes, hashed, and how many they are; the bytes read of what it holds, once decompressed; its last name."""

    head: str
    size: int
    position: int
    name: str


class Positions:
    """The logs of a store."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self._logs: list[Log] = []

    @classmethod
    def read(cls, kept: list[dict[str, Any]]) -> Positions:
        positions = cls(b"")
        positions._logs = [Log(**log) for log in kept]
        return positions

    def kept(self) -> list[dict[str, Any]]:
        return [asdict(log) for log in self._logs]

    def known(self, path: Path) -> Log | None:
        """The log that this file holds, if some of it was read. Raises AudienceError."""
        head = logs.head(path, HEAD)
        hashed: dict[int, str] = {}
        for log in self._logs:
            if log.size > len(head):
                continue
            if log.size not in hashed:
                hashed[log.size] = self._hash(head[: log.size])
            if hashed[log.size] == log.head:
                return log
        return None

    def find(self, path: Path) -> Log:
        """The same; or a log of which nothing was read."""
        return self.known(path) or Log("", 0, 0, str(path))

    def keep(self, log: Log, path: Path) -> None:
        """Remember how far it was read."""
        if log.position == 0:
            return
        head = logs.head(path, min(HEAD, log.position))
        log.head, log.size, log.name = self._hash(head), len(head), str(path)
        if log not in self._logs:
            self._logs.append(log)

    def _hash(self, head: bytes) -> str:
        return hashlib.blake2b(head, key=self.secret, digest_size=16).hexdigest()
