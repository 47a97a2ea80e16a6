"""Households in, rights out: columns, the cheapest system that answers, then the sheets."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from guichet.domain.droits import Droit, Prestation
from guichet.domain.foyer import Activite, Foyer, Logement, Nature, Occupation, Personne, Ressource, Role
from guichet.domain.vocabulaire import DERNIER_MOIS_VERIFIE, ZERO, Euros, Mois
from guichet.law import AVIS_MOIS_NON_VERIFIE, columns, pruning
from guichet.law.columns import Array, Columns, Shape
from guichet.law.decomptes import fiches
from guichet.law.explain import (
    Fiche,
    Lecture,
    LectureDeProgramme,
    LectureDeSimulation,
    Lu,
    Periode,
    explique,
    montants_de,
)
from guichet.law.extension.famille.quotient_familial import par_part, quotient
from guichet.law.lean import LeanSimulation
from guichet.law.programs import control
from guichet.law.programs.library import Library
from guichet.law.programs.program import Households
from guichet.law.reference import preload, system_for, whole_system

PROGRAMS = Library()
"""The programs of this process."""
LUES_DU_QUOTIENT: tuple[Lu, ...] = (("qf_ressources_par_part", "mois"), ("qf_parts", "mois"))
TRANCHE = 5000
"""Households of one simulation: enough for NumPy, little enough for the memory (a month reads 1 500 arrays)."""


def droits(foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None) -> list[list[Droit]]:
    """See `guichet.law.droits`."""
    choisies = _fiches(prestations)
    lues = _lues(tuple(fiche.prestation for fiche in choisies), "lues")
    trouves: list[list[Droit]] = []
    for tranche in _tranches(foyers):
        with lecture(tranche, mois, lues) as lue:
            par_fiche = [_avertis(explique(lue, fiche), mois) for fiche in choisies]
        trouves += [list(droits) for droits in zip(*par_fiche, strict=True)] if choisies else [[] for _ in tranche]
    return trouves


def montants(
    foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None
) -> dict[Prestation, list[Euros | None]]:
    """See `guichet.law.montants`."""
    choisies = _fiches(prestations)
    lues = _lues(tuple(fiche.prestation for fiche in choisies), "lues_pour_le_montant")
    trouves: dict[Prestation, list[Euros | None]] = {fiche.prestation: [] for fiche in choisies}
    for tranche in _tranches(foyers):
        with lecture(tranche, mois, lues) as lue:
            for fiche in choisies:
                trouves[fiche.prestation] += _en_euros(*montants_de(lue, fiche))
    return trouves


def quotients(foyers: Sequence[Foyer], mois: Mois, prestations: Sequence[Euros]) -> list[Euros]:
    """See `guichet.law.quotients`."""
    trouves: list[Euros] = []
    for debut in range(0, len(foyers), TRANCHE):
        versees = np.array([float(montant) for montant in prestations[debut : debut + TRANCHE]], "float32")
        with lecture(foyers[debut : debut + TRANCHE], mois, frozenset(LUES_DU_QUOTIENT)) as lue:
            ressources, parts = (lue.valeur(*lu) for lu in LUES_DU_QUOTIENT)
            trouves += [Decimal(f"{entier:.2f}") for entier in quotient(ressources, par_part(versees, parts)).tolist()]
    return trouves


@functools.lru_cache(maxsize=256)
def _lues(prestations: tuple[Prestation, ...], lesquelles: str) -> frozenset[Lu]:
    return frozenset().union(*(getattr(fiches()[prestation], lesquelles) for prestation in prestations))


@contextmanager
def lecture(foyers: Sequence[Foyer], mois: Mois, lues: frozenset[Lu]) -> Iterator[Lecture]:
    """The households calculated: by a program when one is at hand, else by OpenFisca. The answer is the same."""
    arrays = columns.columns_of(foyers, mois, whole_system())
    shape = columns.shape_of(foyers)
    interprete = _Interprete(foyers, mois, arrays, shape)
    programme = PROGRAMS.program_for(mois, arrays.keys(), lues, len(foyers))
    control.tell("interpreter" if programme is None else "program")
    if programme is None:
        yield interprete
        interprete.forget()
        return
    valeurs = programme.run(arrays, Households(shape))
    yield LectureDeProgramme(valeurs, whole_system(), mois, interprete)
    control.control(f"foyer-{mois}", valeurs, _Interprete(foyers, mois, arrays, shape).valeur)
    interprete.forget()


class _Interprete:
    """What OpenFisca calculates, on the cheapest system that answers; nothing until it is asked."""

    def __init__(self, foyers: Sequence[Foyer], mois: Mois, arrays: Columns, shape: Shape) -> None:
        self.mois = mois
        self._foyers = foyers
        self._arrays = arrays
        self._shape = shape
        self._lecture: LectureDeSimulation | None = None

    @functools.cached_property
    def system(self) -> TaxBenefitSystem:
        young = pruning.too_young(columns.oldest(self._foyers), self.mois)
        return system_for(columns.given(self._arrays), (), young)

    def valeur(self, variable: str, periode: Periode = "mois") -> Array:
        """Raises ParameterNotFoundError for a benefit that does not exist yet."""
        if self._lecture is None:
            simulee: LeanSimulation = columns.filled(self.system, self._shape, self._arrays, LeanSimulation)
            self._lecture = LectureDeSimulation(simulee, self.mois)
        return self._lecture.valeur(variable, periode)

    def forget(self) -> None:
        if self._lecture is not None:
            self._lecture.simulation.forget()


def prepare(mois: Sequence[Mois], loi: str) -> None:
    """See `guichet.law.prepare`: for the interpreter, which answers until a program is at hand."""
    france = whole_system(loi)
    if loi == "guichet":
        for chaque in mois:
            foyers = [_parent(chaque), _couple_age(chaque)]
            interprete = _Interprete(foyers, chaque, columns.columns_of(foyers, chaque, france), columns.shape_of(foyers))
            for fiche in fiches().values():
                explique(interprete, fiche)
            interprete.forget()
    preload(france)


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


def _en_euros(valeurs: Array, connus: Array) -> list[Euros | None]:
    """As `domain.euros` does, to the nearest cent, half up: a hundred times a single is exact in double precision."""
    centimes = np.floor(valeurs.astype("float32").astype("float64") * 100 + 0.5).astype("int64").tolist()
    connues = zip(centimes, connus.tolist(), strict=True)
    return [(Decimal(centime).scaleb(-2) if centime else ZERO) if connu else None for centime, connu in connues]
