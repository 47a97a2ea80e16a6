"""What our logs may not tell: who reads a secret link can read the simulation behind it."""

from __future__ import annotations

import re

# Also as a clumsy program would write it: several slashes, or slashes quoted in another address.
_PART, _SLASH = r"(?:(?!%2F)[^/?#\s\"])+", r"(?:/|%2F)+"
SECRET_LINK = re.compile(rf"((?:(?<=/)|(?<=%2F))simulation{_SLASH}{_PART}{_SLASH}){_PART}", re.IGNORECASE)


def masked(text: str) -> str:
    """`text` where the token of each secret link (`/simulation/logement/<token>`) is a star."""
    return SECRET_LINK.sub(r"\1*", text)
