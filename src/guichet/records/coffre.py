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


class CoffreFermeError(Exception):
    """None of our keys opens what was kept: GUICHET_FIELD_KEYS has lost the key that closed it."""


def ferme(clair: str) -> str:
    return _coffre(tuple(settings.FIELD_KEYS)).encrypt(clair.encode()).decode()


def ouvre(chiffre: str) -> str:
    """Raises CoffreFermeError."""
    try:
        return _coffre(tuple(settings.FIELD_KEYS)).decrypt(chiffre.encode()).decode()
    except InvalidToken:
        raise CoffreFermeError("GUICHET_FIELD_KEYS: no key opens what was kept.") from None


def referme(chiffre: str) -> str:
    """The same secret under the first key. Raises CoffreFermeError."""
    return ferme(ouvre(chiffre))


def empreinte(clair: str) -> str:
    """What is kept to find `clair` again: 64 characters, made with the first key."""
    return empreintes(clair)[0]


def empreintes(clair: str) -> list[str]:
    """Those under which `clair` may have been kept: one for each key, so that it is found while keys change."""
    return [hmac.new(cle.encode(), clair.encode(), hashlib.sha256).hexdigest() for cle in settings.FIELD_KEYS]


@functools.lru_cache(maxsize=4)
def _coffre(cles: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(cle) for cle in cles])
