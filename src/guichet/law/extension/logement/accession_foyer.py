"""What buyers and foyers share: N, K and L0, on three scales, and the choice between the two sectors.

- "AL": AL of buyers and of foyers, APL of résidences sociales and of young workers' foyers (CCH, D832-25, 2°; D842-6);
- "APL of buyers" (D832-11, D832-15, 1°);
- "APL of foyers" (D832-25, 1°; D832-26), whose E0 is also the L0 of owners who improve their home (D832-15, 2°).

The coefficients have not moved since July 2007 (arrêtés du 3 juillet 1978, du 30 juin 1979 et du 26 décembre 2000, then
arrêté du 27 septembre 2019, art. 22-23 and 30-31).
"""

import numpy as np
from openfisca_core.periods import MONTH, Instant
from openfisca_france.model.base import Famille, Variable, set_input_divide_by_period

from guichet.law.extension.logement.bareme_locatif import au_centime

PERSONNES_COMPTEES_PAR_K_OUTRE_MER = 6
FIN_DE_LA_LIMITE_DE_K = Instant((2023, 5, 1))


def coupe(coefficient):
    """Cut to two decimals ("arrondi à deux décimales par défaut"). Double precision errs by 1e-14 at most here."""
    return np.floor(coefficient * 100 + 1e-9) / 100


def nombre_de_parts(famille, period):
    """N, exact to the tenth."""
    return np.round(famille("aides_logement_nb_part", period) * np.float64(10)) / 10


def parts_de_k(famille, period, parameters):
    """N as K takes it: for the AL overseas, no more than six dependants count until April 2023.

    CCH, D861-8, 1° and 4°, and D862-7, 2°, before the décret 2023-249 (in force on 5 April 2023) took the limit out.
    """
    if period.start >= FIN_DE_LA_LIMITE_DE_K:
        return nombre_de_parts(famille, period)
    menage = famille.demandeur.menage
    al = menage("accession_al", period) + menage("foyer_al", period)
    en_trop = np.maximum(famille("al_nb_personnes_a_charge", period) - PERSONNES_COMPTEES_PAR_K_OUTRE_MER, 0)
    par_personne = coefficients(parameters, period).n_nombre_parts.apl["maj_par_pac_supp"]
    limite = al * menage("residence_aides_logement_outre_mer", period)
    return nombre_de_parts(famille, period) - limite * np.round(en_trop * par_personne * 10) / 10


def coefficients(parameters, period):
    return parameters(period).prestations_sociales.aides_logement.allocations_logement.foyer.k_coef_prise_en_charge


class aides_logement_nb_part(Variable):
    label = "Nombre de parts de la famille (N)"

    def formula(famille, period, parameters):
        menage = famille.demandeur.menage
        pac = famille("al_nb_personnes_a_charge", period)
        couple = famille("al_couple", period)
        apl = menage("accession_pret_conventionne", period) + menage("foyer_conventionne_general", period)
        parts = coefficients(parameters, period).n_nombre_parts

        def seul_ou_couple(bareme):
            return np.where(couple, bareme["menage_0_personnes_a_charge"], bareme["isole_0_personne_a_charge"])

        commun = parts.apl
        return np.select(
            [pac == 0, pac == 1, pac == 2, pac == 3],
            [
                np.where(apl, seul_ou_couple(parts.apl), seul_ou_couple(parts.al)),
                commun["1_personne_a_charge"],
                commun["2_personnes_a_charge"],
                commun["3_personnes_a_charge"],
            ],
            commun["4_personnes_a_charge"] + (pac - 4) * commun["maj_par_pac_supp"],
        )


class aides_logement_primo_accedant_k(Variable):
    label = "Part prise en charge, accession (K)"

    def formula(famille, period, parameters):
        bareme = coefficients(parameters, period)
        par_part = famille("aide_logement_base_ressources", period) / parts_de_k(famille, period, parameters)
        apl = bareme.plafonds.plafond_apl1 - par_part / bareme.cm_et_r.cm3_apl3
        al = bareme.plafonds.plafond_apl2_et_al - par_part / bareme.cm_et_r.cm2_apl2_et_al
        return coupe(np.where(famille.demandeur.menage("accession_pret_conventionne", period), apl, al))


