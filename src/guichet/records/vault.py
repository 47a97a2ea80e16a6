"""What is kept encrypted, and what finds it again without opening it.

Keys are those of GUICHET_FIELD_KEYS, never SECRET_KEY: the first one encrypts, all of them open. An index is a keyed hash:
who holds a copy of the database without the keys cannot try all the NIRs.
"""

from __future__ import annotations

import functools
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class LostKeyError(Exception):
    """None of our keys opens what was kept: GUICHET_FIELD_KEYS has lost the key that closed it."""


def encrypt(clear: str) -> str:
    return _vault(tuple(settings.FIELD_KEYS)).encrypt(clear.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Raises LostKeyError."""
    try:
        return _vault(tuple(settings.FIELD_KEYS)).decrypt(encrypted.encode()).decode()
    except InvalidToken:
        raise LostKeyError("GUICHET_FIELD_KEYS: no key opens what was kept.") from None


def encrypt_again(encrypted: str) -> str:
    """A secret, closed again under the first key. Raises LostKeyError."""
    return encrypt(decrypt(encrypted))


def fingerprint(clear: str) -> str:
    """What is kept to find `clear` again: 64 characters, made with the first key."""
    return fingerprints(clear)[0]


def fingerprints(clear: str) -> list[str]:
    """The fingerprints under which `clear` may be kept: one for each key, so that it is found while keys change."""
    return [hmac.new(key.encode(), clear.encode(), hashlib.sha256).hexdigest() for key in settings.FIELD_KEYS]


@functools.lru_cache(maxsize=4)
def _vault(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
