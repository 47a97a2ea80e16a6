"""The prime d'activité: the mean of the primes of the three reference months (CSS L842-3, R843-1).

The amounts set by decree (flat amount, kept share of the earnings, bonus) are those of the month of the *right*, for
each of the three reference months: the decrees that set them say « applicable aux primes calculées pour déterminer le
montant dû au titre du mois » (2018-836 art. 1, 2020-491). The household, its resources and the hourly SMIC are those of
each reference month.
"""

import numpy as np
from openfisca_core.holders import set_input_divide_by_period
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Variable, calculate_output_add

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.minima.ppa_conditions import beneficiaire
from guichet.law.extension.minima.ppa_foyer import (
    adultes,
    autres_ressources,
    de_la_ppa,
    enfants,
    revenus_d_activite,
    revenus_des_travailleurs,
)
from guichet.law.extension.minima.rsa_forfaits import avantage_en_nature
from guichet.law.extension.minima.trimestre import en_moyenne


def taux_du_foyer(personnes, majoration):
    """The rate of the flat amount for `personnes` persons, counting three at the most."""
    deux = (personnes >= 2) * majoration.couples_seul_avec_enfant
    return 1 + deux + (personnes >= 3) * majoration.couple_1_enfant_2e_enfant


def forfait(famille, period, mois, ppa):
    """The flat amount of the household as it was in `mois`, D843-1."""
    pa_m = ppa.pa_m
    parents, petits = adultes(famille, period, mois), enfants(famille, mois)
    majoration = pa_m.majoration_montant_maximal
    suivantes = np.maximum(parents + petits - 3, 0) * majoration.couple_1_enfant_2e_enfant
    plus = majoration.par_enfant_supplementaire - majoration.couple_1_enfant_2e_enfant
    ordinaire = taux_du_foyer(parents + petits, majoration) + suivantes + np.maximum(petits - 2, 0) * plus
    isole = pa_m.majoration_isolement.femmes_enceintes + pa_m.majoration_isolement.par_enfant_charge * petits
    return pa_m.montant_de_base * np.where(famille("rsa_majore_eligibilite", mois), isole, ordinaire)


def bonus_de(revenus, ppa, smic):
    """The bonus of each worker who earns `revenus` in a month, D843-2; `smic` is the hourly SMIC of that month."""
    bonus = ppa.pa_m.bonification
    maximum = np.round(bonus.taux_bonification_max * ppa.pa_m.montant_de_base, 2)
    debut, fin = bonus.seuil_bonification * smic, bonus.seuil_max_bonification * smic
    return np.clip((revenus - debut) / (fin - debut), 0, 1) * maximum


def bonification(famille, period, mois, ppa, smic):
    """The bonuses of the workers of the household."""
    return famille.sum(bonus_de(revenus_des_travailleurs(famille.members, period, mois), ppa, smic))


def forfait_logement(famille, period, mois, ppa):
    """The housing flat rate, or the housing aid when it is lower."""
    personnes = adultes(famille, period, mois) + enfants(famille, mois)
    taux = ppa.pa_fl.taux_forfait_logement
    part = np.where(
        personnes <= 1,
        taux.foyer_1_personne,
        np.where(personnes == 2, taux.foyer_2_personnes, taux.foyer_3_personnes),
    )
    du_foyer = taux_du_foyer(personnes, ppa.pa_m.majoration_montant_maximal)
    montant = ppa.pa_m.montant_de_base * du_foyer * part
    aide = np.minimum(famille("aide_logement", mois), montant)
    return np.maximum(aide, avantage_en_nature(famille, mois) * montant)


class ppa_forfait_moyen(Variable):
    value_type = float
    entity = Famille
    label = "Montant forfaitaire de la prime d'activité, moyenne des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        ppa = de_la_ppa(parameters, period)
        return en_moyenne(famille, period, lambda mois: forfait(famille, period, mois, ppa))


class ppa_bonification_moyenne(Variable):
    value_type = float
    entity = Famille
    label = "Bonifications des travailleurs du foyer, moyenne des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        ppa = de_la_ppa(parameters, period)

        def du_mois(mois):
            smic = parameters(mois).marche_travail.salaire_minimum.smic.smic_b_horaire
            return bonification(famille, period, mois, ppa, smic)

        return en_moyenne(famille, period, du_mois)


class ppa_revenus_moyens(Variable):
    value_type = float
    entity = Famille
    label = "Revenus d'activité du foyer, moyenne des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period):
        return en_moyenne(famille, period, lambda mois: revenus_d_activite(famille, period, mois))


class ppa_part_des_revenus(Variable):
    value_type = float
    entity = Famille
    label = "Part des revenus d'activité ajoutée au montant forfaitaire"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        part = de_la_ppa(parameters, period).pa_m.majoration_ressources_revenus_activite
        return part * famille("ppa_revenus_moyens", period)


class ppa_forfait_logement_moyen(Variable):
    value_type = float
    entity = Famille
    label = "Forfait logement de la prime d'activité, moyenne des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        ppa = de_la_ppa(parameters, period)
        return en_moyenne(famille, period, lambda mois: forfait_logement(famille, period, mois, ppa))


