"""The browsers in which an account was opened before: each waits in a line of its own (see `comptes.patience`).

Whoever knows the number of an account can fill its line, from many addresses; who comes back to a browser of theirs does
not stand there. A cookie tells it (OWASP, « device cookies »): the law asks no consent for what keeps a login safe
(loi 78-17, art. 82; CNIL, délibération 2020-091, 17 September 2020). It opens nothing and tells nothing: signs at random,
its end, and our seal, made with the account and its password. Another account, or another password, breaks the seal.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from guichet import clock
from guichet.records import acces
from guichet.records.acces import Compte, Qui
from guichet.web.languages import root

COOKIE = "navigateur"
KEPT_FOR = timedelta(days=180)
BETWEEN = "~"
ACCOUNTS = 4
"""Of one browser: those of a household, and of somebody whom they help."""
NONCE_BYTES = 12
SEAL = re.compile(r"[A-Za-z0-9_-]{16}:[0-9]{10}:[A-Za-z0-9_-]{43}")
"""Signs at random, when it ends, and what signs both."""


def line(request: HttpRequest, qui: Qui) -> str:
    """Where one waits who tries to open what `qui` names: in the line of this browser, if that account was opened in it;
    else in that of the account."""
    seals = list(_seals(request))
    who = acces.find(qui) if seals else None
    own = next((seal for seal in seals if who and _is_of(who, seal)), None)
    return f"browser {own}" if own else qui.key


def remember(request: HttpRequest, response: HttpResponse, who: Compte) -> HttpResponse:
    """This browser is one of those in which the account was opened; `response` tells it so."""
    others = [seal for seal in _seals(request) if not _is_of(who, seal)]
    ours = _signer(who).sign(f"{secrets.token_urlsafe(NONCE_BYTES)}:{int((clock.now() + KEPT_FOR).timestamp())}")
    response.set_cookie(
        COOKIE,
        BETWEEN.join([ours, *others][:ACCOUNTS]),
        max_age=KEPT_FOR,
        path=root(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _seals(request: HttpRequest) -> Iterator[str]:
    """The seals that may be ours: what another site of the same domain wrote there is not sent back."""
    yield from filter(SEAL.fullmatch, request.COOKIES.get(COOKIE, "").split(BETWEEN)[:ACCOUNTS])


def _is_of(who: Compte, seal: str) -> bool:
    try:
        end = _signer(who).unsign(seal).rpartition(":")[2]
    except BadSignature:
        return False
    return clock.now().timestamp() < int(end)


def _signer(who: Compte) -> Signer:
    return Signer(salt=f"{__name__} {who.pk} {who.get_session_auth_hash()}")
