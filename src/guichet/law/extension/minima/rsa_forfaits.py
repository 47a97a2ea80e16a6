"""The flat amounts of the RSA: of the household, of its lone parent, of its housing; half of them in Mayotte.

Of a child who lives in turn with each parent, a parent has half of what it adds, to the flat amount and to that of the lone
parent (Conseil d'État, 21 July 2017, no 398911): the amount is halfway from that without such children to that with them.
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Variable, set_input_divide_by_period

from guichet.law.extension.famille.enfants import depasse
from guichet.law.extension.minima.trimestre import en_moyenne

ALTERNANCE = (2017, 7)
"""The year and the month from which a child in alternating residence counts for half."""


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
    taux = taux_du_foyer(famille, period, parameters, enfants)
    return famille("rsa_eligibilite", period) * famille("rsa_montant_de_base", period) * taux


def taux_du_foyer(famille, period, parameters, enfants):
    """The flat amount of the household with so many children, as a share of the base amount."""
    personnes = famille("rsa_nb_adultes", period) + enfants
    taux = du_rsa(parameters, period).rsa_maj.maj_montant_max
    deux = (personnes >= 2) * taux.couples_celibataire_avec_enfant
    par_personne = taux.couple_1_enfant_ou_2e_enfant
    suivantes = np.maximum(personnes - 2, 0) * par_personne
    # A child counts for 40 % instead of 30 % from the third on; in Mayotte, for 10 % from the fourth on (R542-6).
    plus = np.maximum(enfants - 2, 0) * (taux.par_enfant_supplementaire - par_personne)
    moins = np.maximum(enfants - 3, 0) * (taux.par_enfant_supplementaire_mayotte - par_personne)
    return 1 + deux + suivantes + np.where(famille("rsa_a_mayotte", period), moins, plus)


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
    taux = taux_du_parent_isole(parameters, period, enfants)
    return famille("rsa_majore_ouvert", period) * famille("rsa_montant_de_base", period) * taux


def taux_du_parent_isole(parameters, period, enfants):
    """The flat amount of a lone parent with so many children, as a share of the base amount."""
    taux = du_rsa(parameters, period).rsa_maj.majoration_isolement_en_base_rsa
    return taux.femmes_enceintes + taux.par_enfant_a_charge * enfants


class rsa_majore_ouvert(Variable):
    value_type = bool
    entity = Famille
    label = "Droit au montant majoré du RSA"
    definition_period = MONTH

    def formula(famille, period):
        mayotte = famille("rsa_a_mayotte", period)
        return famille("rsa_majore_eligibilite", period) * np.logical_not(mayotte)


class rsa_montant_forfaitaire(Variable):
    """Since 2017 the mean over the three reference months, with the children of each (R262-4, R262-7)."""

    value_type = float
    entity = Famille
    label = "Montant forfaitaire du RSA du foyer, majoré s'il y a lieu"
    reference = "Articles R262-1, R262-4 et R262-7 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return np.maximum(famille("rsa_socle", period), famille("rsa_socle_majore", period))

    def formula_2017(famille, period, parameters):
        return en_moyenne(famille, period, lambda mois: forfait_du_mois(famille, period, mois, parameters))


def presents(famille, period, mois):
    """The children at charge who were there in `mois`: born by then.

    All of them for a lone parent: what opens the lone parent's amount counts at once (R262-4-1, 3°).
    """
    comptes = famille.project(famille("rsa_majore_ouvert", period)) + depasse(famille.members, mois, 0)
    return famille.members("rsa_enfant_a_charge", period) * comptes > 0


def forfait_du_mois(famille, period, mois, parameters):
    """The flat amount of a reference month: the law and the adults of the right, the children of that month."""
    enfants = famille.sum(presents(famille, period, mois))

    def forfait(enfants, isole):
        ordinaire = socle(famille, period, parameters, enfants)
        return np.maximum(ordinaire, isole * socle_majore(famille, period, parameters, enfants))

    alternes = famille.sum(presents(famille, period, mois) * famille.members("garde_alternee", period))
    if (period.start.year, period.start.month) < ALTERNANCE:
        return forfait(enfants, True)
    enceinte = famille.any(famille.members("enceinte", period), role=Famille.PARENT)
    sans_eux = forfait(enfants - alternes, (enfants > alternes) + enceinte)
    return (forfait(enfants, True) + sans_eux) / 2


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
    """Until 2016 that of the month; since 2017 the mean over the three reference months (R262-7)."""

    value_type = float
    entity = Famille
    label = "Forfait logement du RSA"
    reference = "Articles R262-9 et R262-10 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012(famille, period, parameters):
        return forfait_logement(famille, period, period, parameters)

    def formula_2017(famille, period, parameters):
        return en_moyenne(famille, period, lambda mois: forfait_logement(famille, period, mois, parameters))


def forfait_logement(famille, period, mois, parameters):
    """What the dwelling of `mois` counts for: the housing aid up to a flat rate, or that rate when it costs nothing."""
    base = famille("rsa_montant_de_base", period)
    aide = np.minimum(famille("aide_logement", mois), base * part_aidee(famille, period, mois, parameters))
    personnes = famille("rsa_nb_adultes", period) + famille.sum(presents(famille, period, mois))
    return np.maximum(aide, avantage_en_nature(famille, mois) * base * part_du_logement(parameters, period, personnes))


def part_aidee(famille, period, mois, parameters):
    """R262-10, 2nd paragraph: whom the housing aid does not count (from 21 years on) does not count in its flat rate."""
    aides = famille.members("al_enfant_a_charge", mois) + famille.members("al_adulte_handicape_a_charge", mois)
    enfants = famille.sum(presents(famille, period, mois) * aides > 0)
    return part_du_logement(parameters, period, famille("rsa_nb_adultes", period) + enfants)


def part_du_logement(parameters, period, personnes):
    """The flat rate of the dwelling, as a share of the base amount (R262-9): 12 %, 16 % or 16,5 %."""
    rsa = du_rsa(parameters, period)
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
