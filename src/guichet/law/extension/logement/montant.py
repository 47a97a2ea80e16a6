"""From the amount of a sector (rented, bought, foyer) to the aid paid.

In order: high rents (2016), five euros (2017), alternating residence, whole euros once the CRDS is off (2016), reduction of
the social rent (2018), threshold of payment, CRDS cut to the cent. Each step is a line of the décompte: the steps add up
exactly. Until August 2019 the threshold bears on the amount before the whole euros (CCH, art. R351-22).
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import (
    Famille,
    Individu,
    TypesStatutOccupationLogement,
    Variable,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
)

from guichet.law.extension.crds import crds
from guichet.law.extension.logement.bareme_locatif import au_centime


class etudiant_hors_ue_sans_criteres_bourse(Variable):
    """Since July 2026 these students have no housing aid (loi 2026-103, art. 179; CCH, art. L822-2, I, 3°)."""

    value_type = bool
    entity = Individu
    label = (
        "Titulaire d'un titre de séjour étudiant ou de recherche d'emploi, hors Union européenne, qui ne remplit pas "
        "les conditions d'une bourse sur critères sociaux"
    )
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


class aide_logement_sejour_admis(Variable):
    """One of the couple may claim is enough."""

    value_type = bool
    entity = Famille
    label = "Le titre de séjour permet l'aide au logement"
    definition_period = MONTH
    default_value = True

    def formula_2026_07(famille, period):
        exclus = famille.members("etudiant_hors_ue_sans_criteres_bourse", period)
        return famille.sum(exclus, role=Famille.PARENT) < famille.nb_persons(role=Famille.PARENT)


class aide_logement_hors_locatif(Variable):
    """Halls of residence and foyers, and the buyers to whom an aid is still open."""

    value_type = bool
    entity = Famille
    label = "Le logement est un foyer, une résidence universitaire, ou acheté avec un prêt aidé"
    definition_period = MONTH

    def formula(famille, period):
        menage = famille.demandeur.menage
        statut = menage("statut_occupation_logement", period)
        return (1 - famille("aide_logement_secteur_locatif", period)) * (
            menage("aides_logement_primo_accedant_eligibilite", period)
            + (statut == TypesStatutOccupationLogement.locataire_foyer)
            + menage("logement_crous", period)
        )


class aide_logement_montant_brut_avant_degressivite(Variable):
    label = "Aide avant réductions"

    def formula(famille, period):
        locatif = (
            famille("aide_logement_loyer_retenu", period)
            + famille("aide_logement_charges", period)
            - famille("aide_logement_participation_personnelle", period)
        )
        autre = famille("aides_logement_accedant_et_foyer", period)
        montant = np.where(
            famille("aide_logement_secteur_locatif", period),
            locatif,
            famille("aide_logement_hors_locatif", period) * autre,
        )
        admis = famille("aide_logement_loyer_declare", period) * famille("aide_logement_sejour_admis", period)
        return au_centime(montant) * admis * famille("aide_logement_bailleur_admis", period)


class aide_logement_avant_alternance(Variable):
    value_type = float
    entity = Famille
    label = "Aide après dégressivité et minoration, tous les enfants comptés"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return au_centime(
            famille("aide_logement_montant_brut_avant_degressivite", period)
            - famille("aide_logement_degressivite", period)
            - famille("aide_logement_minoration", period)
            - famille("aide_logement_abattement_depense_nette", period)
            - famille("foyer_aide_au_dela_de_la_redevance", period)
        )


class aide_logement_montant_brut(Variable):
    label = "Aide après dégressivité, minoration et résidence alternée, avant CRDS"

    def formula(famille, period):
        avant = famille("aide_logement_avant_alternance", period)
        return au_centime(np.maximum(avant - famille("aide_logement_reduction_alternance", period), 0))


class reduction_loyer_solidarite(Variable):
    """Social landlords only (loi de finances 2018, art. 126); décret 2018-136, in force on 1 February 2018."""

    def formula_2018(famille, period):
        return famille.empty_array()

    def formula_2018_02(famille, period, parameters):
        menage = famille.demandeur.menage
        statut = menage("statut_occupation_logement", period)
        social = (statut == TypesStatutOccupationLogement.locataire_hlm) * menage("logement_conventionne", period)
        ressources = famille("aide_logement_base_ressources", period) / 12
        eligible = social * (ressources < famille("reduction_loyer_solidarite_plafond_ressources", period))
        part = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif.formule.l_plafonds_loyers
        colocation = part.coef_chambre_et_colocation.coef_colocation
        montant = famille("reduction_loyer_solidarite_montant", period) * np.where(menage("coloc", period), colocation, 1)
        return eligible * au_centime(montant)


class aide_logement_arrondie(Variable):
    """Less its CRDS, cut to the euro, then with that CRDS again; cents were paid until 2015.

    CCH, art. R351-22 of 1 January 2016 to August 2019, then D823-16, D832-10, D832-24, D842-6 and D842-15. "Avant
    imputation" of the reduction of the social rent, says R351-22 since 25 June 2018 (décret 2018-505): that reduction,
    due from February, was first taken off in that month of June, the past months with it.
    """

    value_type = float
    entity = Famille
    label = "Aide arrondie à l'euro inférieur, avant la CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return famille("aide_logement_montant_brut", period)

    def formula_2016(famille, period):
        brute = famille("aide_logement_montant_brut", period)
        retenue = _crds(famille, period, brute)
        return au_centime(np.floor(au_centime(brute - retenue)) + retenue)


def _crds(famille, period, montant):
    """There is no CRDS in Saint-Pierre-et-Miquelon."""
    return np.where(famille.demandeur.menage("residence_saint_pierre_et_miquelon", period), 0, crds(montant))


class aide_logement_arrondi(Variable):
    """Negative."""

    value_type = float
    entity = Famille
    label = "Arrondi à l'euro inférieur, la CRDS déduite"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2016(famille, period):
        return au_centime(famille("aide_logement_arrondie", period) - famille("aide_logement_montant_brut", period))


class aide_logement_baisse_rls(Variable):
    """The aid, once in whole euros, falls by 98 % of what the social landlord takes off the rent (CCH, art. D823-16)."""

    value_type = float
    entity = Famille
    label = "Baisse de l'aide compensée par la réduction de loyer de solidarité"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2018_02(famille, period, parameters):
        part = parameters(
            period
        ).prestations_sociales.aides_logement.reduction_loyer_solidarite.fraction_baisse_aide_logement
        baisse = au_centime(famille("reduction_loyer_solidarite", period) * part)
        return np.minimum(baisse, famille("aide_logement_arrondie", period))


class aide_logement_avec_rls(Variable):
    value_type = bool
    entity = Famille
    label = "L'aide baisse avec la réduction de loyer de solidarité"
    definition_period = MONTH

    def formula(famille, period):
        return famille("aide_logement_baisse_rls", period) > 0


class aide_logement_sans_rls(Variable):
    value_type = bool
    entity = Famille
    label = "L'aide ne baisse pas avec la réduction de loyer de solidarité"
    definition_period = MONTH

    def formula(famille, period):
        return famille("aide_logement_avec_rls", period) == 0


class aide_logement_avant_seuil(Variable):
    value_type = float
    entity = Famille
    label = "Aide brute, avant le seuil de versement et la CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return au_centime(famille("aide_logement_arrondie", period) - famille("aide_logement_baisse_rls", period))


class aide_logement_comparee_au_seuil(Variable):
    value_type = float
    entity = Famille
    label = "Aide brute comparée au seuil de versement"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        """R351-22: the amount of the formula; its rounding comes in the next sentence."""
        return au_centime(famille("aide_logement_montant_brut", period) - famille("aide_logement_baisse_rls", period))

    def formula_2019_09(famille, period):
        return famille("aide_logement_avant_seuil", period)


class aide_logement_seuil_versement(Variable):
    value_type = float
    entity = Famille
    label = "Montant au-dessous duquel l'aide n'est pas versée"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period, parameters):
        seuils = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif.seuils_minimum_versement
        # Buyers and foyers kept theirs: 10 € for the APL too (arrêté du 27/09/2019, art. 21 and 29).
        apl = famille.demandeur.menage("logement_conventionne", period)
        locatif = famille("aide_logement_secteur_locatif", period)
        return np.where(apl * locatif, seuils.apl, seuils.non_apl)


class aide_logement_seuil_atteint(Variable):
    value_type = bool
    entity = Famille
    label = "L'aide atteint le seuil de versement"
    definition_period = MONTH

    def formula(famille, period):
        seuil = famille("aide_logement_seuil_versement", period)
        return famille("aide_logement_comparee_au_seuil", period) >= seuil - 0.001  # single precision


class aide_logement_montant_brut_crds(Variable):
    label = "Aide due, brute de CRDS"

    def formula(famille, period):
        return famille("aide_logement_avant_seuil", period) * famille("aide_logement_seuil_atteint", period)


class crds_logement(Variable):
    """Negative. That of the aid before it was rounded, so that whole euros are left; else that of what the RLS leaves."""

    label = "CRDS sur l'aide au logement"

    def formula(famille, period):
        due = famille("aide_logement_montant_brut_crds", period)
        avant_arrondi = famille("aide_logement_montant_brut", period) * (due > 0)
        assiette = np.where(famille("aide_logement_avec_rls", period), due, avant_arrondi)
        return -_crds(famille, period, assiette)


class aide_logement_progressivite_saint_pierre(Variable):
    """Saint-Pierre-et-Miquelon reached the scale of the mainland by eighths (décret 2021-1750, art. 7). Negative.

    The article takes a part of the aid, already in whole euros, and rounds nothing: what is paid has cents.
    """

    value_type = float
    entity = Famille
    label = "Mise en place progressive à Saint-Pierre-et-Miquelon"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2022(famille, period):
        net = np.round(famille("aide_logement_montant_brut_crds", period) + famille("crds_logement", period))
        part = 1 - (2026 - period.start.year) / 8 if period.start.year < 2026 else 1
        concerne = famille.demandeur.menage("residence_saint_pierre_et_miquelon", period)
        return concerne * au_centime(net * part - net)


class aide_logement_montant(Variable):
    label = "Aide au logement, nette de CRDS"

    def formula(famille, period):
        return au_centime(
            famille("aide_logement_montant_brut_crds", period)
            + famille("crds_logement", period)
            + famille("aide_logement_progressivite_saint_pierre", period)
        )
