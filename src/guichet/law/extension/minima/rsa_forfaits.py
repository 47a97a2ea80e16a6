"""The flat amounts of the RSA: of the household, of its lone parent, of its housing; half of them in Mayotte.

Of a child who lives in turn with each parent, a parent has half of what it adds, to the flat amount and to that of the lone
parent (Conseil d'État, 21 July 2017, no 398911): the amount is halfway from that without such children to that with them.
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Individu, Variable, set_input_dispatch_by_period, set_input_divide_by_period


def du_rsa(parameters, period):
    return parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa


class rsa_montant_de_base(Variable):
    value_type = float
    entity = Famille
    label = "Montant forfaitaire du RSA pour une personne seule"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012(famille, period, parameters):
        rsa_m = du_rsa(parameters, period).rsa_m
        mayotte = famille("rsa_a_mayotte", period)
        return np.where(mayotte, rsa_m.montant_de_base_mayotte, rsa_m.montant_de_base_du_rsa)


class rsa_enfant_ne(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant né, et non attendu"
    definition_period = MONTH

    def formula(individu, period):
        mois, famille = individu("pf_mois_depuis_naissance", period), individu.famille
        attendu = famille.any(famille.members("enceinte", period), role=Famille.PARENT)
        return (mois > 0) + (mois == 0) * np.logical_not(attendu)


class rsa_nb_enfants(Variable):
    """An expected child opens the RSA (L262-4) and the lone parent's amount (L262-9): it is not at charge yet (R262-3)."""

    value_type = int
    entity = Famille
    label = "Nombre d'enfants pris en compte pour le calcul du RSA"
    reference = "Article R262-3 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        a_charge = famille.members("rsa_enfant_a_charge", period) * famille.members("rsa_enfant_ne", period)
        return famille.sum(a_charge)


class rsa_socle(Variable):
    value_type = float
    entity = Famille
    label = "Montant forfaitaire du RSA selon la composition du foyer"
    reference = "Article R262-1 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012(famille, period, parameters):
        return socle(famille, period, parameters, famille("rsa_nb_enfants", period))


def socle(famille, period, parameters, enfants):
    """The flat amount of a household with so many children."""
    personnes = famille("nb_parents", period) + enfants
    taux = du_rsa(parameters, period).rsa_maj.maj_montant_max
    deux = (personnes >= 2) * taux.couples_celibataire_avec_enfant
    par_personne = taux.couple_1_enfant_ou_2e_enfant
    suivantes = np.maximum(personnes - 2, 0) * par_personne
    # A child counts for 40 % instead of 30 % from the third on; in Mayotte, for 10 % from the fourth on (R542-6).
    plus = np.maximum(enfants - 2, 0) * (taux.par_enfant_supplementaire - par_personne)
    moins = np.maximum(enfants - 3, 0) * (taux.par_enfant_supplementaire_mayotte - par_personne)
    mayotte = famille("rsa_a_mayotte", period)
    total = 1 + deux + suivantes + np.where(mayotte, moins, plus)
    return famille("rsa_eligibilite", period) * famille("rsa_montant_de_base", period) * total


class rsa_socle_majore(Variable):
    """The flat amount of a lone parent (L262-9). There is none in Mayotte (R542-6)."""

    value_type = float
    entity = Famille
    label = "Montant forfaitaire majoré du RSA, pour le parent isolé"
    reference = "Article R262-1 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012(famille, period, parameters):
        return socle_majore(famille, period, parameters, famille("rsa_nb_enfants", period))


def socle_majore(famille, period, parameters, enfants):
    taux = du_rsa(parameters, period).rsa_maj.majoration_isolement_en_base_rsa
    total = taux.femmes_enceintes + taux.par_enfant_a_charge * enfants
    return famille("rsa_majore_ouvert", period) * famille("rsa_montant_de_base", period) * total


