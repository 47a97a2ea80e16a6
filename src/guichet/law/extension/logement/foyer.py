"""Foyers: APL of a foyer under an agreement, APL of a résidence sociale or of a young workers' foyer, AL of the others.

CCH, D832-24 to D832-27 (APL) and D842-15 to D842-17 (AL), arrêté du 27 septembre 2019, art. 27-32 and 40-44. A student
in a studio of a foyer has the aid of a tenant (D842-15): say a tenant, not a foyer. Before October 2017 the ceilings of
the APL are rebuilt from the index; rules and coefficients are those of July 2007.
"""

from datetime import date

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_france.model.base import (
    Famille,
    Menage,
    TypesStatutOccupationLogement,
    Variable,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
)

from guichet.law.extension.logement.accession_foyer import aide_apres_minoration
from guichet.law.extension.logement.bareme_locatif import au_centime


class NatureFoyer(Enum):
    __order__ = "autre residence_sociale foyer_jeunes_travailleurs"
    autre = "Foyer"
    residence_sociale = "Résidence sociale"
    foyer_jeunes_travailleurs = "Foyer de jeunes travailleurs"


class foyer_nature(Variable):
    value_type = Enum
    possible_values = NatureFoyer
    default_value = NatureFoyer.autre
    entity = Menage
    label = "Nature du foyer"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


class foyer_date_convention(Variable):
    """Unknown (the default) counts as recent: most agreements are."""

    value_type = date
    default_value = date.max
    entity = Menage
    label = "Date de la convention du foyer avec l'État"
    definition_period = ETERNITY


def les_foyers(parameters, period):
    return parameters(period).prestations_sociales.aides_logement.allocations_logement.foyer


class foyer(Variable):
    value_type = bool
    entity = Menage
    label = "Le logement est un foyer ou une résidence universitaire"
    definition_period = MONTH

    def formula(menage, period):
        statut = menage("statut_occupation_logement", period)
        types = TypesStatutOccupationLogement
        autre = (
            (statut == types.locataire_hlm)
            + (statut == types.locataire_vide)
            + (statut == types.locataire_meuble)
            + (statut == types.primo_accedant)
        )
        return (statut == types.locataire_foyer) + menage("logement_crous", period) * (autre == 0)


class foyer_conventionne(Variable):
    """The agreement that opens the APL. Overseas there was only AL until 2022.

    Since then there is an APL of foyers in the five departments (CCH, L861-5-1, of LF 2022, art. 175; arrêté du 27
    septembre 2019, art. 48), still none in Saint-Barthélemy, Saint-Martin and Saint-Pierre-et-Miquelon.
    """

    value_type = bool
    entity = Menage
    label = "Foyer conventionné : l'aide est une APL"
    definition_period = MONTH

    def formula(menage, period):
        return (
            menage("foyer", period)
            * menage("logement_conventionne", period)
            * (menage("residence_aides_logement_outre_mer", period) == 0)
            * (menage("residence_saint_pierre_et_miquelon", period) == 0)
        )

    def formula_2023(menage, period):
        sans_apl = (
            menage("residence_saint_bartelemy", period)
            + menage("residence_saint_martin", period)
            + menage("residence_saint_pierre_et_miquelon", period)
        )
        return menage("foyer", period) * menage("logement_conventionne", period) * (sans_apl == 0)


class foyer_residence_sociale(Variable):
    """CCH, D832-25: agreement after 1994 (résidence sociale), after September 1990 (young workers).

    In the five departments overseas all foyers are on the general scale (D861-21, of the décret 2023-249, in force on 5
    April 2023).
    """

    value_type = bool
    entity = Menage
    label = "Résidence sociale ou foyer de jeunes travailleurs, conventionné"
    definition_period = MONTH

    def formula(menage, period):
        nature = menage("foyer_nature", period)
        convention = menage("foyer_date_convention", period)
        types = nature.possible_values
        return menage("foyer_conventionne", period) * (
            (nature == types.residence_sociale) * (convention > np.datetime64("1994-12-31"))
            + (nature == types.foyer_jeunes_travailleurs) * (convention > np.datetime64("1990-09-30"))
        )

    def formula_2023_05(menage, period, parameters):
        sur_le_continent = menage("residence_dom", period) == 0
        return sur_le_continent * foyer_residence_sociale.formula(menage, period)


class foyer_conventionne_general(Variable):
    value_type = bool
    entity = Menage
    label = "Foyer conventionné, hors résidences sociales et foyers de jeunes travailleurs"
    definition_period = MONTH

    def formula(menage, period):
        return menage("foyer_conventionne", period) * (menage("foyer_residence_sociale", period) == 0)


class foyer_al(Variable):
    value_type = bool
    entity = Menage
    label = "Foyer sans convention : l'aide est une AL"
    definition_period = MONTH

    def formula(menage, period):
        return menage("foyer", period) * (menage("foyer_conventionne", period) == 0)


