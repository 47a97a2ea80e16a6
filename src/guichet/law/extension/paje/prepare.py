"""Prestation partagée d'éducation de l'enfant (CSS, art. L531-4, D531-4, D531-13 to D531-16-1): children born, or
adopted, from 1 January 2015.
"""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, Individu, not_

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.famille.enfants import depasse
from guichet.law.extension.paje.clca import taux_d_activite
from guichet.law.extension.paje.enfant import AUCUN, mois_depuis

# Months for each parent of a couple: one child, two or more, three or more of one birth, higher amount.
MOIS_UN_ENFANT, MOIS_DEUX_ENFANTS, MOIS_TRIPLES, MOIS_MAJOREE = 6, 24, 48, 8
ANS_TRIPLES = 6
# From the arrival of an adopted child, whatever its age: at least this, and this for three who came together (D531-14).
MOIS_ADOPTION, MOIS_TROIS_ADOPTIONS = 12, 36


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


class paje_prepare_enfant(Variable):
    """L531-4, R552-2: one child, or the higher amount: from the month of the birth to the month before the first
    birthday; else from the month after to the month before the third, or the sixth for three of one birth. An elder
    child keeps its right in the month of a birth, by the number of children before it: L552-1.
    """

    value_type = bool
    entity = Individu
    label = "Enfant ouvrant droit à la PreParE"
    definition_period = MONTH

    def formula_2015(individu, period, parameters):
        pfam = parameters(period).prestations_sociales.prestations_familiales
        ans = pfam.petite_enfance.paje.paje_prepare.age_max_plus_jeune_enfant
        famille, arrivee = individu.famille, individu("paje_mois_depuis_arrivee", period)
        nombre = np.where(arrivee > 0, famille("af_nbenf", period), famille("paje_nombre_enfants", period))
        court = (nombre == 1) | famille("paje_prepare_majoree", period)
        triples = famille("paje_prepare_triples", period)

        limite = 12 * np.where(court, ans.enfant, np.where(triples, ANS_TRIPLES, ans.deux_enfants_plus))
        adoption = np.where(triples, MOIS_TROIS_ADOPTIONS, MOIS_ADOPTION) + not_(court)
        adopte = individu("adoption", period) & not_(depasse(individu, period, pfam.def_pac.enfants.age_limite))
        petit = (individu("pf_mois_depuis_naissance", period) < limite) & not_(adopte & triples)
        petit = petit | (adopte & (arrivee < adoption))
        depuis_2015 = (arrivee >= not_(court)) & (arrivee <= mois_depuis(2015, 1, period))
        return individu("est_enfant_dans_famille", period) & (nombre >= 1) & depuis_2015 & petit


class paje_prepare_enfant_present(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant ouvre droit à la PreParE"
    definition_period = MONTH

    def formula_2015(famille, period):
        return famille.any(famille.members("paje_prepare_enfant", period))


class paje_prepare_adoption(Variable):
    value_type = bool
    entity = Famille
    label = "Le dernier enfant arrivé est adopté"
    definition_period = MONTH

    def formula_2015(famille, period):
        dernier = famille.members("paje_mois_depuis_arrivee", period) == famille.project(
            famille("paje_mois_benjamin", period)
        )
        adopte = famille.members("est_enfant_dans_famille", period) & famille.members("adoption", period)
        return famille.any(adopte & dernier)


class paje_prepare_mois_restants(Variable):
    """Decimal part: none. A person alone has no other limit than the age of the child (L531-4 III)."""

    value_type = int
    entity = Famille
    label = "Mois de PreParE que ce parent peut encore recevoir"
    definition_period = MONTH

    def formula_2015(famille, period):
        un_enfant = np.where(famille("paje_prepare_adoption", period), MOIS_ADOPTION, MOIS_UN_ENFANT)
        duree = np.select(
            [
                not_(famille("en_couple", period)),
                famille("paje_prepare_majoree", period),
                famille("paje_nombre_enfants", period) == 1,
                famille("paje_prepare_triples", period),
            ],
            [AUCUN, MOIS_MAJOREE, un_enfant, MOIS_TRIPLES],
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
