"""Incomes that few have: one box of `autres` opens their list, which opens the amount of each."""

from __future__ import annotations

from guichet.journeys.champs import Cases, Champ, Montant, Option
from guichet.journeys.conditions import Coche
from guichet.journeys.questions.activite import AU_CHOMAGE, sauf
from guichet.journeys.questions.mots import EUROS
from guichet.journeys.questions.ressources import fait

_DES_PERSONNES = {
    "salaires": ("Un salaire, en plus de l'activité indépendante", ("independant",)),
    "chomage": ("Une allocation chômage", sauf(*AU_CHOMAGE)),
    "ass": ("Une allocation de solidarité spécifique (ASS)", ("chomeur_non_indemnise",)),
    "ij": ("Des indemnités journalières de maladie", ()),
    "ij_maternite": ("Des indemnités de maternité ou de paternité", ()),
    "invalidite": ("Une pension d'invalidité", ()),
    "formation": ("Une rémunération de formation", ()),
}
"""What each says, and the activities that let have it: all of them when none is named."""
_DU_FOYER = {
    "pension_alimentaire": "Une pension alimentaire",
    "loyers": "Des loyers, d'un bien que vous louez",
    "placements": "Des intérêts ou des dividendes",
}
_MONTANTS = {
    "ass": "ASS",
    "ij": "Indemnités journalières",
    "ij_maternite": "Indemnités de maternité ou de paternité",
    "invalidite": "Pension d'invalidité",
    "formation": "Rémunération de formation",
    "pension_alimentaire": "Pension alimentaire reçue",
    "loyers": "Loyers reçus",
    "placements": "Intérêts et dividendes",
}


def autre_revenu(exemples: str) -> Option:
    return Option("autre_revenu", "Votre foyer a un autre revenu", exemples)


def autres_revenus(periode: str, *noms: str) -> Cases:
    """The list of those whose `noms` are given, the partner's after the claimant's, then the household's."""
    personnes = [nom for nom in noms if nom in _DES_PERSONNES]
    return Cases(
        nom="revenus",
        question="Quels autres revenus avez-vous\u00a0?",
        aide=periode,
        erreur="Choisissez parmi les cases proposées.",
        options=(
            *(_option(prefix, nom) for prefix in ("", "conjoint_") for nom in personnes),
            *(Option(nom, _DU_FOYER[nom]) for nom in noms if nom in _DU_FOYER),
        ),
        si=Coche("autres", "autre_revenu"),
    )


def _option(prefix: str, nom: str) -> Option:
    libelle, activites = _DES_PERSONNES[nom]
    if not prefix:
        return Option(nom, libelle, si=fait("", *activites)) if activites else Option(nom, libelle)
    # Of a partner whom the claimant does not have, no activity is known.
    son_libelle = f"Votre conjoint : {libelle[0].lower()}{libelle[1:]}"
    return Option(f"{prefix}{nom}", son_libelle, si=fait(prefix, *activites or sauf()))


def par_mois(nom: str, prefix: str = "") -> Champ:
    """The amount of a month."""
    qui = " de votre conjoint" if prefix else ""
    return Montant(
        nom=f"{prefix}{nom}",
        question=f"{_MONTANTS[nom]}{qui}, par mois",
        aide="Ce qui reste après les charges, en moyenne." if nom == "loyers" else "",
        erreur=EUROS,
        si=Coche("revenus", f"{prefix}{nom}"),
    )
