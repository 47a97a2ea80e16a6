"""Complément familial: CSS L522-1 to L522-3, R522-1 to R522-4, D522-1, D522-2; overseas L755-16.

What differs from OpenFisca-France: each child adds a whole number of euros to a ceiling, as the yearly tables print
it (2024, three children: 23 296 + 2 x 5 824 + 6 989 = 41 933); the majored amount has its own base of ceiling, near but
not equal to half of the other; the ceilings overseas are those of the mainland since April 2017, and only since then is
a difference due above them; the CRDS is cut to the cent; the steps that a décompte shows are variables.
"""

from openfisca_france.model.base import (
    MONTH,
    Famille,
    Variable,
    max_,
    not_,
    round_,
    set_input_divide_by_period,
    where,
)

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.famille.bareme import SANS_LIMITE, a_l_euro, plafond_par_enfant


def _plafond(famille, period, majorations, base, biactif_ou_isole):
    """`base` raised for the children and for two earners or a lone parent (R522-2), euros a year."""
    enfants = famille.sum(famille.members("cf_enfant_a_charge", period))
    taux = ((majorations.deux_premiers_enf, 2), (majorations.troisieme_enf_et_plus, SANS_LIMITE))
    deux_revenus_ou_seul = not_(famille("en_couple", period)) + famille("biactivite", period)
    return plafond_par_enfant(base, taux, enfants) + deux_revenus_ou_seul * biactif_ou_isole


def _plafond_outre_mer(famille, period, familiales, part):
    """`part` of the ceiling of the allocation de rentrée scolaire: 9 386 + 2 816 a child is half of that of 2016."""
    rentree = familiales.education_presence_parentale.ars.ars_plaf
    par_enfant = a_l_euro(rentree.plafond_ressources * rentree.majoration_par_enf_supp)
    enfants = famille.sum(famille.members("cf_enfant_a_charge", period))
    return a_l_euro(rentree.plafond_ressources * part) + enfants * a_l_euro(par_enfant * part)


class cf_plafond(Variable):
    value_type = float
    entity = Famille
    label = "Plafond annuel de ressources du complément familial"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2010_01_01(famille, period, parameters):
        familiales = parameters(period).prestations_sociales.prestations_familiales
        plafond = familiales.prestations_generales.cf.cf_plaf
        base, majorations = plafond.plafond_ressources_0_enfant, plafond.majoration
        metropole = _plafond(famille, period, majorations, base, majorations.biactifs_isoles)
        outre_mer = _plafond_outre_mer(famille, period, familiales, 1)
        return famille("cf_eligibilite_base", period) * metropole + famille("cf_eligibilite_dom", period) * outre_mer

    def formula_2017_04_01(famille, period, parameters):
        plafond = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.cf.cf_plaf
        base, majorations = plafond.plafond_ressources_0_enfant, plafond.majoration
        ouvert = famille("cf_condition_enfants", period)
        return ouvert * _plafond(famille, period, majorations, base, majorations.biactifs_isoles)


class cf_majore_plafond(Variable):
    value_type = float
    entity = Famille
    label = "Plafond annuel de ressources du complément familial majoré"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2014_04_01(famille, period, parameters):
        familiales = parameters(period).prestations_sociales.prestations_familiales
        plafond = familiales.prestations_generales.cf.cf_plaf
        base = plafond.plafond_ressources_majoration
        metropole = _plafond(famille, period, plafond.majoration, base.couple_avec_1_revenu, base.biactifs_isoles)
        outre_mer = _plafond_outre_mer(famille, period, familiales, plafond.plafond_cf_majore)
        return where(
            famille("af_residence_outre_mer", period),
            famille("cf_eligibilite_dom", period) * outre_mer,
            famille("cf_eligibilite_base", period) * metropole,
        )

    def formula_2017_04_01(famille, period, parameters):
        plafond = parameters(period).prestations_sociales.prestations_familiales.prestations_generales.cf.cf_plaf
        base = plafond.plafond_ressources_majoration
        ouvert = famille("cf_condition_enfants", period)
        return ouvert * _plafond(famille, period, plafond.majoration, base.couple_avec_1_revenu, base.biactifs_isoles)


