"""Allocation de soutien familial: CSS L523-1 to L523-3, R523-1 to R523-7, D523-1 to D523-3.

OpenFisca's rules but for the alternating residence (`asf_elig_enfant`), the threshold (paid from 15 €, D523-3; OpenFisca:
above), each child's amount to the cent, the steps that a décompte shows, the CRDS cut to the cent.
"""

from openfisca_france.model.base import (
    MONTH,
    Famille,
    Variable,
    max_,
    min_,
    not_,
    round_,
    set_input_divide_by_period,
)

from guichet.law.extension.crds import crds, net_de_crds


def _asf(parameters, period):
    return parameters(period).prestations_sociales.prestations_familiales.education_presence_parentale.asf


class asf_parent_isole(Variable):
    value_type = bool
    entity = Famille
    label = "Le parent vit seul"
    definition_period = MONTH

    def formula(famille, period):
        return not_(famille("en_couple", period))


class asf_enfants_a_charge(Variable):
    value_type = int
    entity = Famille
    label = "Enfants à charge de moins de 20 ans"
    definition_period = MONTH

    def formula(famille, period):
        a_charge = famille.members("prestations_familiales_enfant_a_charge", period)
        return famille.sum(a_charge, role=Famille.ENFANT)


class asf_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    label = "Enfants qui peuvent ouvrir droit à l'allocation de soutien familial"
    definition_period = MONTH

    def formula(famille, period):
        return famille.sum(famille.members("asf_elig_enfant", period), role=Famille.ENFANT)


class asf_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant au moins est à charge et a moins de 20 ans"
    definition_period = MONTH

    def formula(famille, period):
        return famille("asf_enfants_a_charge", period) >= 1


class asf_condition_residence(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant au moins ne vit pas en alternance chez l'autre parent"
    definition_period = MONTH

    def formula(famille, period):
        return famille("asf_nombre_enfants", period) >= 1


class asf_residence_alternee(Variable):
    value_type = bool
    entity = Famille
    label = "Parent seul dont un enfant en résidence alternée ne compte pas pour l'allocation de soutien familial"
    definition_period = MONTH

    def formula(famille, period):
        ecartes = famille("asf_enfants_a_charge", period) - famille("asf_nombre_enfants", period)
        return famille("asf_elig", period) * (ecartes > 0)


class asf_entiere(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de soutien familial entière, pour tous les enfants"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        bmaf = parameters(period).prestations_sociales.prestations_familiales.bmaf.bmaf
        taux = _asf(parameters, period).montant_asf.orphelin_assimile_seul_parent
        return famille("asf_nombre_enfants", period) * round_(bmaf * taux, 2)


class asf_pension_deduite(Variable):
    value_type = float
    entity = Famille
    label = "Pensions alimentaires perçues, dans la limite de l'allocation"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        pensions = famille.sum(famille.members("pensions_alimentaires_percues", period))
        return max_(min_(pensions, famille("asf_entiere", period)), 0)


class asf_avec_pension(Variable):
    value_type = bool
    entity = Famille
    label = "Une pension alimentaire est perçue"
    definition_period = MONTH

    def formula(famille, period):
        return famille("asf_pension_deduite", period) > 0


class asf_montant(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de soutien familial, pension alimentaire déduite"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return round_(famille("asf_entiere", period) - famille("asf_pension_deduite", period), 2)


class asf_atteint_le_seuil(Variable):
    value_type = bool
    entity = Famille
    label = "Le montant de l'allocation de soutien familial atteint le seuil de versement"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. D523-3"

    def formula(famille, period):
        return famille("asf_montant", period) >= famille("asf_seuil_de_versement", period)


class asf(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        versee = famille("asf_elig", period) & famille("asf_atteint_le_seuil", period)
        return versee * famille("asf_montant", period)


class asf_seuil_de_versement(Variable):
    value_type = float
    entity = Famille
    label = "Seuil de versement de l'allocation de soutien familial"
    definition_period = MONTH

    def formula(famille, period, parameters):
        return famille("asf_nombre_enfants", period) * 0 + max_(_asf(parameters, period).seuil, 0.01)


class asf_retenue_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS retenue sur l'allocation de soutien familial"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return crds(famille("asf", period))


class crds_asf(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur l'allocation de soutien familial"
    definition_period = MONTH

    def formula(famille, period):
        return -famille("asf_retenue_crds", period)


class asf_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de soutien familial nette de CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return net_de_crds(famille("asf", period))
