"""Two earners, who raise the ceilings of the PAJE and of the complément familial: CSS R522-2, R531-1."""

from openfisca_core.model_api import ADD, MONTH, Variable
from openfisca_france.model.base import Famille, max_


class biactivite(Variable):
    """Each of the two has drawn from work, in the year of reference, 13,6 % of the yearly ceiling of social security of
    1 January of that year: 4 947 € in 2012, 5 594 € in 2021, 5 983 € in 2023. OpenFisca keeps the rule of before
    November 2011, twelve times the base of the family benefits.

    What counts is the income from work within the resources of R532-3: after the deduction of 10 %, and without the
    unemployment benefit, which replaces it.
    """

    value_type = bool
    entity = Famille
    label = "Chaque membre du couple a tiré de son travail un revenu suffisant, l'avant-dernière année"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R522-2 et R531-1"

    def formula_2012_06(famille, period, parameters):
        annee = period.n_2
        plancher = parameters(period).prestations_sociales.prestations_familiales.def_biactif
        part = plancher.revenu_professionnel_plancher_couples_biactifs.en_pourcentage_pss
        pss = parameters(annee.start).prelevements_sociaux.pss.plafond_securite_sociale_annuel

        salaires = famille.members("revenu_assimile_salaire", annee)
        nets = famille.members("revenu_assimile_salaire_apres_abattements", annee)
        chomage = famille.members("chomage_imposable", annee, options=[ADD])
        du_travail = nets * max_(salaires - chomage, 0) / max_(salaires, 1)
        actifs = du_travail + famille.members("rpns_imposables", annee) >= part * pss
        return famille.sum(actifs, role=Famille.PARENT) == 2
