"""How amounts and dates are written: `1 234,50 €`, `1er octobre 2026`. Built in every template."""

from __future__ import annotations

import functools
import re
from datetime import date
from decimal import Decimal

from django import template

from guichet.domain.droits import Ligne, Unite
from guichet.domain.vocabulaire import NOMS_DES_MOIS

register = template.Library()
ESPACE = "\u00a0"
FINE = "\u202f"
MOINS = "\u2212"


def _nombre(valeur: Decimal, decimales: int) -> str:
    return f"{abs(valeur):,.{decimales}f}".replace(",", FINE).replace(".", ",")


@register.filter
def montant(valeur: Decimal) -> str:
    """`1 234,50 €`; `304 €` when there are no cents."""
    signe = MOINS + ESPACE if valeur < 0 else ""
    return f"{signe}{_nombre(valeur, 0 if valeur == valeur.to_integral_value() else 2)}{ESPACE}€"


@register.filter
def compte(ligne: Ligne) -> str:
    """What a line adds or takes: `+ 61,29 €`, `− 5,00 €`."""
    signe = MOINS if ligne.montant < 0 else "+"
    return f"{signe}{ESPACE}{_nombre(ligne.montant, 2)}{ESPACE}€"


@register.filter
def centimes(valeur: Decimal) -> str:
    """`304,00 €`: a total, under its lines."""
    return f"{_nombre(valeur, 2)}{ESPACE}€"


@register.filter
def valeur(ligne: Ligne) -> str:
    """A value and its unit: `2,83 %`, `5 235 €/an`, in one word so that a column of a phone holds it."""
    decimales = 0 if ligne.valeur == ligne.valeur.to_integral_value() else 3 if ligne.unite is Unite.POURCENT else 2
    nombre = _nombre(ligne.valeur, decimales)
    nombre = nombre.rstrip("0") if ligne.unite is Unite.POURCENT and "," in nombre else nombre
    signe = MOINS + ESPACE if ligne.valeur < 0 else ""
    return f"{signe}{nombre}{ESPACE}{ligne.unite.value.replace(' par ', '/')}".strip()


@register.filter
def jour(quand: date) -> str:
    """`1er octobre 2026`."""
    return f"{'1er' if quand.day == 1 else quand.day}{ESPACE}{NOMS_DES_MOIS[quand.month - 1]} {quand.year}"


@register.filter
def dans_la_phrase(titre: str) -> str:
    """A title inside a sentence: `votre loyer`; initials stay: `RSA reçu`."""
    return titre if titre[1:2].isupper() else titre[:1].lower() + titre[1:]


@register.filter
def de(nom: str) -> str:
    """`de RSA`, `d'aide au logement`."""
    return f"d'{nom}" if nom[:1].lower() in "aeiouéèh" else f"de {nom}"


@register.filter
def ecart(valeur: Decimal) -> str:
    """What changes: `+ 81 €`, `− 33 €`, `rien`."""
    return "rien" if not valeur else f"+{ESPACE}{montant(valeur)}" if valeur > 0 else montant(valeur)


@register.filter
@functools.lru_cache(maxsize=4096)
def typo(texte: str) -> str:
    """A sentence typed on any keyboard, as French prints it: curved apostrophes, spaces that do not break."""
    texte = texte.replace("'", "\u2019").replace("...", "\u2026")
    texte = re.sub(r" (?=[;:!?»%€])|(?<=«) |(?<=\bart\.) |(?<=[0-9]) (?=(?:ans|mois|parts)\b)", ESPACE, texte)
    return re.sub(r"\bno (?=[0-9])", f"n°{ESPACE}", texte)
