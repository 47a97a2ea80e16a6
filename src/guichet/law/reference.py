"""OpenFisca itself: the systems that compute."""

from __future__ import annotations

import functools
from typing import Any, Literal

from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france import FranceTaxBenefitSystem

from guichet.domain.vocabulaire import Mois
from guichet.law import extension

Loi = Literal["stock", "guichet"]

# OpenFisca keeps the parameters of 128 instants; a household reads more, and each costs 20 ms again.
_parametres = TaxBenefitSystem.get_parameters_at_instant.__wrapped__
TaxBenefitSystem.get_parameters_at_instant = functools.lru_cache(maxsize=None)(_parametres)


@functools.cache
def systeme(loi: Loi = "guichet") -> TaxBenefitSystem:
    """The whole system: OpenFisca-France, with our extension unless `loi` is "stock". Built once, in 3 s."""
    france = FranceTaxBenefitSystem()
    if loi == "guichet":
        extension.install(france)
    france.prefill_cache()
    return france


def simulation(situation: dict[str, Any], mois: Mois, loi: Loi = "guichet") -> Simulation:
    """An OpenFisca simulation of a Web API `situation`; a value without period is that of `mois`."""
    constructeur = SimulationBuilder()
    constructeur.set_default_period(str(mois))
    return constructeur.build_from_dict(systeme(loi), situation)
