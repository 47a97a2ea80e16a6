"""What the AAH counts of resources: CSS R821-4, R821-4-1, D821-9. OpenFisca's rules since May 2011, said once, and two
corrections:
- who works is who is paid that month, net or taxable pay alike; OpenFisca reads the taxable pay only: a net pay without
  it leaves the allowance whole;
- the minimum wage is that of the last day of the months of reference, not of the month of the right.
"""

from openfisca_core.model_api import ADD, MONTH, Variable
from openfisca_core.periods import Period
from openfisca_france.model.base import Famille, Individu, TypesActivite, max_, min_, not_, set_input_divide_by_period, where

from guichet.law.extension.minima.aah import REVENUS_DU_TRAVAIL

REVENUS_DE_SUBSTITUTION = ("chomage_net", "retraite_nette", "rente_accident_travail", "pensions_invalidite")


def _aah(parameters, period):
    return parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.aah


class aah_en_activite(Variable):
    value_type = bool
    entity = Individu
    label = "Revenus d'activité le mois du droit : les ressources sont celles du trimestre de référence"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R821-4-1"

    def formula(individu, period):
        paye = sum(individu(nom, period) for nom in ("salaire_imposable", *REVENUS_DU_TRAVAIL))
        return (paye > 0) | (individu("rpns_imposables", period.last_year) > 0)


def _smic(parameters, jour):
    smic = parameters(jour).marche_travail.salaire_minimum.smic
    return smic.smic_b_horaire * smic.nb_heures_travail_mensuel


class aah_ressources_d_activite(Variable):
    """Earnings of ordinary employment, less 80 % up to 30 % of the gross minimum wage and 40 % above (D821-9).

    The minimum wage « en vigueur le dernier jour de la période de référence »: the quarter, or the year N-2.
    """

    value_type = float
    entity = Individu
    label = "Revenus d'activité retenus pour l'allocation aux adultes handicapés, en rythme annuel"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period, parameters):
        aah, travail = _aah(parameters, period), _aah(parameters, period).travail_ordinaire
        actif = individu("aah_en_activite", period)
        revenus = where(
            actif,
            individu("aah_base_ressources_activite_eval_trimestrielle", period) - _milieu_protege(individu, period),
            individu("aah_base_ressources_activite_eval_annuelle", period),
        )
        smic = where(actif, _smic(parameters, period.last_month.stop), _smic(parameters, period.n_2.stop))
        tranche = min_(travail.tranche_smic * 12 * smic, revenus)
        abattus = (1 - travail.abattement_30) * tranche + (1 - travail.abattement_sup) * max_(revenus - tranche, 0)
        etudiant = individu("activite", period) == TypesActivite.etudiant
        substitution = sum(individu(nom, period.last_month) for nom in REVENUS_DE_SUBSTITUTION) > 0
        cesse = not_(actif | etudiant) | substitution
        return abattus * (1 - aah.abattement_cessation_activite * cesse)


def _milieu_protege(individu, period):
    trimestre = Period(("month", period.start, 3)).offset(-3)
    return individu("aah_base_ressources_activite_milieu_protege", trimestre, options=[ADD])


def _de_la_personne(individu, period):
    """The resources of the person, euros a year."""
    hors_activite = where(
        individu("aah_en_activite", period),
        individu("aah_base_ressources_hors_activite_eval_trimestrielle", period) + _milieu_protege(individu, period),
        individu("aah_base_ressources_hors_activite_eval_annuelle", period),
    )
    ressources = individu("aah_ressources_d_activite", period) + hors_activite
    return where(individu("aah_en_activite", period), max_(ressources, 0), ressources)


def _du_conjoint(individu, period):
    """The resources of the other one of the couple, over the same months, before any deduction; euros a year."""
    actif = individu("aah_en_activite", period)

    def de(personne):
        trimestre = personne("aah_base_ressources_activite_eval_trimestrielle", period)
        trimestre = trimestre + personne("aah_base_ressources_hors_activite_eval_trimestrielle", period)
        annee = personne("aah_base_ressources_activite_eval_annuelle", period)
        annee = annee + personne("aah_base_ressources_hors_activite_eval_annuelle", period)
        return where(actif, max_(trimestre, 0), annee)

    famille = individu.famille
    return individu.has_role(Famille.DEMANDEUR) * de(famille.conjoint) + individu.has_role(Famille.CONJOINT) * de(
        famille.demandeur
    )


class aah_base_ressources_conjugalisee(Variable):
    value_type = float
    entity = Individu
    label = "Ressources mensuelles de l'allocation aux adultes handicapés, celles du conjoint comprises"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2011_05(individu, period, parameters):
        conjoint = _du_conjoint(individu, period) * (1 - _abattement_fiscal(parameters, period))
        part = 1 - _aah(parameters, period).abattement_conjoint.abattement_proportionnel
        return (_de_la_personne(individu, period) + part * conjoint) / 12

    def formula_2022_01_01(individu, period, parameters):
        conjoint = _du_conjoint(individu, period) * (1 - _abattement_fiscal(parameters, period))
        forfait = _aah(parameters, period).abattement_conjoint.abattement_forfaitaire
        deduction = forfait.base + forfait.majoration_pac * individu.famille("af_nbenf", period)
        return (_de_la_personne(individu, period) + max_(conjoint - deduction, 0)) / 12


def _abattement_fiscal(parameters, period):
    return parameters(period).impot_revenu.calcul_revenus_imposables.deductions.abatpro.taux


class aah_base_ressources_deconjugalisee(Variable):
    value_type = float
    entity = Individu
    label = "Ressources mensuelles de l'allocation aux adultes handicapés, sans celles du conjoint"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2023_10_01(individu, period):
        return _de_la_personne(individu, period) / 12
