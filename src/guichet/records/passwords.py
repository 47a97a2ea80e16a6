"""Passwords: how they are kept, and which are refused."""

from __future__ import annotations

import functools
import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator

from guichet.domain.phrases import Phrase

SHORTEST, LONG, LONGEST = 12, 14, 200
KINDS = (Phrase("une minuscule"), Phrase("une majuscule"), Phrase("un chiffre"), Phrase("un signe comme # ou -"))
"""A letter without case is a sign: it is as hard to guess."""


class Argon2id(Argon2PasswordHasher):
    """7 MiB, five passes, one lane: of the choices that OWASP holds for equal, the one that takes the least time, 25 ms
    where 19 MiB and two passes take 34. Django's own figures take 165, and the January peak is 25 logins a second."""

    time_cost = 5
    memory_cost = 7 * 1024
    parallelism = 1


def normalise(password: str) -> str:
    """One keyboard writes an accented letter as one sign, another as two: they are the same password."""
    return unicodedata.normalize("NFC", password)


def refusal(password: str) -> str:
    """Why this password is too weak, in a sentence that says what to do; an empty one when it is not.

    CNIL, deliberation 2022-100: 12 characters of four kinds, or 14 without the special ones; never a common one.
    """
    password = normalise(password)
    if len(password) > LONGEST:
        return Phrase("Ce mot de passe est trop long : {maximum} caractères au plus.", maximum=LONGEST)
    if len(password) < SHORTEST:
        return Phrase("Ce mot de passe est trop court : il lui faut au moins {minimum} caractères.", minimum=SHORTEST)
    return _too_uniform(password) or _too_common(password)


def _too_uniform(password: str) -> str:
    missing = [kind for kind in KINDS if kind not in {_kind(sign) for sign in password}]
    if len(missing) > 1:
        return Phrase("Il manque à ce mot de passe {une} ou {autre}.", une=missing[0], autre=missing[-1])
    if missing and len(password) < LONG:
        (kind,) = missing
        return Phrase("Ajoutez à ce mot de passe {sorte}, ou allongez-le à {minimum} caractères.", sorte=kind, minimum=LONG)
    return ""


def _too_common(password: str) -> str:
    if len(set(password)) < 6:
        return Phrase("Ce mot de passe répète toujours les mêmes caractères. Choisissez-en un autre.")
    if password.lower() in _common():
        return Phrase("Ce mot de passe est l'un des plus utilisés au monde. Choisissez-en un autre.")
    return ""


def _kind(sign: str) -> str:
    lower, upper, digit, other = KINDS
    if sign.isdigit():
        return digit
    return lower if sign.islower() else upper if sign.isupper() else other


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
