"""Buyers (accession à la propriété): AL, or APL when the loan is a prêt conventionné.

CCH, D832-10 to D832-18 (APL) and R842-5 to D842-12 (AL), arrêté du 27 septembre 2019, art. 17-26 and 33-39. Before
September 2019 (CCH, R351-; CSS, D542- and D831-) the same rules and figures are presumed: every published amount fits.

What is not asked, and so not applied: the better ceiling of the month of entry in a home never lived in before, PAP
loans (they ended in 1995, and had ceilings of their own).
"""

import numpy as np
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_france.model.base import (
    Famille,
    Menage,
    TypesStatutOccupationLogement,
    Variable,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
)

from guichet.law.extension.logement.accession_plafonds import PREMIER_PRET, en_jours, plafond_al, plafond_apl
from guichet.law.extension.logement.bareme_locatif import au_centime
from guichet.law.extension.logement.locatif import pac_outre_mer_max

SANS_DATE = np.datetime64("9999-12-31")  # OpenFisca's default of a loan date
FERMETURE = np.datetime64("2018-01-01")
FERMETURE_EXCEPTIONS = np.datetime64("2020-01-01")


def accession(parameters, period):
    return parameters(period).prestations_sociales.aides_logement.allocations_logement.accession


class logement_conventionne(Variable):
    """Rented to HLM, or bought with a prêt conventionné: the aid is then an APL.

    The date of the loan does not say its nature: mes-aides gave every buyer's date as that of a prêt conventionné, and
    caf.fr answered an AL to those buyers (August 2017: 105 and 95 euros). It is `aide_logement_est_pret_conventionne`
    that says it.
    """

    label = "Logement conventionné, ou acheté avec un prêt conventionné"

    def formula(menage, period):
        statut = menage("statut_occupation_logement", period)
        accedant = statut == TypesStatutOccupationLogement.primo_accedant
        return (statut == TypesStatutOccupationLogement.locataire_hlm) + accedant * menage(
            "aide_logement_est_pret_conventionne", period
        )


class accession_date_pret(Variable):
    """The day when the loan was signed (APL), or that of its certificate (AL)."""

    value_type = int
    entity = Menage
    label = "Date du prêt, en jours depuis le 1er janvier 1970"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(menage, period):
        conventionne = menage("aide_logement_date_pret_conventionne", period)
        autre = menage("aide_logement_date_pret", period)
        date = np.where(conventionne < SANS_DATE, conventionne, autre)
        return (date - np.datetime64("1970-01-01")) / np.timedelta64(1, "D")


class accession_date_pret_connue(Variable):
    value_type = bool
    entity = Menage
    label = "La date du prêt est connue"
    definition_period = MONTH

    def formula(menage, period):
        return menage("accession_date_pret", period) < en_jours(SANS_DATE)


class accession_demandee(Variable):
    value_type = bool
    entity = Menage
    label = "Le logement est en cours d'achat"
    definition_period = MONTH

    def formula(menage, period):
        return menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.primo_accedant


class accession_nature_du_pret_incertaine(Variable):
    """A date of prêt conventionné, but nothing that says that the loan is one (see `logement_conventionne`)."""

    value_type = bool
    entity = Menage
    label = "Rien ne confirme que le prêt est un prêt conventionné"
    definition_period = MONTH

    def formula(menage, period):
        date_donnee = menage("aide_logement_date_pret_conventionne", period) < SANS_DATE
        dit = menage("aide_logement_est_pret_conventionne", period)
        return menage("accession_al", period) * date_donnee * (dit == 0)


class accession_exception_al_incertaine(Variable):
    """The exception of zone 3 is written for the APL; L841-4 has none for the AL, but is of September 2019."""

    value_type = bool
    entity = Menage
    label = "Prêt ordinaire de 2018 ou 2019 pour un logement existant en zone 3"
    definition_period = MONTH

    def formula(menage, period):
        date, zone = menage("accession_date_pret", period), menage("zone_apl", period)
        return (
            menage("accession_demandee", period)
            * menage("accession_ancien", period)
            * (zone == zone.possible_values.zone_3)
            * (menage("logement_conventionne", period) == 0)
            * (date >= en_jours(FERMETURE))
            * (date < en_jours(FERMETURE_EXCEPTIONS))
        )


class accession_decision_financement_outre_mer(Variable):
    """An input, asked nowhere yet."""

    value_type = bool
    entity = Menage
    label = "Décision favorable de financement du représentant de l'État outre-mer, prise avant le 31 décembre 2018"
    definition_period = ETERNITY


