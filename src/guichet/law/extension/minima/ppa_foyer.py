"""Who counts in the household of the prime d'activité, and what they earn (CSS L842-2, L842-5, R842-2 to R842-4).

A partner counts who has a residence permit and is on no unpaid leave, unless they earn something. Of another the resources
count, and what they earn does as a replacement income, without a share nor a bonus. A child counts who is at charge and
under 25, with what it earns; no text leaves out the child who earns too much, as the RSA does (CASF R262-3).
"""

import numpy as np
from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Individu, Variable, set_input_divide_by_period

from guichet.law.extension.minima.rsa_ressources import prestations_familiales
from guichet.law.extension.minima.trimestre import GENERALISATION, en_moyenne


def de_la_ppa(parameters, period):
    return parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.ppa


def mois_des_conditions(period, mois):
    """The month in which the age and the residence permit are looked at: that of the right since March 2025, that of the
    incomes before (R842-2)."""
    return period if period.start.date >= GENERALISATION else mois


class ppa_condition_sejour_individu(Variable):
    """L842-2, 2°: five years of residence permit, which are asked neither of a European, even just arrived, nor of who has
    the lone parent's amount."""

    value_type = bool
    entity = Individu
    label = "Condition de nationalité ou de séjour de la prime d'activité"
    reference = "Article L842-2 du Code de la sécurité sociale"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        europeen = individu("ressortissant_eee", period) + (individu("nationalite", period) == b"CH")
        seul = individu.famille("rsa_majore_eligibilite", period)
        return individu("rsa_condition_nationalite", period) + europeen + seul


def adulte_compte(membres, period, mois):
    """Of the adults, those who count; anything of the children."""
    sans_revenu = membres("ppa_revenu_activite_individu", mois) <= 0
    en_conge = membres("rsa_conge_excluant", mois) * sans_revenu
    return membres("ppa_condition_sejour_individu", mois_des_conditions(period, mois)) * np.logical_not(en_conge)


def adultes(famille, period, mois):
    return famille.sum(adulte_compte(famille.members, period, mois), role=Famille.PARENT)


class ppa_adultes_non_comptes(Variable):
    value_type = int
    entity = Famille
    label = "Adultes du foyer que la prime d'activité ne compte pas, un mois au moins"
    reference = "Article L842-5 du Code de la sécurité sociale"
    definition_period = MONTH

    def formula_2016(famille, period):
        en_moins = en_moyenne(famille, period, lambda mois: famille("nb_parents", mois) - adultes(famille, period, mois))
        return np.ceil(en_moins)


def enfants(famille, mois):
    return famille.sum(famille.members("rsa_enfant_possible", mois))


def revenus_des_travailleurs(membres, period, mois):
    """What each worker who counts earned in `mois`, euros."""
    enfant = membres("est_enfant_dans_famille", mois)
    compte = np.where(enfant, membres("rsa_enfant_possible", mois), adulte_compte(membres, period, mois))
    return compte * membres("ppa_revenu_activite_individu", mois)


def revenus_d_activite(famille, period, mois):
    return famille.sum(revenus_des_travailleurs(famille.members, period, mois))


def autres_ressources(famille, period, mois):
    """All the other resources of `mois`: what a partner who does not count earns is one of them (R842-4)."""
    membres = famille.members
    assimiles = membres("ppa_revenu_activite_individu", mois) * np.logical_not(adulte_compte(membres, period, mois))
    personnels = membres("ass", mois) + membres("ppa_ressources_hors_activite_individu", mois)
    return (
        famille("aspa", mois)
        + famille("ppa_base_ressources_prestations_familiales", mois)
        + famille.sum(personnels + assimiles, role=Famille.PARENT)
        + famille.sum(membres("rsa_enfant_possible", mois) * personnels, role=Famille.ENFANT)
    )


class ppa_base_ressources_prestations_familiales(Variable):
    """Those that the RSA counts, at the same flat rates."""

    value_type = float
    entity = Famille
    label = "Prestations familiales comptées dans les ressources de la prime d'activité"
    reference = "Articles R844-4 et R844-5 du Code de la sécurité sociale"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return prestations_familiales(famille, period)
