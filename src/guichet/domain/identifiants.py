"""What names a person, a file, an account: read as people write them, checked, kept in one form.

Each is read by `parse`, which raises ValueError with a sentence that can be shown (a text with a `read` would pass for a
file). None of them is ever logged.
"""

from __future__ import annotations

import re
import string

from stdnum import bic as _bic
from stdnum import iban as _iban
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as _nir
from stdnum.fr import siret as _siret

from guichet.domain.phrases import Phrase

_ORGANISME = re.compile(r"[0-9]{3}")
_START_OF_NIR = re.compile(r"[1234789]\d{2}")


class Matricule(str):
    """The number of an allocataire, unique within a caisse: 7 digits, leading zeros kept."""

    @classmethod
    def parse(cls, text: str) -> Matricule:
        """Read what was typed; the control letter that follows it on letters is left aside."""
        found = re.sub(r"[\s.]", "", text).rstrip(string.ascii_letters)
        if not found.isascii() or not found.isdecimal() or len(found) > 7:
            raise ValueError(Phrase("Le numéro d'allocataire a 7 chiffres, par exemple 0000354."))
        return cls(found.zfill(7))


class CodeOrganisme(str):
    """The caisse: 3 digits, the department and a rank (`751` is Paris)."""

    @classmethod
    def parse(cls, text: str) -> CodeOrganisme:
        found = text.strip()
        if not _ORGANISME.fullmatch(found):
            raise ValueError(Phrase("Le code de la caisse a 3 chiffres, par exemple 751."))
        return cls(found)


class Nir(str):
    """A social security number with its key: 15 characters, `2A` and `2B` for Corsica.

    Provisional numbers (first digit 3, 4, 7 or 8) are numbers like the others: their bearers have rights too.
    """

    @classmethod
    def parse(cls, text: str) -> Nir:
        try:
            found = _nir.validate(text)
        except ValidationError:
            raise ValueError(
                Phrase(
                    "Ce numéro de sécurité sociale ne convient pas : il a 15 signes, clé comprise, sur votre carte Vitale."
                )
            ) from None
        if not _START_OF_NIR.match(found):
            raise ValueError(
                Phrase("Un numéro de sécurité sociale commence par 1 ou 2, ou par 3, 4, 7 ou 8 s'il est provisoire.")
            )
        return cls(found)


class Iban(str):
    """A bank account of the SEPA area, without spaces."""

    @classmethod
    def parse(cls, text: str) -> Iban:
        try:
            found = _iban.validate(text)
        except ValidationError:
            raise ValueError(
                Phrase(
                    "Cet IBAN ne convient pas : recopiez-le de votre RIB. En France, il commence par FR et a 27 caractères."
                )
            ) from None
        if found[:2] in ("FR", "MC") and not _rib_key_holds(found[4:]):
            raise ValueError(
                Phrase("Cet IBAN ne convient pas : sa clé RIB (les 2 derniers chiffres) ne correspond pas au compte.")
            )
        return cls(found)

    @property
    def masked(self) -> str:
        """What a page shows of it: `FR76 •••• 0189`."""
        return f"{self[:4]} •••• {self[-4:]}"


class Bic(str):
    """A bank, as transfers name it: 8 characters, 11 with its branch."""

    @classmethod
    def parse(cls, text: str) -> Bic:
        try:
            return cls(_bic.validate(text))
        except ValidationError:
            raise ValueError(Phrase("Ce BIC ne convient pas : recopiez-le du RIB, il a 8 ou 11 caractères.")) from None


class Siret(str):
    """An establishment of a firm or of an administration: 14 digits."""

    @classmethod
    def parse(cls, text: str) -> Siret:
        try:
            return cls(_siret.validate(text))
        except ValidationError:
            raise ValueError(
                Phrase("Ce numéro SIRET ne convient pas : il a 14 chiffres, par exemple 13002526500013.")
            ) from None


def _rib_key_holds(bban: str) -> bool:
    """97 - (89 bank + 15 branch + 3 account) mod 97; in an account, letters stand for digits by groups of nine."""
    digits = "".join(str(_digit(letter)) for letter in bban)
    bank, branch, account, key = digits[:5], digits[5:10], digits[10:21], digits[21:]
    return int(key) == 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97


def _digit(letter: str) -> int:
    """A and J are 1, S is 2: three rows of the alphabet, the last one without its first place."""
    if letter.isdecimal():
        return int(letter)
    rank = ord(letter) - ord("A")
    return rank % 9 + 1 if rank < 18 else (rank - 18) % 9 + 2
