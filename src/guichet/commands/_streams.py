"""The streams of a command: a file or standard input, and standard output."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO


def opened(file: str | None) -> BinaryIO:
    """The file, or standard input when it has no name or is `-`. Raises OSError, which names it."""
    return sys.stdin.buffer if file in (None, "-") else open(file, "rb")


def write(raw: bytes) -> None:
    """Write on standard output, at once. Raises OSError, which names it: nothing more can be written then."""
    try:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is left in the buffer must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        error.filename = "standard output"
        raise


def say(command: str, sentence: object) -> int:
    """Say a sentence on standard error, after the name of the command. Returns 1, with which one that failed ends."""
    print(f"guichet {command}: {sentence}", file=sys.stderr)
    return 1


def failed(command: str, error: OSError) -> int:
    """Say why a stream failed, unless who read us is gone: 1."""
    if not isinstance(error, BrokenPipeError):
        where = f"{error.filename}: " if error.filename else ""
        say(command, f"{where}{error.strerror or error}")
    return 1
