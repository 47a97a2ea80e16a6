"""A typst document and its data, as a PDF."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import typst

_COMPILING = threading.Lock()


def compiled(source: Path, document: Mapping[str, object], *, le: date | None = None) -> bytes:
    """The PDF/UA-1 of `source`, which reads `document` in `sys.inputs`. With its day, the same data always gives the same
    bytes. Words are never commands: the source shows them as they are.

    PDF/UA wants every letter to be drawn: with one that the fonts do not have (a name in Chinese), the document shows a
    box for it, and is tagged all the same but declares nothing.
    """
    data = json.dumps(document, ensure_ascii=False)
    with _COMPILING:
        try:
            return _compiled(source, data, le, declared=True)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            return _compiled(source, data, le, declared=False)


def _compiled(source: Path, data: str, le: date | None, *, declared: bool) -> bytes:
    moment = (le - date(1970, 1, 1)).days * 24 * 60 * 60 if le else None
    made = _compiler(source).compile(
        format="pdf", pdf_standards="ua-1" if declared else None, sys_inputs={"document": data}, timestamp=moment
    )
    assert isinstance(made, bytes)  # one document, one file
    return made


@functools.cache
def _compiler(source: Path) -> typst.Compiler:
    """Kept: it has read the fonts, those of typst alone, the same on every machine."""
    return typst.Compiler(source, ignore_system_fonts=True)
