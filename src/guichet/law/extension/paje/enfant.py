"""The children of the PAJE: how many months since they were born, or came to the home of those who adopt them."""

from datetime import date

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, Individu, not_

from guichet.law.extension.famille.enfants import depasse

MOIS_DE_GROSSESSE = 8
"""An expected child counts from the month after the presumed start of the pregnancy, nine months before its birth."""
AUCUN = 9999
"""Months since the birth of a child that does not exist: older than any limit."""


def mois_depuis(annee, mois, period):
    """Months from the month given to `period`: a child of `n` months is born in it or later when n <= this."""
    return (period.start.year - annee) * 12 + period.start.month - mois


class paje_date_arrivee(Variable):
    """An adopted child of whom no date is told came on the day of its birth."""

    value_type = date
    entity = Individu
    label = "Date de la naissance, ou de l'arrivée au foyer de l'enfant adopté"
    definition_period = MONTH

    def formula(individu, period):
        adoption = individu("date_adoption", period)
        connue = adoption != individu.get_holder("date_adoption").default_array()
        return np.where(individu("adoption", period) & connue, adoption, individu("date_naissance", period))


class paje_mois_depuis_arrivee(Variable):
    value_type = int
    entity = Individu
    label = "Mois écoulés depuis la naissance, ou depuis l'arrivée de l'enfant adopté (négatif avant)"
    definition_period = MONTH

    def formula(individu, period):
        arrivee = individu("paje_date_arrivee", period).astype("datetime64[M]")
        return (np.datetime64(period.start, "M") - arrivee).astype(int)


class paje_enfant_attendu(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant à naître"
    definition_period = MONTH

    def formula(individu, period):
        a_naitre = (individu("paje_mois_depuis_arrivee", period) < 0) & not_(individu("adoption", period))
        return individu("est_enfant_dans_famille", period) & a_naitre


class paje_enfant_ne_dans_le_mois(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant né, ou adopté, dans le mois"
    definition_period = MONTH

    def formula(individu, period):
        return individu("est_enfant_dans_famille", period) & (individu("paje_mois_depuis_arrivee", period) == 0)


class enfant_eligible_paje(Variable):
    """CSS, art. L531-3: from the birth (prorated) until 2014, from the month after since 2015 (R552-2, décret
    2014-1707), until the month before the third birthday; 36 monthly payments for an adopted child.
    """

    value_type = bool
    entity = Individu
    label = "Enfant ouvrant droit à l'allocation de base de la Paje"
    definition_period = MONTH

    def formula(individu, period, parameters):
        return _eligible(individu, period, parameters, premier=0, mensualites_d_adoption=35)

    def formula_2015(individu, period, parameters):
        return _eligible(individu, period, parameters, premier=1, mensualites_d_adoption=36)


def _eligible(individu, period, parameters, premier, mensualites_d_adoption):
    pfam = parameters(period).prestations_sociales.prestations_familiales
    limite = pfam.petite_enfance.paje.paje_cm.age_limite_enfant_adopte_non
    mois = individu("paje_mois_depuis_arrivee", period)
    dernier = np.where(individu("adoption", period), mensualites_d_adoption, limite * 12 - 1)
    return (
        individu("est_enfant_dans_famille", period)
        & (mois >= premier)
        & (mois <= dernier)
        & not_(depasse(individu, period, pfam.def_pac.enfants.age_limite))
        & not_(individu("autonomie_financiere", period))
    )


class paje_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    label = "Enfants à charge, celui qui est né dans le mois compris"
    definition_period = MONTH

    def formula(famille, period):
        # The family allowances count a child from the month after its birth.
        ne_dans_le_mois = famille.members("pf_mois_depuis_naissance", period) == 0
        nouveau = famille.members("paje_enfant_ne_dans_le_mois", period) & ne_dans_le_mois
        return famille("af_nbenf", period) + famille.sum(nouveau)


class paje_enfants_nes_ou_a_naitre(Variable):
    """The ceilings of the grants and of the base allowance count the children born or expected (L531-2, L531-3), an
    expected one from the month after the presumed start of the pregnancy (CNAF, quoted by ASH 2417).
    """

    value_type = int
    entity = Famille
    label = "Enfants à charge, nés ou à naître"
    definition_period = MONTH

    def formula(famille, period):
        concu = famille.members("paje_mois_depuis_arrivee", period) >= -MOIS_DE_GROSSESSE
        attendus = famille.sum(famille.members("paje_enfant_attendu", period) & concu)
        return famille("paje_nombre_enfants", period) + attendus


class paje_mois_benjamin(Variable):
    value_type = int
    entity = Famille
    label = "Mois écoulés depuis la naissance, ou l'arrivée, du dernier enfant"
    definition_period = MONTH

    def formula(famille, period):
        mois = famille.members("paje_mois_depuis_arrivee", period)
        present = famille.members("est_enfant_dans_famille", period) & (mois >= 0)
        return famille.min(np.where(present, mois, AUCUN))


class paje_attend_un_enfant(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant est attendu"
    definition_period = MONTH

    def formula(famille, period):
        return famille.any(famille.members("paje_enfant_attendu", period))