def _non_majore(famille, period, parameters, avec_difference):
    """The whole amount up to the ceiling; above it, for whom `avec_difference` says, what it exceeds is taken off."""
    familiales = parameters(period).prestations_sociales.prestations_familiales
    cf = familiales.prestations_generales.cf
    taux = famille("cf_eligibilite_base", period) * cf.cf_cm.complement_familial.taux_cf_base
    taux = taux + famille("cf_eligibilite_dom", period) * cf.cf_cm_dom.complement_familial_dom.taux_base_dom
    montant = familiales.bmaf.bmaf * taux
    exces = max_(famille("cf_base_ressources", period) - famille("cf_plafond", period), 0)
    return where(exces > 0, avec_difference * max_(montant - exces / 12, 0), montant)


class cf_non_majore_avant_cumul(Variable):
    """Overseas, nothing is due above the ceiling before April 2017 (loi 2017-256, art. 25; décret 2017-551)."""

    value_type = float
    entity = Famille
    label = "Complément familial non majoré, avant les règles de cumul"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. L522-2, R522-3, L755-16 et R755-2"

    def formula(famille, period, parameters):
        return _non_majore(famille, period, parameters, famille("cf_eligibilite_base", period))

    def formula_2017_04_01(famille, period, parameters):
        return _non_majore(famille, period, parameters, famille("cf_condition_enfants", period))


class cf_condition_enfants(Variable):
    value_type = bool
    entity = Famille
    label = "Enfants en nombre et en âge d'ouvrir droit au complément familial"
    definition_period = MONTH

    def formula(famille, period):
        return famille("cf_eligibilite_base", period) + famille("cf_eligibilite_dom", period)


class cf_nombre_enfants(Variable):
    value_type = int
    entity = Famille
    label = "Enfants à charge en âge d'ouvrir droit au complément familial"
    definition_period = MONTH

    def formula(famille, period):
        metropole = famille.sum(famille.members("cf_enfant_eligible", period))
        outre_mer = famille.sum(famille.members("cf_dom_enfant_eligible", period))
        return where(famille("af_residence_outre_mer", period), outre_mer, metropole)


class cf_sans_allocation_de_la_paje(Variable):
    value_type = bool
    entity = Famille
    label = "Aucune allocation de base ni complément d'activité de la Paje, qui excluent le complément familial"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L532-1 et L532-2"

    def formula(famille, period):
        paje = famille("paje_base", period) + famille("paje_clca", period) + famille("paje_prepare", period)
        return paje <= 0


class cf_entier(Variable):
    value_type = float
    entity = Famille
    label = "Complément familial avant réduction selon les ressources"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        familiales = parameters(period).prestations_sociales.prestations_familiales
        cf = familiales.prestations_generales.cf
        taux = famille("cf_eligibilite_base", period) * cf.cf_cm.complement_familial.taux_cf_base
        taux_outre_mer = famille("cf_eligibilite_dom", period) * cf.cf_cm_dom.complement_familial_dom.taux_base_dom
        base = round_(familiales.bmaf.bmaf * (taux + taux_outre_mer), 2)
        majore = famille("cf_majore_avant_cumul", period)
        servi = famille("cf", period) > 0
        return servi * where(majore > 0, round_(majore, 2), base)


class cf_est_majore(Variable):
    value_type = bool
    entity = Famille
    label = "Complément familial majoré"
    definition_period = MONTH

    def formula(famille, period):
        return (famille("cf", period) > 0) * (famille("cf_majore_avant_cumul", period) > 0)


class cf_n_est_pas_majore(Variable):
    value_type = bool
    entity = Famille
    label = "Complément familial non majoré"
    definition_period = MONTH

    def formula(famille, period):
        return not_(famille("cf_est_majore", period))


class cf_sous_plafond(Variable):
    value_type = bool
    entity = Famille
    label = "Ressources qui laissent un complément familial à verser"
    definition_period = MONTH

    def formula(famille, period):
        return famille("cf", period) > 0


class cf_reduction(Variable):
    value_type = float
    entity = Famille
    label = "Réduction du complément familial : un douzième de ce qui dépasse le plafond de ressources"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return max_(famille("cf_entier", period) - famille("cf", period), 0)


class cf_retenue_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS retenue sur le complément familial"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return crds(famille("cf", period))


class crds_cf(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur le complément familial"
    definition_period = MONTH

    def formula(famille, period):
        return -famille("cf_retenue_crds", period)


class cf_net_crds(Variable):
    value_type = float
    entity = Famille
    label = "Complément familial net de CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return net_de_crds(famille("cf", period))
