"""Which children count, and from which month to which: CSS L512-3, R512-2, R552-2, R552-3 (L552-1 until 2014).

A right opens on the first day of the month after that in which its conditions are met, and ends on the first day of the
month in which they are met no more: a birthday opens from the next month and closes from its own. OpenFisca takes the
age on the first day of the month (a day early): it keeps a child for the month of its twentieth birthday.
"""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, Individu, not_


class pf_mois_depuis_naissance(Variable):
    value_type = int
    entity = Individu
    label = "Mois civils écoulés depuis celui de la naissance (négatif avant)"
    definition_period = MONTH

    def formula(individu, period):
        naissance = individu("date_naissance", period).astype("datetime64[M]")
        return (np.datetime64(period.start, "M") - naissance).astype(int)


def atteint(individu, period, ans):
    """Born, or `ans` years old, before the month: what an age opens is due."""
    return individu("pf_mois_depuis_naissance", period) > 12 * ans


def depasse(individu, period, ans):
    """`ans` years old by the end of the month: what an age closes is due no more."""
    return individu("pf_mois_depuis_naissance", period) >= 12 * ans


class prestations_familiales_enfant_a_charge(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant à charge au sens des prestations familiales"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L512-3, R512-2, R552-2 et R552-3"

    def formula(individu, period, parameters):
        ages = parameters(period).prestations_sociales.prestations_familiales.def_pac.enfants
        scolaire = not_(atteint(individu, period, ages.age_intermediaire)) & individu("rempli_obligation_scolaire", period)
        jeune = atteint(individu, period, ages.age_intermediaire) & not_(individu("autonomie_financiere", period))
        en_age = atteint(individu, period, ages.age_minimal) & not_(depasse(individu, period, ages.age_limite))
        return individu("est_enfant_dans_famille", period) & en_age & (scolaire | jeune)


class af_allocation_forfaitaire_nb_enfants(Variable):
    """From the month of the twentieth birthday to the one before the next (L521-1; CNAF, quoted by ASH 2313)."""

    value_type = int
    entity = Famille
    label = "Nombre d'enfants de 20 ans qui ouvrent droit à l'allocation forfaitaire"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L521-1"

    def formula(famille, period, parameters):
        ans = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.af.af_cm.age3
        de_20_ans = depasse(famille.members, period, ans) & not_(depasse(famille.members, period, ans + 1))
        return famille.sum(de_20_ans & not_(famille.members("autonomie_financiere", period)), role=Famille.ENFANT)


class cf_enfant_a_charge(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant à charge au sens du complément familial"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R522-1"

    def formula(individu, period, parameters):
        age_max = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.cf.cf_cm.age_max
        en_age = atteint(individu, period, 0) & not_(depasse(individu, period, age_max))
        a_charge = individu("est_enfant_dans_famille", period) & not_(individu("autonomie_financiere", period))
        return en_age & a_charge


class cf_enfant_eligible(Variable):
    """From the month of the third birthday: the base allowance ended with the month before, and a change of right does
    not break the continuity of benefits (L552-1).
    """

    value_type = bool
    entity = Individu
    label = "Enfant qui compte parmi les trois du complément familial"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R522-1"

    def formula(individu, period, parameters):
        familiales = parameters(period).prestations_sociales.prestations_familiales
        instruit = individu("rempli_obligation_scolaire", period)
        instruit = instruit | atteint(individu, period, familiales.def_pac.enfants.age_intermediaire)
        assez_grand = depasse(individu, period, familiales.prestations_generales.cf.cf_cm.age_min)
        return individu("cf_enfant_a_charge", period) & assez_grand & instruit


class cf_dom_enfant_eligible(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant qui ouvre droit au complément familial d'outre-mer"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L755-16"

    def formula(individu, period, parameters):
        ages = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.cf.cf_cm_dom
        en_age = depasse(individu, period, ages.age_minimal_dom) & not_(depasse(individu, period, ages.age_maximal_dom))
        return en_age & individu("cf_enfant_a_charge", period) & individu("rempli_obligation_scolaire", period)


class cf_dom_enfant_trop_jeune(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant trop jeune pour le complément familial d'outre-mer"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L755-16"

    def formula(individu, period, parameters):
        age_min = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.cf.cf_cm.age_min
        petit = atteint(individu, period, 0) & not_(depasse(individu, period, age_min))
        return petit & individu("est_enfant_dans_famille", period)


class asf_elig_enfant(Variable):
    """Whom the other parent houses half of the time is not deprived of that parent's help (L523-1, I): our reading.

    The article does not name the alternating residence. A parent who owes a maintenance on top of it, and does not pay
    it or pays less than the allowance, opens the right (I, 3° and 4°): nothing says that here, and the doubt is told.
    """

    value_type = bool
    entity = Individu
    label = "Enfant qui peut ouvrir droit à l'allocation de soutien familial"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L523-1 et L512-3"

    def formula(individu, period):
        return individu("prestations_familiales_enfant_a_charge", period) & not_(individu("garde_alternee", period))
