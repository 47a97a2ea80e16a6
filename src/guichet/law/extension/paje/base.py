"""Allocation de base (CSS, art. L531-3, D531-3, R531-1): three schemes, by the date of birth or adoption."""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, not_

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.famille.bareme import SANS_LIMITE, plafond_par_enfant
from guichet.law.extension.paje.enfant import AUCUN, mois_depuis

# April 2014: ceilings at two levels. April 2018: rates and ceilings of the complément familial.
REFORME_2014 = (2014, 4)
REFORME_2018 = (2018, 4)
PLUS_DE_3_ANS = 36


class paje_base_dernier_enfant(Variable):
    value_type = int
    entity = Famille
    label = "Mois écoulés depuis l'arrivée du dernier enfant qui ouvre droit à l'allocation de base"
    definition_period = MONTH

    def formula(famille, period):
        eligible = famille.members("enfant_eligible_paje", period)
        return famille.min(np.where(eligible, famille.members("paje_mois_depuis_arrivee", period), AUCUN))


class paje_base_nombre(Variable):
    """One a family, except for the children of one birth or adoption: as many as they are (L531-3).

    The greatest birth is that of the eldest or of the youngest eligible children: three births in three years, the
    middle one alone multiple, are not told apart.
    """

    value_type = int
    entity = Famille
    label = "Nombre d'allocations de base"
    definition_period = MONTH

    def formula(famille, period):
        eligible = famille.members("enfant_eligible_paje", period)
        mois = famille.members("paje_mois_depuis_arrivee", period)
        derniers = famille.project(famille("paje_base_dernier_enfant", period))
        premiers = famille.project(famille.max(np.where(eligible, mois, -AUCUN)))
        return np.maximum(famille.sum(eligible & (mois == derniers)), famille.sum(eligible & (mois == premiers)))


class paje_base_plafond_taux_plein(Variable):
    value_type = float
    entity = Famille
    label = "Plafond de ressources de l'allocation de base à taux plein"
    definition_period = MONTH

    def formula(famille, period, parameters):
        return _plafond(famille, period, parameters, "taux_plein")


class paje_base_plafond(Variable):
    value_type = float
    entity = Famille
    label = "Plafond de ressources de l'allocation de base"
    definition_period = MONTH

    def formula(famille, period, parameters):
        return _plafond(famille, period, parameters, "taux_partiel")


def _plafond(famille, period, parameters, taux):
    plafonds = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_plaf
    nombre = famille("paje_enfants_nes_ou_a_naitre", period)
    majore = famille("biactivite", period) | not_(famille("en_couple", period))
    mois = famille("paje_base_dernier_enfant", period)

    def avant_2014():
        regle = plafonds.ne_adopte_avant_04_2014
        base = _par_enfant(regle.plafond_ressources_0_enfant, regle.majorations_enfants, nombre)
        return base + majore * regle.biactifs_parents_isoles

    def de_2014_a_2018():
        regle = plafonds.ne_adopte_04_2014_et_03_2018
        base = regle[taux].plafond_ressources_0_enfant
        par_enfant = ((regle.majorations_enfants.majoration_enfant_supp, SANS_LIMITE),)
        return plafond_par_enfant(base, par_enfant, nombre) + majore * regle[taux].biactifs_parents_isoles

    def depuis_2018():
        regle = plafonds.ne_adopte_apres_04_2018
        base = _par_enfant(regle[taux].plafond_ressources_0_enfant, regle.majorations_enfants, nombre)
        return base + majore * regle[taux].biactifs_parents_isoles

    # The schemes of the children who may be under three at that month: the others have no ceiling in the parameters.
    debut_2014, debut_2018 = mois_depuis(*REFORME_2014, period), mois_depuis(*REFORME_2018, period)
    plafond = (
        avant_2014() if debut_2014 < PLUS_DE_3_ANS else de_2014_a_2018() if debut_2018 < PLUS_DE_3_ANS else depuis_2018()
    )
    if debut_2014 >= 0 and debut_2018 < PLUS_DE_3_ANS:
        plafond = np.where(mois <= debut_2014, de_2014_a_2018(), plafond)
    if debut_2018 >= 0:
        plafond = np.where(mois <= debut_2018, depuis_2018(), plafond)
    return plafond


