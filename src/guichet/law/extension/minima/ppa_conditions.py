"""Who has a right to the prime d'activité (CSS L842-1, L842-2, R842-2): age, residence, work."""

import numpy as np
from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Variable

from guichet.law.extension.minima.ppa_foyer import de_la_ppa, mois_des_conditions, revenus_des_travailleurs
from guichet.law.extension.minima.trimestre import au_trimestre, en_moyenne, les_mois


def majeur(membres, period, mois, parameters):
    mois = mois_des_conditions(period, mois)
    return membres("age", mois) >= de_la_ppa(parameters, period).pa_cond.age_min


def beneficiaire(famille, period, mois, parameters):
    """Whether an adult has the age and the residence permit asked (L842-2, 1° and 2°)."""
    membres = famille.members
    admis = membres("ppa_condition_sejour_individu", mois_des_conditions(period, mois))
    return famille.any(majeur(membres, period, mois, parameters) * admis, role=Famille.PARENT)


class ppa_condition_age(Variable):
    value_type = bool
    entity = Famille
    label = "Un adulte a 18 ans, le mois du droit depuis mars 2025, pendant l'un des trois mois avant"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        def un_majeur(mois):
            return famille.any(majeur(famille.members, period, mois, parameters), role=Famille.PARENT)

        return en_moyenne(famille, period, un_majeur) > 0


class ppa_condition_sejour(Variable):
    value_type = bool
    entity = Famille
    label = "Un adulte remplit la condition de nationalité ou de séjour"
    definition_period = MONTH

    def formula_2016(famille, period):
        def un_admis(mois):
            admis = famille.members("ppa_condition_sejour_individu", mois_des_conditions(period, mois))
            return famille.any(admis, role=Famille.PARENT)

        return en_moyenne(famille, period, un_admis) > 0


class ppa_condition_activite(Variable):
    """L842-1: who earns an income from work. L842-2 frees the lone parent of L842-7 from its 2° and 3° only, not of this.
    What a partner who does not count earns is a replacement income (R842-4)."""

    value_type = bool
    entity = Famille
    label = "Un adulte compté a eu des revenus d'activité pendant l'un des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period):
        def travaille(mois):
            return famille.any(revenus_des_travailleurs(famille.members, period, mois) > 0, role=Famille.PARENT)

        return en_moyenne(famille, period, travaille) > 0


class ppa_un_adulte_travaille(Variable):
    value_type = bool
    entity = Famille
    label = "Un adulte a eu des revenus d'activité pendant l'un des trois mois, compté ou non"
    definition_period = MONTH

    def formula_2016(famille, period):
        def travaille(mois):
            return famille.any(famille.members("ppa_revenu_activite_individu", mois) > 0, role=Famille.PARENT)

        return en_moyenne(famille, period, travaille) > 0


class ppa_plancher_apprenant(Variable):
    value_type = float
    entity = Famille
    label = "Revenu d'activité que l'étudiant, le stagiaire ou l'apprenti doit dépasser chaque mois"
    definition_period = MONTH

    def formula_2016(famille, period):
        """The highest of the three."""

        def plus_haut(mois):
            planchers = [famille.demandeur("ppa_plancher_revenu_activite_apprenant", un) for un in les_mois(mois)]
            return np.maximum(np.maximum(planchers[0], planchers[1]), planchers[2])

        return au_trimestre(famille, period, plus_haut)


class ppa_eligibilite_apprenants(Variable):
    """L842-2, 3°: a student, a trainee or an apprentice must earn more than 55 % of the SMIC each of the three months.

    The lone parent of L842-7 need not. That somebody works at all is asked apart, of all (`ppa_condition_activite`).
    """

    value_type = bool
    entity = Famille
    label = "Des revenus d'activité suffisants, pour les étudiants, stagiaires et apprentis"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula_2016(famille, period):
        membres = famille.members
        apprenant = membres("etudiant", period) + membres("stagiaire", period) + membres("apprenti", period)

        def gagne(un):
            return membres("ppa_revenu_activite_individu", un)

        def assez(un):
            return gagne(un) > membres("ppa_plancher_revenu_activite_apprenant", un)

        def nombre_de_mois(condition):
            return au_trimestre(membres, period, lambda mois: sum(condition(un) for un in les_mois(mois)))

        travaille = nombre_de_mois(lambda un: gagne(un) > 0) > 0
        admis = (nombre_de_mois(assez) == 3) + np.logical_not(apprenant) * travaille
        return famille("rsa_majore_eligibilite", period) + famille.any(admis, role=Famille.PARENT)
