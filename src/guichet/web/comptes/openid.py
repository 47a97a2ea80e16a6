"""The exchange with an OpenID provider (OpenID Connect Core 1.0, code flow), as a client that believes what is proved alone.

Both the ID token and the answer of userinfo are signed, and checked alike: one of two algorithms, a key that the provider
publishes, its name, ours, the hour. All that is asked goes to the origin of the provider, and what comes is bounded, in
bytes and in seconds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
import urllib3
from django.core.cache import cache

ALGORITHMS = ("ES256", "RS256")
LEEWAY = 30
"""Seconds between two clocks."""
SLOWEST, LONGEST = 5.0, 10.0
"""Seconds without a byte; of a whole answer."""
LARGEST = 100_000
"""Bytes of an answer."""
KEPT = 3600
"""Seconds during which what the provider says of itself is believed."""
MOST_AT_ONCE = 4
"""Threads that wait for the provider at once: when it is slow, the others go on."""
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


class UnavailableError(Exception):
    """The provider does not answer, or not as a provider does. The message names nobody."""


class UnprovedError(Exception):
    """What the provider answers is not proved. The message names nobody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The secrets of one request: `state` says which one an answer is for, `nonce` comes back in its ID token, and
    `verifier` shows that who asked is who exchanges the code (RFC 7636)."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Asked:
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    as_dict = asdict


@dataclass(frozen=True, slots=True)
class Proved:
    """Who it is, as the provider has signed it. `id_token` is what closes its session."""

    sub: str
    claims: Mapping[str, Any]
    id_token: str


@dataclass(frozen=True, slots=True)
class Provider:
    """`url` is its issuer; `scope` and `levels` (acr, the lowest first) what it is asked for."""

    url: str
    client_id: str
    client_secret: str
    scope: str
    levels: tuple[str, ...]

    def request(self, asked: Asked, back: str) -> str:
        """The address where one says who one is, then comes back. Raises UnavailableError."""
        found = self._metadata()
        query = {
            **{"response_type": "code", "client_id": self.client_id, "redirect_uri": back, "scope": self.scope},
            **{"acr_values": self.levels[0], "state": asked.state, "nonce": asked.nonce},
        }
        if "S256" in found["code_challenge_methods_supported"]:
            digest = hashlib.sha256(asked.verifier.encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            query |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        return f"{found['authorization_endpoint']}?{urlencode(query)}"

    def proof(self, asked: Asked, code: str, back: str) -> Proved:
        """Who came back with `code`. Raises UnavailableError or UnprovedError."""
        found = self._metadata()
        sent = {
            **{"grant_type": "authorization_code", "code": code, "redirect_uri": back},
            **{"client_id": self.client_id, "client_secret": self.client_secret},
        }
        if "S256" in found["code_challenge_methods_supported"]:
            sent["code_verifier"] = asked.verifier
        tokens = _read(_ask(found["token_endpoint"], sent))
        id_token = _text(tokens, "id_token")
        about = self._signed("ID token", id_token, ["iss", "aud", "sub", "exp", "iat", "nonce", "acr"])
        if about["nonce"] != asked.nonce:
            raise UnprovedError("ID token: another nonce")
        if about["acr"] not in self.levels:
            raise UnprovedError("ID token: the level is too low")
        answer = _ask(found["userinfo_endpoint"], bearer=_text(tokens, "access_token"))
        claims = self._signed("userinfo", answer.decode(errors="replace").strip(), ["iss", "aud", "sub"])
        if claims["sub"] != about["sub"]:
            raise UnprovedError("userinfo: another person")
        return Proved(about["sub"], claims, id_token)

    def end(self, id_token: str, back: str) -> str:
        """The address that closes the session there, then comes back. Raises UnavailableError."""
        query = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": secrets.token_urlsafe(32)}
        return f"{self._metadata()['end_session_endpoint']}?{urlencode(query)}"

    def _signed(self, name: str, token: str, required: list[str]) -> dict[str, Any]:
        """The claims of a token, once it is sure who wrote them, for whom and when."""
        try:
            key = self._key(jwt.get_unverified_header(token).get("kid", ""))
            claims = jwt.decode(
                token,
                key,
                ALGORITHMS,
                {"require": required, "enforce_minimum_key_length": True},
                audience=self.client_id,
                issuer=self.url,
                leeway=LEEWAY,
            )
        except (jwt.PyJWTError, RecursionError, ValueError) as refused:  # of a text that is none
            raise UnprovedError(f"{name}: {type(refused).__name__}") from None
        if (
            not claims["sub"]
            or claims["aud"] not in (self.client_id, [self.client_id])
            or claims.get("azp", self.client_id) != self.client_id
        ):
            raise UnprovedError(f"{name}: of nobody, or not for us alone")
        return claims

    # What the provider says of itself

    def _metadata(self) -> dict[str, Any]:
        """The provider's addresses, all of them at its own origin."""
        found: dict[str, Any] = cache.get_or_set(f"openid:{self.url}", self._read_metadata, KEPT)
        return found

    def _read_metadata(self) -> dict[str, Any]:
        told = _read(_ask(f"{self.url}/.well-known/openid-configuration"))
        if told.get("issuer") != self.url:
            raise UnavailableError("it says that it is another one")
        names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint")
        found: dict[str, Any] = {name: _text(told, name) for name in names}
        ours = urlsplit(self.url)
        if not all(_same_origin(urlsplit(address), ours) for address in found.values()):
            raise UnavailableError("it sends elsewhere")
        methods = told.get("code_challenge_methods_supported")
        return found | {"code_challenge_methods_supported": methods if isinstance(methods, list) else []}

    def _key(self, kid: object) -> jwt.PyJWK:
        """The key that the provider publishes under this name; read again if it is new."""
        kept: dict[str, Any] = cache.get(f"openid-keys:{self.url}") or {}
        if kid not in kept:
            keys = _read(_ask(self._metadata()["jwks_uri"])).get("keys")
            usable = [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []
            usable = [key for key in usable if key.get("kty") in ("EC", "RSA") and key.get("use", "sig") == "sig"]
            kept = {key["kid"]: key for key in usable if isinstance(key.get("kid"), str)}
            cache.set(f"openid-keys:{self.url}", kept, KEPT)
        if not isinstance(kid, str) or kid not in kept:
            raise jwt.InvalidKeyError
        return jwt.PyJWK(kept[kid])


def _same_origin(one: Any, other: Any) -> bool:
    return bool((one.scheme, one.netloc) == (other.scheme, other.netloc))


# One request


def _ask(url: str, form: Mapping[str, str] | None = None, bearer: str = "") -> bytes:
    """The body of the answer, once the provider has said that all is well."""
    if not _places.acquire(blocking=False):
        raise UnavailableError("too many wait for it at once")
    try:
        return _answer(url, form, bearer)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise UnavailableError(type(error).__name__) from None
    finally:
        _places.release()


def _answer(url: str, form: Mapping[str, str] | None, bearer: str) -> bytes:
    end = time.monotonic() + LONGEST
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    asked: dict[str, Any] = {"headers": headers, "timeout": SLOWEST, "allow_redirects": False, "stream": True}
    with requests.request("POST" if form else "GET", url, data=form, **asked) as answer:
        if answer.status_code != 200:
            raise UnavailableError(f"status {answer.status_code}")
        body = b""
        while part := answer.raw.read1(LARGEST):
            body += part
            if len(body) > LARGEST or time.monotonic() > end:
                raise UnavailableError("its answer does not end")
    return body


def _read(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise UnavailableError("its answer is not JSON")
    return read


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str) or not found:
        raise UnavailableError(f"its answer has no {name}")
    return found
