"""Conditions that only the décomptes tell."""

from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, not_

from guichet.law.extension.paje.cmg_tranches import MOITIE
from guichet.law.extension.paje.enfant import AUCUN, mois_depuis


class paje_a_un_enfant(Variable):
    value_type = bool
    entity = Famille
    label = "Au moins un enfant né ou arrivé au foyer"
    definition_period = MONTH

    def formula(famille, period):
        return (famille("paje_mois_benjamin", period) < AUCUN) & (famille("paje_nombre_enfants", period) >= 1)


class paje_base_due(Variable):
    value_type = bool
    entity = Famille
    label = "Allocation de base due"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_base", period) > 0


class paje_prime_versee(Variable):
    value_type = bool
    entity = Famille
    label = "Prime à la naissance ou à l'adoption versée"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_naissance", period) + famille("paje_adoption", period) > 0


class paje_clca_du(Variable):
    value_type = bool
    entity = Famille
    label = "Complément d'activité dû"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_clca", period) + famille("paje_colca", period) > 0


class paje_clca_age_ou_option(Variable):
    value_type = bool
    entity = Famille
    label = "Dernier enfant dans la période de versement du complément d'activité"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_clca_enfant_present", period) | famille("paje_clca_du", period)


class paje_clca_arret(Variable):
    value_type = bool
    entity = Famille
    label = "Activité cessée ou réduite, ou complément optionnel choisi"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_parent_arrete_ou_reduit", period) | famille("paje_clca_du", period)


class paje_cmg_du(Variable):
    value_type = bool
    entity = Famille
    label = "Complément de mode de garde dû"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg", period) > 0


class paje_cmg_revenu_trop_faible(Variable):
    value_type = bool
    entity = Famille
    label = "Revenu professionnel connu, sous le minimum"
    definition_period = MONTH

    def formula(famille, period):
        revenu = famille("paje_cmg_revenu_professionnel", period)
        return (revenu > 0) & (revenu < famille("paje_cmg_revenu_minimal", period))


class paje_cmg_direct_par_tranches(Variable):
    value_type = float
    entity = Famille
    label = "Complément pour emploi direct, calculé par tranche de ressources"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg_emploi_direct", period)

    def formula_2025_09(famille, period):
        return famille.filled_array(0.0)


class paje_cmg_maximum(Variable):
    value_type = bool
    entity = Famille
    label = "Complément par tranche, dont le coût de la garde n'est pas connu"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg_par_tranches", period) & (famille("cmg_cout_mensuel", period) <= 0)


class paje_cmg_suppose_ouvert(Variable):
    value_type = bool
    entity = Famille
    label = "Complément de mode de garde avec un congé au montant majoré"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg_du", period) & famille("paje_cmg_conge_majore", period)


class paje_cmg_conge_de_naissance_possible(Variable):
    """LFSS 2026, art. 99, X: for the children born or adopted from January 2026."""

    value_type = bool
    entity = Famille
    label = "Un enfant gardé peut donner un congé supplémentaire de naissance"
    definition_period = MONTH

    def formula_2026_07(famille, period):
        depuis_2026 = famille.members("paje_mois_depuis_arrivee", period) <= mois_depuis(2026, 1, period)
        enfant = famille.any(famille.members("paje_cmg_enfant_confie", period) & depuis_2026)
        return famille("paje_cmg_du", period) & enfant


class paje_cmg_cotisations_plafonnees(Variable):
    value_type = bool
    entity = Famille
    label = "Part des cotisations d'une garde à domicile, dans la limite d'un plafond"
    definition_period = MONTH

    def formula_2025_09(famille, period):
        return famille("paje_cmg_calcul_horaire", period) & famille("cmg_employe_a_domicile", period)


class paje_cmg_reduit_par_le_mi_temps(Variable):
    value_type = bool
    entity = Famille
    label = "Complément par tranche, réduit par le complément d'activité d'un mi-temps au plus"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg_par_tranches", period) & famille("paje_cmg_mi_temps", period)


class paje_cmg_part_du_mi_temps(Variable):
    value_type = float
    entity = Famille
    label = "Part du montant maximal laissée par le complément d'activité d'un mi-temps au plus"
    definition_period = MONTH

    def formula(famille, period):
        return MOITIE * famille("paje_cmg_reduit_par_le_mi_temps", period)


class paje_prepare_de_deux_temps_partiels(Variable):
    value_type = bool
    entity = Famille
    label = "PreParE de deux parents à temps partiel"
    definition_period = MONTH

    def formula_2015(famille, period):
        return famille("paje_prepare_due", period) & famille("paje_deux_temps_partiels", period)


class paje_cmg_majorations_cumulees(Variable):
    value_type = bool
    entity = Famille
    label = "Plusieurs majorations du complément par tranche"
    definition_period = MONTH

    def formula(famille, period):
        causes = (
            famille("paje_cmg_parent_aah", period).astype(int)
            + not_(famille("en_couple", period))
            + (famille("paje_cmg_aeeh", period) > 0)
            + famille("cmg_horaires_specifiques", period)
        )
        return famille("paje_cmg_par_tranches", period) & (causes >= 2)
