"""Quotient familial of the family funds: a measure of the CNAF, with no text in the codes.

A twelfth of the taxable resources of year N-2, before the tax allowances, and the benefits of the month, divided by
the parts: two for the adult or the couple, a half for the first child and for the second, one for the third, a half
for each next, a half more for a disabled child, a half of its part for a child in alternate custody. Source: DINUM's
documentation of API Particulier, which quotes caf.fr.
"""

from typing import Any

from openfisca_france.model.base import (
    MONTH,
    Famille,
    Individu,
    Variable,
    max_,
    not_,
    round_,
)

from guichet.law.extension.crds import net_de_crds

PARTS_DES_ADULTES = 2.0
PART_D_ENFANT = 0.5
SUPPLEMENT_DU_TROISIEME = 0.5
SUPPLEMENT_HANDICAP = 0.5


def par_part(montant: Any, parts: Any) -> Any:
    return round_(montant / parts, 2)


def quotient(ressources_par_part: Any, prestations_par_part: Any) -> Any:
    """Half an euro goes up: round_ would take the even neighbour."""
    return ((ressources_par_part + prestations_par_part) * 100 + 50.001) // 100


class qf_ressources_individu(Variable):
    value_type = float
    entity = Individu
    label = "Revenus imposables de l'avant-dernière année, avant abattements fiscaux"
    definition_period = MONTH

    def formula(individu, period):
        annee = period.n_2
        pris_en_compte = not_(individu("est_enfant_dans_famille", period)) + individu("cf_enfant_a_charge", period)
        revenus = (
            individu("revenu_assimile_salaire", annee)
            + individu("revenu_assimile_pension", annee)
            + individu("rpns_imposables", annee)
        )
        return (pris_en_compte > 0) * revenus


class qf_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Ressources annuelles retenues pour le quotient familial"
    definition_period = MONTH

    def formula(famille, period):
        individuelles = famille.sum(famille.members("qf_ressources_individu", period))
        return max_(individuelles + famille("prestations_familiales_base_ressources_communes", period), 0)


class qf_prestations(Variable):
    value_type = float
    entity = Famille
    label = "Prestations du mois retenues pour le quotient familial"
    definition_period = MONTH

    def formula(famille, period):
        paje = (
            famille("paje_base_nette_crds", period)
            + famille("paje_clca_nette_crds", period)
            + famille("paje_prepare_nette_crds", period)
        )
        handicap = famille.sum(famille.members("aah", period) + famille.members("caah", period))
        return (
            famille("af_nettes_crds", period)
            + famille("cf_net_crds", period)
            + famille("asf_nette_crds", period)
            + famille("aeeh", period)
            + paje
            + handicap
            + famille("rsa", period)
            + net_de_crds(famille("ppa", period))
            + famille("aide_logement", period)
        )


class qf_parts(Variable):
    value_type = float
    entity = Famille
    label = "Nombre de parts du quotient familial de la caisse"
    definition_period = MONTH

    def formula(famille, period):
        a_charge = famille.members("cf_enfant_a_charge", period)
        alternee = a_charge * famille.members("garde_alternee", period)
        handicap = a_charge * famille.members("handicap", period)
        enfants = famille.sum(a_charge)
        entieres = enfants * PART_D_ENFANT + (enfants >= 3) * SUPPLEMENT_DU_TROISIEME
        partagees = famille.sum(alternee) * PART_D_ENFANT / 2
        return PARTS_DES_ADULTES + entieres - partagees + famille.sum(handicap) * SUPPLEMENT_HANDICAP


class qf_ressources_par_part(Variable):
    value_type = float
    entity = Famille
    label = "Un douzième des ressources, par part"
    definition_period = MONTH

    def formula(famille, period):
        return par_part(famille("qf_ressources", period) / 12, famille("qf_parts", period))


class qf_prestations_par_part(Variable):
    value_type = float
    entity = Famille
    label = "Prestations du mois, par part"
    definition_period = MONTH

    def formula(famille, period):
        return par_part(famille("qf_prestations", period), famille("qf_parts", period))


class quotient_familial(Variable):
    value_type = float
    entity = Famille
    label = "Quotient familial de la caisse, en euros entiers"
    definition_period = MONTH

    def formula(famille, period):
        return quotient(famille("qf_ressources_par_part", period), famille("qf_prestations_par_part", period))


class qf_arrondi(Variable):
    value_type = float
    entity = Famille
    label = "Arrondi du quotient familial à l'euro le plus proche"
    definition_period = MONTH

    def formula(famille, period):
        somme = famille("qf_ressources_par_part", period) + famille("qf_prestations_par_part", period)
        return famille("quotient_familial", period) - somme


class quotient_familial_positif(Variable):
    value_type = bool
    entity = Famille
    label = "Le quotient familial de la caisse n'est pas nul"
    definition_period = MONTH

    def formula(famille, period):
        return famille("quotient_familial", period) > 0
