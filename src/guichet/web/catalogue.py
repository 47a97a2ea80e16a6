"""The catalogue of the English pages: `locale/en/*.po`, compiled into the data folder when it is not there yet.

So a clone, an editable installation and a wheel all do the same, and no compiled file is shipped.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def compiled(sources: Path, folder: Path) -> Path:
    """The folder for LOCALE_PATHS; another one when the sources have changed. Two processes may do it at once."""
    files = sorted(sources.glob("*/*.po"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    made = folder / "locale" / digest
    for language in {file.parent.name for file in files}:
        target = made / language / "LC_MESSAGES" / "django.mo"
        if not target.exists():
            _compile([file for file in files if file.parent.name == language], language, target)
    return made


def _compile(files: list[Path], language: str, target: Path) -> None:
    from babel.messages import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    for file in files:
        with file.open("rb") as lines:
            for message in read_po(lines, locale=language, abort_invalid=True):
                if message.id:
                    whole[message.id] = message
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{os.getpid()}.mo")
    with fresh.open("wb") as written:
        write_mo(written, whole)
    fresh.replace(target)
