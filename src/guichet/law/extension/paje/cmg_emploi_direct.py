"""CMG of a childminder or a nanny that the family employs: by band until August 2025, then by the hour.

Since 1 September 2025 (décret 2025-515, CSS art. D531-18): amount = C x (1 - R x t / H), net of CRDS, where C is the
monthly cost, capped by the hour, R the monthly resources between a floor and a ceiling, t the rate of effort and H the
reference cost of an hour.
"""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, not_

from guichet.law.extension.paje.cmg import SIX_ANS
from guichet.law.extension.paje.cmg_tranches import emploi_direct_par_tranches
from guichet.law.extension.paje.enfant import mois_depuis

COLONNES = ("un_enfant", "deux_enfants", "trois_enfants", "quatre_a_sept_enfants", "huit_enfants_ou_plus")


def _regle(parameters, period):
    return parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.cmg_2025


def _selon_l_employe(famille, period, noeud):
    domicile = famille("cmg_employe_a_domicile", period)
    return np.where(domicile, noeud.garde_a_domicile, noeud.assistant_maternel)


class paje_cmg_direct_enfant_present(Variable):
    """Under six; under twelve for a person alone since September 2025 (D531-18-1); the month of the birthday is due."""

    value_type = bool
    entity = Famille
    label = "Un enfant gardé a l'âge du complément pour emploi direct"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg_enfant_present", period)

    def formula_2025_09(famille, period, parameters):
        limite = _regle(parameters, period).mois_limite
        dernier = np.where(famille("en_couple", period), limite.couple, limite.personne_seule)
        petit = famille.members("pf_mois_depuis_naissance", period) <= famille.project(dernier)
        return famille.any(famille.members("paje_cmg_enfant_confie", period) & petit)


class paje_cmg_cout_horaire_maximal(Variable):
    value_type = float
    entity = Famille
    label = "Coût maximal retenu pour une heure de garde"
    definition_period = MONTH

    def formula_2025_09(famille, period, parameters):
        return _selon_l_employe(famille, period, _regle(parameters, period).plafond_cout_horaire)


class paje_cmg_cout_horaire_reference(Variable):
    value_type = float
    entity = Famille
    label = "Coût de référence d'une heure de garde"
    definition_period = MONTH

    def formula_2025_09(famille, period, parameters):
        return _selon_l_employe(famille, period, _regle(parameters, period).cout_horaire_reference)


class paje_cmg_cout_retenu(Variable):
    """Known hours without cost are counted at the reference cost; a known cost without hours cannot be capped."""

    value_type = float
    entity = Famille
    label = "Coût mensuel de la garde retenu"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        heures = famille("cmg_heures_mensuelles", period).astype(float)
        declare = famille("cmg_cout_mensuel", period).astype(float)
        cout = np.where(declare > 0, declare, heures * famille("paje_cmg_cout_horaire_reference", period))
        plafond = heures * famille("paje_cmg_cout_horaire_maximal", period)
        return np.round(np.where(heures > 0, np.minimum(cout, plafond), cout), 2)


class paje_cmg_ressources_mensuelles(Variable):
    """D531-18 2°: the monthly resources, their floor and their ceiling are rounded to the euro, half up."""

    value_type = float
    entity = Famille
    label = "Ressources mensuelles retenues, entre leur plancher et leur plafond"
    definition_period = MONTH

    def formula_2025_09(famille, period, parameters):
        bornes = _regle(parameters, period).revenu_mensuel
        par_mois = famille("prestations_familiales_base_ressources", period).astype(float) / 12
        return np.clip(np.floor(par_mois + 0.5), bornes.plancher, bornes.plafond)


class paje_cmg_taux_effort(Variable):
    """The column of the children to be charged, one column further for each child who gives a right to the AEEH."""

    value_type = float
    entity = Famille
    label = "Taux d'effort, pour une heure de garde"
    definition_period = MONTH

    def formula_2025_09(famille, period, parameters):
        taux = _regle(parameters, period).taux_effort
        enfants = famille("paje_nombre_enfants", period)
        colonne = (enfants >= 2).astype(int) + (enfants >= 3) + (enfants >= 4) + (enfants >= 8)
        colonne = np.minimum(colonne + famille("paje_cmg_aeeh", period), len(COLONNES) - 1)
        rangs = [colonne == rang for rang in range(len(COLONNES))]
        domicile = np.select(rangs, [taux.garde_a_domicile[nom] for nom in COLONNES])
        assistant = np.select(rangs, [taux.assistant_maternel[nom] for nom in COLONNES])
        return np.where(famille("cmg_employe_a_domicile", period), domicile, assistant)


