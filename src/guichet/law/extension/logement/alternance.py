"""Children whose residence alternates between their parents.

Conseil d'État, 21 July 2017, no 398563, then CCH art. R823-5: each parent has the aid computed with the child for the
part of the time the child lives there, and without it for the rest. Before, one parent only counted the child: the
one who had the family benefits.
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import (
    Famille,
    Individu,
    Variable,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
)

from guichet.law.extension.logement import bareme_locatif as etapes
from guichet.law.extension.logement.bareme_locatif import au_centime
from guichet.law.extension.logement.locatif import la_famille, le_bareme, le_logement, pac_outre_mer_max


class residence_alternee_part_du_temps(Variable):
    """An input, for a child in `garde_alternee`: half and half unless a judge or the parents say otherwise."""

    value_type = float
    default_value = 0.5
    entity = Individu
    label = "Part du temps que l'enfant en résidence alternée passe dans ce foyer"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


class al_nb_enfants_en_alternance(Variable):
    """How many of the dependants alternate between two homes."""

    value_type = int
    entity = Famille
    label = "Nombre d'enfants en résidence alternée"
    definition_period = MONTH

    def formula(famille, period):
        alternent = famille.sum(_alternent(famille, period), role=Famille.ENFANT)
        return np.minimum(alternent, famille("al_nb_personnes_a_charge", period))


def _alternent(famille, period):
    """Of each member of the family: a child who counts for the aid, and whose residence alternates."""
    return famille.members("garde_alternee", period) * famille.members("al_enfant_a_charge", period)


class aide_logement_alternance(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant du foyer vit en résidence alternée"
    definition_period = MONTH

    def formula(famille, period):
        return famille("al_nb_enfants_en_alternance", period) > 0


class aide_logement_sans_alternance(Variable):
    """The gross aid to a tenant, after degressivity and the five euros, as if those children did not live there."""

    value_type = float
    entity = Famille
    label = "Aide si les enfants en résidence alternée ne comptaient pas"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2017_07(famille, period, parameters):
        bareme = le_bareme(parameters, period)
        logement = le_logement(famille, period)
        couple, pac_avec = la_famille(famille, period)
        pac = pac_avec - famille("al_nb_enfants_en_alternance", period)
        limite = pac_outre_mer_max(period)

        plafond = etapes.loyer_plafond(bareme, logement, couple, pac, limite)
        loyer_reel = famille("aide_logement_loyer_reel", period)
        loyer = np.minimum(loyer_reel, plafond)
        loyer_et_charges = loyer + etapes.charges(bareme, logement, couple, pac, limite)
        reference = etapes.loyer_de_reference(bareme, logement, couple, pac, limite)
        taux = etapes.taux_famille(bareme, logement, couple, pac, limite) + etapes.taux_loyer(bareme, loyer, reference)
        r0 = etapes.abattement_r0(bareme, logement, couple, pac, limite)
        au_dela = np.maximum(famille("aide_logement_base_ressources", period) - r0, 0)
        participation = etapes.participation_minimale(bareme, loyer_et_charges) + au_centime(taux * au_dela)
        aide = np.maximum(loyer_et_charges - participation, 0)

        exempte = famille("aide_logement_exempte_de_degressivite", period) + famille.demandeur.menage(
            "logement_crous", period
        )
        reste = etapes.coefficient_degressivite(bareme, logement.zone, loyer_reel, plafond)
        aide = au_centime(np.where(exempte, aide, aide * reste))
        admis = famille("aide_logement_loyer_declare", period) * famille("aide_logement_sejour_admis", period)
        admis = admis * famille("aide_logement_bailleur_admis", period)
        return admis * np.maximum(aide - bareme.minoration_forfaitaire, 0)


class aide_logement_reduction_alternance(Variable):
    """What the aid with all the children loses, the children living there a part of the time only."""

    value_type = float
    entity = Famille
    label = "Résidence alternée : la part du temps sans les enfants"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2017_07(famille, period):
        nombre = famille("al_nb_enfants_en_alternance", period)
        parts = famille.members("residence_alternee_part_du_temps", period) * _alternent(famille, period)
        # Children whose time is shared differently: the mean of their shares.
        part = famille.sum(parts, role=Famille.ENFANT) / np.maximum(nombre, 1)
        perte = famille("aide_logement_avant_alternance", period) - famille("aide_logement_sans_alternance", period)
        return famille("aide_logement_secteur_locatif", period) * (nombre > 0) * au_centime((1 - part) * perte)
