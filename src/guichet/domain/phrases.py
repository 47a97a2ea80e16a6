"""A sentence with values in it. It keeps its pattern and its values apart, so that it can be said in another language."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guichet.domain.vocabulaire import NOMS_DES_MOIS, Mois

PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
"""`{mois}`, or `{mois:de}` when the value has several forms."""
ESPACE, FINE = "\u00a0", "\u202f"
PHRASES_GARDEES = 8192
Ecriture = Callable[[object, str], str]
"""How a language writes a value, in one of its forms."""


@dataclass(frozen=True, slots=True)
class Quantite:
    """A number and its unit, as `Unite` names it: `1 234,50 € par mois`."""

    valeur: Decimal
    unite: str


class Phrase(str):
    """The sentence in French, which remembers how it was made.

    `Phrase("Ce site calcule jusqu'à {maximum}.", maximum=20)`. Values are texts, phrases, numbers, quantities, months or
    days; a place without a value stays as it is. Forms of a month: `{mois:de}` is `d'octobre 2026`, `{mois:de_nom}` is
    `d'octobre`.
    """

    motif: str
    valeurs: Mapping[str, object]

    def __new__(cls, motif: str, /, **valeurs: object) -> Phrase:
        phrase = super().__new__(cls, remplie(motif, valeurs, en_francais))
        phrase.motif, phrase.valeurs = motif, valeurs
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.motif,), dict(self.valeurs)


def avec(texte: str, valeurs: Mapping[str, object]) -> str:
    """`texte` where the places that were left take their values, those of the texts that it holds too."""
    if "{" not in texte:
        return texte
    if not isinstance(texte, Phrase):
        return Phrase(texte, **valeurs)
    siennes = {nom: avec(valeur, valeurs) if isinstance(valeur, str) else valeur for nom, valeur in texte.valeurs.items()}
    return Phrase(texte.motif, **{**valeurs, **siennes})


def remplie(motif: str, valeurs: Mapping[str, object], ecrit: Ecriture) -> str:
    """`motif` with its values, as `ecrit` writes them."""
    return PLACE.sub(lambda place: ecrit(valeurs[place[1]], place[2] or "") if place[1] in valeurs else place[0], motif)


def en_francais(valeur: object, forme: str = "") -> str:
    match valeur:
        case Mois():
            return _mois(valeur, forme)
        case date():
            return f"{'1er' if valeur.day == 1 else valeur.day} {NOMS_DES_MOIS[valeur.month - 1]} {valeur.year}"
        case Decimal():
            return f"{valeur:,.2f}".removesuffix(".00").replace(",", FINE).replace(".", ",")
        case Quantite():
            return f"{en_francais(valeur.valeur)}{ESPACE}{valeur.unite}".strip()
    return str(valeur)


def au_centime(valeur: Decimal) -> str:
    """`304,00 €`: an amount of a column, under others. A negative one has the sign minus of print."""
    return f"{valeur:,.2f}".replace(",", FINE).replace(".", ",").replace("-", f"\u2212{ESPACE}") + f"{ESPACE}€"


@functools.lru_cache(maxsize=PHRASES_GARDEES)
def french_print(text: str) -> str:
    """A sentence typed on any keyboard, as French prints it: curved apostrophes, spaces that do not break."""
    text = text.replace("'", "\u2019").replace("...", "\u2026")
    text = re.sub(r" (?=[;:!?»%€])|(?<=«) |(?<=\bart\.) |(?<=[0-9]) (?=(?:ans|mois|parts)\b)", ESPACE, text)
    return re.sub(r"\bno (?=[0-9])", f"n°{ESPACE}", text)


def _mois(mois: Mois, forme: str) -> str:
    ecrit = mois.en_lettres if forme in ("", "nom") else mois.depuis
    return ecrit.removesuffix(f" {mois.annee}") if forme.endswith("nom") else ecrit
