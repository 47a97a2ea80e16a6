"""The figures of a benefit at a month, read in the law's parameters: base amounts, rates, ceilings, ages.

Each benefit has its list (`CHIFFRES`, one module a family of benefits). A figure is a parameter, or the product of
several (a rate and its base); one that the law of the month does not have is left out.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain

from openfisca_core.parameters import Parameter, ParameterNode

from guichet.domain.droits import Ligne, Prestation, Texte, Unite
from guichet.domain.vocabulaire import FIRST_MONTH, Mois, euros
from guichet.law.decomptes import fiches
from guichet.law.reference import whole_system
from guichet.law.textes import DuParametre, texte_en_vigueur

BMAF = "prestations_sociales.prestations_familiales.bmaf.bmaf"
SANS_FIN = Mois(9999, 12)
THOUSANDTH = Decimal("0.001")
YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure: the parameter at `path`, times that at `base` (a rate of the BMAF, of the basic amount).

    `depuis` and `jusqu_a` (included) bound it where the parameter itself does not: the value of a rule that has ended.
    """

    libelle: str
    path: str
    unite: Unite = Unite.EUROS_PAR_MOIS
    base: str = ""
    explication: str = ""
    depuis: Mois = FIRST_MONTH
    jusqu_a: Mois = SANS_FIN


def chiffres(prestation: Prestation, mois: Mois) -> tuple[Ligne, ...]:
    """See `guichet.law.chiffres`."""
    read = (_read(chiffre, mois) for chiffre in _by_prestation().get(prestation, ()))
    return tuple(ligne for ligne in read if ligne is not None)


def textes_cites(prestation: Prestation, mois: Mois) -> tuple[Texte, ...]:
    """See `guichet.law.textes_cites`."""
    fiche = fiches()[prestation]
    cited = chain(
        [fiche.sources],
        (poste.sources for poste in fiche.postes),
        (condition.sources for condition in fiche.conditions),
    )
    found = (texte_en_vigueur(sources, mois, whole_system().parameters) for sources in cited if sources)
    # The same article is cited for several lines, in several versions: the latest one.
    latest: dict[str, Texte] = {}
    for texte in (_published_by_then(each, mois) for each in found):
        if texte is not None and _date(texte) >= _date(latest.get(texte.reference)):
            latest[texte.reference] = texte
    return tuple(latest.values())


def _date(texte: Texte | None) -> str:
    return texte.depuis.isoformat() if texte is not None and texte.depuis is not None else ""


@functools.cache
def _by_prestation() -> dict[Prestation, tuple[Chiffre, ...]]:
    from guichet.law.baremes import famille, logement, minima, paje

    return {**logement.CHIFFRES, **minima.CHIFFRES, **famille.CHIFFRES, **paje.CHIFFRES}


def _read(chiffre: Chiffre, mois: Mois) -> Ligne | None:
    values = [_value(path, mois) for path in (chiffre.path, chiffre.base) if path]
    if not chiffre.depuis <= mois <= chiffre.jusqu_a or not all(values):
        return None
    product = Decimal(1)
    for value in values:
        product *= value
    # The base has a text of its own, which does not say this figure.
    texte = texte_en_vigueur((DuParametre(chiffre.path),), mois, whole_system().parameters)
    rounded = _rounded(product, chiffre.unite)
    return Ligne(chiffre.libelle, rounded, chiffre.unite, _published_by_then(texte, mois), 0, chiffre.explication)


def _published_by_then(texte: Texte | None, mois: Mois) -> Texte | None:
    """Some parameters cite for all their values the latest text. One that names a year later than the month said nothing
    yet; one that names a year later than its date repeats an older one, and that date is not its own.
    """
    if texte is None:
        return None
    year = max(map(int, YEAR.findall(texte.reference)), default=0)
    if texte.depuis is not None and year > texte.depuis.year:
        texte = replace(texte, depuis=None)
    return None if year > mois.annee else texte


def _value(path: str, mois: Mois) -> Decimal:
    """The parameter at `path`, zero where the law of that month has none."""
    node: Parameter | ParameterNode = whole_system().parameters
    for name in path.split("."):
        node = node.children[name]
    return Decimal(str(node.get_at_instant(mois.first_day.isoformat()) or 0))


def _rounded(value: Decimal, unite: Unite) -> Decimal:
    """To the cent; a ceiling of a year to the euro; a rate (0,0283) as a percentage (2,83), as lines show it."""
    if unite is Unite.POURCENT:
        return (value * 100).quantize(THOUSANDTH, ROUND_HALF_UP)
    return value.quantize(Decimal(1), ROUND_HALF_UP) if unite is Unite.EUROS_PAR_AN else euros(value)
