"""Prestation partagée d'éducation de l'enfant (CSS, art. L531-4, D531-4, D531-13): children born, or adopted, from
1 January 2015.
"""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, not_

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.paje.clca import taux_d_activite
from guichet.law.extension.paje.enfant import AUCUN, mois_depuis

# Months for each parent of a couple: one child, two or more, three or more of one birth, higher amount.
MOIS_UN_ENFANT, MOIS_DEUX_ENFANTS, MOIS_TRIPLES, MOIS_MAJOREE = 6, 24, 48, 8


class prepare_mois_verses(Variable):
    value_type = int
    entity = Famille
    label = "Mois de PreParE déjà versés à ce parent pour cet enfant"
    definition_period = MONTH


class paje_prepare_majoree(Variable):
    value_type = bool
    entity = Famille
    label = "PreParE majorée"
    definition_period = MONTH

    def formula_2015(famille, period, parameters):
        paje = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje
        minimum = paje.paje_prepare.condition_prepare_majoree.nombre_enfants_charge_minimum
        return (
            famille("opt_colca", period) & famille("inactif", period) & (famille("paje_nombre_enfants", period) >= minimum)
        )


class paje_prepare_triples(Variable):
    value_type = bool
    entity = Famille
    label = "Derniers enfants nés à trois au moins"
    definition_period = MONTH

    def formula_2015(famille, period):
        benjamin = famille.project(famille("paje_mois_benjamin", period))
        mois = famille.members("paje_mois_depuis_arrivee", period)
        freres = famille.members("est_enfant_dans_famille", period) & (mois == benjamin)
        return famille.sum(freres) >= 3


class paje_prepare_enfant_present(Variable):
    """L531-4, R552-2: one child, or the higher amount: from the month of the birth to the month before the first
    birthday; else from the month after to the month before the third, or the sixth for three of one birth.
    """

    value_type = bool
    entity = Famille
    label = "Un enfant ouvre droit à la PreParE"
    definition_period = MONTH

    def formula_2015(famille, period, parameters):
        age = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_prepare
        ans = age.age_max_plus_jeune_enfant
        mois = famille("paje_mois_benjamin", period)
        nombre = famille("paje_nombre_enfants", period)
        court = (nombre == 1) | famille("paje_prepare_majoree", period)
        long = np.where(famille("paje_prepare_triples", period), 6 * 12, ans.deux_enfants_plus * 12)
        limite = np.where(court, ans.enfant * 12, long)
        return (nombre >= 1) & (mois <= mois_depuis(2015, 1, period)) & (mois >= not_(court)) & (mois < limite)


class paje_prepare_mois_restants(Variable):
    """Decimal part: none. A person alone has no other limit than the age of the child (L531-4 III)."""

    value_type = int
    entity = Famille
    label = "Mois de PreParE que ce parent peut encore recevoir"
    definition_period = MONTH

    def formula_2015(famille, period):
        duree = np.select(
            [
                not_(famille("en_couple", period)),
                famille("paje_prepare_majoree", period),
                famille("paje_nombre_enfants", period) == 1,
                famille("paje_prepare_triples", period),
            ],
            [AUCUN, MOIS_MAJOREE, MOIS_UN_ENFANT, MOIS_TRIPLES],
            MOIS_DEUX_ENFANTS,
        )
        return np.maximum(duree - famille("prepare_mois_verses", period), 0)


class paje_prepare_duree_restante(Variable):
    value_type = bool
    entity = Famille
    label = "Durée de la PreParE non épuisée"
    definition_period = MONTH

    def formula_2015(famille, period):
        return famille("paje_prepare_mois_restants", period) > 0


class paje_prepare_existe(Variable):
    value_type = bool
    entity = Famille
    label = "La PreParE existe"
    definition_period = MONTH

    def formula_2015(famille, period):
        return famille.filled_array(True)


class paje_prepare(Variable):
    value_type = float
    entity = Famille
    label = "PreParE, brute de CRDS"
    definition_period = MONTH

    def formula_2015(famille, period, parameters):
        pfam = parameters(period).prestations_sociales.prestations_familiales
        regle = pfam.petite_enfance.paje.paje_prepare
        simple = taux_d_activite(
            famille, period, regle.prestation_partagee_education_enfant, plus="taux_partiel_entre_50_80"
        )
        taux = np.where(famille("paje_prepare_majoree", period), regle.prepare_majoree.taux, simple)
        droit = famille("paje_prepare_enfant_present", period) & famille("paje_prepare_duree_restante", period)
        droit = droit & famille("pf_hors_mayotte", period)
        return np.round(droit * taux * pfam.bmaf.bmaf, 2)


class paje_prepare_en_couple(Variable):
    value_type = bool
    entity = Famille
    label = "PreParE versée à un parent qui vit en couple"
    definition_period = MONTH

    def formula_2015(famille, period):
        return (famille("paje_prepare", period) > 0) & famille("en_couple", period)


class paje_prepare_due(Variable):
    value_type = bool
    entity = Famille
    label = "PreParE due"
    definition_period = MONTH

    def formula_2015(famille, period):
        return famille("paje_prepare", period) > 0


class paje_prepare_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur la PreParE"
    definition_period = MONTH

    def formula(famille, period):
        return crds(famille("paje_prepare", period).astype(float))


class paje_prepare_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "PreParE, nette de CRDS"
    definition_period = MONTH

    def formula(famille, period):
        return net_de_crds(famille("paje_prepare", period).astype(float))
