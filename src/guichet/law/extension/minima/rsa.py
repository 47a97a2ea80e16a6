"""The RSA: who has a right to it, and what is paid (CASF L262-2 ff.)."""

import numpy as np
from openfisca_core.holders import set_input_dispatch_by_period, set_input_divide_by_period
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Individu, Variable, calculate_output_add

from guichet.law.extension.crds import crds
from guichet.law.extension.famille.enfants import depasse
from guichet.law.extension.minima.rsa_forfaits import forfait_du_mois, forfait_logement
from guichet.law.extension.minima.rsa_ressources import servies
from guichet.law.extension.minima.trimestre import en_moyenne


def au_centime(montant):
    """`montant` to the cent: a threshold is not missed for the sake of single precision."""
    return np.round(montant, 2)


class rsa_age_ou_charge(Variable):
    """L262-4 1° and L262-7-1: 25 years, or a child born or expected, or enough work between 18 and 25.

    An age reached within the month opens the right for all of it: who asks that month is paid from its first day (R262-33).
    """

    value_type = bool
    entity = Individu
    label = "Condition d'âge, d'enfant à charge ou de travail antérieur du RSA"
    definition_period = MONTH

    def formula(individu, period, parameters):
        conditions = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_cond
        famille = individu.famille
        mayotte = individu.menage("residence_mayotte", period)
        jeune = (
            depasse(individu, period, conditions.age_min_rsa_jeune)
            * individu("rsa_jeune_condition_heures_travail_remplie", period)
            * np.logical_not(mayotte)
        )
        enfant = (famille("rsa_nb_enfants", period) > 0) + famille("enceinte_fam", period)
        return enfant + depasse(individu, period, conditions.age_minimum_allocataire) + jeune


class rsa_statut_admis(Variable):
    """L262-4 3° and 4°: neither student nor on unpaid leave."""

    value_type = bool
    entity = Individu
    label = "Ni étudiant, ni en congé parental, sabbatique ou sans solde"
    definition_period = MONTH

    def formula(individu, period):
        return np.logical_not(individu("etudiant", period) + individu("rsa_conge_excluant", period))


CONDITIONS = ("rsa_age_ou_charge", "rsa_statut_admis", "rsa_condition_nationalite")
"""L262-4: one and the same adult must fulfil them all."""


def remplie(famille, period, *conditions):
    """Whether one adult fulfils all these conditions."""
    return famille.any(sum(famille.members(nom, period) for nom in conditions) == len(conditions), role=Famille.PARENT)


class rsa_eligibilite(Variable):
    value_type = bool
    entity = Famille
    label = "Droit au RSA, hors ressources"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula_2010(famille, period):
        return remplie(famille, period, *CONDITIONS) * famille("rsa_eligibilite_tns", period)


class rsa_condition_age(Variable):
    value_type = bool
    entity = Famille
    label = "Un adulte remplit la condition d'âge du RSA, ou le montant majoré est ouvert"
    definition_period = MONTH

    def formula(famille, period):
        return famille("rsa_majore_ouvert", period) + remplie(famille, period, *CONDITIONS[:1])


class rsa_condition_statut(Variable):
    value_type = bool
    entity = Famille
    label = "Un adulte n'est ni étudiant ni en congé excluant, ou le montant majoré est ouvert"
    definition_period = MONTH

    def formula(famille, period):
        return famille("rsa_majore_ouvert", period) + remplie(famille, period, *CONDITIONS[:2])


class rsa_condition_sejour(Variable):
    value_type = bool
    entity = Famille
    label = "Un adulte remplit la condition de nationalité ou de séjour, ou le montant majoré est ouvert"
    definition_period = MONTH

    def formula(famille, period):
        return famille("rsa_majore_ouvert", period) + remplie(famille, period, *CONDITIONS)


class rsa_condition_non_salarie(Variable):
    value_type = bool
    entity = Famille
    label = "Les revenus non salariés permettent de calculer le RSA"
    definition_period = MONTH

    def formula(famille, period):
        calculable = famille("rsa_non_calculable", period)
        return famille("rsa_eligibilite_tns", period) * (calculable == calculable.possible_values.calculable)


class rsa_difference(Variable):
    """What the RSA completes: below zero when the resources are too high."""

    value_type = float
    entity = Famille
    label = "Montant forfaitaire et part conservée des revenus d'activité, moins les ressources"
    reference = "Article L262-2 du Code de l'action sociale et des familles"
    definition_period = MONTH

    def formula_2009_06(famille, period):
        return (
            famille("rsa_montant_forfaitaire", period)
            + famille("rsa_revenu_activite", period)
            - famille("rsa_forfait_logement", period)
            - famille("rsa_base_ressources", period)
        )

    def formula_2017(famille, period):
        ressources = famille("rsa_forfait_logement", period) + famille("rsa_base_ressources", period)
        return famille("rsa_montant_forfaitaire", period) - ressources + famille("rsa_mois_sans_rsa", period)


