"""What a question leaves unsaid because stock OpenFisca does not ask for it, and our law reads.

- A home told for the month of the right alone is that of the four months before: the prime d'activité counts the
  housing of its reference months, the housing aid asks for the RSA of the month before.
- Earnings told from the third month before the right, as the RSA and the prime looked at until February 2025, are
  those of the fourth month too (CASF R262-7, CSS R843-1: the fourth, third and second months before it).
"""

from __future__ import annotations

from typing import Any

from guichet.domain.vocabulaire import Mois
from guichet.law.extension.minima.rsa_ressources import ACTIVITE, AUTRES, REMPLACEMENT
from guichet.law.extension.minima.trimestre import GENERALISATION
from guichet.law.lean import lit_periode

MOIS_AVANT = 4
DE_LA_FAMILLE = ("rsa_isolement_recent", "proprietaire_proche_famille")
REVENUS = (
    *(*ACTIVITE, *REMPLACEMENT, *AUTRES, "salaire_de_base", "chomage_brut", "retraite_brute"),
    *("indemnites_journalieres_maladie", "indemnites_journalieres_maternite", "indemnites_journalieres_paternite"),
    *("indemnites_journalieres_accident_travail", "indemnites_journalieres_maladie_professionnelle"),
)

Valeurs = dict[str, Any]


def complete(situation: dict[str, Any], mois: Mois, variables: dict[str, Any]) -> None:
    """Add to `situation`, whose values have their periods, what it leaves unsaid of the months before `mois`."""
    for contenu in situation["menages"].values():
        for nom in contenu:
            if nom in variables and variables[nom].definition_period == "month":  # else a role, or for ever
                _garde(contenu[nom], mois)
    for contenu in situation["familles"].values():
        for nom in DE_LA_FAMILLE:
            _garde(contenu.get(nom, {}), mois)
    if mois.premier_jour >= GENERALISATION:
        for contenu in situation["individus"].values():
            for nom in REVENUS:
                _prolonge(contenu.get(nom, {}), mois)


def _garde(valeurs: Valeurs, mois: Mois) -> None:
    """What is told of `mois`, and of no month before it, was already so."""
    if str(mois) in valeurs and min(lit_periode(texte).start.date for texte in valeurs) >= mois.premier_jour:
        valeurs |= {str(mois - recul): valeurs[str(mois)] for recul in range(1, MOIS_AVANT + 1)}


def _prolonge(valeurs: Valeurs, mois: Mois) -> None:
    """The fourth month before, when the third is the first that is told."""
    troisieme = mois - (MOIS_AVANT - 1)
    if str(troisieme) in valeurs and min(lit_periode(texte).start.date for texte in valeurs) >= troisieme.premier_jour:
        valeurs[str(mois - MOIS_AVANT)] = valeurs[str(troisieme)]
