"""`guichet jeton`: the tokens by which towns ask for a quotient familial: issue one, list them, revoke one.

A token is printed once, on standard output: it is a secret, which we do not keep.
"""

from __future__ import annotations

import argparse
import sys
import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from guichet.commands import _caisse, _streams, _values

if TYPE_CHECKING:
    from guichet.domain.portees import Portee

LONGEST_NAME = 80
LONGEST = timedelta(days=731)
"""API Particulier's tokens last eighteen months."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from guichet.domain.portees import Portee

    parser.add_argument("--recipient", type=_siret, metavar="SIRET", help="the town: 14 digits")
    parser.add_argument(
        "--name", type=_name, default="", metavar="NAME", help="what people whose file it reads are told (the SIRET)"
    )
    parser.add_argument("--scopes", nargs="+", type=_scope, metavar="SCOPE", help=f"what it may read: {', '.join(Portee)}")
    parser.add_argument("--until", type=_values.day, metavar="D", help="its last day, as 2027-12-31")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="the tokens that were issued")
    instead.add_argument("--revoke", type=_jti, metavar="ID", help="this token opens nothing any more")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    issuing = options.recipient, options.scopes, options.until
    if not (options.list or options.revoke or all(issuing)):
        options.refuse("--recipient, --scopes and --until issue a token, --list and --revoke do without")
    if any(issuing) and (options.list or options.revoke):
        options.refuse("one thing at a time: issue a token, --list or --revoke")
    with _caisse.database("jeton"):
        return _revoke(options.revoke) if options.revoke else _list() if options.list else _issue(options)


def _issue(options: argparse.Namespace) -> int:
    from guichet import clock
    from guichet.operations import jetons

    lasts = options.until - clock.today()
    if not timedelta() <= lasts <= LONGEST:
        options.refuse(f"--until: {options.until} is {'past' if lasts < timedelta() else 'too far'}: two years at the most")
    expires = datetime.combine(options.until + timedelta(days=1), time(), clock.PARIS)
    token, text = jetons.issue(options.recipient, options.name, options.scopes, expires)
    print(f"{token.jti}, until {options.until}: the town sends what follows, once given it is nowhere else", file=sys.stderr)
    print(text)
    return 0


def _list() -> int:
    from guichet import clock
    from guichet.records import jetons

    for token in jetons.all_of_them():
        last = clock.day_of(token.expire_le - timedelta(seconds=1))
        state = "revoked" if token.revoque_le else "expired" if token.expire_le <= clock.now() else "valid"
        print(token.jti, state, f"until {last}", token.siret, ",".join(token.portees), token.nom, sep="  ")
    return 0


def _revoke(jti: uuid.UUID) -> int:
    from guichet import clock
    from guichet.records import jetons

    if not jetons.revoke(jti, clock.now()):
        return _streams.say("jeton", f"--revoke: no valid token is {jti}")
    print(f"{jti} is revoked")
    return 0


def _siret(text: str) -> str:
    from guichet.domain.identifiants import Siret

    try:
        return Siret.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a SIRET: 14 digits, such as 13002526500013") from None


def _scope(text: str) -> Portee:
    from guichet.domain.portees import Portee

    try:
        return Portee(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a scope") from None


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"a name has {LONGEST_NAME} characters at the most")
    return text


def _jti(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not the number of a token: `guichet jeton --list` tells them"
        ) from None
