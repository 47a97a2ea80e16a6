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

ALGORITHME = "HS256"
LECTURE: Options = {
    **{"verify_exp": False, "verify_nbf": False, "verify_iat": False},  # its days are read on our clock
    "require": ["iss", "aud", "sub", "jti", "iat", "nbf", "exp", "scopes"],
}


class JetonRefuseError(Exception):
    """Nothing is opened; `detail` tells more of a token that was ours."""

    def __init__(self, detail: str = "Votre jeton n'est pas valide ou n'est pas renseigné.") -> None:
        super().__init__(detail)
        self.detail = detail


def emet(siret: Siret, nom: str, portees: Collection[Portee], expire_le: datetime) -> tuple[Jeton, str]:
    """A token for the town `siret`, until the instant `expire_le`: its row, and what the town sends."""
    emis_le = clock.now().replace(microsecond=0)
    ranges = [portee.value for portee in Portee if portee in portees]
    jeton: Jeton = Jeton.objects.create(siret=siret, nom=nom, portees=ranges, emis_le=emis_le, expire_le=expire_le)
    return jeton, jwt.encode(_dit(jeton), _cle(), ALGORITHME)


def lit(texte: str) -> Jeton:
    """The token that a town sent. Raises JetonRefuseError."""
    try:
        dit = jwt.decode(texte, _cle(), [ALGORITHME], LECTURE, audience=_public(), issuer=settings.BASE_URL)
        jeton = jetons.find(uuid.UUID(dit["jti"]))
    except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError):
        raise JetonRefuseError from None
    maintenant = clock.now()
    if jeton is None or dit != _dit(jeton) or maintenant < jeton.emis_le:
        raise JetonRefuseError
    if jeton.revoque_le is not None:
        raise JetonRefuseError("Votre jeton a été révoqué.")
    if maintenant >= jeton.expire_le:
        raise JetonRefuseError("Votre jeton a expiré.")
    return jeton


def _dit(jeton: Jeton) -> dict[str, object]:
    """What it says, to the letter."""
    emis = int(jeton.emis_le.timestamp())
    return {
        "iss": settings.BASE_URL,
        "aud": _public(),
        "sub": jeton.siret,
        "jti": str(jeton.jti),
        "iat": emis,
        "nbf": emis,
        "exp": int(jeton.expire_le.timestamp()),
        "scopes": jeton.portees,
    }


def _public() -> str:
    return f"{settings.BASE_URL}/v3"


def _cle() -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"guichet: jetons de /v3").derive(settings.SECRET_KEY.encode())
