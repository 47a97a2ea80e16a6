"""What stops a measure."""

from __future__ import annotations


class AudienceError(Exception):
    """One sentence that names the file and says what is wrong with it."""
