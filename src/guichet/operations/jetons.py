"""Tokens of towns: issued by the operator, read at each request.

They are JWT (RFC 7519), as API Particulier wants them, signed with HMAC-SHA256: only we issue and read them, so a public key
would serve nobody, and there is one algorithm to accept. The key is derived from SECRET_KEY. A signature is not enough: what
a token says must be what our table says that we issued, so who steals the key cannot give himself more than a town has.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

import jwt
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from jwt.types import Options

from guichet import clock
from guichet.domain.identifiants import Siret
from guichet.domain.portees import Portee
from guichet.records import jetons
from guichet.records.jetons import Jeton

ALGORITHM = "HS256"
READING: Options = {
    **{"verify_exp": False, "verify_nbf": False, "verify_iat": False},  # its days are read on our clock
    "require": ["iss", "aud", "sub", "jti", "iat", "nbf", "exp", "scopes"],
}


class RefusedJetonError(Exception):
    """A token opens nothing; `detail` tells more of one that was ours."""

    def __init__(self, detail: str = "Votre jeton n'est pas valide ou n'est pas renseigné.") -> None:
        super().__init__(detail)
        self.detail = detail


def issue(siret: Siret, name: str, portees: Collection[Portee], expires_at: datetime) -> tuple[Jeton, str]:
    """A token for the town `siret`, until the instant `expires_at`: its row, and what the town sends."""
    issued_at = clock.now().replace(microsecond=0)
    ordered = [portee.value for portee in Portee if portee in portees]
    jeton: Jeton = Jeton.objects.create(siret=siret, nom=name, portees=ordered, emis_le=issued_at, expire_le=expires_at)
    return jeton, jwt.encode(_claims(jeton), _key(), ALGORITHM)


def read(text: str) -> Jeton:
    """The token that a town sent. Raises RefusedJetonError."""
    try:
        said = jwt.decode(text, _key(), [ALGORITHM], READING, audience=_audience(), issuer=settings.BASE_URL)
        jeton = jetons.find(uuid.UUID(said["jti"]))
    except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError):
        raise RefusedJetonError from None
    now = clock.now()
    if jeton is None or said != _claims(jeton) or now < jeton.emis_le:
        raise RefusedJetonError
    if jeton.revoque_le is not None:
        raise RefusedJetonError("Votre jeton a été révoqué.")
    if now >= jeton.expire_le:
        raise RefusedJetonError("Votre jeton a expiré.")
    return jeton


def _claims(jeton: Jeton) -> dict[str, object]:
    """What it says, to the letter."""
    issued = int(jeton.emis_le.timestamp())
    return {
        "iss": settings.BASE_URL,
        "aud": _audience(),
        "sub": jeton.siret,
        "jti": str(jeton.jti),
        "iat": issued,
        "nbf": issued,
        "exp": int(jeton.expire_le.timestamp()),
        "scopes": jeton.portees,
    }


def _audience() -> str:
    return f"{settings.BASE_URL}/v3"


def _key() -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"guichet: jetons de /v3").derive(settings.SECRET_KEY.encode())
