"""Households in, rights out: columns, the cheapest system that answers, then the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from guichet.domain.droits import Droit, Prestation
from guichet.domain.foyer import Activite, Foyer, Logement, Nature, Occupation, Personne, Ressource, Role
from guichet.domain.vocabulaire import DERNIER_MOIS_VERIFIE, ZERO, Euros, Mois
from guichet.law import AVIS_MOIS_NON_VERIFIE, columns, elagage
from guichet.law.decomptes import fiches
from guichet.law.explain import Fiche, explique, montants_de
from guichet.law.lean import SimulationLegere
from guichet.law.reference import systeme, systeme_pour

TRANCHE = 5000
"""Households of one simulation: enough for NumPy, little enough for the memory (a month reads 1 500 arrays)."""


def droits(foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None) -> list[list[Droit]]:
    """See `guichet.law.droits`."""
    choisies = _fiches(prestations)
    trouves: list[list[Droit]] = []
    for tranche in _tranches(foyers):
        simulee = simulation(tranche, mois)
        par_fiche = [_avertis(explique(simulee, fiche, mois), mois) for fiche in choisies]
        simulee.oublie()
        trouves += [list(droits) for droits in zip(*par_fiche, strict=True)] if choisies else [[] for _ in tranche]
    return trouves


def montants(
    foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None
) -> dict[Prestation, list[Euros | None]]:
    """See `guichet.law.montants`."""
    choisies = _fiches(prestations)
    trouves: dict[Prestation, list[Euros | None]] = {fiche.prestation: [] for fiche in choisies}
    for tranche in _tranches(foyers):
        simulee = simulation(tranche, mois)
        for fiche in choisies:
            trouves[fiche.prestation] += _en_euros(*montants_de(simulee, fiche, mois))
        simulee.oublie()
    return trouves


def simulation(foyers: Sequence[Foyer], mois: Mois) -> SimulationLegere:
    """The households on the cheapest system that answers. What it leaves out reads as what it is: its default."""
    arrays = columns.colonnes(foyers, mois, systeme())
    loi = systeme_pour(columns.donnees(arrays), (), elagage.trop_jeunes(columns.doyen(foyers), mois))
    simulee: SimulationLegere = columns.remplit(loi, columns.structure(foyers), arrays, SimulationLegere)
    return simulee


def prepare(mois: Mois, loi: str) -> None:
    """Compute households that read all the law, so that its parameters of `mois` and before are in memory."""
    if loi == "guichet":
        droits([_parent(mois), _couple_age(mois)], mois, None)
    else:
        systeme("stock")


def _parent(mois: Mois) -> Foyer:
    salaire = Ressource(Nature.SALAIRE, Euros(900), mois - 40, mois)
    adulte = Personne(date(mois.annee - 35, 1, 15), Role.DEMANDEUR, Activite.SALARIE, (salaire,))
    enfants = (Personne(date(mois.annee - age, 1, 15), Role.ENFANT) for age in (1, 8))
    return Foyer((adulte, *enfants), Logement(Occupation.LOCATAIRE_VIDE, Euros(500)))


def _couple_age(mois: Mois) -> Foyer:
    """Disabled and retired: the minima of both read months that no other benefit does."""
    retraite = Ressource(Nature.RETRAITE, Euros(400), mois - 40, mois)
    ne = date(mois.annee - 66, 1, 15)
    personnes = (
        Personne(ne, Role.DEMANDEUR, handicap=Decimal("0.8")),
        Personne(ne, Role.CONJOINT, Activite.RETRAITE, (retraite,)),
    )
    return Foyer(personnes, Logement(Occupation.LOCATAIRE_VIDE, Euros(500)))


def _fiches(prestations: Iterable[Prestation] | None) -> list[Fiche]:
    toutes = fiches()
    return [toutes[p] for p in (toutes if prestations is None else dict.fromkeys(prestations)) if p in toutes]


def _tranches(foyers: Sequence[Foyer]) -> Iterator[Sequence[Foyer]]:
    for debut in range(0, len(foyers), TRANCHE):
        yield foyers[debut : debut + TRANCHE]


def _avertis(droits: list[Droit], mois: Mois) -> list[Droit]:
    if mois <= DERNIER_MOIS_VERIFIE:
        return droits
    return [replace(droit, doutes=(*droit.doutes, AVIS_MOIS_NON_VERIFIE)) for droit in droits]


def _en_euros(valeurs: columns.Tableau, connus: columns.Tableau) -> list[Euros | None]:
    """As `domain.euros` does, to the nearest cent, half up: a hundred times a single is exact in double precision."""
    centimes = np.floor(valeurs.astype("float32").astype("float64") * 100 + 0.5).astype("int64").tolist()
    connues = zip(centimes, connus.tolist(), strict=True)
    return [(Decimal(centime).scaleb(-2) if centime else ZERO) if connu else None for centime, connu in connues]