class accession_exception_outre_mer(Variable):
    """CCH, L861-6, 2°, in the five departments: Saint-Barthélemy and Saint-Martin keep L841-4 as it is (L862-3)."""

    value_type = bool
    entity = Menage
    label = "Prêt de 2018 ou 2019 que l'exception d'outre-mer peut ouvrir à l'aide"
    definition_period = MONTH

    def formula(menage, period):
        date = menage("accession_date_pret", period)
        recent = (date >= en_jours(FERMETURE)) * (date < en_jours(FERMETURE_EXCEPTIONS))
        return menage("accession_demandee", period) * menage("residence_dom", period) * recent


class accession_exception_outre_mer_incertaine(Variable):
    value_type = bool
    entity = Menage
    label = "Prêt de 2018 ou 2019 outre-mer, dont rien ne dit que le financement avait été accordé en 2018"
    definition_period = MONTH

    def formula(menage, period):
        return menage("accession_exception_outre_mer", period) * (
            menage("accession_decision_financement_outre_mer", period) == 0
        )


class accession_pret_trop_ancien(Variable):
    """The scales of the loans signed before July 1992 are in none of the texts that were read."""

    value_type = bool
    entity = Menage
    label = "Le prêt date d'avant juillet 1992"
    definition_period = MONTH

    def formula(menage, period):
        return menage("aides_logement_primo_accedant_eligibilite", period) * (
            menage("accession_date_pret", period) < en_jours(PREMIER_PRET)
        )


class aides_logement_primo_accedant_eligibilite(Variable):
    """Closed to the loans signed since 2018 (LF 2018, art. 126; CCH, L841-4), but for two exceptions until 2019.

    Existing homes in zone 3 under a prêt conventionné, and overseas what the State had agreed to finance before the end
    of 2018 (L861-6, 2°).
    """

    label = "Achat avec un prêt qui ouvre encore droit à l'aide"

    def formula(menage, period):
        accedant = menage("accession_demandee", period)
        date = menage("accession_date_pret", period)
        zone = menage("zone_apl", period)
        exception = (
            menage("accession_ancien", period)
            * (zone == zone.possible_values.zone_3)
            * menage("logement_conventionne", period)
            * (date < en_jours(FERMETURE_EXCEPTIONS))
        )
        outre_mer = menage("accession_exception_outre_mer", period) * menage(
            "accession_decision_financement_outre_mer", period
        )
        return accedant * ((date < en_jours(FERMETURE)) + exception + outre_mer > 0)


class accession_pret_conventionne(Variable):
    """There is no APL for buyers overseas."""

    value_type = bool
    entity = Menage
    label = "Achat avec un prêt conventionné : l'aide est une APL"
    definition_period = MONTH

    def formula(menage, period):
        return (
            menage("aides_logement_primo_accedant_eligibilite", period)
            * menage("logement_conventionne", period)
            * (menage("residence_aides_logement_outre_mer", period) == 0)
            * (menage("residence_saint_pierre_et_miquelon", period) == 0)
        )


class accession_al(Variable):
    value_type = bool
    entity = Menage
    label = "Achat avec un prêt ordinaire : l'aide est une AL"
    definition_period = MONTH

    def formula(menage, period):
        return menage("aides_logement_primo_accedant_eligibilite", period) * (
            menage("accession_pret_conventionne", period) == 0
        )


class accession_amelioration(Variable):
    value_type = bool
    entity = Menage
    label = "Le prêt paie l'amélioration d'un logement déjà possédé"
    definition_period = MONTH

    def formula(menage, period):
        etat = menage("etat_logement", period)
        return etat == etat.possible_values.amelioration


class accession_ancien(Variable):
    """A home of which nothing is said counts as new: the scale of the DHUP's example."""

    value_type = bool
    entity = Menage
    label = "Logement existant, agrandi ou aménagé"
    definition_period = MONTH

    def formula(menage, period):
        etat = menage("etat_logement", period)
        types = etat.possible_values
        return (
            (etat == types.acquisition_amelioration)
            + (etat == types.acquisition_sans_amelioration_logement_existant)
            + (etat == types.amelioration)
            + (etat == types.agrandissement_amenagement)
        )


