"""Allocation d'éducation de l'enfant handicapé: CSS L541-1 to L541-4, R541-4, R541-7, D541-1 to D541-4.

OpenFisca gives each category of complement 2 to 5 the rate of the category below (complement 2: 24 % of the BMAF
instead of 65 %), so that 182.21 % is never used; here each category has its own rate (D541-2). The child is at charge as
for the family allowances (R541-7 refers to R512-2: 20 years, and 55 % of the minimum wage after compulsory school), which
OpenFisca does not ask. No CRDS, as in OpenFisca: the text that leaves this benefit out was not read.
"""

from openfisca_france.model.base import (
    MONTH,
    Famille,
    Individu,
    Variable,
    not_,
    round_,
    set_input_divide_by_period,
)

from guichet.law.extension.famille.enfants import atteint, depasse

CATEGORIES_EN_PART_DE_BMAF = (1, 2, 3, 4, 5)
CATEGORIES_MAJOREES = (2, 3, 4, 5, 6)


def _aeeh(parameters, period):
    familiales = parameters(period).prestations_sociales.prestations_familiales
    return familiales.education_presence_parentale.aeeh, familiales.bmaf.bmaf


class aeeh_enfant_eligible(Variable):
    """The month of the twentieth birthday is due to whom the AAH follows, from the next month (R541-4, I, 1°; R541-7)."""

    value_type = bool
    entity = Individu
    label = "Enfant handicapé qui ouvre droit à l'allocation d'éducation de l'enfant handicapé"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L541-1, R541-4, R541-7 et R512-2"

    def formula(individu, period, parameters):
        age_limite = _aeeh(parameters, period)[0].age_maximum_enfant
        mois_des_20_ans = depasse(individu, period, age_limite) & not_(atteint(individu, period, age_limite))
        jeune = individu("est_enfant_dans_famille", period) & not_(individu("autonomie_financiere", period))
        avant_l_aah = jeune & mois_des_20_ans & individu("aah_taux_ou_restriction", period)
        a_charge = individu("prestations_familiales_enfant_a_charge", period)
        return individu("handicap", period) & (a_charge | avant_l_aah)


class aeeh_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    label = "Enfants handicapés de moins de 20 ans"
    definition_period = MONTH

    def formula(famille, period):
        return famille.sum(famille.members("aeeh_enfant_eligible", period))


class aeeh_base(Variable):
    value_type = float
    entity = Famille
    label = "Allocation d'éducation de l'enfant handicapé, montant de base"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        aeeh, bmaf = _aeeh(parameters, period)
        return famille("aeeh_nombre_enfants", period) * round_(bmaf * aeeh.base, 2)


class aeeh_complement(Variable):
    value_type = float
    entity = Famille
    label = "Compléments de l'allocation d'éducation de l'enfant handicapé"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. D541-2"

    def formula(famille, period, parameters):
        aeeh, bmaf = _aeeh(parameters, period)
        complements = aeeh.complement_allocation
        categorie = famille.members("aeeh_niveau_handicap", period)
        par_enfant = (categorie == 6) * complements.categorie_6
        for rang in CATEGORIES_EN_PART_DE_BMAF:
            par_enfant = par_enfant + (categorie == rang) * round_(bmaf * complements[f"categorie_{rang}"], 2)
        return famille.sum(famille.members("aeeh_enfant_eligible", period) * par_enfant)


class aeeh_majoration_parent_isole(Variable):
    value_type = float
    entity = Famille
    label = "Majoration pour parent isolé d'un enfant handicapé"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. D541-4"

    def formula(famille, period, parameters):
        aeeh, bmaf = _aeeh(parameters, period)
        categorie = famille.members("aeeh_niveau_handicap", period)
        par_enfant = categorie * 0.0
        for rang in CATEGORIES_MAJOREES:
            taux = aeeh.majoration_parent_isole[f"categorie_{rang}"]
            par_enfant = par_enfant + (categorie == rang) * round_(bmaf * taux, 2)
        somme = famille.sum(famille.members("aeeh_enfant_eligible", period) * par_enfant)
        return not_(famille("en_couple", period)) * somme


class aeeh_majoration_selon_le_motif(Variable):
    """The complements of categories 2 to 4 may be given for expenses alone (R541-2), without this increase (D541-3)."""

    value_type = bool
    entity = Famille
    label = "Majoration pour parent isolé qui dépend du motif du complément"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R541-2 et D541-3"

    def formula(famille, period):
        categorie = famille.members("aeeh_niveau_handicap", period)
        selon_le_motif = famille.members("aeeh_enfant_eligible", period) & (categorie >= 2) & (categorie <= 4)
        return not_(famille("en_couple", period)) & (famille.sum(selon_le_motif) > 0)


class aeeh(Variable):
    value_type = float
    entity = Famille
    label = "Allocation d'éducation de l'enfant handicapé"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2006_01_01(famille, period):
        return (
            famille("aeeh_base", period)
            + famille("aeeh_complement", period)
            + famille("aeeh_majoration_parent_isole", period)
        )


class aeeh_condition_enfant(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant handicapé de moins de 20 ans au moins"
    definition_period = MONTH

    def formula(famille, period):
        return famille("aeeh_nombre_enfants", period) >= 1


class aeeh_sixieme_categorie(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant handicapé au complément de sixième catégorie"
    definition_period = MONTH

    def formula(individu, period):
        return individu("aeeh_enfant_eligible", period) * (individu("aeeh_niveau_handicap", period) == 6)
