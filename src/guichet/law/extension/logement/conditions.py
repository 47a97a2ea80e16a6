"""Why no aid is paid: each condition is a variable, true when it is met."""

import numpy as np
from openfisca_core.periods import MONTH, Instant
from openfisca_france.model.base import Famille, Variable, set_input_divide_by_period

from guichet.law.extension.crds import crds
from guichet.law.extension.logement.bareme_locatif import coefficient_degressivite
from guichet.law.extension.logement.locatif import le_bareme

LIVRE_VIII = Instant((2019, 9, 1))


class aide_logement_occupation_admise(Variable):
    value_type = bool
    entity = Famille
    label = "Le logement est loué, en foyer, ou acheté avec un prêt qui ouvre encore droit à l'aide"
    definition_period = MONTH

    def formula(famille, period):
        return famille("aide_logement_secteur_locatif", period) + famille("aide_logement_hors_locatif", period)


class aide_logement_loyer_declare(Variable):
    value_type = bool
    entity = Famille
    label = "Un loyer, une redevance ou une mensualité est payé"
    definition_period = MONTH

    def formula(famille, period):
        return famille.demandeur.menage("loyer", period) > 0


class aide_logement_bailleur_admis(Variable):
    """Of tenants, the APL too: CCH, art. L822-3; before September 2019, CCH, art. L351-2-1."""

    value_type = bool
    entity = Famille
    label = "Le propriétaire n'est pas un parent ou un enfant"
    definition_period = MONTH

    def formula(famille, period):
        loue_a_un_proche = famille("aide_logement_secteur_locatif", period) * famille("proprietaire_proche_famille", period)
        return loue_a_un_proche == 0


class aide_logement_loyer_limite(Variable):
    value_type = float
    entity = Famille
    label = "Loyer à partir duquel il n'y a plus d'aide"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2016_07(famille, period, parameters):
        zone = famille.demandeur.menage("zone_apl", period)
        multiples = le_bareme(parameters, period).coefficients_degressivite_suppression[zone]
        return famille("aide_logement_loyer_plafond", period) * multiples.suppression


class aide_logement_loyer_admis(Variable):
    value_type = bool
    entity = Famille
    label = "Le loyer n'atteint pas la limite"
    definition_period = MONTH
    default_value = True

    def formula_2016_07(famille, period):
        avant = famille("aide_logement_montant_brut_avant_degressivite", period)
        return (avant == 0) + (famille("aide_logement_degressivite", period) < avant)


class aide_logement_ressources_limite(Variable):
    """The highest yearly resources, a multiple of 100 €, for which a tenant is paid. Zero when none would do."""

    value_type = float
    entity = Famille
    label = "Ressources annuelles au-dessus desquelles il n'y a plus d'aide"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        return _limite(famille, period, np.maximum(famille("aide_logement_seuil_versement", period), 1))

    def formula_2016_07(famille, period, parameters):
        bareme = le_bareme(parameters, period)
        reste = coefficient_degressivite(
            bareme,
            famille.demandeur.menage("zone_apl", period),
            famille("aide_logement_loyer_reel", period),
            famille("aide_logement_loyer_plafond", period),
        )
        reste = np.where(famille("aide_logement_exempte_de_degressivite", period), 1, np.maximum(reste, 0.001))
        due = np.maximum(famille("aide_logement_seuil_versement", period), 1)
        # Since livre VIII the aid is in whole euros when it is compared: its CRDS comes on top.
        arrondie_avant = period.start >= LIVRE_VIII
        a_verser = due + arrondie_avant * crds(due) + bareme.minoration_forfaitaire
        return _limite(famille, period, a_verser / reste)


def _limite(famille, period, a_verser):
    """The resources that leave `a_verser` euros a month of aid."""
    maximum = (
        famille("aide_logement_loyer_retenu", period)
        + famille("aide_logement_charges", period)
        - famille("aide_logement_participation_minimale", period)
    )
    taux = famille("aide_logement_taux_participation_personnelle", period)
    limite = famille("aide_logement_R0", period) + (maximum - a_verser) / taux
    return np.where(maximum > a_verser, np.maximum(np.floor(limite / 100) * 100, 0), 0)


class aide_logement_ressources_admises(Variable):
    value_type = bool
    entity = Famille
    label = "Les ressources ne sont pas trop élevées pour ce loyer"
    definition_period = MONTH

    def formula(famille, period):
        return famille("aide_logement_montant_brut", period) > 0


class aide_logement_reste_apres_rls(Variable):
    value_type = bool
    entity = Famille
    label = "L'aide dépasse la baisse que compense la réduction de loyer de solidarité"
    definition_period = MONTH

    def formula(famille, period):
        return (famille("aide_logement_avant_seuil", period) > 0) + famille("aide_logement_sans_rls", period)


class aide_logement_un_euro(Variable):
    value_type = bool
    entity = Famille
    label = "L'aide nette atteint un euro"
    definition_period = MONTH

    def formula(famille, period):
        return famille("aide_logement_montant", period) > 0


class aide_logement_sejour_exclu(Variable):
    value_type = bool
    entity = Famille
    label = "Étudiant étranger hors Union européenne qui ne remplit pas les conditions d'une bourse"
    definition_period = MONTH

    def formula_2026_07(famille, period):
        return famille("aide_logement_sejour_admis", period) == 0
