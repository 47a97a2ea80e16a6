"""The resources that the RSA counts: means over the reference months (CASF R262-7), per person then for the household.

What stopped for certain and nothing replaces is left out (R262-13): detected as OpenFisca-France does (nothing in the
month of the right, something the month before, no replacement income), or said by the input `rsa_revenus_interrompus`.

What the caisse pays (family benefits, AAH) counts for the month of the right until 2016; since 2017 for the month in which
it was received, so for its mean over the reference months.
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

from guichet.law.extension.minima.trimestre import au_trimestre, en_moyenne

ANNEE_DES_TRIMESTRES = 2017
"""Décret 2017-122 of 1 February 2017, in force on 1 January."""
FORFAITS = (2014, 4)
"""Décret 2014-554: flat rates for the ASF and for the majored complément familial (R262-10-1)."""
MOIS_EXCLUS_DU_PARENT_ISOLE = 3
ACTIVITE = (
    "salaire_net",
    "indemnites_chomage_partiel",
    "remuneration_apprenti",
    "indemnites_volontariat",
    "revenus_stage_formation_pro",
    "indemnites_stage",
    "bourse_recherche",
    "hsup",
    "etr",
    "rpns_auto_entrepreneur_benefice",
    "rsa_indemnites_journalieres_activite",
)
REMPLACEMENT = ("chomage_net",)
AUTRES = (
    "retraite_nette",
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
SUBSTITUTION = (
    *("chomage_net", "ass", "allocation_securisation_professionnelle"),
    *("indemnites_journalieres", "retraite_nette"),
)
DE_LA_CAISSE = ("aah", "caah")


class rsa_revenus_interrompus(Variable):
    value_type = bool
    entity = Individu
    label = "Revenus professionnels ou de remplacement interrompus de manière certaine, sans revenu de substitution"
    reference = "Article R262-13 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


class rsa_has_ressources_substitution(Variable):
    """OpenFisca-France forgets the ASS and the allocation de sécurisation professionnelle."""

    value_type = bool
    entity = Individu
    label = "Revenu de substitution, qui fait compter les revenus interrompus"
    reference = "Article R262-13 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        return sum(individu(nom, period) for nom in SUBSTITUTION) > 0


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


def cesse(individu, nom, period):
    """Whether the income `nom` of each person stopped, with nothing to replace it."""
    arret = (individu(nom, period) == 0) * (individu(nom, period.last_month) > 0)
    return arret * np.logical_not(individu("rsa_has_ressources_substitution", period))


def interrompu(individu, nom, period):
    """The same of an income from work or of unemployment, which may be said to have stopped earlier."""
    return cesse(individu, nom, period) + individu("rsa_revenus_interrompus", period)


def comptes(individu, noms, period, mois):
    return sum(individu(nom, mois, options=[ADD]) * np.logical_not(interrompu(individu, nom, period)) for nom in noms)


def activite(individu, period, mois):
    """The mean earnings of each person over `mois`, euros per month."""
    return comptes(individu, ACTIVITE, period, mois) / mois.size


def hors_activite(individu, period, mois):
    """The mean of the other resources of each person over `mois`, euros per month."""
    autres = {nom: individu(nom, mois, options=[ADD]) for nom in AUTRES}
    # R262-13, 2nd paragraph: those that stopped are left out up to one flat amount a month, all together.
    arretees = sum(autres[nom] * cesse(individu, nom, period) for nom in AUTRES)
    ecartees = np.minimum(arretees, mois.size * individu.famille("rsa_montant_de_base", period))
    rente = individu.foyer_fiscal("rente_viagere_titre_onereux", mois, options=[ADD])
    rente_du_declarant = rente * individu.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)
    remplacement = comptes(individu, REMPLACEMENT, period, mois)
    return (remplacement + sum(autres.values()) - ecartees + rente_du_declarant) / mois.size


def minima_sociaux(famille, period, mois, de_la_caisse=DE_LA_CAISSE):
    """The other minimum incomes of the household, the mean over `mois` (ASPA: of the month), euros per month."""
    individus = famille.members
    servis = period if period.start.year < ANNEE_DES_TRIMESTRES else mois
    caisse = sum(individus(nom, servis, options=[ADD]) for nom in de_la_caisse) / servis.size
    ass = comptes(individus, ("ass",), period, mois)
    return famille("aspa", period) + famille.sum(caisse + (ass + individus("asi", mois, options=[ADD])) / mois.size)


def du_foyer(famille, period, par_personne):
    """The sum over the adults and the children whom the RSA counts."""
    enfant = famille.members("est_enfant_dans_famille", period)
    a_charge = famille.members("rsa_enfant_a_charge", period)
    return famille.sum((np.logical_not(enfant) + a_charge) * par_personne)


def prestations_familiales(famille, mois):
    """The family benefits of `mois` that count, euros: R262-7, R262-10-1 and R262-11."""
    total = sum(famille(nom, mois) for nom in ("rsa_allocation_de_base", "paje_clca", "paje_colca", "paje_prepare"))
    if (mois.start.year, mois.start.month) < FORFAITS:
        return total + famille("af_base", mois) + famille("cf", mois) + famille("asf", mois)
    complement = (famille("cf", mois) > 0) * famille("cf_non_majore_avant_cumul", mois)
    allocations = np.minimum(famille("af_base", mois), famille("af", mois))
    return total + famille("rsa_forfait_asf", mois) + complement + allocations


def servies(famille, mois):
    """What the caisse paid for `mois` and the RSA counts: family benefits and AAH, euros."""
    aah = sum(famille.members(nom, mois) for nom in DE_LA_CAISSE)
    return prestations_familiales(famille, mois) + famille.sum(aah)


class rsa_allocation_de_base(Variable):
    """Left out for the month of birth, and for a lone parent until the month in which the child is three months old.

    Where an elder child has the allowance, it is not due for the newborn one, and counts.
    """

    value_type = float
    entity = Famille
    label = "Allocation de base de la Paje comptée dans les ressources du RSA et de la prime d'activité"
    reference = (
        "Article R262-11, 2°, du Code de l'action sociale et des familles",
        "Article R844-5, 2°, du Code de la sécurité sociale",
    )
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        ouvre = famille.members("enfant_eligible_paje", period)
        aine = famille.max(ouvre * (1 + famille.members("pf_mois_depuis_naissance", period))) - 1
        exclus = np.where(famille("rsa_majore_ouvert", period), MOIS_EXCLUS_DU_PARENT_ISOLE, 0)
        return famille("paje_base", period) * np.logical_not((aine >= 0) * (aine <= exclus))


class rsa_base_ressources_prestations_familiales(Variable):
    value_type = float
    entity = Famille
    label = "Prestations familiales comptées dans les ressources du RSA"
    reference = "Articles R262-7, R262-10-1 et R262-11 du Code de l'action sociale et des familles"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2009_06(famille, period):
        return prestations_familiales(famille, period)

    def formula_2014_04(famille, period):
        return prestations_familiales(famille, period)

    def formula_2017(famille, period):
        return en_moyenne(famille, period, lambda mois: prestations_familiales(famille, mois))


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

    def formula_2009_06(individu, period):
        return au_trimestre(individu, period, lambda mois: hors_activite(individu, period, mois))


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

    def formula_2024_10(famille, period):
        trois = period.last_month.last_3_months
        deux = Period(("month", trois.start.offset(1, "month"), 2))

        def moyenne(mois):
            personnes = famille.members
            revenus = activite(personnes, period, mois) + hors_activite(personnes, period, mois)
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
