"""Allocation aux adultes handicapés: CSS L821-1 to L821-5, R821-4, D821-1 to D821-9.

OpenFisca's rules, cut into the steps that a décompte shows, and three corrections:
- the first six months of a job in ordinary employment leave the allowance whole (D821-9): the input
  `aah_reprise_activite_moins_de_six_mois` says it, OpenFisca has nothing of it;
- the pay of the quarter is the taxable one, as the tax knows it (R532-3, to which R821-4-1 refers), without its 10 % off;
- `mva` belongs to those who may have the complement (L821-1-2), not to every person with a housing aid.
"""

from openfisca_core.periods import Period
from openfisca_france.model.base import (
    ADD,
    MONTH,
    Individu,
    Variable,
    max_,
    min_,
    not_,
    round_,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
    where,
)

AUTRES_REVENUS_DU_TRAVAIL = ("indemnites_stage", "rpns_auto_entrepreneur_benefice")
REVENUS_DU_TRAVAIL = ("salaire_net", *AUTRES_REVENUS_DU_TRAVAIL)
REVENUS_DE_REMPLACEMENT = (
    "chomage_net",
    "indemnites_chomage_partiel",
    "indemnites_journalieres_imposables",
    "revenus_stage_formation_pro",
)
REVENUS_DE_L_AN_PASSE = (
    "rpns_micro_entreprise_benefice",
    "rpns_benefice_exploitant_agricole",
    "rpns_autres_revenus",
)


def _invalidite(parameters, period):
    return parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite


def _paye(individu, trimestre):
    """The taxable pay; the net pay where it alone is known."""
    imposable = individu("salaire_imposable", trimestre, options=[ADD])
    return where(imposable > 0, imposable, individu("salaire_net", trimestre, options=[ADD]))


class aah_reprise_activite_moins_de_six_mois(Variable):
    value_type = bool
    entity = Individu
    label = "Emploi en milieu ordinaire repris depuis six mois au plus, cumulé en entier avec l'allocation"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    reference = "Code de la sécurité sociale, art. D821-9"


class aah_base_ressources_activite_eval_trimestrielle(Variable):
    value_type = float
    entity = Individu
    label = "Revenus d'activité du trimestre de référence, en rythme annuel, pour l'allocation aux adultes handicapés"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        trimestre = Period(("month", period.start, 3)).offset(-3)
        an_passe = period.last_year
        travail = _paye(individu, trimestre)
        travail = travail + sum(individu(nom, trimestre, options=[ADD]) for nom in AUTRES_REVENUS_DU_TRAVAIL)
        remplacement = sum(individu(nom, trimestre, options=[ADD]) for nom in REVENUS_DE_REMPLACEMENT)
        independants = sum(individu(nom, an_passe) for nom in REVENUS_DE_L_AN_PASSE) * 3 / 12
        cumul_entier = individu("aah_reprise_activite_moins_de_six_mois", period)
        return (not_(cumul_entier) * (travail + independants) + remplacement) * 4


class aah_travaille(Variable):
    value_type = bool
    entity = Individu
    label = "Bénéficiaire possible de l'allocation aux adultes handicapés qui a des revenus d'activité"
    definition_period = MONTH

    def formula(individu, period):
        trimestre = Period(("month", period.start, 3)).offset(-3)
        travail = sum(individu(nom, trimestre, options=[ADD]) for nom in REVENUS_DU_TRAVAIL)
        return individu("aah_eligible", period) * (travail > 0)


class aah_taux_suffisant(Variable):
    value_type = bool
    entity = Individu
    label = "Taux d'incapacité d'au moins 50 %"
    definition_period = MONTH

    def formula(individu, period, parameters):
        return individu("taux_incapacite", period) >= _invalidite(parameters, period).aah.taux_capacite.taux_incapacite_rsdae


class aah_taux_ou_restriction(Variable):
    value_type = bool
    entity = Individu
    label = "Taux d'incapacité d'au moins 80 %, ou de 50 % avec une restriction d'accès à l'emploi reconnue"
    definition_period = MONTH

    def formula(individu, period, parameters):
        taux = _invalidite(parameters, period).aah.taux_capacite
        restriction = individu("aah_restriction_substantielle_durable_acces_emploi", period)
        entier = individu("taux_incapacite", period) >= taux.taux_incapacite
        return entier + individu("aah_taux_suffisant", period) * restriction