class paje_cmg_participation_horaire(Variable):
    value_type = float
    entity = Famille
    label = "Participation de la famille, pour une heure au coût de référence"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        return famille("paje_cmg_ressources_mensuelles", period) * famille("paje_cmg_taux_effort", period)


class paje_cmg_direct_ouvert(Variable):
    value_type = bool
    entity = Famille
    label = "Conditions du complément pour emploi direct remplies"
    definition_period = MONTH

    def formula(famille, period):
        enfant = famille("paje_cmg_direct_enfant_present", period)
        return famille("empl_dir", period) & enfant & famille("paje_cmg_conditions", period)


class paje_cmg_cout_inconnu(Variable):
    value_type = bool
    entity = Famille
    label = "Ni les heures de garde ni leur coût ne sont connus"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        return famille("paje_cmg_direct_ouvert", period) & (famille("paje_cmg_cout_retenu", period) <= 0)


class paje_cmg_heures_inconnues(Variable):
    value_type = bool
    entity = Famille
    label = "Le coût de la garde est connu, pas les heures"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        connu = famille("paje_cmg_direct_ouvert", period) & (famille("cmg_cout_mensuel", period) > 0)
        return connu & (famille("cmg_heures_mensuelles", period) <= 0)


class paje_cmg_cout_de_reference_suppose(Variable):
    value_type = bool
    entity = Famille
    label = "Les heures de garde sont connues, pas leur coût"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        connues = famille("paje_cmg_direct_ouvert", period) & (famille("cmg_heures_mensuelles", period) > 0)
        return connues & (famille("cmg_cout_mensuel", period) <= 0)


class paje_cmg_emploi_direct(Variable):
    value_type = float
    entity = Famille
    label = "Complément de mode de garde, emploi direct (brut de CRDS jusqu'en août 2025, net depuis)"
    definition_period = MONTH

    def formula(famille, period, parameters):
        return emploi_direct_par_tranches(famille, period, parameters)

    def formula_2025_09(famille, period, parameters):
        ressources = famille("paje_cmg_ressources_mensuelles", period).astype(float)
        part = ressources * famille("paje_cmg_taux_effort", period) / famille("paje_cmg_cout_horaire_reference", period)
        montant = famille("paje_cmg_cout_retenu", period) * np.maximum(1 - part, 0)
        return np.round(famille("paje_cmg_direct_ouvert", period) * montant, 2)


class paje_cmg_calcul_horaire(Variable):
    value_type = bool
    entity = Famille
    label = "Complément pour emploi direct, calculé à l'heure"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        return famille("paje_cmg_emploi_direct", period) > 0


class paje_cmg_garde_au_printemps_2025(Variable):
    """A child kept now was born or had come by May 2025, and was under six: the transition complement compares the three
    months from March to May 2025 (loi 2022-1616, art. 86 VII; décret 2025-515).
    """

    value_type = bool
    entity = Famille
    label = "Un enfant gardé pouvait l'être de mars à mai 2025"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        ecoules = mois_depuis(2025, 5, period)
        la = famille.members("paje_mois_depuis_arrivee", period) >= ecoules
        petit = famille.members("pf_mois_depuis_naissance", period) - ecoules <= SIX_ANS
        garde = famille.any(famille.members("paje_cmg_enfant_confie", period) & la & petit)
        return famille("paje_cmg_calcul_horaire", period) & garde


class paje_cmg_par_tranches(Variable):
    value_type = bool
    entity = Famille
    label = "Complément calculé par tranche de ressources"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg", period) > 0

    def formula_2025_09(famille, period):
        return famille("paje_cmg_structure", period) > 0


class paje_cmg_participation_famille(Variable):
    value_type = float
    entity = Famille
    label = "Part du coût retenu laissée à la famille"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        reste = famille("paje_cmg_cout_retenu", period).astype(float) - famille("paje_cmg_emploi_direct", period)
        return np.round(famille("paje_cmg_calcul_horaire", period) * reste, 2)


class paje_cmg_part_des_cotisations(Variable):
    """D531-17: all of a childminder's, in the proportion of the capped cost to the real one; half of a nanny's."""

    value_type = float
    entity = Famille
    label = "Part des cotisations sociales prise en charge"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        declare = famille("cmg_cout_mensuel", period).astype(float)
        retenu = famille("paje_cmg_cout_retenu", period)
        proportion = np.where(declare > retenu, retenu / np.maximum(declare, 1), 1)
        domicile = famille("cmg_employe_a_domicile", period)
        ouvert = famille("paje_cmg_direct_ouvert", period) & not_(famille("paje_cmg_cout_inconnu", period))
        return ouvert * np.where(domicile, 0.5, proportion)
