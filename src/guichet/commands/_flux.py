"""The streams of a command: a file or standard input, and standard output."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO


def ouvre(fichier: str | None) -> BinaryIO:
    """The file, or standard input when it has no name or is `-`. Raises OSError, which names it."""
    return sys.stdin.buffer if fichier in (None, "-") else open(fichier, "rb")


def ecrit(octets: bytes) -> None:
    """On standard output, at once. Raises OSError, which names it: nothing more can be written then."""
    try:
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()
    except OSError as erreur:
        # What is left in the buffer must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        erreur.filename = "standard output"
        raise


def refuse(commande: str, erreur: OSError) -> int:
    """Say why a stream failed, unless who read us is gone: 1."""
    if not isinstance(erreur, BrokenPipeError):
        ou = f"{erreur.filename}: " if erreur.filename else ""
        print(f"guichet {commande}: {ou}{erreur.strerror or erreur}", file=sys.stderr)
    return 1
