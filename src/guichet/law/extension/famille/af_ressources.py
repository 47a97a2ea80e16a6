"""Allocations familiales by the family's resources, since July 2015: CSS L521-1, D521-1 to D521-3; L755-12 overseas.

The modulation divides them by two or four above two ceilings; the complément dégressif softens each of these steps.
The ceilings of the 20-year allowance count the children for whom it is paid as well.
"""

from openfisca_france.model.base import (
    MONTH,
    Famille,
    Variable,
    max_,
    round_,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
    where,
)

from guichet.law.extension.famille.bareme import parametres


class af_soumises_a_ressources(Variable):
    value_type = bool
    entity = Famille
    label = "Allocations familiales modulées selon les ressources"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L521-1 et L755-12"

    def formula_2015_07_01(famille, period):
        return famille("af_bareme_general", period)


class af_plafond_1(Variable):
    value_type = float
    entity = Famille
    label = "Plafond annuel de ressources de la première tranche des allocations familiales"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2015_07_01(famille, period, parameters):
        af, _ = parametres(parameters, period)
        tranches = af.af_cond_ress
        par_enfant = tranches.majoration_plafond_par_enfant_supplementaire
        return tranches.plafond_tranche_1_base + famille("af_nbenf", period) * par_enfant


class af_plafond_2(Variable):
    value_type = float
    entity = Famille
    label = "Plafond annuel de ressources de la deuxième tranche des allocations familiales"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2015_07_01(famille, period, parameters):
        af, _ = parametres(parameters, period)
        tranches = af.af_cond_ress
        par_enfant = tranches.majoration_plafond_par_enfant_supplementaire
        return tranches.plafond_tranche_2_base + famille("af_nbenf", period) * par_enfant


class af_plafond_des_20_ans(Variable):
    value_type = float
    entity = Famille
    label = "Ce que les enfants de 20 ans ajoutent aux plafonds de l'allocation forfaitaire"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2015_07_01(famille, period, parameters):
        af, _ = parametres(parameters, period)
        par_enfant = af.af_cond_ress.majoration_plafond_par_enfant_supplementaire
        return famille("af_allocation_forfaitaire_nb_enfants", period) * par_enfant


class af_taux_modulation(Variable):
    value_type = float
    default_value = 1
    entity = Famille
    label = "Part des allocations familiales versée selon les ressources"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula_2015_07_01(famille, period, parameters):
        return _taux_modulation(famille, period, parameters, 0)


class af_allocation_forfaitaire_taux_modulation(Variable):
    value_type = float
    default_value = 1
    entity = Famille
    label = "Part de l'allocation forfaitaire versée selon les ressources"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula_2015_07_01(famille, period, parameters):
        return _taux_modulation(famille, period, parameters, famille("af_plafond_des_20_ans", period))


def _taux_modulation(famille, period, parameters, ajout):
    modulation = parametres(parameters, period)[0].af_cm.modulation
    ressources = famille("af_ressources", period)
    taux = where(
        ressources <= famille("af_plafond_1", period) + ajout,
        1,
        where(
            ressources <= famille("af_plafond_2", period) + ajout,
            modulation.taux_tranche_2,
            modulation.taux_tranche_3,
        ),
    )
    return where(famille("af_soumises_a_ressources", period), taux, 1)


class af_complement_degressif(Variable):
    value_type = float
    entity = Famille
    label = "Complément dégressif des allocations familiales"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2015_07_01(famille, period):
        allocations = famille("af_base", period) + famille("af_majoration", period)
        depassement = _depassement_mensuel(famille, period, 0)
        return round_((depassement > 0) * max_(allocations - depassement, 0), 2)


class af_allocation_forfaitaire_complement_degressif(Variable):
    """For each child, on « l'allocation forfaitaire auquel l'enfant ouvre droit » (D521-2, II)."""

    value_type = float
    entity = Famille
    label = "Complément dégressif de l'allocation forfaitaire"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2015_07_01(famille, period):
        enfants = max_(famille("af_allocation_forfaitaire_nb_enfants", period), 1)
        forfait = famille("af_allocation_forfaitaire", period) / enfants
        depassement = _depassement_mensuel(famille, period, famille("af_plafond_des_20_ans", period))
        return enfants * round_((depassement > 0) * max_(forfait - depassement, 0), 2)


def _depassement_mensuel(famille, period, ajout):
    """A twelfth of what exceeds the last ceiling passed; zero when none is passed, or none applies."""
    ressources = famille("af_ressources", period)
    au_dela_du_1 = max_(ressources - famille("af_plafond_1", period) - ajout, 0)
    au_dela_du_2 = max_(ressources - famille("af_plafond_2", period) - ajout, 0)
    depassement = where(au_dela_du_2 > 0, au_dela_du_2, au_dela_du_1) / 12
    return famille("af_soumises_a_ressources", period) * depassement