class aah_due(Variable):
    value_type = bool
    entity = Individu
    label = "Ressources inférieures au plafond de l'allocation aux adultes handicapés"
    definition_period = MONTH

    def formula(individu, period):
        return individu("aah_base", period) > 0


class aah_selon_le_foyer(Variable):
    value_type = float
    entity = Individu
    label = "Allocation aux adultes handicapés calculée avec les ressources du conjoint"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period, parameters):
        plafond = individu("aah_plafond_ressources_conjugalise", period)
        ressources = individu("aah_base_ressources_conjugalisee", period)
        return _allocation(individu, period, parameters, plafond - ressources)


class aah_selon_la_personne(Variable):
    value_type = float
    entity = Individu
    label = "Allocation aux adultes handicapés calculée sans les ressources du conjoint"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2023_10_01(individu, period, parameters):
        plafond = individu("aah_plafond_ressources_deconjugalise", period)
        ressources = individu("aah_base_ressources_deconjugalisee", period)
        return _allocation(individu, period, parameters, plafond - ressources)


def _allocation(individu, period, parameters, sous_le_plafond):
    """At most the maximum, less what cannot be received with it (L821-1); to the cent."""
    maximum = _invalidite(parameters, period).aah.montant
    reste = max_(maximum - individu("aah_base_non_cumulable", period), 0)
    return individu("aah_eligible", period) * round_(min_(min_(maximum, max_(sous_le_plafond, 0)), reste), 2)


class aah_calcul_avec_conjoint(Variable):
    value_type = bool
    entity = Individu
    label = "L'allocation aux adultes handicapés est calculée avec les ressources du conjoint"
    definition_period = MONTH

    def formula(individu, period):
        return individu("aah_eligible", period)

    def formula_2023_10_01(individu, period):
        meilleur = individu("aah_selon_le_foyer", period) > individu("aah_selon_la_personne", period)
        return individu("aah_conjugalise_eligible", period) * meilleur


class aah_base(Variable):
    value_type = float
    entity = Individu
    label = "Allocation aux adultes handicapés, avant réduction pour séjour"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return where(
            individu("aah_calcul_avec_conjoint", period),
            individu("aah_selon_le_foyer", period),
            individu("aah_selon_la_personne", period),
        )


class aah_montant_maximal(Variable):
    value_type = float
    entity = Individu
    label = "Montant maximal de l'allocation aux adultes handicapés"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period, parameters):
        return individu("aah_eligible", period) * _invalidite(parameters, period).aah.montant


class aah_plafond_retenu(Variable):
    value_type = float
    entity = Individu
    label = "Plafond mensuel de ressources de l'allocation aux adultes handicapés"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        plafond = where(
            individu("aah_calcul_avec_conjoint", period),
            individu("aah_plafond_ressources_conjugalise", period),
            individu("aah_plafond_ressources_deconjugalise", period),
        )
        return individu("aah_eligible", period) * plafond


class aah_ressources_retenues(Variable):
    value_type = float
    entity = Individu
    label = "Ressources mensuelles retenues pour l'allocation aux adultes handicapés"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        ressources = where(
            individu("aah_calcul_avec_conjoint", period),
            individu("aah_base_ressources_conjugalisee", period),
            individu("aah_base_ressources_deconjugalisee", period),
        )
        return individu("aah_eligible", period) * ressources


class aah_pension_deduite(Variable):
    value_type = float
    entity = Individu
    label = "Pension d'invalidité, qui s'impute sur l'allocation aux adultes handicapés"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return individu("aah_eligible", period) * individu("aah_base_non_cumulable", period)


class aah_reduction_ressources(Variable):
    value_type = float
    entity = Individu
    label = "Réduction de l'allocation aux adultes handicapés selon les ressources"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return individu("aah_montant_maximal", period) - individu("aah_base", period)


class aah_reduction_sejour(Variable):
    value_type = float
    entity = Individu
    label = "Réduction de l'allocation aux adultes handicapés pendant une hospitalisation ou une détention"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return individu("aah_base", period) - individu("aah", period)


class mva(Variable):
    value_type = float
    entity = Individu
    label = "Majoration pour la vie autonome"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2015_07_01(individu, period, parameters):
        logement_aide = individu.famille("aide_logement_montant", period) > 0
        majoration = _invalidite(parameters, period).caah.majoration_vie_autonome
        return individu("eligibilite_caah", period) * logement_aide * majoration


class aah_versee(Variable):
    value_type = float
    entity = Individu
    label = "Allocation aux adultes handicapés et son complément"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return individu("aah", period) + individu("caah", period)
