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
_ETRANGER = "99"


@dataclass(frozen=True, slots=True)
class IdentitePivot:
    """`pays` and `commune` are INSEE codes of the place of birth; no commune where it is not known, or abroad."""

    nom: str
    prenoms: tuple[str, ...]
    sexe: str
    naissance: date
    pays: str
    commune: str = ""

    def est_nee(self, lieu: str) -> bool:
        """`lieu` is the INSEE code of a commune or of a country abroad."""
        if not lieu:
            return True
        if self.pays != FRANCE:
            return lieu == self.pays
        return not lieu.startswith(_ETRANGER) and self.commune in ("", lieu)

    def se_nomme(self, nom: str, prenoms: str) -> bool:
        """All the given names that both tell are the same, in the same order: many only tell their first one."""
        dits, connus = mots(" ".join(self.prenoms)), mots(prenoms)
        communs = min(len(dits), len(connus))
        memes_prenoms = "".join(dits) == "".join(connus) or dits[:communs] == connus[:communs]
        return bool(communs) and memes_prenoms and "".join(mots(self.nom)) == "".join(mots(nom))


def mots(nom: str) -> list[str]:
    """`Jean-René` and `JEAN RENE` are the same words."""
    return re.findall(r"[A-Z]+", unidecode(nom).upper())
