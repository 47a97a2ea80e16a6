"""CMG by income band (CSS, art. D531-17 to D531-23-1): every form until August 2025, the structures since.

The gross amount is a share of the base of the family allowances, by band of yearly resources, whole under three years
and half from three to six.
"""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, not_

from guichet.law.extension.paje.cmg import ne_avant_avril_2014

MOITIE = 0.5


class paje_cmg_plafond_1(Variable):
    value_type = float
    entity = Famille
    label = "Premier plafond de ressources du complément de mode de garde"
    definition_period = MONTH

    def formula(famille, period, parameters):
        return _plafond(famille, period, parameters, "premier_plafond")


class paje_cmg_plafond_2(Variable):
    value_type = float
    entity = Famille
    label = "Second plafond de ressources du complément de mode de garde"
    definition_period = MONTH

    def formula(famille, period, parameters):
        return _plafond(famille, period, parameters, "deuxieme_plafond")


def _plafond(famille, period, parameters, nom):
    paje = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje
    nombre = famille("paje_nombre_enfants", period)

    def selon_les_enfants(regle):
        deux = regle.deux_enfants + np.maximum(nombre - 2, 0) * regle.majoration_enfant_supp
        return np.where(nombre <= 1, regle.enfant, deux)

    # Two tables, by the date of the birth, from April 2014 to December 2017.
    mois = (period.start.year, period.start.month)
    avant = f"{nom}_ne_adopte_avant_04_2014"
    apres = f"{nom}_ne_adopte_apres_04_2014"
    if mois < (2014, 4):
        plafond = selon_les_enfants(paje.plaf_cmg[avant])
    elif mois < (2018, 1):
        anciens = ne_avant_avril_2014(famille, period)
        plafond = np.where(anciens, selon_les_enfants(paje.plaf_cmg[avant]), selon_les_enfants(paje.plaf_cmg[apres]))
    else:
        plafond = selon_les_enfants(paje.plaf_cmg[apres])
    seul = 1 + not_(famille("en_couple", period)) * paje.paje_cmg.majoration_plafond_une_personne_isolee
    return plafond * seul


class paje_cmg_majoration(Variable):
    """D531-18, D531-23-1: AAH (June 2012), person alone (October 2018), AEEH (November 2019), hours (2009)."""

    value_type = float
    entity = Famille
    label = "Majoration du montant maximal du complément de mode de garde"
    definition_period = MONTH

    def formula(famille, period, parameters):
        paje = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje
        taux = paje.paje_cmg.majoration_montant
        return (
            famille("paje_cmg_parent_aah", period) * taux.aah
            + not_(famille("en_couple", period)) * taux.personne_seule
            + (famille("paje_cmg_aeeh", period) > 0) * taux.aeeh
            + famille("cmg_horaires_specifiques", period) * taux.horaires_specifiques
        )


class paje_cmg_mi_temps(Variable):
    """L531-9: the maximum is then half of the whole (D531-21 until August 2025, for a structure D531-23 VIII, then
    D531-21 VII). That of a child from three to six is half already: both articles halve the same amount, once.
    """

    value_type = bool
    entity = Famille
    label = "Complément d'activité reçu pour un mi-temps au plus"
    definition_period = MONTH

    def formula(famille, period):
        prepare = (famille("paje_prepare", period) > 0) & famille("partiel1", period)
        return prepare | famille("paje_clca_taux_partiel", period)


class paje_cmg_montants_pleins(Variable):
    value_type = int
    entity = Famille
    label = "Enfants gardés au montant plein"
    definition_period = MONTH

    def formula(famille, period):
        pleins = famille.sum(famille.members("paje_cmg_enfant_a_taux_plein", period))
        return pleins * not_(famille("paje_cmg_mi_temps", period))


class paje_cmg_montants_reduits(Variable):
    value_type = int
    entity = Famille
    label = "Enfants gardés à la moitié du montant"
    definition_period = MONTH

    def formula(famille, period):
        pleins = famille.sum(famille.members("paje_cmg_enfant_a_taux_plein", period))
        reduits = famille.sum(famille.members("paje_cmg_enfant_a_taux_reduit", period))
        return reduits + pleins * famille("paje_cmg_mi_temps", period)


def _montant(famille, period, parameters, taux_par_tranche, par_famille):
    """Gross amount in the band of the resources, at most 85 % of the cost when it is known: one for each child, or one
    for the family where `par_famille`, half when no child has the whole.

    `taux_par_tranche` are the three shares of the base, from the lowest resources to the highest.
    """
    pfam = parameters(period).prestations_sociales.prestations_familiales
    ressources = famille("prestations_familiales_base_ressources", period)
    taux = np.select(
        [
            ressources <= famille("paje_cmg_plafond_1", period),
            ressources <= famille("paje_cmg_plafond_2", period),
        ],
        taux_par_tranche[:2],
        taux_par_tranche[2],
    )
    plein = pfam.bmaf.bmaf * taux * (1 + famille("paje_cmg_majoration", period))
    pleins, reduits = famille("paje_cmg_montants_pleins", period), famille("paje_cmg_montants_reduits", period)
    pleins = np.where(par_famille, np.minimum(pleins, 1), pleins)
    reduits = np.where(par_famille, (pleins == 0) & (reduits > 0), reduits)
    maximum = pleins * np.round(plein, 2) + reduits * np.round(plein * MOITIE, 2)
    cout = famille("cmg_cout_mensuel", period)
    part = pfam.petite_enfance.paje.paje_cmg.part_maximale_du_cout
    plafonne = np.where(cout > 0, np.minimum(maximum, part * cout), maximum)
    return np.round(famille("paje_cmg_conditions", period) * plafonne, 2)


TRANCHES_EMPLOI_DIRECT = ("revenus_inferieurs_45_plaf", "revenus_superieurs_45_plaf", "revenus_superieurs_plaf")
TRANCHES_STRUCTURE = ("sous_premier_plafond", "sous_second_plafond", "apres_second_plafond")


def emploi_direct_par_tranches(famille, period, parameters):
    """One amount for each child with a childminder, one for the family with a nanny."""
    regle = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cmg
    taux = [regle.complement_libre_choix_mode_garde[nom] for nom in TRANCHES_EMPLOI_DIRECT]
    domicile = famille("cmg_employe_a_domicile", period)
    return famille("empl_dir", period) * _montant(famille, period, parameters, taux, domicile)


class paje_cmg_structure(Variable):
    """One amount for each child of a micro-crèche, one a family for care at home (D531-23 III, then D531-21 III)."""

    value_type = float
    entity = Famille
    label = "Complément de mode de garde, structure, brut de CRDS"
    definition_period = MONTH

    def formula(famille, period, parameters):
        regle = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cmg
        assistantes = [regle.assistante_mat_asso_entreprise_microcreche[nom] for nom in TRANCHES_STRUCTURE]
        domicile = [regle.garde_domicile[nom] for nom in TRANCHES_STRUCTURE]
        chez_elles = _montant(famille, period, parameters, assistantes, False)
        ailleurs = _montant(famille, period, parameters, domicile, not_(famille("cmg_microcreche", period)))
        return famille("ass_mat", period) * chez_elles + famille("gar_dom", period) * ailleurs
