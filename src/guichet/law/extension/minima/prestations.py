"""The family benefits that the RSA and the prime d'activité count among the resources (CASF R262-10-1 and R262-11; CSS
R844-4 and R844-5), as OpenFisca-France does, less the base allowance of a lone parent's newborn child."""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_core.populations import ADD
from openfisca_france.model.base import Famille, Variable, set_input_divide_by_period

TROIS_MOIS, TROIS_ANS = 3, 36
SOMMES = ("paje_base", "paje_clca", "paje_colca", "paje_prepare")


def af_et_cf(famille, period):
    """The AF without their rise with age, and the CF without its own."""
    cf = (famille("cf", period) > 0) * famille("cf_non_majore_avant_cumul", period)
    return cf + np.minimum(famille("af_base", period), famille("af", period))


def du_mois(famille, period):
    """What is counted of the month, euros."""
    sommes = sum(famille(nom, period) for nom in SOMMES) + famille("rsa_forfait_asf", period)
    return sommes + af_et_cf(famille, period) - famille("allocation_de_base_du_nouveau_ne", period)


class allocation_de_base_du_nouveau_ne(Variable):
    """Until the last day of the month in which the child is three months old, for who has the lone parent's amount. The
    allowance that another child under three would keep open counts."""

    value_type = float
    entity = Famille
    label = "Allocation de base d'un parent isolé qui ne compte pas dans ses ressources, jusqu'aux trois mois de l'enfant"
    reference = (
        "Article R844-5 du Code de la sécurité sociale, 2°",
        "Article R262-11 du Code de l'action sociale et des familles, 2°",
    )
    definition_period = MONTH

    def formula(famille, period):
        mois = famille.members("pf_mois_depuis_naissance", period)
        nouveau_ne = famille.any((mois >= 0) * (mois <= TROIS_MOIS), role=Famille.ENFANT)
        autre = famille.any((mois > TROIS_MOIS) * (mois <= TROIS_ANS), role=Famille.ENFANT)
        seul = famille("rsa_majore_eligibilite", period)
        return seul * nouveau_ne * np.logical_not(autre) * famille("paje_base", period)


class rsa_base_ressources_prestations_familiales(Variable):
    value_type = float
    entity = Famille
    label = "Prestations familiales comptées dans les ressources du RSA"
    reference = "Articles R262-10-1 et R262-11 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        sommes = sum(famille(nom, period) for nom in (*SOMMES, "af_base", "cf", "asf"))
        return sommes - famille("allocation_de_base_du_nouveau_ne", period)

    def formula_2014_04(famille, period):
        moyennes = ("paje_clca", "paje_prepare", "paje_colca")
        trois = sum(famille(nom, period.last_3_months, options=[ADD]) / 3 for nom in moyennes)
        allocation = famille("paje_base", period) - famille("allocation_de_base_du_nouveau_ne", period)
        return famille("rsa_forfait_asf", period) + allocation + trois + af_et_cf(famille, period)

    def formula_2017(famille, period):
        return du_mois(famille, period)


class ppa_base_ressources_prestations_familiales(Variable):
    value_type = float
    entity = Famille
    label = "Prestations familiales comptées dans les ressources de la prime d'activité"
    reference = "Articles R844-4 et R844-5 du Code de la sécurité sociale"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return du_mois(famille, period)
