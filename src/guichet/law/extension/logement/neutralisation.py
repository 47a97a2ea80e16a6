"""Earnings that no longer come in: left out (neutralisation) or reduced by 30 % (abattement), person by person.

CCH, art. R822-13 to R822-17; before September 2019, R351-11 to R351-14-1 and CSS, art. R532-4 to R532-7.
"""

from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Individu, TypesActivite, Variable, set_input_dispatch_by_period

from guichet.law.extension.chomage import au_chomage_avant, en_conge_parental, indemnise, sans_allocation


def a_cesse_de_travailler(individu, period):
    revenus = individu("salaire_imposable", period)
    for nom in ("rpns_imposables", "rpns_pvce", "rpns_exon"):
        revenus = revenus + individu(nom, period.n_2)
    return revenus == 0


class aide_logement_condition_neutralisation(Variable):
    """Unpaid unemployment or ASS, leave of one of a couple for a child (R351-12, R822-11): the earnings of that person.

    Unemployment must last two months, but then counts from the first of the month that follows its beginning, or the end of
    the benefit (R351-14; CSS, art. R532-7): paid unemployment alone waits for the second month.

    RSA the month before: those of both partners (before 2016, the RSA socle only: the RSA activité left the earnings
    of N-2 in full, answer to written question no 110485, 13th legislature).
    """

    value_type = bool
    entity = Individu
    label = "Revenus d'activité et indemnités de chômage non comptés"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        non_indemnise = au_chomage_avant(individu, period, 0) * sans_allocation(individu, period)
        socle = individu.famille("rsa_socle_seul", period.last_month) > 0
        arrete = non_indemnise + en_conge_parental(individu, period) + socle > 0
        return arrete * individu.has_role(Famille.PARENT)


class aide_logement_chomage_de_moins_de_deux_mois(Variable):
    """The month after the one in which it began: left out for good only if it lasts."""

    value_type = bool
    entity = Individu
    label = "Revenus non comptés pour un chômage qui n'a pas encore duré deux mois"
    definition_period = MONTH

    def formula(individu, period):
        recent = au_chomage_avant(individu, period, 0) * (au_chomage_avant(individu, period, 1) == 0)
        return recent * (indemnise(individu, period) == 0) * individu.has_role(Famille.PARENT)


class aide_logement_abattement_revenus_activite_professionnelle(Variable):
    """Paid unemployment, from the second month after it began; retirement, invalidity or AAH once work has ended."""

    label = "Abattement de 30 % sur les revenus d'activité"

    def formula(individu, period):
        chomage = au_chomage_avant(individu, period, 1) * indemnise(individu, period)
        return (chomage + individu("aide_logement_abattement_indemnites_chomage", period)) > 0


class aide_logement_abattement_indemnites_chomage(Variable):
    label = "Abattement de 30 % sur les indemnités de chômage : retraite, invalidité ou AAH après l'arrêt du travail"

    def formula(individu, period):
        retire = (individu("activite", period) == TypesActivite.retraite) + (individu("aah", period) > 0)
        invalide = individu("pensions_invalidite", period) > 0
        return ((retire + invalide) > 0) * a_cesse_de_travailler(individu, period)
