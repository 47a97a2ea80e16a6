"""The rented sector, step by step: each step is a variable, so that a décompte can show it.

The steps themselves are in `bareme_locatif`; here they are fed with the family as it is. `alternance` feeds
them again with the family less the children whose residence alternates.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import (
    Famille,
    TypesStatutOccupationLogement,
    Variable,
    set_input_divide_by_period,
)

from guichet.law.extension.logement import bareme_locatif as etapes
from guichet.law.extension.logement.bareme_locatif import au_centime


@dataclass(frozen=True)
class Logement:
    """What the scale asks of the dwelling of each family: arrays."""

    zone: Any
    coloc: Any
    chambre: Any
    agee_ou_handicapee: Any
    outre_mer: Any
    mayotte: Any
    saint_pierre: Any


def le_logement(famille, period):
    def lu(nom):
        return famille.demandeur.menage(nom, period)

    return Logement(
        zone=lu("zone_apl"),
        coloc=lu("coloc"),
        chambre=lu("logement_chambre"),
        agee_ou_handicapee=lu("personne_agee_handicapee"),
        outre_mer=lu("residence_aides_logement_outre_mer"),
        mayotte=lu("residence_mayotte"),
        saint_pierre=lu("residence_saint_pierre_et_miquelon"),
    )


def le_bareme(parameters, period):
    return parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif


def la_famille(famille, period):
    """(couple, number of dependants)."""
    return famille("al_couple", period), famille("al_nb_personnes_a_charge", period)


def pac_outre_mer_max(period):
    """Overseas six dependants at most count until 2022 (arr. 27/09/2019, art. 46, 1°; no more in that of 26/12/2022)."""
    return 6 if period.start.year < 2023 else np.inf


class aide_logement_secteur_locatif(Variable):
    value_type = bool
    entity = Famille
    label = "Le logement est loué, vide ou meublé, hors foyer"
    definition_period = MONTH

    def formula(famille, period):
        statut = famille.demandeur.menage("statut_occupation_logement", period)
        return (
            (statut == TypesStatutOccupationLogement.locataire_hlm)
            + (statut == TypesStatutOccupationLogement.locataire_vide)
            + (statut == TypesStatutOccupationLogement.locataire_meuble)
        )


class aide_logement_loyer_plafond(Variable):
    label = "Loyer plafond de la zone et de la famille"

    def formula(famille, period, parameters):
        couple, pac = la_famille(famille, period)
        logement = le_logement(famille, period)
        return etapes.loyer_plafond(le_bareme(parameters, period), logement, couple, pac, pac_outre_mer_max(period))


class aide_logement_loyer_reel(Variable):
    """A furnished dwelling counts for two thirds of its rent; for the APL of before 2020, a furnished room only."""

    label = "Loyer hors charges, pour deux tiers s'il est meublé"

    def formula(famille, period):
        menage = famille.demandeur.menage
        meuble = menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.locataire_meuble
        deux_tiers = meuble * (1 - menage("logement_conventionne", period) * (1 - menage("logement_chambre", period)))
        return au_centime(menage("loyer", period) * np.where(deux_tiers, 2 / 3, 1))

    def formula_2020_01_11(famille, period):
        menage = famille.demandeur.menage
        meuble = menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.locataire_meuble
        return au_centime(menage("loyer", period) * np.where(meuble, 2 / 3, 1))


class aide_logement_loyer_meuble_reduit(Variable):
    value_type = bool
    entity = Famille
    label = "Le loyer ne compte que pour deux tiers, le logement étant meublé"
    definition_period = MONTH

    def formula(famille, period):
        reduit = famille("aide_logement_loyer_reel", period) < famille.demandeur.menage("loyer", period)
        return famille("aide_logement_secteur_locatif", period) * reduit


class aide_logement_charges(Variable):
    label = "Charges forfaitaires"

    def formula(famille, period, parameters):
        couple, pac = la_famille(famille, period)
        logement = le_logement(famille, period)
        return etapes.charges(le_bareme(parameters, period), logement, couple, pac, pac_outre_mer_max(period))


class aide_logement_R0(Variable):
    label = "Abattement sur les ressources, selon la famille"

    def formula_2012(famille, period, parameters):
        couple, pac = la_famille(famille, period)
        logement = le_logement(famille, period)
        return etapes.abattement_r0(le_bareme(parameters, period), logement, couple, pac, pac_outre_mer_max(period))


class aide_logement_taux_famille(Variable):
    label = "Taux de participation selon la famille"

    def formula(famille, period, parameters):
        couple, pac = la_famille(famille, period)
        logement = le_logement(famille, period)
        return etapes.taux_famille(le_bareme(parameters, period), logement, couple, pac, pac_outre_mer_max(period))


class aide_logement_loyer_reference(Variable):
    label = "Loyer de référence : le plafond de la zone 2"

    def formula(famille, period, parameters):
        couple, pac = la_famille(famille, period)
        logement = le_logement(famille, period)
        return etapes.loyer_de_reference(le_bareme(parameters, period), logement, couple, pac, pac_outre_mer_max(period))


class aide_logement_taux_loyer(Variable):
    label = "Taux de participation selon le loyer"

    def formula(famille, period, parameters):
        loyer = famille("aide_logement_loyer_retenu", period)
        reference = famille("aide_logement_loyer_reference", period)
        return etapes.taux_loyer(le_bareme(parameters, period), loyer, reference)


class aide_logement_participation_minimale(Variable):
    label = "Participation minimale"

    def formula(famille, period, parameters):
        loyer_et_charges = famille("aide_logement_loyer_retenu", period) + famille("aide_logement_charges", period)
        return etapes.participation_minimale(le_bareme(parameters, period), loyer_et_charges)


class aide_logement_participation_ressources(Variable):
    label = "Participation selon les ressources"

    def formula(famille, period):
        au_dela = famille("aide_logement_ressources_apres_abattement", period)
        # TF and TL have five decimals: OpenFisca's single precision would lose a cent of some products.
        taux = np.round(famille("aide_logement_taux_participation_personnelle", period) * np.float64(100_000)) / 100_000
        return au_centime(taux * au_dela)


class aide_logement_participation_personnelle(Variable):
    """Never more than the rent and charges that count: what the family is left to pay of them."""

    label = "Participation personnelle"

    def formula(famille, period):
        loyer_et_charges = famille("aide_logement_loyer_retenu", period) + famille("aide_logement_charges", period)
        participation = famille("aide_logement_participation_minimale", period) + famille(
            "aide_logement_participation_ressources", period
        )
        return au_centime(np.minimum(participation, loyer_et_charges))


class aide_logement_exempte_de_degressivite(Variable):
    """AAH of the claimant or the partner, or AEEH (LFR 2016, art. 136; CAF instruction from July 2016)."""

    value_type = bool
    entity = Famille
    label = "Titulaire de l'AAH ou de l'AEEH : la dégressivité ne s'applique pas"
    definition_period = MONTH

    def formula_2016_07(famille, period):
        aah = famille.sum(famille.members("aah", period), role=Famille.PARENT)
        return (aah > 0) + (famille("aeeh", period) > 0)


class aide_logement_degressivite(Variable):
    """Décret 2016-923 of 5 July 2016; CCH, art. D823-16. Buyers, foyers and halls of residence are out of it."""

    value_type = float
    entity = Famille
    label = "Réduction de l'aide, le loyer étant très élevé"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2016_07(famille, period, parameters):
        concerne = (
            famille("aide_logement_secteur_locatif", period)
            * (1 - famille("aide_logement_exempte_de_degressivite", period))
            * (1 - famille.demandeur.menage("logement_crous", period))
        )
        reste = etapes.coefficient_degressivite(
            le_bareme(parameters, period),
            famille.demandeur.menage("zone_apl", period),
            famille("aide_logement_loyer_reel", period),
            famille("aide_logement_loyer_plafond", period),
        )
        avant = famille("aide_logement_montant_brut_avant_degressivite", period)
        avant = au_centime(avant)
        return concerne * au_centime(avant - au_centime(avant * reste))


class aide_logement_minoration(Variable):
    """Five euros since October 2017 (CCH, art. D823-16), or the whole aid when it is less."""

    value_type = float
    entity = Famille
    label = "Minoration forfaitaire"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2017_10(famille, period, parameters):
        avant = famille("aide_logement_montant_brut_avant_degressivite", period)
        reste = avant - famille("aide_logement_degressivite", period)
        return np.minimum(le_bareme(parameters, period).minoration_forfaitaire, np.maximum(reste, 0))
