"""What names a person, a file, an account: read as people write them, checked, kept in one form.

Each is read by a function that raises ValueError with a sentence that can be shown. None of them is ever logged.
"""

from __future__ import annotations

import re
import string

from stdnum import iban as _iban
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as _nir
from stdnum.fr import siret as _siret

from guichet.domain.phrases import Phrase

_ORGANISME = re.compile(r"[0-9]{3}")
_DEBUT_DE_NIR = re.compile(r"[1234789]\d{2}")


class Matricule(str):
    """The number of an allocataire, unique within a caisse: 7 digits, leading zeros kept."""

    @classmethod
    def lire(cls, texte: str) -> Matricule:
        """Read what was typed; the control letter that follows it on letters is left aside."""
        lu = re.sub(r"[\s.]", "", texte).rstrip(string.ascii_letters)
        if not lu.isascii() or not lu.isdecimal() or len(lu) > 7:
            raise ValueError(Phrase("Le numéro d'allocataire a 7 chiffres, par exemple 0000354."))
        return cls(lu.zfill(7))


class CodeOrganisme(str):
    """The caisse: 3 digits, the department and a rank (`751` is Paris)."""

    @classmethod
    def lire(cls, texte: str) -> CodeOrganisme:
        lu = texte.strip()
        if not _ORGANISME.fullmatch(lu):
            raise ValueError(Phrase("Le code de la caisse a 3 chiffres, par exemple 751."))
        return cls(lu)


class Nir(str):
    """A social security number with its key: 15 characters, `2A` and `2B` for Corsica.

    Provisional numbers (first digit 3, 4, 7 or 8) are numbers like the others: their bearers have rights too.
    """

    @classmethod
    def lire(cls, texte: str) -> Nir:
        try:
            lu = _nir.validate(texte)
        except ValidationError:
            raise ValueError(
                Phrase(
                    "Ce numéro de sécurité sociale ne convient pas : il a 15 signes, clé comprise, sur votre carte Vitale."
                )
            ) from None
        if not _DEBUT_DE_NIR.match(lu):
            raise ValueError(
                Phrase("Un numéro de sécurité sociale commence par 1 ou 2, ou par 3, 4, 7 ou 8 s'il est provisoire.")
            )
        return cls(lu)


class Iban(str):
    """A bank account of the SEPA area, without spaces."""

    @classmethod
    def lire(cls, texte: str) -> Iban:
        try:
            lu = _iban.validate(texte)
        except ValidationError:
            raise ValueError(
                Phrase(
                    "Cet IBAN ne convient pas : recopiez-le de votre RIB. En France, il commence par FR et a 27 caractères."
                )
            ) from None
        if lu[:2] in ("FR", "MC") and not _cle_rib_juste(lu[4:]):
            raise ValueError(
                Phrase("Cet IBAN ne convient pas : sa clé RIB (les 2 derniers chiffres) ne correspond pas au compte.")
            )
        return cls(lu)

    @property
    def masque(self) -> str:
        """What a page shows of it: `FR76 •••• 0189`."""
        return f"{self[:4]} •••• {self[-4:]}"


class Siret(str):
    """An establishment of a firm or of an administration: 14 digits."""

    @classmethod
    def lire(cls, texte: str) -> Siret:
        try:
            return cls(_siret.validate(texte))
        except ValidationError:
            raise ValueError(
                Phrase("Ce numéro SIRET ne convient pas : il a 14 chiffres, par exemple 13002526500013.")
            ) from None


def _cle_rib_juste(bban: str) -> bool:
    """97 - (89 bank + 15 branch + 3 account) mod 97; in an account, letters stand for digits by groups of nine."""
    chiffres = "".join(str(_chiffre(lettre)) for lettre in bban)
    banque, guichet, compte, cle = chiffres[:5], chiffres[5:10], chiffres[10:21], chiffres[21:]
    return int(cle) == 97 - (89 * int(banque) + 15 * int(guichet) + 3 * int(compte)) % 97


def _chiffre(lettre: str) -> int:
    """A and J are 1, S is 2: three rows of the alphabet, the last one without its first place."""
    if lettre.isdecimal():
        return int(lettre)
    rang = ord(lettre) - ord("A")
    return rang % 9 + 1 if rang < 18 else (rang - 18) % 9 + 2
