"""The socle of the RSA of a past month: what the housing aid asks."""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Variable, set_input_divide_by_period

from guichet.law.extension.minima.rsa_forfaits import avantage_en_nature, part_aidee
from guichet.law.extension.minima.rsa_ressources import minima_sociaux
from guichet.law.extension.minima.trimestre import au_trimestre

ANNEE_DES_EVALUATIONS = 2016


class rsa_socle_seul(Variable):
    """The RSA socle alone of the month, euros per month: the flat amount less *all* resources, never below zero.

    Before January 2016 the RSA paid adds to it 62 % of the earnings (RSA activité, CASF L262-2): a household that
    works may be paid some RSA, and no socle at all. The housing aid neutralises the earnings of those who were paid
    the socle the month before, not of those who had RSA activité only. From 2016 on, the RSA is the socle.

    The RSA of a month counts the housing aid of that month, which looks at the RSA of the month before, and so on
    without end: OpenFisca cuts that recursion where it happens to be entered, so that an amount would depend on what
    was asked first. Here the RSA and the housing aid of that past month are read when they are given; else the
    housing counts for its flat rate, which is what an aid to a household with so few resources nearly always reaches.
    For the same reason the complement of the AAH is left out of the resources: it asks for the housing aid of its month.
    """

    value_type = float
    entity = Famille
    label = "RSA socle, sans la part liée à l'activité"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period, parameters):
        verse = donne(famille, "rsa", period)
        socle = difference(famille, period, parameters)
        return socle if verse is None else (verse > 0) * socle

    def formula_2016(famille, period, parameters):
        verse = donne(famille, "rsa", period)
        return difference(famille, period, parameters) if verse is None else verse


def donne(famille, variable, period):
    """What was given of `variable`, None when it was not: known before any household is read."""
    return famille.get_holder(variable).get_array(period)


def difference(famille, period, parameters):
    """The flat amount less all resources, for a household that the RSA is open to and above the least amount paid."""
    forfait = famille("rsa_montant_de_base", period) * part_aidee(famille, period, period, parameters)
    aide = donne(famille, "aide_logement", period)
    loge = avantage_en_nature(famille, period) + (famille.demandeur.menage("loyer", period) > 0)
    logement = (loge > 0) * forfait
    if aide is not None:
        logement = np.maximum(np.minimum(aide, forfait), avantage_en_nature(famille, period) * forfait)
    forfaitaire = famille("rsa_montant_forfaitaire", period)
    montant = np.maximum(forfaitaire - ressources(famille, period) - logement, 0)
    return calculable(famille, period) * (montant >= famille("rsa_seuil_versement", period)) * montant


def ressources(famille, period):
    """`rsa_base_ressources`, without the complement of the AAH."""
    return (
        famille("rsa_base_ressources_prestations_familiales", period)
        + famille("rsa_ressources_activite", period)
        + famille("rsa_ressources_hors_activite", period)
        + au_trimestre(famille, period, lambda mois: minima_sociaux(famille, period, mois, ("aah",)))
    )


def calculable(famille, period):
    """Until 2016 the département evaluated the earnings of the self-employed: `rsa_non_calculable`, without the RSA."""
    if period.start.year > ANNEE_DES_EVALUATIONS:
        return famille("rsa_eligibilite_tns", period)
    evalues = famille.members("rsa_non_calculable_tns_individu", period)
    return famille("rsa_eligibilite_tns", period) * np.logical_not(famille.any(evalues, role=Famille.PARENT))
