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
from guichet.domain.vocabulaire import LAST_CHECKED_MONTH, ZERO, Euros, Mois
from guichet.law import AVIS_MOIS_NON_VERIFIE, columns, pruning
from guichet.law.columns import Array, Columns, Shape
from guichet.law.decomptes import fiches
from guichet.law.explain import (
    Fiche,
    Periode,
    ProgramReading,
    Read,
    Reading,
    SimulationReading,
    explain,
    montants_of,
)
from guichet.law.extension.famille.quotient_familial import par_part, quotient
from guichet.law.lean import LeanSimulation
from guichet.law.programs import control
from guichet.law.programs.library import Library
from guichet.law.programs.program import Households
from guichet.law.reference import preload, system_for, whole_system

PROGRAMS = Library()
"""The programs of this process."""
READ_FOR_THE_QUOTIENT: tuple[Read, ...] = (("qf_ressources_par_part", "mois"), ("qf_parts", "mois"))
AT_ONCE = 5000
"""Households of one simulation: enough for NumPy, little enough for the memory (a month reads 1 500 arrays)."""


def droits(foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None) -> list[list[Droit]]:
    """See `guichet.law.droits`."""
    chosen = _fiches(prestations)
    read = _read(tuple(fiche.prestation for fiche in chosen), "read")
    found: list[list[Droit]] = []
    for some in _slices(foyers):
        with calculated(some, mois, read) as reading:
            by_fiche = [_warned(explain(reading, fiche), mois) for fiche in chosen]
        found += [list(droits) for droits in zip(*by_fiche, strict=True)] if chosen else [[] for _ in some]
    return found


def montants(
    foyers: Sequence[Foyer], mois: Mois, prestations: Iterable[Prestation] | None
) -> dict[Prestation, list[Euros | None]]:
    """See `guichet.law.montants`."""
    chosen = _fiches(prestations)
    read = _read(tuple(fiche.prestation for fiche in chosen), "read_for_montant")
    found: dict[Prestation, list[Euros | None]] = {fiche.prestation: [] for fiche in chosen}
    for some in _slices(foyers):
        with calculated(some, mois, read) as reading:
            for fiche in chosen:
                found[fiche.prestation] += _in_euros(*montants_of(reading, fiche))
    return found


def quotients(foyers: Sequence[Foyer], mois: Mois, paid: Sequence[Euros]) -> list[Euros]:
    """See `guichet.law.quotients`."""
    found: list[Euros] = []
    for start in range(0, len(foyers), AT_ONCE):
        amounts = np.array([float(montant) for montant in paid[start : start + AT_ONCE]], "float32")
        with calculated(foyers[start : start + AT_ONCE], mois, frozenset(READ_FOR_THE_QUOTIENT)) as reading:
            ressources, parts = (reading.value(*each) for each in READ_FOR_THE_QUOTIENT)
            found += [Decimal(f"{each:.2f}") for each in quotient(ressources, par_part(amounts, parts)).tolist()]
    return found


@functools.lru_cache(maxsize=256)
def _read(prestations: tuple[Prestation, ...], which: str) -> frozenset[Read]:
    return frozenset().union(*(getattr(fiches()[prestation], which) for prestation in prestations))


@contextmanager
def calculated(foyers: Sequence[Foyer], mois: Mois, read: frozenset[Read]) -> Iterator[Reading]:
    """The households calculated: by a program when one is at hand, else by OpenFisca. The answer is the same."""
    arrays = columns.columns_of(foyers, mois, whole_system())
    shape = columns.shape_of(foyers)
    interpreter = _Interpreter(foyers, mois, arrays, shape)
    program = PROGRAMS.program_for(mois, arrays.keys(), read, len(foyers))
    control.tell("interpreter" if program is None else "program")
    if program is None:
        yield interpreter
        interpreter.forget()
        return
    values = program.run(arrays, Households(shape))
    yield ProgramReading(values, whole_system(), mois, interpreter)
    control.control(f"foyer-{mois}", values, _Interpreter(foyers, mois, arrays, shape).value)
    interpreter.forget()