class aides_logement_foyer_personne_agee_eligibilite(Variable):
    """CCH, D842-16, 3°: the age of a full pension (65, later 67), 62 if unfit for work, 65 with ASPA; the disabled."""

    label = "Foyer sans convention, personne âgée ou handicapée"

    def formula(famille, period):
        demandeur = famille.demandeur
        age = demandeur("age", period)
        agee = (
            (age >= age_du_taux_plein(demandeur("date_naissance", period)))
            + (age >= 62) * demandeur("inapte_travail", period)
            + (age >= 65) * (famille("aspa", period) > 0)
        )
        return famille.demandeur.menage("foyer_al", period) * (agee + demandeur("handicap", period))


def age_du_taux_plein(naissance):
    """CSS, L351-8, 1° in whole years: 65 before July 1951, 67 from 1955, steps between."""
    return np.select([naissance < np.datetime64("1951-07-01"), naissance < np.datetime64("1955-01-01")], [65, 66], 67)


class aides_logement_foyer_conventionne_plafond(Variable):
    label = "Plafond de la redevance, APL des foyers"

    def formula_2012(famille, period, parameters):
        zone = famille.demandeur.menage("zone_apl", period)
        plafonds = les_foyers(parameters, period).apl.formule.e_equiv_loyers_eligible[zone]
        couple = famille("al_couple", period)
        pac = famille("al_nb_personnes_a_charge", period)
        return np.select(
            [pac == 0, pac == 1, pac == 2, pac == 3],
            [
                np.where(couple, plafonds.menage_seul, plafonds.personne_isolee_sans_enfant),
                plafonds.menage_ou_isole_avec_1_enfant,
                plafonds.menage_ou_isole_avec_2_enfants,
                plafonds.menage_ou_isole_avec_3_enfants,
            ],
            plafonds.menage_ou_isole_avec_4_enfants + (pac - 4) * plafonds.menage_ou_isole_par_enfant_en_plus,
        )


class aides_logement_foyer_plafond_mensualite(Variable):
    """The ceiling of the fee (APL), or the flat rent that stands for it (AL)."""

    label = "Plafond de la redevance, ou loyer forfaitaire du foyer"

    def formula_2012(famille, period, parameters):
        loyers = les_foyers(parameters, period).al.formule.l_plafonds_loyers
        couple = famille("al_couple", period)

        def forfait(categorie):
            return np.where(couple, categorie.couple, categorie.personne_isolee)

        return np.select(
            [
                famille.demandeur.menage("foyer_conventionne", period),
                famille("aides_logement_foyer_chambre_non_rehabilite_eligibilite", period),
                famille("aides_logement_foyer_personne_agee_eligibilite", period),
            ],
            [
                famille("aides_logement_foyer_conventionne_plafond", period),
                forfait(loyers.etudiants_en_chambre),
                forfait(loyers.personnes_agees),
            ],
            forfait(loyers.autres_personnes),
        )


class aides_logement_foyer(Variable):
    """Gross aid before the five euros and the minimum net cost (see `aides_logement_accedant_et_foyer`)."""

    value_type = float
    entity = Famille
    label = "Aide en foyer, avant minoration"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return famille.demandeur.menage("foyer", period) * famille("aides_logement_accedant_et_foyer", period)


class foyer_depense_minimale(Variable):
    """CCH, D832-27 and D842-17."""

    value_type = float
    entity = Famille
    label = "Dépense nette minimale du résident"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        minimums = les_foyers(parameters, period)
        menage = famille.demandeur.menage
        apl = minimums.apl.minimum_depense_nette_logement
        return np.select(
            [menage("foyer_conventionne_general", period), menage("foyer_residence_sociale", period)],
            [apl.apl1_foyer, apl.apl2_foyer],
            minimums.al.minimum_depense_nette_logement,
        )


class foyer_aide_au_dela_de_la_redevance(Variable):
    """CCH, D842-15: an AL above the fee is brought down to it. Taken after the minimum net cost."""

    value_type = float
    entity = Famille
    label = "Part de l'aide au-delà de la redevance"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period, parameters):
        menage = famille.demandeur.menage
        reste = aide_apres_minoration(famille, period, parameters) - au_centime(
            famille("aide_logement_abattement_depense_nette", period)
        )
        return menage("foyer_al", period) * au_centime(np.maximum(reste - au_centime(menage("loyer", period)), 0))


class foyer_saint_pierre_et_miquelon(Variable):
    """Arrêté du 27/09/2019, art. 47: computed there as a tenant's, on texts that were not all read."""

    value_type = bool
    entity = Menage
    label = "Foyer à Saint-Pierre-et-Miquelon"
    definition_period = MONTH

    def formula(menage, period):
        return menage("foyer", period) * menage("residence_saint_pierre_et_miquelon", period)


class foyer_ou_achat_a_mayotte(Variable):
    value_type = bool
    entity = Menage
    label = "Foyer ou achat à Mayotte"
    definition_period = MONTH

    def formula(menage, period):
        return menage("residence_mayotte", period) * (
            menage("foyer", period) + menage("aides_logement_primo_accedant_eligibilite", period)
        )
