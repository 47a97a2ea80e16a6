"""What the family benefits read together."""

from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, not_


class pf_hors_mayotte(Variable):
    """Ordonnance 2002-149, art. 2: neither the PAJE (but its CMG, since 2021) nor the ASF is among the benefits there."""

    value_type = bool
    entity = Famille
    label = "La famille ne réside pas à Mayotte"
    definition_period = MONTH
    reference = "Ordonnance n° 2002-149 du 7 février 2002, art. 2"

    def formula(famille, period):
        return not_(famille("af_residence_mayotte", period))


def parametres(parameters, instant):
    """The parameters of the allocations familiales at `instant`, and the monthly base (BMAF) in euros."""
    familiales = parameters(instant).prestations_sociales.prestations_familiales
    return familiales.prestations_generales.af, familiales.bmaf.bmaf
