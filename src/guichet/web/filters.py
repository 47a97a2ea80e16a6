"""How the language of the page writes sentences, amounts and dates: `1 234,50 €`, `1er octobre 2026`; `€1,234.50`,
`1 October 2026`. Known to every template.
"""

from __future__ import annotations

import functools
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext

from guichet.clock import PARIS, day_of
from guichet.domain.droits import Ligne, Unite
from guichet.domain.phrases import NARROW_SPACE, SPACE, capfirst, french_print, in_french
from guichet.domain.vocabulaire import Mois
from guichet.web.languages import in_english, said, with_unit, written

MINUS = "\u2212"


def in_figures(value: Decimal | float, decimals: int) -> str:
    return _written_number(value, decimals, in_english())


@functools.lru_cache(maxsize=8192)
def _written_number(value: Decimal | float, decimals: int, english: bool) -> str:
    number = f"{abs(value):,.{decimals}f}"
    return number if english else number.replace(",", NARROW_SPACE).replace(".", ",")


def _euros(value: Decimal, decimals: int, sign: str = "") -> str:
    return _written_euros(value, decimals, sign, in_english())


@functools.lru_cache(maxsize=8192)
def _written_euros(value: Decimal, decimals: int, sign: str, english: bool) -> str:
    number = _written_number(value, decimals, english)
    return f"{sign}€{number}" if english else f"{sign}{SPACE if sign else ''}{number}{SPACE}€"


def montant(value: Decimal) -> str:
    """`1 234,50 €`; `304 €` when there are no cents."""
    return _written_amount(value, in_english())


@functools.lru_cache(maxsize=8192)
def _written_amount(value: Decimal, english: bool) -> str:
    return _written_euros(value, 0 if value == value.to_integral_value() else 2, MINUS if value < 0 else "", english)


def compte(ligne: Ligne) -> str:
    """What a line adds or takes: `+ 61,29 €`, `− 5,00 €`."""
    return _euros(ligne.montant, 2, MINUS if ligne.montant < 0 else "+")


def centimes(value: Decimal) -> str:
    """`304,00 €`: a total, under its lines."""
    return _euros(value, 2)


def solde(value: Decimal) -> str:
    """`304,00 €`, `− 40,00 €`: what is received, what is not."""
    return _euros(value, 2, MINUS if value < 0 else "")


def whole_number(value: float | Decimal) -> str:
    """`1 234`: a tick of a chart."""
    return in_figures(value, 0)


def valeur(ligne: Ligne) -> str:
    """A value and its unit: `2,83 %`, `5 235 €/an`, in one word so that a column of a phone holds it."""
    decimals = 0 if ligne.valeur == ligne.valeur.to_integral_value() else 3 if ligne.unite is Unite.POURCENT else 2
    number = in_figures(ligne.valeur, decimals)
    number = number.rstrip("0") if ligne.unite is Unite.POURCENT and decimals else number
    sign = MINUS if ligne.valeur < 0 else ""
    if in_english():
        return sign + with_unit(number, ligne.unite.value).replace(" per ", "/")
    unit = "an" if ligne.unite is Unite.ANS and abs(ligne.valeur) < 2 else ligne.unite.value.replace(" par ", "/")
    return f"{sign}{SPACE if sign else ''}{number}{SPACE}{unit}".strip()


def jour(when: date) -> str:
    """`1er octobre 2026`; of an instant, the day in Paris."""
    return _written_day(day_of(when) if isinstance(when, datetime) else when, in_english())


@functools.lru_cache(maxsize=8192)
def _written_day(day: date, english: bool) -> str:
    return written(day).replace(" ", SPACE, 1)


def heure(when: datetime) -> str:
    """`14 h 05`, in Paris; `14:05` in English."""
    here = when.astimezone(PARIS)
    return f"{here:%H:%M}" if in_english() else f"{here.hour}{SPACE}h{SPACE}{here:%M}"


def mois(when: Mois) -> str:
    """`octobre 2026`."""
    return written(when)


def de_mois(when: Mois) -> str:
    """`d'octobre 2026`; in English the month alone: the sentence around it has its preposition."""
    return french_print(written(when, "de"))


def in_a_sentence(title: str) -> str:
    """A title inside a sentence: `votre loyer`; initials stay: `RSA reçu`."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def de(name: str) -> str:
    """`de RSA`, `d'aide au logement`; in English the name alone, as `de_mois`."""
    if in_english():
        return said(name)
    return french_print(f"d'{name}" if name[:1].lower() in "aeiouéèh" else f"de {name}")


def ecart(value: Decimal, cents: bool = False) -> str:
    """What changes: `+ 81 €`, `− 33 €`, `inchangé`; with `cents`, those of a column whose amounts have some."""
    if not value:
        same: str = gettext("inchangé")
        return same
    whole = not cents and value == value.to_integral_value()
    return _euros(value, 0 if whole else 2, MINUS if value < 0 else "+")


FILTERS = {
    **{"said": said, "typo": french_print, "in_french": in_french, "capfirst": capfirst},
    **{
        "montant": montant,
        "compte": compte,
        "centimes": centimes,
        "solde": solde,
        "valeur": valeur,
        "ecart": ecart,
        "whole_number": whole_number,
    },
    **{"jour": jour, "heure": heure, "mois": mois, "de_mois": de_mois, "de": de, "in_a_sentence": in_a_sentence},
}
"""By their names in the templates."""