class aides_logement_primo_accedant_ressources(Variable):
    """CCH, D832-18 and D842-12. Not for those whose resources are neutralised or abated (R822-11, R822-13 to -17)."""

    label = "Plancher de ressources de l'accédant"

    def formula(menage, period, parameters):
        bareme = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources.accession
        date = menage("accession_date_pret", period)
        par_mensualite = au_centime(menage("loyer", period)) * bareme.dar_3_coef_plancher_ressources
        al = menage("accession_al", period)
        plancher = np.select(
            [al * menage("accession_amelioration", period) * (date > en_jours("1994-09-30")), al],
            [bareme.dar_2_2_forfait_plancher_ressources, par_mensualite * (date > en_jours("1992-09-30"))],
            par_mensualite,
        )
        neutralise = menage.any(
            menage.members("aide_logement_condition_neutralisation", period)
            + (menage.members("aide_logement_abattement_revenus_activite_professionnelle", period) > 0)
        )
        return np.where(neutralise, 0, plancher)


class abattement_accedant_isole(Variable):
    """Taken from the resources, before their floor and their rounding. Yearly."""

    value_type = float
    entity = Famille
    label = "Abattement de l'accédant qui élève seul des enfants"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period, parameters):
        montants = parameters(
            period
        ).prestations_sociales.aides_logement.allocations_logement.ressources.accession.abattement_isole
        pac = famille("al_nb_personnes_a_charge", period)
        accedant = famille.demandeur.menage("aides_logement_primo_accedant_eligibilite", period)
        abattement = np.select([pac == 0, pac <= 2], [0, montants.une_ou_deux_personnes], montants.trois_personnes_et_plus)
        return accedant * (famille("al_couple", period) == 0) * abattement


class aides_logement_primo_accedant_plafond_mensualite(Variable):
    """At the date of the loan, whatever the month paid (CCH, D832-14 and D842-9)."""

    label = "Mensualité plafond, à la date du prêt"

    def formula(famille, period, parameters):
        menage = famille.demandeur.menage
        bareme = accession(parameters, period)
        date = menage("accession_date_pret", period)
        zone = menage("zone_apl", period)
        couple = famille("al_couple", period)
        pac = famille("al_nb_personnes_a_charge", period)

        ancien, amelioration = menage("accession_ancien", period), menage("accession_amelioration", period)
        tables = bareme.formule.plafonds_selon_le_pret
        plafond = np.where(
            menage("accession_pret_conventionne", period),
            plafond_apl(tables, date, zone, couple, pac, ancien=ancien, amelioration=amelioration),
            plafond_al(tables, date, zone, couple, comptees_outre_mer(menage, period, pac)),
        )
        return au_centime(plafond * np.where(menage("coloc", period), bareme.part_coproprietaire, 1))


def comptees_outre_mer(menage, period, pac):
    """Arrêté du 27/09/2019, art. 46, 1°, e: until 2022 the ceiling of the AL counts six dependants at most overseas."""
    outre_mer = menage("residence_aides_logement_outre_mer", period)
    return np.where(outre_mer, np.minimum(pac, pac_outre_mer_max(period)), pac)


class aides_logement_primo_accedant(Variable):
    """Gross aid before the five euros and the minimum net cost (see `aides_logement_accedant_et_foyer`)."""

    value_type = float
    entity = Famille
    label = "Aide à l'accession, avant minoration"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        accedant = famille.demandeur.menage("aides_logement_primo_accedant_eligibilite", period)
        return accedant * famille("aides_logement_accedant_et_foyer", period)


class accession_depense_declaree(Variable):
    """CCH, D832-17 and D842-11: charges count, but for the APL on a loan signed before July 1999."""

    value_type = float
    entity = Famille
    label = "Mensualité, augmentée des charges forfaitaires"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        menage = famille.demandeur.menage
        ancienne_apl = menage("accession_pret_conventionne", period) * (
            menage("accession_date_pret", period) <= en_jours("1999-06-30")
        )
        charges = au_centime(famille("aides_logement_charges_retenues", period))
        return au_centime(menage("loyer", period)) + np.where(ancienne_apl, 0, charges)


class accession_depense_minimale(Variable):
    value_type = float
    entity = Famille
    label = "Dépense nette minimale de l'accédant"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        menage = famille.demandeur.menage
        bareme = accession(parameters, period).depense_nette_minimale
        date = menage("accession_date_pret", period)
        amelioration = menage("accession_amelioration", period)
        ressources = famille("aide_logement_base_ressources", period)
        part_apl = np.select(
            [amelioration, date < en_jours("1998-10-01")],
            [bareme.apl.amelioration, bareme.apl.avant_octobre_1998],
            bareme.apl.cas_general,
        )
        al_sur_ressources = (amelioration == 0) * (date >= en_jours("1999-07-01"))
        al = np.where(al_sur_ressources, au_centime(ressources * bareme.al.cas_general), bareme.al.forfait)
        return np.where(menage("accession_pret_conventionne", period), au_centime(ressources * part_apl), al)
