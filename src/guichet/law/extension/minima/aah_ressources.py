"""What the AAH counts of resources: CSS R532-3, R532-5, R821-4 to R821-4-4, D821-9, D821-10. OpenFisca's steps since May
2011, said once, and what it has otherwise:
- incomes count as the tax counts them, less 10 % (R532-3), in the quarter too (R821-4-1, II; Conseil d'État, 1 April 2019,
  421160), and pensions of the person less 20 % more (R821-4, II, 2°);
- the 80 and 40 % off are for earnings, not for what replaces them: R532-5 and R821-4-4 tell one from the other;
- who has stopped all work without anything in its place has none of it counted (R821-4-4); with a replacement, or a
  pension, it is 30 % off (R532-5, R532-7); at work, nothing is off;
- who works is who is paid that month, net or taxable pay alike; OpenFisca reads the taxable pay only;
- the minimum wage is that of the last day of the months of reference, not of the month of the right.
"""

from numpy import absolute as abs_
from openfisca_core.model_api import ADD, MONTH, Variable
from openfisca_core.periods import Period
from openfisca_france.model.base import Famille, Individu, max_, min_, not_, set_input_divide_by_period, where

ACTIVITE_DU_MOIS = ("salaire_imposable", "salaire_net", "indemnites_stage", "rpns_auto_entrepreneur_benefice")
REMPLACEMENT = (
    "chomage_net",
    "indemnites_chomage_partiel",
    "indemnites_journalieres_imposables",
    "revenus_stage_formation_pro",
)
PENSIONS_IMPOSABLES = ("pensions_alimentaires_percues", "pensions_invalidite", "prestation_compensatoire")
AUTRES = (
    "asi",
    "allocation_securisation_professionnelle",
    "bourse_recherche",
    "gains_exceptionnels",
    "rsa_base_ressources_patrimoine_individu",
)
DE_L_AN_PASSE = ("rpns_micro_entreprise_benefice", "rpns_benefice_exploitant_agricole", "rpns_autres_revenus")
TIENT_LIEU_DE_REVENU = (
    *("chomage_net", "indemnites_journalieres", "revenus_stage_formation_pro"),
    *("retraite_nette", "rente_accident_travail", "pensions_invalidite"),
)


def _aah(parameters, period):
    return parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.aah


def trimestre(period):
    """The three months before the right (R821-4-1, II)."""
    return Period(("month", period.start, 3)).offset(-3)


def _somme(individu, noms, mois):
    return sum(individu(nom, mois, options=[ADD]) for nom in noms)


def _imposable(individu, imposable, net, mois):
    """The taxable income; the net one where it alone is known."""
    montant = individu(imposable, mois, options=[ADD])
    return where(montant > 0, montant, individu(net, mois, options=[ADD]))


def _moins_dix_pour_cent(parameters, period, nom, montant):
    """An income of a year less its flat deduction of 10 %, with its least and its most (CGI, art. 83, 3° and 158, 5, a)."""
    bareme = parameters(period).impot_revenu.calcul_revenus_imposables.deductions[nom]
    return max_(montant - min_(max_(bareme.taux * montant, bareme.min), bareme.max), 0)


class aah_en_activite(Variable):
    value_type = bool
    entity = Individu
    label = "Revenus d'activité le mois du droit : les ressources sont celles du trimestre de référence"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R821-4-1"

    def formula(individu, period):
        paye = sum(individu(nom, period) for nom in ACTIVITE_DU_MOIS)
        return (paye > 0) | (individu("rpns_imposables", period.last_year) > 0)


class aah_part_des_revenus_passes(Variable):
    value_type = float
    entity = Individu
    label = "Part comptée des revenus du travail et du chômage de la période de référence, selon la situation du mois"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R532-5, R532-7 et R821-4-4"

    def formula(individu, period, parameters):
        remplace = sum(individu(nom, period.last_month) for nom in TIENT_LIEU_DE_REVENU) > 0
        part = remplace * (1 - _aah(parameters, period).abattement_cessation_activite)
        return where(individu("aah_en_activite", period), 1, part)


class aah_salaires_du_trimestre(Variable):
    value_type = float
    entity = Individu
    label = "Salaires imposables du trimestre de référence, avant la déduction de 10 %"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        mois = trimestre(period)
        return _imposable(individu, "salaire_imposable", "salaire_net", mois) + _somme(individu, ["indemnites_stage"], mois)


