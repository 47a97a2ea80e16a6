"""The part of the RSA that is the socle: what the housing aid asks before 2016."""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Variable, set_input_divide_by_period


class rsa_socle_seul(Variable):
    """The RSA socle alone of the month, euros per month: the flat amount less *all* resources, never below zero.

    Before January 2016 the RSA paid adds to it 62 % of the earnings (RSA activité, CASF L262-2): a household that
    works may be paid some RSA, and no socle at all. The housing aid neutralises the earnings of those who were paid
    the socle the month before, not of those who had RSA activité only. From 2016 on, the RSA is the socle.

    Zero when no RSA is paid, `rsa` being given as an input included.
    """

    value_type = float
    entity = Famille
    label = "RSA socle, sans la part liée à l'activité"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        forfaitaire = np.maximum(famille("rsa_socle", period), famille("rsa_socle_majore", period))
        ressources = famille("rsa_base_ressources", period) + famille("rsa_forfait_logement", period)
        return (famille("rsa", period) > 0) * np.maximum(forfaitaire - ressources, 0)

    def formula_2016(famille, period):
        return famille("rsa", period)
