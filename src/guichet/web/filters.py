"""How the language of the page writes sentences, amounts and dates: `1 234,50 €`, `1er octobre 2026`; `€1,234.50`,
`1 October 2026`. Known to every template.
"""

from __future__ import annotations

import functools
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext

from guichet.clock import PARIS
from guichet.domain.droits import Ligne, Unite
from guichet.domain.phrases import NARROW_SPACE, SPACE, french_print, in_french
from guichet.domain.vocabulaire import Mois
from guichet.web.languages import in_english, said, with_unit, written

MOINS = "\u2212"


def capfirst(texte: str) -> str:
    """A word that begins a sentence."""
    return texte[:1].upper() + texte[1:]


def en_chiffres(valeur: Decimal | float, decimales: int) -> str:
    return _written_number(valeur, decimales, in_english())


@functools.lru_cache(maxsize=8192)
def _written_number(valeur: Decimal | float, decimales: int, english: bool) -> str:
    nombre = f"{abs(valeur):,.{decimales}f}"
    return nombre if english else nombre.replace(",", NARROW_SPACE).replace(".", ",")


def _euros(valeur: Decimal, decimales: int, signe: str = "") -> str:
    return _written_euros(valeur, decimales, signe, in_english())


@functools.lru_cache(maxsize=8192)
def _written_euros(valeur: Decimal, decimales: int, signe: str, english: bool) -> str:
    nombre = _written_number(valeur, decimales, english)
    return f"{signe}€{nombre}" if english else f"{signe}{SPACE if signe else ''}{nombre}{SPACE}€"


def montant(valeur: Decimal) -> str:
    """`1 234,50 €`; `304 €` when there are no cents."""
    return _written_amount(valeur, in_english())


@functools.lru_cache(maxsize=8192)
def _written_amount(valeur: Decimal, english: bool) -> str:
    return _written_euros(valeur, 0 if valeur == valeur.to_integral_value() else 2, MOINS if valeur < 0 else "", english)


def compte(ligne: Ligne) -> str:
    """What a line adds or takes: `+ 61,29 €`, `− 5,00 €`."""
    return _euros(ligne.montant, 2, MOINS if ligne.montant < 0 else "+")


def centimes(valeur: Decimal) -> str:
    """`304,00 €`: a total, under its lines."""
    return _euros(valeur, 2)


def solde(valeur: Decimal) -> str:
    """`304,00 €`, `− 40,00 €`: what is received, what is not."""
    return _euros(valeur, 2, MOINS if valeur < 0 else "")


def entier(valeur: float) -> str:
    """`1 234`: a tick of a chart."""
    return en_chiffres(valeur, 0)


def valeur(ligne: Ligne) -> str:
    """A value and its unit: `2,83 %`, `5 235 €/an`, in one word so that a column of a phone holds it."""
    decimales = 0 if ligne.valeur == ligne.valeur.to_integral_value() else 3 if ligne.unite is Unite.POURCENT else 2
    nombre = en_chiffres(ligne.valeur, decimales)
    nombre = nombre.rstrip("0") if ligne.unite is Unite.POURCENT and decimales else nombre
    signe = MOINS if ligne.valeur < 0 else ""
    if in_english():
        return signe + with_unit(nombre, ligne.unite.value).replace(" per ", "/")
    return f"{signe}{SPACE if signe else ''}{nombre}{SPACE}{ligne.unite.value.replace(' par ', '/')}".strip()


def jour(quand: date) -> str:
    """`1er octobre 2026`; of an instant, the day in Paris."""
    return _written_day(quand.astimezone(PARIS).date() if isinstance(quand, datetime) else quand, in_english())


@functools.lru_cache(maxsize=8192)
def _written_day(day: date, english: bool) -> str:
    return written(day).replace(" ", SPACE, 1)


def heure(quand: datetime) -> str:
    """`14 h 05`, in Paris; `14:05` in English."""
    ici = quand.astimezone(PARIS)
    return f"{ici:%H:%M}" if in_english() else f"{ici.hour}{SPACE}h{SPACE}{ici:%M}"


def mois(quand: Mois) -> str:
    """`octobre 2026`."""
    return written(quand)


def de_mois(quand: Mois) -> str:
    """`d'octobre 2026`; in English the month alone: the sentence around it has its preposition."""
    return french_print(written(quand, "de"))


def dans_la_phrase(titre: str) -> str:
    """A title inside a sentence: `votre loyer`; initials stay: `RSA reçu`."""
    return titre if titre[1:2].isupper() else titre[:1].lower() + titre[1:]


def de(nom: str) -> str:
    """`de RSA`, `d'aide au logement`; in English the name alone, as `de_mois`."""
    if in_english():
        return said(nom)
    return french_print(f"d'{nom}" if nom[:1].lower() in "aeiouéèh" else f"de {nom}")


def ecart(valeur: Decimal) -> str:
    """What changes: `+ 81 €`, `− 33 €`, `inchangé`."""
    if not valeur:
        return gettext("inchangé")
    return _euros(valeur, 0 if valeur == valeur.to_integral_value() else 2, MOINS if valeur < 0 else "+")


FILTERS = {
    **{"dit": said, "typo": french_print, "in_french": in_french, "capfirst": capfirst},
    **{
        "montant": montant,
        "compte": compte,
        "centimes": centimes,
        "solde": solde,
        "valeur": valeur,
        "ecart": ecart,
        "entier": entier,
    },
    **{"jour": jour, "heure": heure, "mois": mois, "de_mois": de_mois, "de": de, "dans_la_phrase": dans_la_phrase},
}
"""By their names in the templates."""
