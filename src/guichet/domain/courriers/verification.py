"""The code of an attestation: random, easy to read over the telephone, and that knows a slip of the finger.

Twenty letters and figures in groups of four, without I, L, O and U (Crockford's base 32): nineteen are drawn, 95 bits, the
last checks the others (ISO 7064).
"""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_37_36

from guichet.domain.phrases import Phrase

BITS = 95
"""Of the number that makes a code: `secrets.randbits(BITS)`."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DRAWN = BITS // 5
_LENGTH = _DRAWN + 1
_READ_AS = str.maketrans("OIL", "011")
"""Letters that are taken for figures."""
_SEPARATORS = re.compile(r"[\s.\u2010-\u2015-]")
_TOO_LONG = 200


def code(number: int) -> str:
    """`7ZQ4-0K2M-9F3C-AW5T-1XR8`, from a number drawn below `2 ** BITS`; ValueError for another."""
    if not 0 <= number < 1 << BITS:
        raise ValueError(f"Un code se fait d'un nombre de {BITS} bits.")
    drawn = "".join(_ALPHABET[number >> 5 * rank & 31] for rank in reversed(range(_DRAWN)))
    return _grouped(drawn + mod_37_36.calc_check_digit(drawn, _ALPHABET))


def read(typed: str) -> str:
    """The code that somebody typed, as `code` wrote it: small letters, spaces and dashes are forgiven, O is 0, I and L are
    1. ValueError with a sentence that can be shown, when it is none."""
    found = _SEPARATORS.sub("", typed[:_TOO_LONG]).upper().translate(_READ_AS)
    if not found:
        raise ValueError(Phrase("Indiquez le code écrit sur l'attestation."))
    if unknown := next((letter for letter in found if letter not in _ALPHABET), ""):
        raise ValueError(
            Phrase(
                "Le code n'a pas de « {inconnu} » : il n'a que des chiffres et des lettres sans accent, sauf U.",
                inconnu=unknown,
            )
        )
    if len(found) != _LENGTH:
        raise ValueError(
            Phrase(
                "Le code a {longueur} lettres et chiffres : vous en avez écrit {ecrits}.",
                longueur=_LENGTH,
                ecrits=len(found),
            )
        )
    if mod_37_36.checksum(found, _ALPHABET) != 1:
        raise ValueError(Phrase("Le code contient une faute de frappe : comparez-le à celui de l'attestation."))
    return _grouped(found)


def _grouped(found: str) -> str:
    return "-".join(found[start : start + 4] for start in range(0, len(found), 4))