class _Interpreter:
    """What OpenFisca calculates, on the cheapest system that answers; nothing until it is asked."""

    def __init__(self, foyers: Sequence[Foyer], mois: Mois, arrays: Columns, shape: Shape) -> None:
        self.mois = mois
        self._foyers = foyers
        self._arrays = arrays
        self._shape = shape
        self._reading: SimulationReading | None = None

    @functools.cached_property
    def system(self) -> TaxBenefitSystem:
        young = pruning.too_young(columns.oldest(self._foyers), self.mois)
        return system_for(columns.given(self._arrays), (), young)

    def value(self, variable: str, periode: Periode = "mois") -> Array:
        """Raises ParameterNotFoundError for a benefit that does not exist yet."""
        if self._reading is None:
            simulation: LeanSimulation = columns.filled(self.system, self._shape, self._arrays, LeanSimulation)
            self._reading = SimulationReading(simulation, self.mois)
        return self._reading.value(variable, periode)

    def forget(self) -> None:
        if self._reading is not None:
            self._reading.simulation.forget()


def prepare(mois: Sequence[Mois], loi: str) -> None:
    """See `guichet.law.prepare`: for the interpreter, which answers until a program is at hand."""
    system = whole_system(loi)
    if loi == "guichet":
        for each in mois:
            foyers = [_parent(each), _old_couple(each)]
            interpreter = _Interpreter(foyers, each, columns.columns_of(foyers, each, system), columns.shape_of(foyers))
            for fiche in fiches().values():
                explain(interpreter, fiche)
            interpreter.forget()
    preload(system)


def _parent(mois: Mois) -> Foyer:
    salaire = Ressource(Nature.SALAIRE, Euros(900), mois - 40, mois)
    adult = Personne(date(mois.annee - 35, 1, 15), Role.DEMANDEUR, Activite.SALARIE, (salaire,))
    enfants = (Personne(date(mois.annee - age, 1, 15), Role.ENFANT) for age in (1, 8))
    return Foyer((adult, *enfants), Logement(Occupation.LOCATAIRE_VIDE, Euros(500)))


def _old_couple(mois: Mois) -> Foyer:
    """Disabled and retired: the minima of both read months that no other benefit does."""
    retraite = Ressource(Nature.RETRAITE, Euros(400), mois - 40, mois)
    born = date(mois.annee - 66, 1, 15)
    personnes = (
        Personne(born, Role.DEMANDEUR, handicap=Decimal("0.8")),
        Personne(born, Role.CONJOINT, Activite.RETRAITE, (retraite,)),
    )
    return Foyer(personnes, Logement(Occupation.LOCATAIRE_VIDE, Euros(500)))


def _fiches(prestations: Iterable[Prestation] | None) -> list[Fiche]:
    every = fiches()
    return [every[p] for p in (every if prestations is None else dict.fromkeys(prestations)) if p in every]


def _slices(foyers: Sequence[Foyer]) -> Iterator[Sequence[Foyer]]:
    for start in range(0, len(foyers), AT_ONCE):
        yield foyers[start : start + AT_ONCE]


def _warned(droits: list[Droit], mois: Mois) -> list[Droit]:
    if mois <= LAST_CHECKED_MONTH:
        return droits
    return [replace(droit, doutes=(*droit.doutes, AVIS_MOIS_NON_VERIFIE)) for droit in droits]


def _in_euros(values: Array, known: Array) -> list[Euros | None]:
    """As `vocabulaire.euros` does, to the nearest cent, half up: a hundred times a single is exact in double precision."""
    cents = np.floor(values.astype("float32").astype("float64") * 100 + 0.5).astype("int64").tolist()
    with_known = zip(cents, known.tolist(), strict=True)
    return [(Decimal(cent).scaleb(-2) if cent else ZERO) if is_known else None for cent, is_known in with_known]