def _par_enfant(base, majorations, nombre):
    taux = ((majorations.premier_2eme_enfant, 2), (majorations.troisieme_plus_enfant, SANS_LIMITE))
    return plafond_par_enfant(base, taux, nombre)


class paje_base_montant_plein(Variable):
    """45,95 % of the base frozen since April 2013 (LFSS 2014, art. 74) for a child born before April 2018, 41,65 %
    of the base of the month for the others (LFSS 2018, art. 37; D531-3).
    """

    value_type = float
    entity = Famille
    label = "Montant d'une allocation de base à taux plein"
    definition_period = MONTH

    def formula(famille, period, parameters):
        return _montant(famille, period, parameters, 1)


def _montant(famille, period, parameters, part):
    """`part` of the full rate, rounded once: D531-3 writes the partial rate, 20.825 %, as a share of the base."""
    pfam = parameters(period).prestations_sociales.prestations_familiales
    paje = pfam.petite_enfance.paje
    taux = paje.paje_cm.montant.allocation_base_taux_plein
    gele = paje.base_gelee * taux.avant_2014.taux
    depuis_2018 = famille("paje_base_dernier_enfant", period) <= mois_depuis(*REFORME_2018, period)
    return np.round(part * np.where(depuis_2018, pfam.bmaf.bmaf * taux.apres_2018.taux, gele), 2)


class paje_base_a_taux_plein(Variable):
    value_type = bool
    entity = Famille
    label = "Ressources sous le plafond du taux plein"
    definition_period = MONTH

    def formula(famille, period):
        ressources = famille("prestations_familiales_base_ressources", period)
        return ressources <= famille("paje_base_plafond_taux_plein", period)


class paje_base_sous_plafond(Variable):
    value_type = bool
    entity = Famille
    label = "Ressources sous le plafond de l'allocation de base"
    definition_period = MONTH

    def formula(famille, period):
        ressources = famille("prestations_familiales_base_ressources", period)
        return ressources <= famille("paje_base_plafond", period)


class paje_base_enfant_present(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant ouvre droit à l'allocation de base"
    definition_period = MONTH

    def formula(famille, period):
        return famille.any(famille.members("enfant_eligible_paje", period))


class paje_base_part_du_mois(Variable):
    """D531-3 (2007 to 2014): the month of the arrival is paid for the days from the arrival to its end."""

    value_type = float
    default_value = 1
    entity = Famille
    label = "Part du mois pour laquelle l'allocation de base est due"
    definition_period = MONTH

    def formula(famille, period):
        eligible = famille.members("enfant_eligible_paje", period)
        nouveau = eligible & (famille.members("paje_mois_depuis_arrivee", period) == 0)
        arrivee = famille.members("paje_date_arrivee", period)
        jours_du_mois = period.size_in_days
        jours = jours_du_mois - (arrivee.astype("datetime64[D]") - np.datetime64(period.start, "D")).astype(int)
        seul = famille("paje_base_dernier_enfant", period) == 0
        avec_un_aine = famille.any(eligible & not_(nouveau))
        return np.where(seul & not_(avec_un_aine), famille.max(nouveau * jours) / jours_du_mois, 1)

    def formula_2015(famille, period):
        return famille.filled_array(1.0)


class paje_base(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de base de la Paje, brute de CRDS"
    definition_period = MONTH

    def formula(famille, period, parameters):
        part = np.where(famille("paje_base_a_taux_plein", period), 1, 0.5 * famille("paje_base_sous_plafond", period))
        montant = _montant(famille, period, parameters, part)
        une = np.round(montant * famille("paje_base_part_du_mois", period), 2)
        droit = famille("paje_base_enfant_present", period) & famille("pf_hors_mayotte", period)
        return droit * une * famille("paje_base_nombre", period)


class paje_base_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur l'allocation de base"
    definition_period = MONTH

    def formula(famille, period):
        return crds(famille("paje_base", period).astype(float))


class paje_base_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de base de la Paje, nette de CRDS"
    definition_period = MONTH

    def formula(famille, period):
        return net_de_crds(famille("paje_base", period).astype(float))
