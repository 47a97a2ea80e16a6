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
from guichet.domain.vocabulaire import PREMIER_MOIS, Mois, euros
from guichet.law.decomptes import fiches
from guichet.law.reference import whole_system
from guichet.law.textes import DuParametre, texte_en_vigueur

BMAF = "prestations_sociales.prestations_familiales.bmaf.bmaf"
SANS_FIN = Mois(9999, 12)
MILLIEME = Decimal("0.001")
ANNEE = re.compile(r"\b(?:19|20)[0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure: the parameter at `chemin`, times that at `base` (a rate of the BMAF, of the basic amount).

    `depuis` and `jusqu_a` (included) bound it where the parameter itself does not: the value of a rule that has ended.
    """

    libelle: str
    chemin: str
    unite: Unite = Unite.EUROS_PAR_MOIS
    base: str = ""
    explication: str = ""
    depuis: Mois = PREMIER_MOIS
    jusqu_a: Mois = SANS_FIN


def chiffres(prestation: Prestation, mois: Mois) -> tuple[Ligne, ...]:
    """See `guichet.law.chiffres`."""
    lus = (_lu(chiffre, mois) for chiffre in _par_prestation().get(prestation, ()))
    return tuple(ligne for ligne in lus if ligne is not None)


def textes_cites(prestation: Prestation, mois: Mois) -> tuple[Texte, ...]:
    """See `guichet.law.textes_cites`."""
    fiche = fiches()[prestation]
    cites = chain(
        [fiche.sources],
        (poste.sources for poste in fiche.postes),
        (condition.sources for condition in fiche.conditions),
    )
    trouves = (texte_en_vigueur(sources, mois, whole_system().parameters) for sources in cites if sources)
    # The same article is cited for several lines, in several versions: the latest one.
    derniers: dict[str, Texte] = {}
    for texte in (_deja_publie(trouve, mois) for trouve in trouves):
        if texte is not None and _date(texte) >= _date(derniers.get(texte.reference)):
            derniers[texte.reference] = texte
    return tuple(derniers.values())


def _date(texte: Texte | None) -> str:
    return texte.depuis.isoformat() if texte is not None and texte.depuis is not None else ""


@functools.cache
def _par_prestation() -> dict[Prestation, tuple[Chiffre, ...]]:
    from guichet.law.baremes import famille, logement, minima, paje

    return {**logement.CHIFFRES, **minima.CHIFFRES, **famille.CHIFFRES, **paje.CHIFFRES}


def _lu(chiffre: Chiffre, mois: Mois) -> Ligne | None:
    valeurs = [_valeur(chemin, mois) for chemin in (chiffre.chemin, chiffre.base) if chemin]
    if not chiffre.depuis <= mois <= chiffre.jusqu_a or not all(valeurs):
        return None
    produit = Decimal(1)
    for valeur in valeurs:
        produit *= valeur
    # The base has a text of its own, which does not say this figure.
    texte = texte_en_vigueur((DuParametre(chiffre.chemin),), mois, whole_system().parameters)
    arrondi = _arrondi(produit, chiffre.unite)
    return Ligne(chiffre.libelle, arrondi, chiffre.unite, _deja_publie(texte, mois), 0, chiffre.explication)


def _deja_publie(texte: Texte | None, mois: Mois) -> Texte | None:
    """Some parameters cite for all their values the latest text. One that names a year later than the month said nothing
    yet; one that names a year later than its date repeats an older one, and that date is not its own.
    """
    if texte is None:
        return None
    annee = max(map(int, ANNEE.findall(texte.reference)), default=0)
    if texte.depuis is not None and annee > texte.depuis.year:
        texte = replace(texte, depuis=None)
    return None if annee > mois.annee else texte


def _valeur(chemin: str, mois: Mois) -> Decimal:
    """The parameter at `chemin`, zero where the law of that month has none."""
    noeud: Parameter | ParameterNode = whole_system().parameters
    for nom in chemin.split("."):
        noeud = noeud.children[nom]
    return Decimal(str(noeud.get_at_instant(mois.premier_jour.isoformat()) or 0))


def _arrondi(valeur: Decimal, unite: Unite) -> Decimal:
    """To the cent; a ceiling of a year to the euro; a rate (0,0283) as a percentage (2,83), as lines show it."""
    if unite is Unite.POURCENT:
        return (valeur * 100).quantize(MILLIEME, ROUND_HALF_UP)
    return valeur.quantize(Decimal(1), ROUND_HALF_UP) if unite is Unite.EUROS_PAR_AN else euros(valeur)
