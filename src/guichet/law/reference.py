"""OpenFisca itself: the systems that compute, whole or pruned.

The pruned system is the whole one in which some variables of the tax and contribution side (`elagage.FRONTIERE`)
have lost their formulas: they keep what is given and are at their default elsewhere. Which ones is decided for each
request from what it gives and asks (`elagage.elaguees`), so that the answer is that of the whole system.
"""

from __future__ import annotations

import copy
import functools
import gc
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from openfisca_core import periods
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import Instant, Period
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france import FranceTaxBenefitSystem

from guichet.law import elagage, extension
from guichet.law.tree import Folder

Loi = Literal["stock", "guichet"]
LOIS: tuple[Loi, ...] = ("guichet", "stock")


@functools.cache
def _parametres_de(france: TaxBenefitSystem, instant: Instant) -> Any:
    return france.parameters.get_at_instant(instant)


def _parametres(france: TaxBenefitSystem, quand: Any) -> Any:
    """OpenFisca keeps the parameters of 128 instants, and twice those of an instant that is said in two ways (2013,
    2013-01). A household reads more."""
    return _parametres_de(france, quand.start if isinstance(quand, Period) else periods.instant(quand))


_parametres.cache_clear = _parametres_de.cache_clear  # type: ignore[attr-defined]
TaxBenefitSystem.get_parameters_at_instant = _parametres


class France(FranceTaxBenefitSystem):  # type: ignore[misc]
    """OpenFisca-France, the same, built in a quarter of the time: 1 s."""

    elaguees: frozenset[str] = frozenset()
    """The variables that have lost their formulas: all that tells a pruned system from ours."""

    def load_parameters(self, dossier: str) -> None:
        self.parameters = Folder("", dossier)
        # The scales of contributions are made of half the files that OpenFisca reads then: when a formula asks for them.
        self.parameters.children["cotsoc"] = functools.partial(_cotisations, self.parameters)

    def add_variables_from_file(self, fichier: str) -> None:
        """As OpenFisca does, without its second reading of the sources, to quote them in a documentation."""
        nom = f"{id(self)}_{hash(fichier)}_{Path(fichier).stem}"
        spec: Any = importlib.util.spec_from_file_location(nom, fichier)
        sys.modules[nom] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.add_variables(*extension.definies(module))


class _Recueil:
    """What OpenFisca takes for the tree of parameters: it reads in it, and what it adds is kept apart."""

    def __init__(self, parametres: Folder) -> None:
        self._parametres = parametres
        self.ajouts: dict[str, ParameterNode] = {}

    def __getattr__(self, nom: str) -> Any:
        return getattr(self._parametres, nom)

    def add_child(self, nom: str, enfant: ParameterNode) -> None:
        self.ajouts[nom] = enfant


def _cotisations(parametres: Folder) -> ParameterNode:
    recueil = _Recueil(parametres)
    France.preprocess_parameters(recueil)
    return recueil.ajouts["cotsoc"]


def systeme(loi: str = "guichet") -> TaxBenefitSystem:
    """The whole system: OpenFisca-France, with our extension unless `loi` is "stock". Built once, in 1 s."""
    return _construit(loi)


@functools.cache
def _construit(loi: str) -> TaxBenefitSystem:
    # A million objects that stay: no collection walks through them while they are made, later, or when the process ends.
    gc.disable()
    try:
        france = France()
        if loi == "guichet":
            extension.install(france)
    finally:
        gc.freeze()
        gc.enable()
    return france


PRECHARGES = {"zone_apl": "preload_zone_apl", "taux_versement_transport": "preload_taux_versement_transport"}
"""The files that formulas read the first time, in their own module: OpenFisca loads it under another name than the one
of which `prefill_cache` thinks."""


def precharge(france: TaxBenefitSystem) -> None:
    """Read these files now (0.3 s): what is asked later does not wait for them, and processes share them."""
    for nom, lit in PRECHARGES.items():
        for formule in france.variables[nom].formulas.values():
            formule.__globals__[lit]()


@functools.lru_cache(maxsize=64)
def systeme_elague(elaguees: frozenset[str]) -> TaxBenefitSystem:
    """Our system in which the variables `elaguees` have no formula. It shares all the rest with the whole one."""
    entier = systeme()
    elague = copy.copy(entier)
    elague.variables = dict(entier.variables)
    elague.entities = [copy.copy(entite) for entite in entier.entities]
    elague.person_entity = next(entite for entite in elague.entities if entite.is_person)
    elague.group_entities = [entite for entite in elague.entities if not entite.is_person]
    for entite in elague.entities:
        entite.set_tax_benefit_system(elague)
    for nom in elaguees:
        entree = copy.copy(entier.variables[nom])
        entree.formulas = type(entree.formulas)()
        elague.variables[nom] = entree
    elague.elaguees = elaguees
    # The parameters of an instant weigh 0.6 MB: one copy for all the systems.
    elague.get_parameters_at_instant = entier.get_parameters_at_instant
    return elague


def systeme_pour(donnees: Iterable[str], demandees: Iterable[str], jeunes: bool) -> TaxBenefitSystem:
    """The cheapest system that answers as the whole one does.

    `donnees` are the names of the variables given, `demandees` those asked; `jeunes`: see `elagage.trop_jeunes`.
    """
    return systeme_elague(elagage.elaguees(systeme(), frozenset(donnees), frozenset(demandees), jeunes))
