"""Students: resources that the law supposes, whatever they really are.

CCH, art. R822-20 and arrêté of 27 September 2019, art. 6: a floor until 2020, a flat amount since 2021 (before
September 2019: CCH, art. R351-7-2). One for the household even if both study; only the claimant's scholarship lowers
it.
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import (
    Famille,
    TypesStatutOccupationLogement,
    Variable,
    set_input_divide_by_period,
)


def _forfait(famille, period, parameters, etudiant):
    etudiants = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources.etudiants
    menage = famille.demandeur.menage
    statut = menage("statut_occupation_logement", period)
    foyer = (statut == TypesStatutOccupationLogement.locataire_foyer) + menage("logement_crous", period)
    boursier = famille.demandeur("boursier", period)
    location = etudiants.locatif.dar_4_forfait_ressources - boursier * etudiants.locatif.dar_5_minoration_boursier
    en_foyer = etudiants.foyer.dar_11_forfait_ressources_foyer - boursier * etudiants.foyer.dar_12_minoration_boursier
    return etudiant * np.where(foyer, en_foyer, location)


class aide_logement_forfait_etudiant(Variable):
    """Euros a year; zero for those who are not students."""

    value_type = float
    entity = Famille
    label = "Ressources forfaitaires des étudiants"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        return _forfait(famille, period, parameters, famille.demandeur("etudiant", period))

    def formula_2021(famille, period, parameters):
        ressources = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources
        jeune = famille.demandeur("age", period) < ressources.etudiants.age_max
        return _forfait(famille, period, parameters, famille.demandeur("etudiant", period) * jeune)


class aide_logement_forfait_etudiant_seul(Variable):
    """Since 2021 it stands in the place of the resources; before, the larger of both counted."""

    value_type = bool
    entity = Famille
    label = "Les ressources forfaitaires d'un étudiant tiennent lieu de ressources"
    definition_period = MONTH

    def formula_2021(famille, period):
        return famille("aide_logement_forfait_etudiant", period) > 0


class aide_logement_forfait_etudiant_plancher(Variable):
    value_type = bool
    entity = Famille
    label = "Les ressources d'un étudiant sont au moins un forfait"
    definition_period = MONTH

    def formula(famille, period):
        forfait = famille("aide_logement_forfait_etudiant", period) > 0
        return forfait * np.logical_not(famille("aide_logement_forfait_etudiant_seul", period))
