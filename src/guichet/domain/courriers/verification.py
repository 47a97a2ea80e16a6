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
_TIRES = BITS // 5
_LONGUEUR = _TIRES + 1
_LISIBLES = str.maketrans("OIL", "011")
"""Letters that are taken for figures."""
_SEPARATEURS = re.compile(r"[\s.\u2010-\u2015-]")
_TROP_LONG = 200


def code(alea: int) -> str:
    """`7ZQ4-0K2M-9F3C-AW5T-1XR8`, from a number drawn below `2 ** BITS`; ValueError for another."""
    if not 0 <= alea < 1 << BITS:
        raise ValueError(f"Un code se fait d'un nombre de {BITS} bits.")
    tires = "".join(_ALPHABET[alea >> 5 * rang & 31] for rang in reversed(range(_TIRES)))
    return _groupes(tires + mod_37_36.calc_check_digit(tires, _ALPHABET))


def lire(tape: str) -> str:
    """The code that somebody typed, as `code` wrote it: small letters, spaces and dashes are forgiven, O is 0, I and L are
    1. ValueError with a sentence that can be shown, when it is none."""
    lu = _SEPARATEURS.sub("", tape[:_TROP_LONG]).upper().translate(_LISIBLES)
    if not lu:
        raise ValueError(Phrase("Indiquez le code écrit sur l'attestation."))
    if inconnu := next((lettre for lettre in lu if lettre not in _ALPHABET), ""):
        raise ValueError(
            Phrase(
                "Le code n'a pas de « {inconnu} » : il n'a que des chiffres et des lettres sans accent, sauf U.",
                inconnu=inconnu,
            )
        )
    if len(lu) != _LONGUEUR:
        raise ValueError(
            Phrase(
                "Le code a {longueur} lettres et chiffres : vous en avez écrit {ecrits}.", longueur=_LONGUEUR, ecrits=len(lu)
            )
        )
    if mod_37_36.checksum(lu, _ALPHABET) != 1:
        raise ValueError(Phrase("Le code contient une faute de frappe : comparez-le à celui de l'attestation."))
    return _groupes(lu)


def _groupes(lu: str) -> str:
    return "-".join(lu[debut : debut + 4] for debut in range(0, len(lu), 4))
