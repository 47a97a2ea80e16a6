"""The resources that the RSA counts: means over the reference months (CASF R262-7), per person then for the household.

What stopped for certain and nothing replaces is left out (R262-13): detected as OpenFisca-France does (nothing in the
month of the right, something the month before, no replacement income), or said by the input `rsa_revenus_interrompus`.
"""

import numpy as np
from openfisca_core.periods import MONTH, Period
from openfisca_core.populations import ADD
from openfisca_france.model.base import (
    Famille,
    FoyerFiscal,
    Individu,
    Variable,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
)

from guichet.law.extension.minima.trimestre import au_trimestre

ACTIVITE = (
    "salaire_net",
    "indemnites_chomage_partiel",
    "remuneration_apprenti",
    "indemnites_volontariat",
    "revenus_stage_formation_pro",
    "bourse_recherche",
    "hsup",
    "etr",
    "rpns_auto_entrepreneur_benefice",
    "rsa_indemnites_journalieres_activite",
)
REMPLACEMENT = ("chomage_net", "retraite_nette")
AUTRES = (
    "allocation_securisation_professionnelle",
    "dedommagement_victime_amiante",
    "gains_exceptionnels",
    "pensions_alimentaires_percues",
    "pensions_invalidite",
    "prestation_compensatoire",
    "prime_forfaitaire_mensuelle_reprise_activite",
    "rsa_base_ressources_patrimoine_individu",
    "rsa_indemnites_journalieres_hors_activite",
)


class rsa_revenus_interrompus(Variable):
    value_type = bool
    entity = Individu
    label = "Revenus professionnels ou de remplacement interrompus de manière certaine, sans revenu de substitution"
    reference = "Article R262-13 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


class rsa_cumul_integral(Variable):
    """R262-12 (2009 to 2016): for three months after taking up work, at most four in twelve, earnings do not count."""

    value_type = bool
    entity = Individu
    label = "Mois de cumul intégral du RSA et des revenus d'une activité reprise"
    reference = "Article R262-12 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


class rsa_premier_reexamen(Variable):
    """Said by the household's file: the first renewal computed on the months M-4 to M-2."""

    value_type = bool
    entity = Famille
    label = "Premier renouvellement du RSA calculé sur les quatrième, troisième et deuxième mois"
    reference = "Décret n° 2024-693 du 5 juillet 2024, article 8"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


def interrompu(individu, nom, period):
    """Whether the income `nom` of each person stopped, with nothing to replace it."""
    cesse = (individu(nom, period) == 0) * (individu(nom, period.last_month) > 0)
    remplace = individu("rsa_has_ressources_substitution", period)
    return cesse * np.logical_not(remplace) + individu("rsa_revenus_interrompus", period)


def comptes(individu, noms, period, mois):
    return sum(individu(nom, mois, options=[ADD]) * np.logical_not(interrompu(individu, nom, period)) for nom in noms)


def activite(individu, period, mois):
    """The mean earnings of each person over `mois`, euros per month."""
    return comptes(individu, ACTIVITE, period, mois) / mois.size


def hors_activite(individu, period, mois, parameters):
    """The mean of the other resources of each person over `mois`, euros per month."""
    rsa = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa
    # R262-13, 2nd paragraph: these are left out up to one flat amount a month.
    neutralisable = mois.size * rsa.rsa_m.montant_de_base_du_rsa
    autres = sum(
        np.maximum(
            0,
            individu(nom, mois, options=[ADD])
            - neutralisable * (individu(nom, period) == 0) * (individu(nom, period.last_month) > 0),
        )
        for nom in AUTRES
    )
    rente = individu.foyer_fiscal("rente_viagere_titre_onereux", mois, options=[ADD])
    rente_du_declarant = rente * individu.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)
    return (comptes(individu, REMPLACEMENT, period, mois) + autres + rente_du_declarant) / mois.size


MINIMA_INDIVIDUELS = ("ass", "aah", "asi")


def minima_sociaux(famille, period, mois, individuels=(*MINIMA_INDIVIDUELS, "caah")):
    """The other minimum incomes of the household, the mean over `mois` (ASPA: of the month), euros per month."""
    total = sum(famille.members(nom, mois, options=[ADD]) for nom in individuels)
    return famille("aspa", period) + famille.sum(total) / mois.size


def du_foyer(famille, period, par_personne):
    """The sum over the adults and the children whom the RSA counts."""
    enfant = famille.members("est_enfant_dans_famille", period)
    a_charge = famille.members("rsa_enfant_a_charge", period)
    return famille.sum((np.logical_not(enfant) + a_charge) * par_personne)


class rsa_revenu_activite_individu(Variable):
    value_type = float
    entity = Individu
    label = "Revenus d'activité du RSA, moyenne mensuelle"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(individu, period):
        moyenne = au_trimestre(individu, period, lambda mois: activite(individu, period, mois))
        return moyenne * np.logical_not(individu("rsa_cumul_integral", period))

    def formula_2017(individu, period):
        moyenne = au_trimestre(individu, period, lambda mois: activite(individu, period, mois))
        return moyenne + individu("ppa_rsa_derniers_revenus_tns_annuels_connus", period.this_year)


class rsa_base_ressources_individu(Variable):
    value_type = float
    entity = Individu
    label = "Ressources du RSA autres que les revenus d'activité, moyenne mensuelle"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(individu, period, parameters):
        return au_trimestre(individu, period, lambda mois: hors_activite(individu, period, mois, parameters))


class rsa_base_ressources_minima_sociaux(Variable):
    value_type = float
    entity = Famille
    label = "Minima sociaux comptés dans les ressources du RSA"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return au_trimestre(famille, period, lambda mois: minima_sociaux(famille, period, mois))


class rsa_ressources_activite(Variable):
    value_type = float
    entity = Famille
    label = "Revenus d'activité du foyer comptés par le RSA"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return du_foyer(famille, period, famille.members("rsa_revenu_activite_individu", period))


class rsa_ressources_hors_activite(Variable):
    value_type = float
    entity = Famille
    label = "Autres revenus du foyer comptés par le RSA"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return du_foyer(famille, period, famille.members("rsa_base_ressources_individu", period))


class rsa_ressources_premier_reexamen(Variable):
    """The first renewal under the new months keeps the lower of two means: of the months M-4 to M-2, of M-3 and M-2."""

    value_type = float
    entity = Famille
    label = "Baisse des ressources comptées au premier renouvellement sur les nouveaux mois"
    reference = "Décret n° 2024-693 du 5 juillet 2024, article 8"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2024_10(famille, period, parameters):
        trois = period.last_month.last_3_months
        deux = Period(("month", trois.start.offset(1, "month"), 2))

        def moyenne(mois):
            personnes = famille.members
            revenus = activite(personnes, period, mois) + hors_activite(personnes, period, mois, parameters)
            return du_foyer(famille, period, revenus) + minima_sociaux(famille, period, mois)

        return famille("rsa_premier_reexamen", period) * np.maximum(moyenne(trois) - moyenne(deux), 0)


class rsa_base_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Ressources du foyer comptées par le RSA"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return (
            famille("rsa_base_ressources_prestations_familiales", period)
            + famille("rsa_base_ressources_minima_sociaux", period)
            + famille("rsa_ressources_activite", period)
            + famille("rsa_ressources_hors_activite", period)
            - famille("rsa_ressources_premier_reexamen", period)
        )
