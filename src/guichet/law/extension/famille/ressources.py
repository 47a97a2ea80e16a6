"""The resources of the AF and of the CF by the work that was lost since: CSS R532-4 and R532-7 (D521-4, R522-2).

OpenFisca takes the year N-2 as it was. Here the earnings of who has lost them since are reduced, or left out: paid and
unpaid unemployment, when it is told to have begun after that year; the parental leave of one of a couple. Not done, for want
of facts or of a past: unemployment without a date, or older; the RSA (R532-7, last paragraph); an illness of six months
(R532-6); a pension or the AAH, whose 30 % end with the year or the next one (R532-5); prison, death, separation (R532-4).
Nor for the ARS, a right of the year that is asked for in any month of it, when nothing is known of July (R543-6).
"""

from numpy import datetime64
from openfisca_core.model_api import ADD, MONTH, Variable
from openfisca_france.model.base import Famille, Individu, max_, min_, set_input_divide_by_period, where
from openfisca_france.model.prestations.prestations_familiales import cf

from guichet.law.extension.chomage import au_chomage_avant, en_conge_parental, indemnise, sans_allocation

ressources_du_cf = cf.cf_base_ressources.formula
"""OpenFisca's: the incomes of the year N-2, as the tax counts them."""


def au_chomage_depuis(individu, period, mois):
    """Unemployed since before the first of the month `mois` months ago, and after the year N-2."""
    apres_l_annee = individu("date_debut_chomage", period) > datetime64(period.n_2.stop)
    debute = individu("date_debut_chomage", period) < datetime64(period.first_month.start)
    return au_chomage_avant(individu, period, mois) * apres_l_annee * debute


class pf_revenus_d_activite_non_comptes(Variable):
    """Without work nor its benefit, or with the ASS: two months at least, counted from the first of the month after it began
    (R532-7). In a couple, on a parental leave (R532-4)."""

    value_type = bool
    entity = Individu
    label = "Revenus d'activité et indemnités de chômage non comptés dans les prestations familiales"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R532-4 et R532-7"

    def formula(individu, period):
        non_indemnise = au_chomage_depuis(individu, period, 0) * sans_allocation(individu, period)
        return (non_indemnise + en_conge_parental(individu, period) > 0) & individu.has_role(Famille.PARENT)


class pf_revenus_ecartes(Variable):
    """The whole, or 30 % of the earnings in paid unemployment, from the second month after it began (R532-7)."""

    value_type = float
    entity = Individu
    label = "Revenus de l'avant-dernière année écartés des ressources : chômage ou congé parental"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. R532-4 et R532-7"

    def formula(individu, period, parameters):
        imposables = individu("revenu_assimile_salaire", period.n_2)
        nets = individu("revenu_assimile_salaire_apres_abattements", period.n_2)
        chomage = min_(individu("chomage_imposable", period.n_2, options=[ADD]), imposables)
        du_chomage = nets * chomage / max_(imposables, 1)
        du_travail = nets - du_chomage + max_(individu("rpns_imposables", period.n_2), 0)
        ressources = parameters(period).prestations_sociales.aides_logement.allocations_logement.ressources
        au_chomage = au_chomage_depuis(individu, period, 1) * indemnise(individu, period)
        abattement = ressources.abattements.chomage_indemnise * au_chomage * individu.has_role(Famille.PARENT)
        return where(individu("pf_revenus_d_activite_non_comptes", period), du_travail + du_chomage, abattement * du_travail)


class af_ressources(Variable):
    value_type = float
    entity = Famille
    label = "Ressources annuelles retenues pour les allocations familiales"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. D521-4, R532-3, R532-4 et R532-7"

    def formula(famille, period):
        return famille("prestations_familiales_base_ressources", period) - ecartes(famille, period)


class cf_base_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. R522-2, R532-3, R532-4 et R532-7"

    def formula(famille, period):
        return ressources_du_cf(famille, period) - ecartes(famille, period)


def ecartes(famille, period):
    return famille.sum(famille.members("pf_revenus_ecartes", period))
