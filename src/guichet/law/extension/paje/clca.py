"""Complément de libre choix d'activité, and its optional form (CSS, art. L531-4 before 2015): children born, or
adopted, until 31 December 2014.
"""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.paje.enfant import mois_depuis

DERNIER_MOIS_CLCA = "2017-11-30"  # a child of December 2014 is three in December 2017
DERNIER_MOIS_COLCA = "2015-11-30"


class paje_parent_arrete_ou_reduit(Variable):
    value_type = bool
    entity = Famille
    label = "Un parent a cessé ou réduit son activité"
    definition_period = MONTH

    def formula(famille, period):
        return famille("inactif", period) | famille("partiel1", period) | famille("partiel2", period)


class deux_temps_partiels(Variable):
    """Two parents at the same rate are one `partiel1`, or one `partiel2`: without this, they would be one parent."""

    value_type = bool
    entity = Famille
    label = "Les deux parents travaillent à temps partiel pour élever un enfant"
    definition_period = MONTH


class paje_deux_temps_partiels(Variable):
    value_type = bool
    entity = Famille
    label = "Deux compléments d'activité à taux partiel"
    definition_period = MONTH

    def formula(famille, period):
        deux_taux = famille("partiel1", period) & famille("partiel2", period)
        return famille("deux_temps_partiels", period) | deux_taux


class paje_clca_enfant_present(Variable):
    """One child: the six months after the birth. Two or more: from the month after the birth of the youngest to the
    month before the third birthday.
    """

    value_type = bool
    entity = Famille
    label = "Un enfant ouvre droit au complément de libre choix d'activité"
    definition_period = MONTH

    def formula(famille, period, parameters):
        clca = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_clca
        mois = famille("paje_mois_benjamin", period)
        nombre = famille("paje_nombre_enfants", period)
        dernier = np.where(nombre == 1, clca.duree1, clca.age_max_enfant * 12 - 1)
        avant_2015 = mois > mois_depuis(2015, 1, period)
        return (nombre >= 1) & avant_2015 & (mois >= 1) & (mois <= dernier)


class paje_clca_sans_allocation_de_base(Variable):
    """The higher rates without base allowance end for the children born from April 2014 (LFSS 2014)."""

    value_type = bool
    entity = Famille
    label = "Taux des familles qui ne reçoivent pas l'allocation de base"
    definition_period = MONTH

    def formula(famille, period):
        avant_avril_2014 = famille("paje_mois_benjamin", period) > mois_depuis(2014, 4, period)
        return avant_avril_2014 & (famille("paje_base", period) <= 0)


class opt_colca(Variable):
    value_type = bool
    entity = Famille
    label = "Choix du complément plus élevé et plus court (COLCA, puis PreParE majorée)"
    definition_period = MONTH


class paje_colca(Variable):
    value_type = float
    entity = Famille
    label = "Complément optionnel de libre choix d'activité, brut de CRDS"
    definition_period = MONTH
    end = DERNIER_MOIS_COLCA

    def formula(famille, period, parameters):
        pfam = parameters(period).prestations_sociales.prestations_familiales
        colca = pfam.petite_enfance.paje.paje_clca.colca
        mois = famille("paje_mois_benjamin", period)
        # Until the month before the first birthday, for three children at least (L531-4 VI).
        enfant = (mois > mois_depuis(2015, 1, period)) & (mois <= colca.age * 12 - 1)
        droit = famille("opt_colca", period) & enfant & (famille("paje_nombre_enfants", period) >= 3)
        droit = droit & famille("pf_hors_mayotte", period)
        sans = famille("paje_clca_sans_allocation_de_base", period)
        taux = np.where(sans, colca.sansab, colca.taux_plein_duree_arret_predeterminee)
        return np.round(droit * taux * pfam.bmaf.bmaf, 2)


class paje_clca(Variable):
    value_type = float
    entity = Famille
    label = "Complément de libre choix d'activité, brut de CRDS"
    definition_period = MONTH
    end = DERNIER_MOIS_CLCA

    def formula(famille, period, parameters):
        pfam = parameters(period).prestations_sociales.prestations_familiales
        regle = pfam.petite_enfance.paje.paje_clca
        sans = famille("paje_clca_sans_allocation_de_base", period)
        taux = np.where(
            sans,
            taux_d_activite(famille, period, regle.non_beneficiaires_enfant_ne_adopte_avant_04_2014),
            taux_d_activite(famille, period, regle.beneficiaires_enfant_ne_adopte_apres_04_2014),
        )
        droit = famille("paje_clca_enfant_present", period) & (famille("paje_colca", period) <= 0)
        droit = droit & famille("pf_hors_mayotte", period)
        return np.round(droit * taux * pfam.bmaf.bmaf, 2)


def taux_d_activite(famille, period, taux, moitie="taux_partiel_50", plus="taux_partiel_50_80"):
    """The rate of the activity that is left. Two parents at part time get the full one, no more and no less (L531-4 III);
    a part and a stop, no more.
    """
    somme = (
        famille("inactif", period) * taux.taux_plein
        + famille("partiel1", period) * taux[moitie]
        + famille("partiel2", period) * taux[plus]
    )
    plein = famille("paje_deux_temps_partiels", period)
    return np.where(plein, taux.taux_plein, np.minimum(somme, taux.taux_plein))


class paje_clca_taux_plein(Variable):
    value_type = bool
    entity = Famille
    label = "Complément de libre choix d'activité à taux plein"
    definition_period = MONTH
    end = DERNIER_MOIS_CLCA

    def formula(famille, period):
        return (famille("paje_clca", period) > 0) & famille("inactif", period)


class paje_clca_taux_partiel(Variable):
    value_type = bool
    entity = Famille
    label = "Complément de libre choix d'activité pour une activité d'un mi-temps au plus"
    definition_period = MONTH
    end = DERNIER_MOIS_CLCA

    def formula(famille, period):
        return (famille("paje_clca", period) > 0) & famille("partiel1", period)


class paje_clca_existe(Variable):
    value_type = bool
    entity = Famille
    label = "Le complément de libre choix d'activité existe encore"
    definition_period = MONTH

    def formula(famille, period):
        return famille.filled_array(True)

    def formula_2017_12(famille, period):
        return famille.filled_array(False)


class paje_enfant_avant_2015(Variable):
    value_type = bool
    entity = Famille
    label = "Dernier enfant né, ou adopté, avant 2015"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_mois_benjamin", period) > mois_depuis(2015, 1, period)


class paje_clca_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur le complément de libre choix d'activité"
    definition_period = MONTH

    def formula(famille, period):
        return crds((famille("paje_clca", period) + famille("paje_colca", period)).astype(float))


class paje_clca_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Complément de libre choix d'activité, optionnel compris, net de CRDS"
    definition_period = MONTH

    def formula(famille, period):
        return net_de_crds((famille("paje_clca", period) + famille("paje_colca", period)).astype(float))
