"""Keys that make hashes of addresses and of users: one per month and one per reporting period, each in its file."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from guichet.audience.errors import AudienceError
from guichet.audience.texts import Array

ADDRESS, USER = b"address", b"user"  # so that who is in one list cannot be found in the other
SIZE = 32


class Keys:
    """The keys of a folder. A hash is 64 bits: of 13 million visitors, two meet once in 200 000 months."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, bytes] = {}

    def hashes(self, name: str, person: bytes, texts: Iterable[bytes]) -> Array:
        """Those of texts, by the key of this name, made if there is none. Raises OSError, AudienceError."""
        key = self._key(name)
        return np.fromiter(
            (
                int.from_bytes(hashlib.blake2b(text, key=key, person=person, digest_size=8).digest(), "little")
                for text in texts
            ),
            np.uint64,
        )

    def _key(self, name: str) -> bytes:
        if name not in self._read:
            path = self._path(name)
            if not path.exists():
                self._make(path)
            key = path.read_bytes()
            if len(key) != SIZE:
                raise AudienceError(f"{path}: it is not what a store writes")
            self._read[name] = key
        return self._read[name]

    def _make(self, path: Path) -> None:
        """On disk before any hash is."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        made = path.with_suffix(".new")
        made.unlink(missing_ok=True)
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        made.rename(path)

    def destroy(self, name: str) -> None:
        """Overwritten, then removed."""
        self._read.pop(name, None)
        path = self._path(name)
        if path.exists():
            path.write_bytes(bytes(SIZE))
            path.unlink()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"
