"""Passwords: how they are kept, and which are refused."""

from __future__ import annotations

import functools
import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator

from guichet.domain.phrases import Phrase

LE_PLUS_LONG = 200


class Argon2id(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: OWASP's figures, 20 ms. Django's own take 165, and the January peak is 25 a second."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def normalise(mot: str) -> str:
    """One keyboard writes an accented letter as one sign, another as two: they are the same password."""
    return unicodedata.normalize("NFC", mot)


def refuse(mot: str) -> str:
    """Why this password is too weak, in a sentence that says what to do; an empty one when it is not.

    CNIL, deliberation 2022-100: 12 characters of four kinds, or 14 without the special ones; never a common one.
    """
    mot = normalise(mot)
    sortes = len({_sorte(signe) for signe in mot})
    if len(mot) > LE_PLUS_LONG:
        return Phrase("Ce mot de passe est trop long : {maximum} caractères au plus.", maximum=LE_PLUS_LONG)
    if not (len(mot) >= 12 and sortes == 4) and not (len(mot) >= 14 and sortes >= 3):
        return Phrase(
            "Choisissez au moins 12 caractères : minuscules, majuscules, chiffres et signes comme ! ou -. "
            "Sans signes, il en faut au moins 14."
        )
    if len(set(mot)) < 6:
        return Phrase("Ce mot de passe répète toujours les mêmes caractères. Choisissez-en un autre.")
    if mot.lower() in _communs():
        return Phrase("Ce mot de passe est l'un des plus utilisés au monde. Choisissez-en un autre.")
    return ""


def _sorte(signe: str) -> str:
    if signe.isdigit():
        return "chiffre"
    return "minuscule" if signe.islower() else "majuscule" if signe.isupper() else "signe"


@functools.cache
def _communs() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