class rsa_mois_sans_rsa(Variable):
    """A reference month whose amount would be below zero counts for zero in the mean (R262-7, I)."""

    value_type = float
    entity = Famille
    label = "Mois dont le montant serait négatif, comptés pour zéro"
    reference = "Article R262-7 du Code de l'action sociale et des familles"
    definition_period = MONTH

    def formula_2017(famille, period, parameters):
        constantes = famille("rsa_base_ressources", period) - en_moyenne(
            famille, period, lambda mois: servies(famille, mois)
        )

        def manque(mois):
            ressources = constantes + servies(famille, mois) + forfait_logement(famille, period, mois, parameters)
            return np.maximum(ressources - forfait_du_mois(famille, period, mois, parameters), 0)

        return en_moyenne(famille, period, manque)


class rsa_ressources_opposees(Variable):
    value_type = float
    entity = Famille
    label = "Ressources et forfait logement, moins la part conservée des revenus d'activité"
    definition_period = MONTH

    def formula_2009_06(famille, period):
        ressources = famille("rsa_forfait_logement", period) + famille("rsa_base_ressources", period)
        return ressources - famille("rsa_revenu_activite", period)


class rsa_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "Les ressources sont inférieures au montant forfaitaire"
    definition_period = MONTH

    def formula_2009_06(famille, period):
        return au_centime(famille("rsa_difference", period)) > 0


class rsa_avec_aspa(Variable):
    value_type = bool
    entity = Famille
    label = "L'ASPA compte parmi les ressources du RSA"
    definition_period = MONTH

    def formula_2009_06(famille, period):
        return famille("aspa", period) > 0


class rsa_seuil_versement(Variable):
    """6 €; 2 € in Mayotte (R262-39, R542-6)."""

    value_type = float
    entity = Famille
    label = "Montant au-dessous duquel le RSA n'est pas versé"
    definition_period = MONTH

    def formula_2012(famille, period, parameters):
        seuils = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa.rsa_maj
        mayotte = famille("rsa_a_mayotte", period)
        return np.where(mayotte, seuils.montant_minimum_verse_mayotte, seuils.montant_minimum_verse)


class rsa_condition_seuil(Variable):
    value_type = bool
    entity = Famille
    label = "Le montant atteint le seuil de versement"
    definition_period = MONTH

    def formula_2009_06(famille, period):
        return au_centime(famille("rsa_difference", period)) >= famille("rsa_seuil_versement", period)


class rsa_montant(Variable):
    value_type = float
    entity = Famille
    label = "RSA, avant prise en compte des revenus non salariés qui empêchent de le calculer"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return famille("rsa_condition_seuil", period) * np.maximum(famille("rsa_difference", period), 0)


class rsa_activite(Variable):
    """Up to 2015: what the RSA adds to the socle. OpenFisca-France forgets the flat amount of the lone parent."""

    value_type = float
    entity = Famille
    label = "RSA activité"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        ressources = famille("rsa_base_ressources", period) + famille("rsa_forfait_logement", period)
        socle = np.maximum(famille("rsa_montant_forfaitaire", period) - ressources, 0)
        return np.maximum(famille("rsa", period) - socle, 0)


class rsa_crds(Variable):
    """The RSA bears the CRDS but for its socle (lettre-circulaire CNAF 2010-130 of 2010): nothing since 2016."""

    value_type = float
    entity = Famille
    label = "CRDS sur la part du RSA qui dépasse le socle"
    definition_period = MONTH
    calculate_output = calculate_output_add

    def formula_2009_06(famille, period):
        return crds(famille("rsa_activite", period))


class crds_rsa_activite(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur le RSA activité"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return -famille("rsa_crds", period)


class rsa_sans_asf_en_residence_alternee(Variable):
    value_type = bool
    entity = Famille
    label = "RSA calculé sans allocation de soutien familial pour un enfant en résidence alternée"
    definition_period = MONTH

    def formula_2009_06(famille, period):
        return famille("asf_residence_alternee", period) * (famille("rsa", period) > 0)


class rsa_net_crds(Variable):
    value_type = float
    entity = Famille
    label = "RSA versé, net de CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    calculate_output = calculate_output_add

    def formula_2009_06(famille, period):
        return famille("rsa", period) - famille("rsa_crds", period)
