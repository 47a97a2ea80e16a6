"""Allocation de rentrée scolaire: CSS L543-1, L543-2, R543-1 to R543-7, D543-1, D543-2.

`ars` is the right of a school year, held by the year in which it begins (OpenFisca's convention). `ars_versee` is what
is paid in a month: the whole of it in August. The right belongs to those who have charge of the child on the first
day of school (R543-1) and it is paid once, before that day: to the payday of the summer, whose month we call August.
"""

from numpy import datetime64
from openfisca_core.periods import Period
from openfisca_france.model.base import (
    MONTH,
    YEAR,
    Famille,
    Individu,
    Variable,
    max_,
    min_,
    not_,
    round_,
    set_input_divide_by_period,
    where,
)

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.famille.bareme import a_l_euro
from guichet.law.extension.famille.enfants import atteint, depasse

MOIS_DE_VERSEMENT = 8
MOIS_DE_LA_SITUATION = 7
RENTREE = 9


def _mois(annee, numero):
    return Period(("month", annee.start.offset("first-of", "year").offset(numero - 1, "month"), 1))


def _ars(parameters, annee):
    familiales = parameters(_mois(annee, 10)).prestations_sociales.prestations_familiales
    return familiales.education_presence_parentale.ars, familiales.bmaf.bmaf


class ars_age_en_decembre(Variable):
    value_type = int
    entity = Individu
    label = "Âge de l'enfant à la fin de l'année, -1 s'il n'ouvre pas droit à l'allocation de rentrée scolaire"
    definition_period = YEAR
    reference = "Code de la sécurité sociale, art. R543-2"

    def formula(individu, period, parameters):
        ages = _ars(parameters, period)[0].ars_cond
        rentree = _mois(period, RENTREE)
        annee = period.start.year
        naissance = individu("date_naissance", rentree)
        quinze_septembre = datetime64(f"{annee - int(ages.age_sortie_lycee)}-09-15")
        age = (datetime64(str(annee), "Y") - naissance.astype("datetime64[Y]")).astype(int)
        fin_de_l_obligation = parameters(
            rentree
        ).prestations_sociales.prestations_familiales.def_pac.enfants.age_intermediaire
        oblige = not_(atteint(individu, rentree, fin_de_l_obligation))
        a_charge = individu.has_role(Famille.ENFANT) & (oblige | not_(individu("autonomie_financiere", rentree)))
        ouvre = a_charge & (age >= ages.age_entree_primaire) & (naissance > quinze_septembre)
        return where(ouvre, age, -1)


def _montant(famille, annee, taux, ages):
    """The gross amount for the children whose age at the end of the year is in `ages` (first and last, included)."""
    age = famille.members("ars_age_en_decembre", annee)
    return famille.sum((age >= ages[0]) * (age <= ages[1])) * round_(taux, 2)