class aah_part_nette_du_trimestre(Variable):
    """R821-4-1, II, 5°: the least and the most of the deduction are those of a quarter of a year."""

    value_type = float
    entity = Individu
    label = "Part que la déduction de 10 % laisse des salaires et des revenus de remplacement du trimestre"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R532-3 et R821-4-1"

    def formula(individu, period, parameters):
        remplacement = _somme(individu, REMPLACEMENT, trimestre(period))
        en_un_an = 4 * (individu("aah_salaires_du_trimestre", period) + remplacement)
        nets = _moins_dix_pour_cent(parameters, period.last_month, "abatpro", en_un_an)
        return nets / max_(en_un_an, 1)


class aah_base_ressources_activite_eval_trimestrielle(Variable):
    value_type = float
    entity = Individu
    label = "Revenus d'activité du trimestre de référence, en rythme annuel, pour l'allocation aux adultes handicapés"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. R532-3 et R821-4-1"

    def formula(individu, period):
        salaires = individu("aah_part_nette_du_trimestre", period) * individu("aah_salaires_du_trimestre", period)
        auto_entrepreneur = individu("rpns_auto_entrepreneur_benefice", trimestre(period), options=[ADD])
        independants = sum(individu(nom, period.last_year) for nom in DE_L_AN_PASSE)
        return (salaires + auto_entrepreneur) * 4 + independants


class aah_milieu_protege(Variable):
    value_type = float
    entity = Individu
    label = "Revenus du milieu protégé du trimestre de référence, en rythme annuel"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        recus = individu("aah_base_ressources_activite_milieu_protege", trimestre(period), options=[ADD])
        return individu("aah_part_nette_du_trimestre", period) * recus * 4


class aah_pensions_eval_trimestrielle(Variable):
    value_type = float
    entity = Individu
    label = "Pensions du trimestre de référence, moins 10 %, en rythme annuel"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. R532-3 et R821-4-1"

    def formula(individu, period, parameters):
        mois = trimestre(period)
        retraite = _imposable(individu, "retraite_imposable", "retraite_nette", mois)
        pensions = 4 * (retraite + _somme(individu, PENSIONS_IMPOSABLES, mois))
        return _moins_dix_pour_cent(parameters, period.last_month, "abatpen", pensions)


class aah_base_ressources_hors_activite_eval_trimestrielle(Variable):
    value_type = float
    entity = Individu
    label = "Revenus de remplacement, pensions et autres du trimestre de référence, en rythme annuel"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        mois = trimestre(period)
        remplacement = individu("aah_part_nette_du_trimestre", period) * _somme(individu, REMPLACEMENT, mois)
        versees = abs_(individu("pensions_alimentaires_versees_individu", mois, options=[ADD]))
        autres = remplacement + _somme(individu, AUTRES, mois) - versees
        return 4 * autres + individu("aah_pensions_eval_trimestrielle", period)


class aah_chomage_eval_annuelle(Variable):
    value_type = float
    entity = Individu
    label = "Indemnités de chômage de l'avant-dernière année, moins 10 %"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        imposable = individu("revenu_assimile_salaire", period.n_2)
        chomage = min_(individu("chomage_imposable", period.n_2, options=[ADD]), imposable)
        return individu("revenu_assimile_salaire_apres_abattements", period.n_2) * chomage / max_(imposable, 1)


class aah_base_ressources_activite_eval_annuelle(Variable):
    value_type = float
    entity = Individu
    label = "Revenus d'activité de l'avant-dernière année pour l'allocation aux adultes handicapés"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. R532-3 et R821-4"

    def formula(individu, period):
        nets = individu("revenu_assimile_salaire_apres_abattements", period.n_2)
        return nets - individu("aah_chomage_eval_annuelle", period) + individu("rpns_imposables", period.n_2)


class aah_pensions_eval_annuelle(Variable):
    value_type = float
    entity = Individu
    label = "Pensions de l'avant-dernière année, moins 10 %"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return individu("revenu_assimile_pension_apres_abattements", period.n_2)


class aah_base_ressources_hors_activite_eval_annuelle(Variable):
    value_type = float
    entity = Individu
    label = "Pensions de l'avant-dernière année, moins celles qui sont versées"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. R532-3 et R821-4"

    def formula(individu, period):
        versees = abs_(individu("pensions_alimentaires_versees_individu", period.n_2, options=[ADD]))
        return individu("aah_pensions_eval_annuelle", period) - versees


