"""A sentence with values in it. It keeps its pattern and its values apart, so that it can be said in another language."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guichet.domain.vocabulaire import MONTH_NAMES, Mois

PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
"""`{mois}`, or `{mois:de}` when the value has several forms."""
SPACE, NARROW_SPACE = "\u00a0", "\u202f"
"""Neither breaks a line."""
KEPT = 8192
Writer = Callable[[object, str], str]
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

    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, /, **values: object) -> Phrase:
        phrase = super().__new__(cls, sentence(pattern, values, in_french))
        phrase.pattern, phrase.values = pattern, values
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.pattern,), dict(self.values)


def filled(text: str, values: Mapping[str, object]) -> str:
    """`text` where the places that were left take their values, those of the texts that it holds too."""
    if "{" not in text:
        return text
    if not isinstance(text, Phrase):
        return Phrase(text, **values)
    own = {name: filled(value, values) if isinstance(value, str) else value for name, value in text.values.items()}
    return Phrase(text.pattern, **{**values, **own})


def sentence(pattern: str, values: Mapping[str, object], write: Writer) -> str:
    """`pattern` with its values, as `write` writes them."""
    return PLACE.sub(lambda place: write(values[place[1]], place[2] or "") if place[1] in values else place[0], pattern)


def in_french(value: object, form: str = "") -> str:
    match value:
        case Mois():
            return _mois(value, form)
        case date():
            return f"{'1er' if value.day == 1 else value.day} {MONTH_NAMES[value.month - 1]} {value.year}"
        case Decimal():
            return f"{value:,.2f}".removesuffix(".00").replace(",", NARROW_SPACE).replace(".", ",")
        case Quantite():
            return f"{in_french(value.valeur)}{SPACE}{value.unite}".strip()
    return str(value)


def capfirst(text: str) -> str:
    """A word that begins a sentence."""
    return text[:1].upper() + text[1:]


def to_the_cent(value: Decimal) -> str:
    """`304,00 €`: an amount of a column, under others. A negative one has the sign minus of print."""
    return f"{value:,.2f}".replace(",", NARROW_SPACE).replace(".", ",").replace("-", f"\u2212{SPACE}") + f"{SPACE}€"


@functools.lru_cache(maxsize=KEPT)
def french_print(text: str) -> str:
    """A sentence typed on any keyboard, as French prints it: curved apostrophes, spaces that do not break."""
    text = text.replace("'", "\u2019").replace("...", "\u2026")
    text = re.sub(r" (?=[;:!?»%€])|(?<=«) |(?<=\bart\.) |(?<=[0-9]) (?=(?:ans|mois|parts)\b)", SPACE, text)
    return re.sub(r"\bno (?=[0-9])", f"n°{SPACE}", text)


def _mois(mois: Mois, form: str) -> str:
    words = mois.in_words if form in ("", "nom") else mois.with_de
    return words.removesuffix(f" {mois.annee}") if form.endswith("nom") else words