class aides_logement_foyer_k_al(Variable):
    label = "Part prise en charge, AL des foyers et APL des résidences sociales (K)"

    def formula(famille, period, parameters):
        bareme = coefficients(parameters, period)
        par_part = famille("aide_logement_base_ressources", period) / parts_de_k(famille, period, parameters)
        return coupe(bareme.plafonds.plafond_apl2_et_al - par_part / bareme.cm_et_r.cm2_apl2_et_al)


class aides_logement_foyer_k_apl(Variable):
    label = "Part prise en charge, APL des foyers (K)"

    def formula(famille, period, parameters):
        bareme = coefficients(parameters, period)
        par_part = famille("aide_logement_base_ressources", period) / nombre_de_parts(famille, period)
        au_dela = np.maximum(par_part - bareme.cm_et_r.r_apl1, 0)
        return coupe(bareme.plafonds.plafond_apl1 - au_dela / bareme.cm_et_r.cm1_apl1)


class aides_logement_k(Variable):
    """Negative for high resources: the aid is then nil."""

    label = "Part prise en charge (K)"

    def formula(famille, period):
        menage = famille.demandeur.menage
        return np.select(
            [
                menage("aides_logement_primo_accedant_eligibilite", period),
                menage("foyer_conventionne_general", period),
            ],
            [famille("aides_logement_primo_accedant_k", period), famille("aides_logement_foyer_k_apl", period)],
            famille("aides_logement_foyer_k_al", period),
        )


class aides_logement_loyer_minimal(Variable):
    """L0 (AL, buyers) or E0 (APL of foyers), to the cent. Only AL and the APL of foyers add a flat amount."""

    label = "Dépense de logement laissée à la charge de la famille (L0 ou E0)"

    def formula(famille, period, parameters):
        al = parameters(period).prestations_sociales.aides_logement.allocations_logement
        e0 = al.foyer.apl.formule.e0_equiv_loyers_minimale
        menage = famille.demandeur.menage
        n = nombre_de_parts(famille, period)
        par_part = famille("aide_logement_base_ressources", period) / n
        achat_apl = menage("accession_pret_conventionne", period)
        amelioration = achat_apl * menage("accession_amelioration", period)

        # The bounds of the slices are those of a part: the amount of a part, then N parts.
        de_l_al = e0.apl2.bareme.calc(par_part) * n + e0.apl2.majoration
        du_foyer = (e0.apl1.bareme.calc(par_part) + e0.apl1.majoration) * n
        de_l_achat = mensualite_minimale_apl(al.accession.formule.l0_mensualite_minimale, par_part) * n
        annuel = np.select(
            [amelioration + menage("foyer_conventionne_general", period), achat_apl], [du_foyer, de_l_achat], de_l_al
        )
        return au_centime(annuel / 12)


def mensualite_minimale_apl(bareme, par_part):
    """Two slices (arrêté du 27/09/2019, art. 23), for the loans signed after 30 June 1992."""
    return bareme.taux_1 * np.minimum(par_part, bareme.seuil) + bareme.taux_2 * np.maximum(par_part - bareme.seuil, 0)


class aides_logement_loyer_retenu(Variable):
    """L, or E for the APL of foyers: what is paid up to a ceiling; the AL of foyers has a flat amount instead."""

    value_type = float
    entity = Famille
    label = "Mensualité ou redevance retenue, dans la limite du plafond"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        plafond = famille("aides_logement_plafond_mensualite", period)
        paye = au_centime(famille.demandeur.menage("loyer", period))
        forfait = famille.demandeur.menage("foyer_al", period)
        return np.where(forfait, plafond, np.minimum(paye, plafond))


