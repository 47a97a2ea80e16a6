"""The resources of the ASPA and of the ASI, which the RSA and the prime d'activité count among those of a household.

The law reads gross wages and pensions (CSS R815-22 and R815-29). Who says net ones alone has these counted, not none:
small pensions bear no contribution.
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_core.populations import ADD
from openfisca_france.model.base import Individu, Variable
from openfisca_france.model.prestations.minima_sociaux import asi_aspa

ressources_brutes = asi_aspa.asi_aspa_base_ressources_individu.formula
"""OpenFisca's: of wages and pensions, the gross ones alone."""


class asi_aspa_base_ressources_individu(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH

    def formula(individu, period, parameters):
        pensions = net_sans_brut(individu, period, "retraite_nette", "retraite_brute")
        salaires = net_sans_brut(individu, period, "salaire_net", "salaire_de_base")
        couple = individu.famille("aspa_couple", period)
        taux = parameters(period).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.abattement_forfaitaire
        smic = parameters(period.start.offset("first-of", "year")).marche_travail.salaire_minimum.smic
        heures = parameters(period).marche_travail.salaire_minimum.smic.nb_heures_travail_mensuel
        abattement = smic.smic_b_horaire * heures * np.where(couple, taux.couples, taux.personnes_seules)
        return ressources_brutes(individu, period, parameters) + (pensions + np.maximum(0, salaires - abattement)) / 3


def net_sans_brut(individu, period, net, brut):
    """The net income of the three months before, of who has no gross one."""
    mois = period.last_3_months
    return individu(net, mois, options=[ADD]) * (individu(brut, mois, options=[ADD]) == 0)
