"""What our logs may not tell: who reads a secret link can read the simulation behind it."""

from __future__ import annotations

import re

SECRET_LINK = re.compile(r"(/simulation/[^/?#\s\"]+)/[^/?#\s\"]+")


def masked(text: str) -> str:
    """`text` where the token of each secret link (`/simulation/logement/<token>`) is a star."""
    return SECRET_LINK.sub(r"\1/*", text)
