"""A letter or an attestation as it is printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from guichet.documents.pdf import compiled
from guichet.domain.courriers.courrier import Courrier, to_json
from guichet.domain.phrases import SPACE, french_print, in_french
from guichet.domain.vocabulaire import MONTH_NAMES

LETTER = Path(__file__).with_name("letter.typ")
ATTESTATION = Path(__file__).with_name("attestation.typ")
_IN_A_DAY = re.compile(rf"\b([0-9]{{1,2}}|1er) (?={'|'.join(MONTH_NAMES)})")
"""`5 mai`: the line does not break there."""


def pdf(courrier: Courrier) -> bytes:
    """Its PDF, the same bytes each time."""
    document = _printed(to_json(courrier)) | {"le": in_french(courrier.enveloppe.le)}
    return compiled(ATTESTATION if courrier.verification else LETTER, document, le=courrier.enveloppe.le)


def _printed(value: Any) -> Any:
    """All its texts, as French prints them."""
    match value:
        case str():
            return _IN_A_DAY.sub(rf"\1{SPACE}", french_print(value))
        case dict():
            return {name: _printed(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_printed(inner) for inner in value]
    return value
