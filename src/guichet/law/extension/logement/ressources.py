"""The resources of the household: what the claimant, the partner and the others had, in the years that count.

Until 2020 the calendar year N-2 (CCH, art. R351-5; CSS, art. R532-3); since 2021 the twelve months M-13 to M-2 for
wages and benefits that replace them, the year N-1 for alimony, N-2 for the rest (décret 2019-1574; CCH, art. R822-3).
"""

import numpy as np
from openfisca_core.periods import MONTH, Period
from openfisca_france.model.base import ADD, Famille, FoyerFiscal, Individu, Variable

NON_SALARIE = (
    "rpns_imposables",
    "rpns_pvce",
    "rpns_pvct",
    "moins_values_court_terme_non_salaries",
    "moins_values_long_terme_non_salaries",
)


def douze_mois_glissants(period):
    """M-13 to M-2."""
    return Period(("year", period.start, 1)).offset(-1).offset(-1, "month")


def somme(lit, noms, annee):
    """The sum over `annee` of the variables `noms`, as `lit` (a person, the members of a family) reads them."""
    return sum(lit(nom, annee) for nom in noms)


def foyer_fiscal_du_couple(famille, nom, annee):
    """`nom`, of the tax household of the claimant and of that of the partner: once when they share it."""
    return sum(
        personne.foyer_fiscal(nom, annee) * personne.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)
        for personne in (famille.demandeur, famille.conjoint)
    )


def apres_neutralisation(individu, period, parameters, *, salaire, chomage, non_salarie, frais_reels, deductions, minimum):
    """Earnings and unemployment benefit, less professional expenses, then reduced or left out as the law says.

    `deductions` is the income tax's node of the year of the wages, `minimum` its least deduction for each person.
    """
    salaire = salaire + individu("f1tt", period.n_2) + individu("f3vj", period.n_2)
    brut = salaire + chomage
    forfait = np.round(np.clip(deductions.abatpro.taux * brut, minimum, deductions.abatpro.max))
    # The least deduction never exceeds the income itself (CGI, art. 83, 3°).
    frais = np.minimum(np.maximum(forfait, frais_reels), np.maximum(brut, 0))
    activite = np.maximum(salaire - frais, 0) + non_salarie
    indemnites = chomage - np.maximum(frais - salaire, 0)

    ressources = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources
    taux = ressources.abattements.chomage_indemnise
    activite = activite * (1 - taux * individu("aide_logement_abattement_revenus_activite_professionnelle", period))
    indemnites = indemnites * (1 - taux * individu("aide_logement_abattement_indemnites_chomage", period))
    return (activite + indemnites) * (1 - individu("aide_logement_condition_neutralisation", period))


class aide_logement_chomeur_longue_duree(Variable):
    """Registered as unemployed for more than a year in N-2: a higher least deduction for expenses (CGI, art. 83, 3°).

    Said by `chomeur_longue_duree`; supposed, too, of those who had mostly unemployment benefit that year: both figures
    of caf.fr that can be checked (173.72 in 02/2015, 254.82 in 09/2015) are reproduced in this way only.
    """

    value_type = bool
    entity = Individu
    label = "Inscrit comme demandeur d'emploi depuis plus d'un an au cours de l'année de référence"
    definition_period = MONTH

    def formula(individu, period):
        annee = period.n_2
        chomage = individu("chomage_imposable", annee, options=[ADD])
        declare = individu("chomeur_longue_duree", annee)
        return declare + (chomage > individu("salaire_imposable", annee, options=[ADD]))

    def formula_2020(individu, period):
        # The deduction ended with the incomes of 2018.
        return individu.empty_array() > 0


class aide_logement_base_ressources_individu(Variable):
    label = "Ressources de la personne pour l'aide au logement"

    def formula_2012(individu, period, parameters):
        annee = period.n_2
        deductions = parameters(annee).impot_revenu.calcul_revenus_imposables.deductions
        minimum = deductions.abatpro.min
        if period.start.year < 2020:
            longue_duree = individu("aide_logement_chomeur_longue_duree", period)
            minimum = np.where(longue_duree, deductions.abatpro.min2, minimum)
        activite = apres_neutralisation(
            individu,
            period,
            parameters,
            salaire=individu("salaire_imposable", annee, options=[ADD]),
            chomage=individu("chomage_imposable", annee, options=[ADD]),
            non_salarie=somme(individu, NON_SALARIE, annee),
            frais_reels=individu("frais_reels", annee),
            deductions=deductions,
            minimum=minimum,
        )
        pensions = individu("revenu_assimile_pension_apres_abattements", annee, options=[ADD])
        heures_supplementaires = individu("hsup", annee, options=[ADD]) if period.start.year < 2018 else 0
        return activite + pensions + heures_supplementaires

    def formula_2021(individu, period, parameters):
        glissants = douze_mois_glissants(period)
        deductions = parameters(period.last_year).impot_revenu.calcul_revenus_imposables.deductions
        activite = apres_neutralisation(
            individu,
            period,
            parameters,
            salaire=individu("salaire_imposable", glissants, options=[ADD]),
            chomage=individu("chomage_imposable", glissants, options=[ADD]),
            non_salarie=somme(individu, NON_SALARIE, period.n_2),
            frais_reels=individu("frais_reels", period.last_year),
            deductions=deductions,
            minimum=deductions.abatpro.min,
        )
        pensions = (
            individu("pensions_alimentaires_percues", period.last_year, options=[ADD])
            + individu("retraite_imposable", glissants, options=[ADD])
            + individu("pensions_invalidite", period.n_2, options=[ADD])
        )
        abattement = parameters(period).impot_revenu.calcul_revenus_imposables.deductions.abatpen
        deduction = np.round(np.maximum(abattement.taux * pensions, abattement.min))
        return activite + np.maximum(pensions - deduction, 0)


