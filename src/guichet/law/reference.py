"""OpenFisca itself: the systems that compute, whole or pruned.

The pruned system is the whole one in which some variables of the tax and contribution side (`pruning.FRONTIER`)
have lost their formulas: they keep what is given and are at their default elsewhere. Which ones is decided for each
request from what it gives and asks (`pruning.left_out`), so that the answer is that of the whole system.
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

from guichet.law import extension, pruning
from guichet.law.tree import Folder

Loi = Literal["stock", "guichet"]
LOIS: tuple[Loi, ...] = ("guichet", "stock")


@functools.cache
def _parameters_of(france: TaxBenefitSystem, instant: Instant) -> Any:
    return france.parameters.get_at_instant(instant)


def _parameters(france: TaxBenefitSystem, when: Any) -> Any:
    """OpenFisca keeps the parameters of 128 instants, and twice those of an instant that is said in two ways (2013,
    2013-01). A household reads more."""
    return _parameters_of(france, when.start if isinstance(when, Period) else periods.instant(when))


_parameters.cache_clear = _parameters_of.cache_clear  # type: ignore[attr-defined]
TaxBenefitSystem.get_parameters_at_instant = _parameters


class France(FranceTaxBenefitSystem):  # type: ignore[misc]
    """OpenFisca-France, the same, built in a quarter of the time: 1 s."""

    left_out: frozenset[str] = frozenset()
    """The variables that have lost their formulas: all that tells a pruned system from ours."""

    def load_parameters(self, folder: str) -> None:
        self.parameters = Folder("", folder)
        # The scales of contributions are made of half the files that OpenFisca reads then: when a formula asks for them.
        self.parameters.children["cotsoc"] = functools.partial(_contributions, self.parameters)

    def add_variables_from_file(self, file: str) -> None:
        """As OpenFisca does, without its second reading of the sources, to quote them in a documentation."""
        name = f"{id(self)}_{hash(file)}_{Path(file).stem}"
        spec: Any = importlib.util.spec_from_file_location(name, file)
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.add_variables(*extension.defined_in(module))


class _Aside:
    """What OpenFisca takes for the tree of parameters: it reads in it, and what it adds is kept apart."""

    def __init__(self, parameters: Folder) -> None:
        self._parameters = parameters
        self.added: dict[str, ParameterNode] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parameters, name)

    def add_child(self, name: str, child: ParameterNode) -> None:
        self.added[name] = child


def _contributions(parameters: Folder) -> ParameterNode:
    aside = _Aside(parameters)
    France.preprocess_parameters(aside)
    return aside.added["cotsoc"]


def whole_system(loi: str = "guichet") -> TaxBenefitSystem:
    """The whole system: OpenFisca-France, with our extension unless `loi` is "stock". Built once, in 1 s."""
    return _built(loi)


@functools.cache
def _built(loi: str) -> TaxBenefitSystem:
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


PRELOADED = {"zone_apl": "preload_zone_apl", "taux_versement_transport": "preload_taux_versement_transport"}
"""The files that formulas read the first time, in their own module: OpenFisca loads it under another name than the one
of which `prefill_cache` thinks."""


def preload(france: TaxBenefitSystem) -> None:
    """Read these files now (0.3 s): what is asked later does not wait for them, and processes share them."""
    for name, read in PRELOADED.items():
        for formula in france.variables[name].formulas.values():
            formula.__globals__[read]()


@functools.lru_cache(maxsize=64)
def pruned_system(left_out: frozenset[str]) -> TaxBenefitSystem:
    """Our system in which the variables `left_out` have no formula. It shares all the rest with the whole one."""
    whole = whole_system()
    pruned = copy.copy(whole)
    pruned.variables = dict(whole.variables)
    pruned.entities = [copy.copy(entity) for entity in whole.entities]
    pruned.person_entity = next(entity for entity in pruned.entities if entity.is_person)
    pruned.group_entities = [entity for entity in pruned.entities if not entity.is_person]
    for entity in pruned.entities:
        entity.set_tax_benefit_system(pruned)
    for name in left_out:
        bare = copy.copy(whole.variables[name])
        bare.formulas = type(bare.formulas)()
        pruned.variables[name] = bare
    pruned.left_out = left_out
    # The parameters of an instant weigh 0.6 MB: one copy for all the systems.
    pruned.get_parameters_at_instant = whole.get_parameters_at_instant
    return pruned


def system_for(given: Iterable[str], asked: Iterable[str], young: bool) -> TaxBenefitSystem:
    """The cheapest system that answers as the whole one does.

    `given` are the names of the variables given, `asked` those asked; `young`: see `pruning.too_young`.
    """
    return pruned_system(pruning.left_out(whole_system(), frozenset(given), frozenset(asked), young))
