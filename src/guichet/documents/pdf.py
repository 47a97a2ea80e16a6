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
    bytes. Words are never commands: the source shows them as they are."""
    data = json.dumps(document, ensure_ascii=False)
    moment = int((le - date(1970, 1, 1)).total_seconds()) if le else None
    with _COMPILING:
        made = _compiler(source).compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"document": data}, timestamp=moment
        )
    assert isinstance(made, bytes)  # one document, one file
    return made


@functools.cache
def _compiler(source: Path) -> typst.Compiler:
    """Kept: it has read the fonts."""
    return typst.Compiler(source)