class rsa_majore_ouvert(Variable):
    value_type = bool
    entity = Famille
    label = "Droit au montant majoré du RSA"
    definition_period = MONTH

    def formula(famille, period):
        mayotte = famille("rsa_a_mayotte", period)
        return famille("rsa_majore_eligibilite", period) * np.logical_not(mayotte)


class rsa_montant_forfaitaire(Variable):
    value_type = float
    entity = Famille
    label = "Montant forfaitaire du RSA du foyer, majoré s'il y a lieu"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return np.maximum(famille("rsa_socle", period), famille("rsa_socle_majore", period))

    def formula_2017_07(famille, period, parameters):
        entier = np.maximum(famille("rsa_socle", period), famille("rsa_socle_majore", period))
        autres = famille("rsa_nb_enfants", period) - famille("rsa_nb_enfants_alternes", period)
        isole = (autres > 0) + famille.any(famille.members("enceinte", period), role=Famille.PARENT)
        sans_eux = np.maximum(
            socle(famille, period, parameters, autres), isole * socle_majore(famille, period, parameters, autres)
        )
        return (entier + sans_eux) / 2


class rsa_nb_enfants_alternes(Variable):
    value_type = int
    entity = Famille
    label = "Enfants à charge en résidence alternée, qui comptent pour moitié"
    definition_period = MONTH

    def formula_2017_07(famille, period):
        alternes = famille.members("rsa_enfant_a_charge", period) * famille.members("garde_alternee", period)
        return famille.sum(alternes, role=Famille.ENFANT)


def avantage_en_nature(famille, period):
    """Whether the household is housed for free, or owns its dwelling and repays nothing (R262-9)."""
    menage = famille.demandeur.menage
    statut = menage("statut_occupation_logement", period)
    statuts = statut.possible_values
    proprietaire = (statut == statuts.primo_accedant) + (statut == statuts.proprietaire)
    sans_loyer = menage("loyer", period) == 0
    loge_gratuitement = statut == statuts.loge_gratuitement
    return proprietaire * sans_loyer + loge_gratuitement * np.logical_not(menage("participation_frais", period))


class rsa_forfait_logement(Variable):
    value_type = float
    entity = Famille
    label = "Forfait logement du RSA"
    reference = "Articles R262-9 et R262-10 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012(famille, period, parameters):
        forfait = famille("rsa_montant_de_base", period) * part_du_logement(famille, period, parameters)
        aide = np.minimum(famille("aide_logement", period), forfait)
        return np.maximum(aide, avantage_en_nature(famille, period) * forfait)


def part_du_logement(famille, period, parameters):
    """The flat rate of the dwelling, as a share of the base amount (R262-9): 12 %, 16 % or 16,5 %."""
    rsa = du_rsa(parameters, period)
    personnes = famille("nb_parents", period) + famille("rsa_nb_enfants", period)
    deux = 1 + rsa.rsa_maj.maj_montant_max.couples_celibataire_avec_enfant
    trois = deux + rsa.rsa_maj.maj_montant_max.couple_1_enfant_ou_2e_enfant
    taux = rsa.rsa_fl.forfait_logement
    return np.where(
        personnes <= 1,
        taux.taux_1_personne,
        np.where(personnes == 2, taux.taux_2_personnes * deux, taux.taux_3_personnes_ou_plus * trois),
    )


class rsa_a_mayotte(Variable):
    value_type = bool
    entity = Famille
    label = "Le foyer habite Mayotte"
    definition_period = MONTH

    def formula(famille, period):
        return famille.demandeur.menage("residence_mayotte", period)


class rsa_hors_mayotte(Variable):
    value_type = bool
    entity = Famille
    label = "Le foyer habite ailleurs qu'à Mayotte"
    definition_period = MONTH

    def formula(famille, period):
        return np.logical_not(famille("rsa_a_mayotte", period))


class rsa_non_majore(Variable):
    value_type = bool
    entity = Famille
    label = "Pas de montant majoré du RSA"
    definition_period = MONTH

    def formula(famille, period):
        return np.logical_not(famille("rsa_majore_ouvert", period))
