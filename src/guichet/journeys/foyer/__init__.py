"""The household that answers describe, whichever simulator asked them.

What was not asked is at its plain default: somebody of thirty, alone, who has nothing and pays no rent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from guichet.domain.foyer import Activite, Foyer, Personne, Role
from guichet.domain.vocabulaire import ZERO, Euros, Mois
from guichet.journeys.answers import coche, entier, jour, le_mois, montant
from guichet.journeys.conditions import Reponses
from guichet.journeys.foyer.enfants import conge, enfants, garde
from guichet.journeys.foyer.logement import logement
from guichet.journeys.foyer.ressources import autres, gagnees, ressources

TAUX_DE_L_AAH = Decimal("0.8")
"""The disability rate supposed of those who are paid the AAH: no journey asks it."""
AGE_SUPPOSE = 30
"""Of an adult whose date of birth is not asked."""

T = TypeVar("T", Foyer, Personne)
_ACTIVITES = {"chomeur_non_indemnise": Activite.CHOMEUR}


def foyer(reponses: Reponses) -> Foyer:
    """The household of the complete answers of a journey."""
    mois = le_mois(reponses)
    personnes = [_adulte(reponses, "", Role.DEMANDEUR, mois)]
    if reponses.get("couple"):
        personnes.append(_adulte(reponses, "conjoint_", Role.CONJOINT, mois))
    separation = reponses.get("isole_depuis")
    return Foyer(
        (*personnes, *enfants(reponses)),
        logement(reponses),
        isole_depuis=None if separation is None else Mois.de(jour(separation)),
        garde=garde(reponses),
    )


def aux_revenus(base: Foyer, reponses: Reponses, nom: str, revenus: Iterable[Euros]) -> Iterator[Foyer]:
    """The household `base` of these answers, if the income answered to the question `nom` (one of `REVENUS`) were each of
    `revenus`."""
    mois = le_mois(reponses)
    demandeur, *proches = base.personnes
    le_demandeur, le_foyer = _sauf(demandeur, "ressources"), _sauf(base, "personnes")
    constantes = autres(reponses, "", mois)
    for revenu in revenus:
        gagne = gagnees({**reponses, nom: revenu}, "", mois)
        yield le_foyer(personnes=(le_demandeur(ressources=(*gagne, *constantes)), *proches))


def _sauf(exemple: T, nom: str) -> Callable[..., T]:
    """Makes copies of `exemple`, but for the field `nom`. `replace` would read the others again for each."""
    return partial(type(exemple), **{f.name: getattr(exemple, f.name) for f in fields(exemple) if f.name != nom})


def _adulte(reponses: Reponses, prefixe: str, role: Role, mois: Mois) -> Personne:
    demandeur = role is Role.DEMANDEUR
    activite = str(reponses.get(f"{prefixe}activite", "inactif"))
    naissance = reponses.get(f"{prefixe}naissance")
    return Personne(
        date(mois.annee - AGE_SUPPOSE, 1, 1) if naissance is None else jour(naissance),
        role,
        _ACTIVITES.get(activite) or Activite(activite),
        ressources(reponses, prefixe, mois),
        epargne=montant(reponses.get("patrimoine", reponses.get("epargne", ZERO))) if demandeur else ZERO,
        boursier=demandeur and coche(reponses, "boursier"),
        deux_ans_de_travail=coche(reponses, f"{prefixe}deux_ans_de_travail"),
        handicap=TAUX_DE_L_AAH if _handicape(reponses, prefixe) else Decimal(0),
        enceinte=demandeur and (coche(reponses, "enceinte") or bool(reponses.get("attend_enfant"))),
        cessation_activite=conge(reponses, prefixe),
        cessation_majoree=demandeur and bool(reponses.get("majoree")),
        etudiant_hors_ue_sans_criteres=coche(reponses, "hors_ue"),
        annees_de_residence=_annees_de_residence(reponses, prefixe),
    )


def _handicape(reponses: Reponses, prefixe: str) -> bool:
    return coche(reponses, f"{prefixe}aah") or (not prefixe and coche(reponses, "handicap"))


def _annees_de_residence(reponses: Reponses, prefixe: str) -> int | None:
    """None for who has no years to prove: a national of France or of the EU, a refugee, a holder of a resident card."""
    titre = reponses.get(f"{prefixe}titre_de_sejour", "durable")
    return None if titre == "durable" else entier(reponses.get(f"{prefixe}annees_de_titre", 0))