class aide_logement_biactivite(Variable):
    """Each of the two partners earned in the year at least twelve times the base of the family benefits.

    The base is that of the day since 2021 (CCH, art. R822-7), before that of 1 January of the year of the earnings.
    (Statisticians take 13,6 % of the yearly ceiling of social security instead: no text says so.)
    """

    label = "Les deux membres du couple ont travaillé toute l'année"

    def formula(famille, period, parameters):
        return _biactivite(famille, period, parameters(period.n_2.start), period.n_2)

    def formula_2021(famille, period, parameters):
        return _biactivite(famille, period, parameters(period), douze_mois_glissants(period))


def _biactivite(famille, period, figures, mois_des_salaires):
    bmaf = figures.prestations_sociales.prestations_familiales.bmaf.bmaf
    revenus = famille.members("salaire_imposable", mois_des_salaires, options=[ADD]) + somme(
        famille.members, ("f1tt", "f3vj", "rpns_imposables"), period.n_2
    )
    actifs = famille.sum(revenus >= 12 * bmaf, role=Famille.PARENT)
    return actifs == 2


def ressources_du_foyer(famille, period, parameters, gains, biens, pensions_versees):
    """All resources, less what the law takes off; before the students' flat amount and the rounding.

    `gains` are the earnings and pensions of the couple, `biens` what their goods brought them.
    """
    ressources = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources
    aspa = parameters(period.n_2.stop).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
    seuil_des_autres = 1.25 * aspa.plafond_ressources.personnes_seules
    individuelles = famille.members("aide_logement_base_ressources_individu", period)
    abattements = foyer_fiscal_du_couple(famille, "abattements_speciaux_prestations_familiales", period.n_2)
    total = (
        np.maximum(gains - abattements, 0)
        + famille.sum(np.maximum(individuelles - seuil_des_autres, 0), role=Famille.ENFANT)
        + famille("aide_logement_base_ressources_patrimoine", period)
        + biens
        + pensions_versees
    )
    biactivite = famille("aide_logement_biactivite", period) * ressources.abattements.dar_1_double_activite
    return np.maximum(total - biactivite, 0)


def gains_du_couple(famille, period):
    individuelles = famille.members("aide_logement_base_ressources_individu", period)
    return famille.sum(individuelles, role=Famille.PARENT)


class aide_logement_ressources_du_foyer(Variable):
    """A flat-rate assessment stands in the place of the incomes of the couple (CCH, art. R351-7; CSS, art. R532-8)."""

    value_type = float
    entity = Famille
    label = "Ressources du foyer, après abattements et neutralisations"
    definition_period = MONTH
    is_period_size_independent = True

    def formula_2012(famille, period, parameters):
        evaluees = famille("aide_logement_evaluation_forfaitaire", period)
        forfaitaires = famille.members("aide_logement_base_ressources_eval_forfaitaire", period)
        evaluation = famille.sum(forfaitaires, role=Famille.PARENT)
        gains = np.where(evaluees, evaluation, gains_du_couple(famille, period))
        biens = foyer_fiscal_du_couple(famille, "aide_logement_base_revenus_fiscaux", period.n_2)
        pensions = foyer_fiscal_du_couple(famille, "pensions_alimentaires_versees", period.n_2)
        return ressources_du_foyer(famille, period, parameters, gains, np.where(evaluees, 0, biens), pensions)

    def formula_2021(famille, period, parameters):
        gains = gains_du_couple(famille, period)
        biens = foyer_fiscal_du_couple(famille, "aide_logement_base_revenus_fiscaux", period.n_2)
        pensions = foyer_fiscal_du_couple(famille, "pensions_alimentaires_versees", period.last_year)
        return ressources_du_foyer(famille, period, parameters, gains, biens, pensions)


class aide_logement_base_ressources(Variable):
    """Rounded up to the next 100 € (CCH, art. D823-17, 4°; D832-11; D842-11). Buyers have a floor of their own."""

    label = "Ressources retenues, arrondies aux 100 € supérieurs"

    def formula_2012(famille, period):
        forfait = famille("aide_logement_forfait_etudiant", period)
        return _arrondies(famille, period, np.maximum(famille("aide_logement_ressources_du_foyer", period), forfait))

    def formula_2021(famille, period):
        forfait = famille("aide_logement_forfait_etudiant", period)
        ressources = famille("aide_logement_ressources_du_foyer", period)
        return _arrondies(famille, period, np.where(forfait > 0, forfait, ressources))


def _arrondies(famille, period, ressources):
    menage = famille.demandeur.menage
    accedant = menage("aides_logement_primo_accedant_eligibilite", period)
    plancher = menage("aides_logement_primo_accedant_ressources", period)
    ressources = np.maximum(ressources - famille("abattement_accedant_isole", period), 0)
    ressources = np.where(accedant, np.maximum(ressources, plancher), ressources)
    # To the cent first: twelve twelfths of a year's income may exceed it by a hair, and a hair would cost 100 €.
    return np.ceil(np.round(ressources * 100) / 10_000) * 100
