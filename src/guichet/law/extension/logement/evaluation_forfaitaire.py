"""Évaluation forfaitaire: those who work now and had almost nothing in N-2 are judged on their present pay.

CCH, art. R351-7, and CSS, art. R532-8, then livre VIII, until the incomes of N-2 were left at the end of 2020. At the
opening of the right, when the resources of N-2 do not exceed 1 015 times the hourly minimum wage of 31 December N-2; at a
renewal, when there were none at all. (At the first renewal after a flat-rate assessment it holds too, whatever N-2: not
asked.) The Conseil d'État declared R532-8 unlawful (26 December 2018, no 420104); the funds went on applying it.
"""

import numpy as np
from openfisca_core.periods import MONTH, Instant, Period
from openfisca_france.model.base import ADD, Famille, Variable, set_input_dispatch_by_period

from guichet.law.extension.logement.ressources import NON_SALARIE, foyer_fiscal_du_couple, somme

HEURES_DE_SMIC = 1015
HEURES_DE_SMIC_NON_SALARIE = 1500
AGE_DES_JEUNES = 25
FIN = "2020-12-31"


class aide_logement_renouvellement(Variable):
    """An input: false means that the right opens this year, as in any simulation."""

    value_type = bool
    entity = Famille
    label = "L'aide était déjà versée avant le 1er janvier de cette année"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


def _novembre(period):
    """At a renewal the pay is that of November, at an opening that of the month before."""
    return Period(("month", Instant((period.start.year - 1, 11, 1)), 1))


def salaire_de_reference(lu, renouvelle, period):
    return np.where(renouvelle, lu("salaire_imposable", _novembre(period)), lu("salaire_imposable", period.last_month))


class aide_logement_evaluation_forfaitaire(Variable):
    """For the couple together: one of them works, none has the AAH or the RSA (before 2016, the RSA socle)."""

    value_type = bool
    entity = Famille
    label = "Les ressources sont évaluées sur le dernier salaire"
    definition_period = MONTH
    end = FIN

    def formula(famille, period, parameters):
        smic = parameters(period.n_2.stop).marche_travail.salaire_minimum.smic.smic_b_horaire
        plafond = np.where(famille("aide_logement_renouvellement", period), 0, HEURES_DE_SMIC * smic)
        aah = famille.sum(famille.members("aah", period.last_month), role=Famille.PARENT)
        sans_minima = (aah == 0) * (famille("rsa_socle_seul", period.last_month) == 0)
        peu = _ressources_n_2(famille, period) <= plafond
        actif = famille.sum(_travaille(famille, period), role=Famille.PARENT) > 0
        return peu * sans_minima * actif * (1 - _jeune(famille, period, parameters))


def _ressources_n_2(famille, period):
    annee = period.n_2
    individuelles = (
        famille.members("revenu_assimile_salaire_apres_abattements", annee, options=[ADD])
        + famille.members("revenu_assimile_pension_apres_abattements", annee, options=[ADD])
        + somme(famille.members, NON_SALARIE, annee)
    )
    return (
        famille.sum(individuelles, role=Famille.PARENT)
        + foyer_fiscal_du_couple(famille, "aide_logement_base_revenus_fiscaux", annee)
        + foyer_fiscal_du_couple(famille, "pensions_alimentaires_versees", annee)
    )


def _salaires(famille, period):
    renouvelle = famille.project(famille("aide_logement_renouvellement", period))
    return salaire_de_reference(famille.members, renouvelle, period)


def _travaille(famille, period):
    return (_salaires(famille, period) > 0) + famille.members("travailleur_non_salarie", period) > 0


def _jeune(famille, period, parameters):
    """One of the couple is under 25, and they earn less than a bound: N-2 holds.

    The text may also be read of the one who works only; mes-aides has a couple whose young partner does not work.
    """
    bornes = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources.autres
    salaires = famille.sum(_salaires(famille, period), role=Famille.PARENT)
    jeunes = famille.sum(famille.members("age", period) < AGE_DES_JEUNES, role=Famille.PARENT)
    return (jeunes > 0) * (salaires < np.where(famille("en_couple", period), bornes.dar_9, bornes.dar_8))


class aide_logement_base_ressources_eval_forfaitaire(Variable):
    label = "Ressources évaluées sur le dernier salaire, ou sur le revenu forfaitaire d'un indépendant"
    end = FIN

    def formula(individu, period, parameters):
        ressources = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources
        abatpro = parameters(period).impot_revenu.calcul_revenus_imposables.deductions.abatpro
        renouvelle = individu.famille("aide_logement_renouvellement", period)
        salaire = 12 * salaire_de_reference(individu, renouvelle, period)
        deduction = np.round(np.clip(abatpro.taux * salaire, abatpro.min, abatpro.max))

        juillet = Instant((period.start.year - (period.start.month < 7), 7, 1))
        smic = parameters(juillet).marche_travail.salaire_minimum.smic.smic_b_horaire
        non_salarie = individu("travailleur_non_salarie", period) * HEURES_DE_SMIC_NON_SALARIE * smic

        evaluees = np.maximum(np.maximum(salaire - deduction, 0), non_salarie)
        taux = ressources.abattements.chomage_indemnise
        return (
            evaluees
            * individu.famille("aide_logement_evaluation_forfaitaire", period)
            * (1 - taux * individu("aide_logement_abattement_revenus_activite_professionnelle", period))
            * (1 - individu("aide_logement_condition_neutralisation", period))
        )
