"""Passwords: how they are kept, and which are refused."""

from __future__ import annotations

import functools
import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator

from guichet.domain.phrases import Phrase

COURT, LONG, LE_PLUS_LONG = 12, 14, 200
SORTES = (Phrase("une minuscule"), Phrase("une majuscule"), Phrase("un chiffre"), Phrase("un signe comme # ou -"))
"""A letter without case is a sign: it is as hard to guess."""


class Argon2id(Argon2PasswordHasher):
    """7 MiB, five passes, one lane: of the choices that OWASP holds for equal, the one that takes the least time, 25 ms
    where 19 MiB and two passes take 34. Django's own figures take 165, and the January peak is 25 logins a second."""

    time_cost = 5
    memory_cost = 7 * 1024
    parallelism = 1


def normalise(mot: str) -> str:
    """One keyboard writes an accented letter as one sign, another as two: they are the same password."""
    return unicodedata.normalize("NFC", mot)


def refuse(mot: str) -> str:
    """Why this password is too weak, in a sentence that says what to do; an empty one when it is not.

    CNIL, deliberation 2022-100: 12 characters of four kinds, or 14 without the special ones; never a common one.
    """
    mot = normalise(mot)
    if len(mot) > LE_PLUS_LONG:
        return Phrase("Ce mot de passe est trop long : {maximum} caractères au plus.", maximum=LE_PLUS_LONG)
    if len(mot) < COURT:
        return Phrase("Ce mot de passe est trop court : il lui faut au moins {minimum} caractères.", minimum=COURT)
    return _monotone(mot) or _connu(mot)


def _monotone(mot: str) -> str:
    manquent = [sorte for sorte in SORTES if sorte not in {_sorte(signe) for signe in mot}]
    if len(manquent) > 1:
        return Phrase("Il manque à ce mot de passe {une} ou {autre}.", une=manquent[0], autre=manquent[-1])
    if manquent and len(mot) < LONG:
        (sorte,) = manquent
        return Phrase("Ajoutez à ce mot de passe {sorte}, ou allongez-le à {minimum} caractères.", sorte=sorte, minimum=LONG)
    return ""


def _connu(mot: str) -> str:
    if len(set(mot)) < 6:
        return Phrase("Ce mot de passe répète toujours les mêmes caractères. Choisissez-en un autre.")
    if mot.lower() in _communs():
        return Phrase("Ce mot de passe est l'un des plus utilisés au monde. Choisissez-en un autre.")
    return ""


def _sorte(signe: str) -> str:
    minuscule, majuscule, chiffre, autre = SORTES
    if signe.isdigit():
        return chiffre
    return minuscule if signe.islower() else majuscule if signe.isupper() else autre


@functools.cache
def _communs() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