class aides_logement_charges_retenues(Variable):
    """C, of the month of the aid; the fee of a foyer under APL already includes charges."""

    value_type = float
    entity = Famille
    label = "Charges forfaitaires"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        menage = famille.demandeur.menage
        apl_foyer = menage("foyer_conventionne_general", period) + menage("foyer_residence_sociale", period)
        return np.where(apl_foyer, 0, famille("aide_logement_charges", period))


class aides_logement_plafond_mensualite(Variable):
    label = "Plafond de la mensualité ou de la redevance, ou loyer forfaitaire du foyer"

    def formula(famille, period):
        accedant = famille.demandeur.menage("aides_logement_primo_accedant_eligibilite", period)
        return np.where(
            accedant,
            famille("aides_logement_primo_accedant_plafond_mensualite", period),
            famille("aides_logement_foyer_plafond_mensualite", period),
        )


class aides_logement_depense_retenue(Variable):
    value_type = float
    entity = Famille
    label = "Dépense de logement retenue, charges comprises"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return au_centime(
            famille("aides_logement_loyer_retenu", period) + famille("aides_logement_charges_retenues", period)
        )


class aides_logement_depense_suffisante(Variable):
    value_type = bool
    entity = Famille
    label = "La dépense retenue dépasse ce qui est laissé à la charge de la famille"
    definition_period = MONTH

    def formula(famille, period):
        retenue = famille("aides_logement_depense_retenue", period)
        return retenue > famille("aides_logement_loyer_minimal", period)


class aides_logement_k_positif(Variable):
    value_type = bool
    entity = Famille
    label = "Les ressources laissent une part à prendre en charge"
    definition_period = MONTH

    def formula(famille, period):
        return famille("aides_logement_k", period) > 0


class aides_logement_accedant_et_foyer(Variable):
    """Gross aid of buyers and foyers: K x (L + C - L0), to the cent.

    Before the five euros (October 2017) and before what follows them, `aide_logement_abattement_depense_nette` and
    `foyer_aide_au_dela_de_la_redevance`: CCH, D832-10, D832-24, D842-6 and D842-15 ask for that order.
    """

    label = "Aide des accédants et des résidents de foyer, avant minoration"

    def formula_2012(famille, period):
        base = au_centime(famille("aides_logement_depense_retenue", period)) - au_centime(
            famille("aides_logement_loyer_minimal", period)
        )
        k = np.round(famille("aides_logement_k", period) * np.float64(100)) / 100
        menage = famille.demandeur.menage
        concerne = (menage("aides_logement_primo_accedant_eligibilite", period) + menage("foyer", period)) * (
            menage("loyer", period) > 0
        )
        return concerne * au_centime(np.maximum(k, 0) * np.maximum(base, 0))


class aide_logement_abattement_depense_nette(Variable):
    """What the aid loses so that the family still pays the minimum: taken after the five euros."""

    value_type = float
    entity = Famille
    label = "Abattement pour laisser à la famille la dépense nette minimale"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        aide = aide_apres_minoration(famille, period, parameters)
        manque = famille("aides_logement_depense_minimale", period) - (
            famille("aides_logement_depense_declaree", period) - aide
        )
        return au_centime(np.clip(manque, 0, aide))


class aides_logement_depense_declaree(Variable):
    value_type = float
    entity = Famille
    label = "Dépense de logement comparée à l'aide"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return np.where(
            famille.demandeur.menage("foyer", period),
            famille("aides_logement_depense_retenue", period),
            famille("accession_depense_declaree", period),
        )


class aides_logement_depense_minimale(Variable):
    value_type = float
    entity = Famille
    label = "Dépense nette minimale laissée à la famille"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return np.where(
            famille.demandeur.menage("foyer", period),
            famille("foyer_depense_minimale", period),
            famille("accession_depense_minimale", period),
        )


def aide_apres_minoration(famille, period, parameters):
    """The aid of buyers and foyers after the five euros."""
    minoration = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif.minoration_forfaitaire
    return np.maximum(au_centime(famille("aides_logement_accedant_et_foyer", period)) - minoration, 0)