class ppa_autres_ressources_moyennes(Variable):
    value_type = float
    entity = Famille
    label = "Autres ressources du foyer, moyenne des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period):
        return en_moyenne(famille, period, lambda mois: autres_ressources(famille, period, mois))


def ressources(famille, period, mois, ppa):
    gagne, autres = revenus_d_activite(famille, period, mois), autres_ressources(famille, period, mois)
    return gagne + autres + forfait_logement(famille, period, mois, ppa)


class ppa_ressources_retenues(Variable):
    """L842-3: the resources are deemed to reach the flat amount at least."""

    value_type = float
    entity = Famille
    label = "Ressources retenues, au moins égales au montant forfaitaire, moyenne des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        ppa = de_la_ppa(parameters, period)
        return en_moyenne(
            famille,
            period,
            lambda mois: np.maximum(ressources(famille, period, mois, ppa), forfait(famille, period, mois, ppa)),
        )


class ppa_moyenne(Variable):
    value_type = float
    entity = Famille
    label = "Moyenne des primes d'activité calculées pour chacun des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        ppa = de_la_ppa(parameters, period)

        def du_mois(mois):
            smic = parameters(mois).marche_travail.salaire_minimum.smic.smic_b_horaire
            garanti = forfait(famille, period, mois, ppa)
            retenues = np.maximum(ressources(famille, period, mois, ppa), garanti)
            part = ppa.pa_m.majoration_ressources_revenus_activite * revenus_d_activite(famille, period, mois)
            prime = garanti + bonification(famille, period, mois, ppa, smic) + part - retenues
            return beneficiaire(famille, period, mois, parameters) * np.maximum(prime, 0)

        return en_moyenne(famille, period, du_mois)


class ppa_mois_sans_prime(Variable):
    """Months whose prime would be below zero, or whose conditions are not met, count for zero in the mean."""

    value_type = float
    entity = Famille
    label = "Mois sans prime, comptés pour zéro"
    definition_period = MONTH

    def formula_2016(famille, period):
        return famille("ppa_moyenne", period) - (
            famille("ppa_forfait_moyen", period)
            + famille("ppa_part_des_revenus", period)
            + famille("ppa_bonification_moyenne", period)
            - famille("ppa_ressources_retenues", period)
        )


class ppa_existe(Variable):
    value_type = bool
    entity = Famille
    label = "La prime d'activité existe à ce mois et dans ce département"
    reference = "Ordonnance n° 2016-160 du 18 février 2016 (Mayotte)"
    definition_period = MONTH

    def formula_2016(famille, period):
        return famille("rsa_hors_mayotte", period)

    def formula_2016_07(famille, period):
        return famille("nb_parents", period) >= 0


class ppa_maximum_garanti(Variable):
    value_type = float
    entity = Famille
    label = "Montant forfaitaire, part des revenus d'activité et bonifications"
    definition_period = MONTH

    def formula_2016(famille, period):
        return (
            famille("ppa_forfait_moyen", period)
            + famille("ppa_part_des_revenus", period)
            + famille("ppa_bonification_moyenne", period)
        )


class ppa_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "La moyenne des primes est supérieure à zéro"
    definition_period = MONTH

    def formula_2016(famille, period):
        return np.round(famille("ppa_moyenne", period), 2) > 0


class ppa_seuil_versement(Variable):
    value_type = float
    entity = Famille
    label = "Montant au-dessous duquel la prime d'activité n'est pas versée"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        return famille("nb_parents", period) * 0 + de_la_ppa(parameters, period).pa_m.montant_minimum_verse


class ppa_condition_seuil(Variable):
    value_type = bool
    entity = Famille
    label = "Le montant atteint le seuil de versement"
    definition_period = MONTH

    def formula_2016(famille, period):
        return np.round(famille("ppa_moyenne", period), 2) >= famille("ppa_seuil_versement", period)


class ppa(Variable):
    value_type = float
    entity = Famille
    label = "Prime d'activité, avant CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    calculate_output = calculate_output_add

    def formula_2016(famille, period):
        return (
            famille("ppa_moyenne", period)
            * famille("ppa_existe", period)
            * famille("ppa_condition_activite", period)
            * famille("ppa_eligibilite_apprenants", period)
            * famille("ppa_condition_seuil", period)
        )


class ppa_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur la prime d'activité"
    definition_period = MONTH
    calculate_output = calculate_output_add

    def formula_2016(famille, period):
        return crds(famille("ppa", period))


class crds_ppa(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur la prime d'activité"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2016(famille, period):
        return -famille("ppa_crds", period)


class ppa_sans_asf_en_residence_alternee(Variable):
    value_type = bool
    entity = Famille
    label = "Prime d'activité calculée sans allocation de soutien familial pour un enfant en résidence alternée"
    definition_period = MONTH

    def formula_2016(famille, period):
        return famille("asf_residence_alternee", period) * (famille("ppa", period) > 0)


class ppa_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Prime d'activité versée, nette de CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2016(famille, period):
        return net_de_crds(famille("ppa", period))