class ars_6_10_ans(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de rentrée scolaire des enfants de 6 à 10 ans"
    definition_period = YEAR

    def formula(famille, period, parameters):
        ars, bmaf = _ars(parameters, period)
        ages = (ars.ars_cond.age_entree_primaire, ars.ars_cond.age_entree_college - 1)
        return _montant(famille, period, bmaf * ars.ars_m.taux_primaire, ages)


class ars_11_14_ans(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de rentrée scolaire des enfants de 11 à 14 ans"
    definition_period = YEAR

    def formula(famille, period, parameters):
        ars, bmaf = _ars(parameters, period)
        ages = (ars.ars_cond.age_entree_college, ars.ars_cond.age_entree_lycee - 1)
        return _montant(famille, period, bmaf * ars.ars_m.taux_college, ages)


class ars_15_18_ans(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de rentrée scolaire des enfants de 15 à 18 ans"
    definition_period = YEAR

    def formula(famille, period, parameters):
        ars, bmaf = _ars(parameters, period)
        ages = (ars.ars_cond.age_entree_lycee, ars.ars_cond.age_sortie_lycee)
        return _montant(famille, period, bmaf * ars.ars_m.taux_lycee, ages)


class ars_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    label = "Enfants qui ouvrent droit à l'allocation de rentrée scolaire"
    definition_period = YEAR

    def formula(famille, period):
        return famille.sum(famille.members("ars_age_en_decembre", period) >= 0)


class ars_majoration_exceptionnelle(Variable):
    value_type = float
    entity = Famille
    label = "Majoration exceptionnelle de la rentrée 2020"
    definition_period = YEAR
    reference = "Décret n° 2020-985 du 5 août 2020"
    end = "2020-12-31"

    def formula_2020_01_01(famille, period, parameters):
        ars, bmaf = _ars(parameters, period)
        return famille("ars_nombre_enfants", period) * round_(bmaf * ars.ars_maj.taux_majoration_exceptionnelle, 2)


class ars_entiere(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de rentrée scolaire avant réduction selon les ressources"
    definition_period = YEAR

    def formula(famille, period):
        par_age = famille("ars_6_10_ans", period) + famille("ars_11_14_ans", period) + famille("ars_15_18_ans", period)
        return par_age + famille("ars_majoration_exceptionnelle", period)


class ars_enfant_a_charge(Variable):
    """On 31 July (R543-6), by the day: a child born that month counts, one of twenty that month does not."""

    value_type = bool
    entity = Individu
    label = "Enfant à charge au 31 juillet, qui compte dans le plafond de l'allocation de rentrée scolaire"
    definition_period = YEAR
    reference = "Code de la sécurité sociale, art. L512-3, R512-2 et R543-6"

    def formula(individu, period, parameters):
        juillet = _mois(period, MOIS_DE_LA_SITUATION)
        ages = parameters(juillet).prestations_sociales.prestations_familiales.def_pac.enfants
        oblige = not_(depasse(individu, juillet, ages.age_intermediaire))
        en_age = depasse(individu, juillet, ages.age_minimal) & not_(depasse(individu, juillet, ages.age_limite))
        a_charge = oblige | not_(individu("autonomie_financiere", juillet))
        return individu("est_enfant_dans_famille", period) & en_age & a_charge


class ars_plafond(Variable):
    value_type = float
    entity = Famille
    label = "Plafond annuel de ressources de l'allocation de rentrée scolaire"
    definition_period = YEAR

    def formula(famille, period, parameters):
        plafond = _ars(parameters, period)[0].ars_plaf
        enfants = famille.sum(famille.members("ars_enfant_a_charge", period))
        # Each child adds a whole number of euros: 22 274 + 3 x 6 682 = 42 320, the table of 2026.
        return plafond.plafond_ressources + enfants * a_l_euro(plafond.plafond_ressources * plafond.majoration_par_enf_supp)


class ars_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Ressources annuelles retenues pour l'allocation de rentrée scolaire"
    definition_period = YEAR

    def formula(famille, period):
        return famille("prestations_familiales_base_ressources", _mois(period, MOIS_DE_LA_SITUATION))


class ars_reduction(Variable):
    value_type = float
    entity = Famille
    label = "Réduction de l'allocation de rentrée scolaire : ce qui dépasse le plafond de ressources"
    definition_period = YEAR
    reference = "Code de la sécurité sociale, art. L543-2"

    def formula(famille, period):
        depassement = max_(famille("ars_ressources", period) - famille("ars_plafond", period), 0)
        return round_(min_(depassement, famille("ars_entiere", period)), 2)


class ars_atteint_le_minimum(Variable):
    value_type = bool
    entity = Famille
    label = "L'allocation de rentrée scolaire atteint le montant minimum versé"
    definition_period = YEAR

    def formula(famille, period, parameters):
        minimum = _ars(parameters, period)[0].montant_minimum_verse
        return famille("ars_entiere", period) - famille("ars_reduction", period) >= minimum


class ars_six_ans_en_janvier(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant aura six ans en janvier qui suit la rentrée"
    definition_period = YEAR
    reference = "Code de la sécurité sociale, art. R543-2"

    def formula(famille, period, parameters):
        ages = _ars(parameters, period)[0].ars_cond
        de_janvier = datetime64(f"{period.start.year + 1 - int(ages.age_entree_primaire)}-01")
        naissance = famille.members("date_naissance", _mois(period, RENTREE))
        return famille.sum(naissance.astype("datetime64[M]") == de_janvier, role=Famille.ENFANT) > 0


class ars_attend_six_ans_en_janvier(Variable):
    value_type = bool
    entity = Famille
    label = "Allocation de rentrée scolaire en août, pour une famille dont un enfant aura six ans en janvier"
    definition_period = MONTH

    def formula(famille, period):
        if period.start.month != MOIS_DE_VERSEMENT:
            return famille.empty_array() > 0
        return famille("ars_six_ans_en_janvier", period.this_year)


class ars_ouvre_droit(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant au moins ouvre droit à l'allocation de rentrée scolaire"
    definition_period = YEAR

    def formula(famille, period):
        return famille("ars_nombre_enfants", period) >= 1


class ars(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de rentrée scolaire"
    definition_period = YEAR

    def formula(famille, period):
        montant = famille("ars_entiere", period) - famille("ars_reduction", period)
        return round_(famille("ars_atteint_le_minimum", period) * montant, 2)


class ars_retenue_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS retenue sur l'allocation de rentrée scolaire"
    definition_period = YEAR

    def formula(famille, period):
        return crds(famille("ars", period))


class crds_ars(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur l'allocation de rentrée scolaire"
    definition_period = YEAR

    def formula(famille, period):
        return -famille("ars_retenue_crds", period)


class ars_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de rentrée scolaire nette de CRDS"
    definition_period = YEAR
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return net_de_crds(famille("ars", period))


class ars_mois_de_versement(Variable):
    value_type = bool
    entity = Famille
    label = "Mois où l'allocation de rentrée scolaire est versée"
    definition_period = MONTH

    def formula(famille, period):
        aout = period.start.month == MOIS_DE_VERSEMENT
        return famille("af_nbenf", period) * 0 + aout > 0


class ars_versee(Variable):
    value_type = float
    entity = Famille
    label = "Allocation de rentrée scolaire versée dans le mois, nette de CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        if period.start.month != MOIS_DE_VERSEMENT:
            return famille.empty_array()  # not worth the calculation of a year that may lie ahead
        return famille("ars_nette_crds", period.this_year)
