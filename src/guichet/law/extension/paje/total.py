"""The whole of the PAJE. The CMG of direct employment is net by construction since September 2025 (D531-18)."""

from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille

NETTES = (
    "paje_base_nette_crds",
    "paje_prime_nette_crds",
    "paje_clca_nette_crds",
    "paje_prepare_nette_crds",
    "paje_cmg_nette_crds",
)


class paje(Variable):
    value_type = float
    entity = Famille
    label = "Paje, ensemble des prestations, brutes de CRDS"
    definition_period = MONTH

    def formula(famille, period):
        return (
            famille("paje_base", period)
            + famille("paje_naissance", period)
            + famille("paje_adoption", period)
            + famille("paje_clca", period)
            + famille("paje_colca", period)
            + famille("paje_prepare", period)
            + famille("paje_cmg", period)
        )


class paje_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Paje, ensemble des prestations, nettes de CRDS"
    definition_period = MONTH

    def formula(famille, period):
        return sum(famille(nette, period) for nette in NETTES)


class crds_paje(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur la Paje, comptée négativement"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_nette_crds", period) - famille("paje", period)
