"""What the family benefits read together."""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, not_

SANS_LIMITE = 9999
"""Of the children to whom a rate applies: all that are left."""


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


def a_l_euro(montant):
    """Rounded to the euro, half up (ARS of 2022: 30 % of 19 515 is 5 854.50, 5 855 published)."""
    # The small amount is for the binary image of 27 855 x 0.3, just below 8 356.5.
    return np.floor(montant + 0.5 + 1e-6)


def plafond_par_enfant(base, majorations, nombre):
    """`base` and its increases (rate, greatest number of children it applies to), each rounded to the euro.

    Rounded half up: 27 282 € of 2012 gives 6 821 € a child (half of 13 641 €) and the published 40 924 € for two.
    """
    plafond = base
    reste = nombre
    for taux, nombre_maximal in majorations:
        plafond = plafond + np.minimum(reste, nombre_maximal) * a_l_euro(base * taux)
        reste = np.maximum(reste - nombre_maximal, 0)
    return plafond