def smic(parameters, jour):
    """The gross minimum wage of a month of 151.67 hours, euros."""
    salaire_minimum = parameters(jour).marche_travail.salaire_minimum.smic
    return salaire_minimum.smic_b_horaire * salaire_minimum.nb_heures_travail_mensuel


class aah_ressources_d_activite(Variable):
    """Earnings of ordinary employment, less 80 % up to 30 % of the gross minimum wage and 40 % above (D821-9).

    The minimum wage « en vigueur le dernier jour de la période de référence »: the quarter, or the year N-2.
    """

    value_type = float
    entity = Individu
    label = "Revenus d'activité retenus pour l'allocation aux adultes handicapés, en rythme annuel"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. D821-9"

    def formula(individu, period, parameters):
        travail = _aah(parameters, period).travail_ordinaire
        actif = individu("aah_en_activite", period)
        du_trimestre = individu("aah_base_ressources_activite_eval_trimestrielle", period)
        du_trimestre = du_trimestre - individu("aah_milieu_protege", period)
        du_trimestre = not_(individu("aah_reprise_activite_moins_de_six_mois", period)) * du_trimestre
        revenus = where(actif, du_trimestre, individu("aah_base_ressources_activite_eval_annuelle", period))
        minimum = where(actif, smic(parameters, period.last_month.stop), smic(parameters, period.n_2.stop))
        tranche = min_(travail.tranche_smic * 12 * minimum, revenus)
        abattus = (1 - travail.abattement_30) * tranche + (1 - travail.abattement_sup) * max_(revenus - tranche, 0)
        return abattus * individu("aah_part_des_revenus_passes", period)


def _de_la_personne(individu, period, parameters):
    """The resources of the person, euros a year; 20 % off the pensions (R821-4, II, 2°)."""
    part = individu("aah_part_des_revenus_passes", period)
    vingt_pour_cent = _aah(parameters, period).abattement_pensions
    du_trimestre = individu("aah_base_ressources_hors_activite_eval_trimestrielle", period)
    du_trimestre = du_trimestre - vingt_pour_cent * individu("aah_pensions_eval_trimestrielle", period)
    de_l_annee = individu("aah_base_ressources_hors_activite_eval_annuelle", period)
    de_l_annee = de_l_annee - vingt_pour_cent * individu("aah_pensions_eval_annuelle", period)
    hors_activite = where(
        individu("aah_en_activite", period),
        du_trimestre + individu("aah_milieu_protege", period),
        de_l_annee + part * individu("aah_chomage_eval_annuelle", period),
    )
    return max_(individu("aah_ressources_d_activite", period) + hors_activite, 0)


def _du_conjoint(individu, period):
    """The resources of the other one of the couple, over the same months, before the deduction of D821-8-1; euros a year."""
    actif = individu("aah_en_activite", period)

    def de(personne):
        part = personne("aah_part_des_revenus_passes", period)
        du_trimestre = part * personne("aah_base_ressources_activite_eval_trimestrielle", period)
        du_trimestre = du_trimestre + personne("aah_base_ressources_hors_activite_eval_trimestrielle", period)
        de_l_annee = personne("aah_base_ressources_activite_eval_annuelle", period)
        de_l_annee = part * (de_l_annee + personne("aah_chomage_eval_annuelle", period))
        de_l_annee = de_l_annee + personne("aah_base_ressources_hors_activite_eval_annuelle", period)
        return max_(where(actif, du_trimestre, de_l_annee), 0)

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
        part = 1 - _aah(parameters, period).abattement_conjoint.abattement_proportionnel
        return (_de_la_personne(individu, period, parameters) + part * _du_conjoint(individu, period)) / 12

    def formula_2022_01_01(individu, period, parameters):
        forfait = _aah(parameters, period).abattement_conjoint.abattement_forfaitaire
        deduction = forfait.base + forfait.majoration_pac * individu.famille("af_nbenf", period)
        du_conjoint = max_(_du_conjoint(individu, period) - deduction, 0)
        return (_de_la_personne(individu, period, parameters) + du_conjoint) / 12


class aah_base_ressources_deconjugalisee(Variable):
    value_type = float
    entity = Individu
    label = "Ressources mensuelles de l'allocation aux adultes handicapés, sans celles du conjoint"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2023_10_01(individu, period, parameters):
        return _de_la_personne(individu, period, parameters) / 12
