"""The pivot identity: the civil status by which administrations name one person.

Names are compared without accents, case, hyphens nor apostrophes; everything else must be the same. What a file does not
know (a sex, a place of birth) contradicts nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from text_unidecode import unidecode

FRANCE = "99100"
_ABROAD = "99"


@dataclass(frozen=True, slots=True)
class IdentitePivot:
    """`pays` and `commune` are INSEE codes of the place of birth; no commune where it is not known, or abroad."""

    nom: str
    prenoms: tuple[str, ...]
    sexe: str
    naissance: date
    pays: str
    commune: str = ""

    def born_in(self, place: str) -> bool:
        """`place` is the INSEE code of a commune or of a country abroad."""
        if not place:
            return True
        if self.pays != FRANCE:
            return place == self.pays
        return not place.startswith(_ABROAD) and self.commune in ("", place)

    def is_named(self, nom: str, prenoms: str) -> bool:
        """All the given names that both tell are the same, in the same order: many only tell their first one."""
        told, known = words(" ".join(self.prenoms)), words(prenoms)
        common = min(len(told), len(known))
        same_prenoms = "".join(told) == "".join(known) or told[:common] == known[:common]
        return bool(common) and same_prenoms and "".join(words(self.nom)) == "".join(words(nom))


def words(nom: str) -> list[str]:
    """`Jean-René` and `JEAN RENE` are the same words."""
    return re.findall(r"[A-Z]+", unidecode(nom).upper())
