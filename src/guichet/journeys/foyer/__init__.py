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
from guichet.journeys.answers import mois_of, read_day, read_integer, read_montant, ticked
from guichet.journeys.conditions import Reponses
from guichet.journeys.foyer.enfants import conge, enfants, garde
from guichet.journeys.foyer.logement import logement
from guichet.journeys.foyer.ressources import earned_ressources, other_ressources, ressources

TAUX_OF_AAH = Decimal("0.8")
"""The disability rate supposed of those who are paid the AAH: no journey asks it."""
SUPPOSED_AGE = 30
"""Of an adult whose date of birth is not asked."""

T = TypeVar("T", Foyer, Personne)
_ACTIVITES = {"chomeur_non_indemnise": Activite.CHOMEUR}


def foyer(reponses: Reponses) -> Foyer:
    """The household of the complete answers of a journey."""
    mois = mois_of(reponses)
    personnes = [_adulte(reponses, "", Role.DEMANDEUR, mois)]
    if reponses.get("couple"):
        personnes.append(_adulte(reponses, "conjoint_", Role.CONJOINT, mois))
    separation = reponses.get("isole_depuis")
    return Foyer(
        (*personnes, *enfants(reponses)),
        logement(reponses),
        isole_depuis=None if separation is None else Mois.of(read_day(separation)),
        proches_a_charge=read_integer(reponses.get("proches_a_charge", 0)),
        garde=garde(reponses),
    )


def foyers_at_revenus(base: Foyer, reponses: Reponses, name: str, revenus: Iterable[Euros]) -> Iterator[Foyer]:
    """The household `base` of these answers, if the income answered to the question `name` (one of `REVENUS`) were each of
    `revenus`."""
    mois = mois_of(reponses)
    demandeur, *others = base.personnes
    new_demandeur, new_foyer = _copies(demandeur, "ressources"), _copies(base, "personnes")
    constant = other_ressources(reponses, "", mois)
    for revenu in revenus:
        earned = earned_ressources({**reponses, name: revenu}, "", mois)
        yield new_foyer(personnes=(new_demandeur(ressources=(*earned, *constant)), *others))


def _copies(example: T, name: str) -> Callable[..., T]:
    """Makes copies of `example`, but for the field `name`. `replace` would read the others again for each."""
    return partial(type(example), **{f.name: getattr(example, f.name) for f in fields(example) if f.name != name})


def _adulte(reponses: Reponses, prefix: str, role: Role, mois: Mois) -> Personne:
    demandeur = role is Role.DEMANDEUR
    activite = str(reponses.get(f"{prefix}activite", "inactif"))
    naissance = reponses.get(f"{prefix}naissance")
    return Personne(
        date(mois.annee - SUPPOSED_AGE, 1, 1) if naissance is None else read_day(naissance),
        role,
        _ACTIVITES.get(activite) or Activite(activite),
        ressources(reponses, prefix, mois),
        epargne=read_montant(reponses.get("patrimoine", reponses.get("epargne", ZERO))) if demandeur else ZERO,
        boursier=demandeur and ticked(reponses, "boursier"),
        deux_ans_de_travail=ticked(reponses, f"{prefix}deux_ans_de_travail"),
        handicap=TAUX_OF_AAH if _has_handicap(reponses, prefix) else Decimal(0),
        enceinte=demandeur and (ticked(reponses, "enceinte") or bool(reponses.get("attend_enfant"))),
        cessation_activite=conge(reponses, prefix),
        cessation_majoree=demandeur and bool(reponses.get("majoree")),
        etudiant_hors_ue_sans_criteres=ticked(reponses, "hors_ue"),
        annees_de_residence=_annees_de_residence(reponses, prefix),
    )


def _has_handicap(reponses: Reponses, prefix: str) -> bool:
    return ticked(reponses, f"{prefix}aah") or (not prefix and ticked(reponses, "handicap"))


def _annees_de_residence(reponses: Reponses, prefix: str) -> int | None:
    """None for who has no years to prove: a national of France or of the EU, a refugee, a holder of a resident card."""
    titre = reponses.get(f"{prefix}titre_de_sejour", "durable")
    return None if titre == "durable" else read_integer(reponses.get(f"{prefix}annees_de_titre", 0))
