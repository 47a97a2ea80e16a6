"""Whom the RSA counts: adults who may claim it (CASF L262-4 to L262-6), children and young people at charge (R262-3)."""

import numpy as np
from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Individu, Variable

from guichet.law.extension.famille.enfants import depasse
from guichet.law.extension.minima.rsa_forfaits import ALTERNANCE, du_rsa, taux_du_foyer, taux_du_parent_isole

CONGES_EXCLUANTS = ("conge_parental", "conge_sabbatique", "conge_sans_solde", "disponibilite")
AGE_DE_LA_MAJORATION = 3


class rsa_conge_excluant(Variable):
    value_type = bool
    entity = Individu
    label = "En congé parental, sabbatique, sans solde ou en disponibilité"
    reference = "Article L262-4 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        conge = individu("type_conges", period)
        return sum(conge == getattr(conge.possible_values, nom) for nom in CONGES_EXCLUANTS) > 0


class rsa_condition_nationalite(Variable):
    """L262-4 2° and L262-6; fifteen years of a residence permit instead of five in Mayotte (L542-6)."""

    value_type = bool
    entity = Individu
    label = "Condition de nationalité et de titre de séjour du RSA"
    reference = "Articles L262-4, L262-6 et L542-6 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula_2012(individu, period, parameters):
        minimum = du_rsa(parameters, period).rsa_cond.duree_min_titre_sejour
        nationalite = individu("nationalite", period)
        europeen = individu("ressortissant_eee", period) + (nationalite == b"CH")
        annees = np.where(
            europeen,
            minimum.eee,
            np.where(individu.menage("residence_mayotte", period), minimum.non_eee_mayotte, minimum.non_eee),
        )
        return (nationalite == b"FR") + (individu("duree_possession_titre_sejour", period) >= annees)


class rsa_adulte_compte(Variable):
    """L262-5: a partner counts who is French or fulfils the condition of residence, and is not on unpaid leave.

    A student counts: L262-5 names 2° and 4° of L262-4, not its 3°. The resources of who does not count are counted
    all the same, for they are the household's (L262-3, R262-6; service-public.fr, sheet F24615).
    """

    value_type = bool
    entity = Individu
    label = "Adulte compté dans le montant forfaitaire du RSA"
    reference = "Article L262-5 du Code de l'action sociale et des familles"
    definition_period = MONTH

    def formula(individu, period):
        conge = individu("rsa_conge_excluant", period)
        return individu("rsa_condition_nationalite", period) * np.logical_not(conge)


class rsa_nb_adultes(Variable):
    """One at least: the lone parent of L262-9 needs fulfil neither condition."""

    value_type = int
    entity = Famille
    label = "Adultes comptés dans le montant forfaitaire du RSA"
    definition_period = MONTH

    def formula(famille, period):
        comptes = famille.members("rsa_adulte_compte", period)
        return np.maximum(famille.sum(comptes, role=Famille.PARENT), 1)


class rsa_adultes_non_comptes(Variable):
    value_type = int
    entity = Famille
    label = "Adultes du foyer que le montant forfaitaire du RSA ne compte pas"
    definition_period = MONTH

    def formula(famille, period):
        return famille("nb_parents", period) - famille("rsa_nb_adultes", period)


class rsa_enfant_possible(Variable):
    """A child counts from the month of its birth (D262-34), a young person until the month of the 25th birthday."""

    value_type = bool
    entity = Individu
    label = "Enfant ou jeune de moins de 25 ans au foyer, avant l'examen de ses ressources"
    definition_period = MONTH

    def formula(individu, period, parameters):
        age_limite = du_rsa(parameters, period).rsa_cond.age_pac
        en_age = depasse(individu, period, 0) * (individu("age", period) < age_limite)
        return (
            individu("est_enfant_dans_famille", period) * en_age * np.logical_not(individu("autonomie_financiere", period))
        )


class rsa_enfant_a_charge(Variable):
    """R262-3: not who has resources that reach the increase of the guaranteed income to which it gives a right.

    That increase is what the flat amount would lose without this child: 50 %, 30 %, 40 % of the base, a lone parent's
    42.804 %, or all of the lone parent's amount when the child alone opens it. Children who all earn are each looked at
    as if the others counted.
    """

    value_type = bool
    entity = Individu
    label = "Enfant pris en compte dans le calcul du RSA"
    reference = "Article R262-3 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula_2012(individu, period, parameters):
        famille = individu.famille
        possible = individu("rsa_enfant_possible", period)
        petit = possible * (individu("age", period) < AGE_DE_LA_MAJORATION)
        nombre, petits = famille.sum(possible), famille.sum(petit)
        isole = np.logical_not(famille("en_couple", period) + famille("rsa_a_mayotte", period))
        recent, enceinte = famille("rsa_isolement_recent", period), famille("enceinte_fam", period)

        def taux(enfants, petits):
            majore = isole * (enceinte + (enfants > 0) * (recent + (petits > 0)))
            ordinaire = taux_du_foyer(famille, period, parameters, enfants)
            return np.where(majore > 0, taux_du_parent_isole(parameters, period, enfants), ordinaire)

        apport = taux(nombre, petits) - taux(nombre - 1, petits - petit)
        if (period.start.year, period.start.month) >= ALTERNANCE:
            apport = apport * np.where(individu("garde_alternee", period), 0.5, 1)
        ressources = individu("rsa_revenus_determination_enfant_a_charge", period)
        return possible * (ressources < apport * famille("rsa_montant_de_base", period))
