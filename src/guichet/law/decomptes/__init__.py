"""The sheets of the benefits: one module each, with a constant FICHE. Data, no rule."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from guichet.domain.droits import Prestation
from guichet.law.explain import Fiche


@functools.cache
def fiches() -> dict[Prestation, Fiche]:
    """Every benefit's sheet, in the order of `Prestation`."""
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    found = {module.FICHE.prestation: module.FICHE for module in modules if hasattr(module, "FICHE")}
    return {prestation: found[prestation] for prestation in Prestation if prestation in found}
