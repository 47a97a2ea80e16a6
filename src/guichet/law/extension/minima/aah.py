"""Allocation aux adultes handicapés: CSS L821-1 to L821-5, R821-1 to R821-8, D821-1 to D821-9.

OpenFisca's rules, cut into the steps that a décompte shows, and what it has otherwise (its resources: `aah_ressources`):
- it opens the month after the twentieth birthday (R821-1, R821-7; R552-2 by L821-5), the allowance for the disabled child
  goes until then; under 80 % of disability it ends at the age of a pension for the unfit (L821-2), 62 to this day;
- pensions, whatever their kind, are completed up to the maximum, never added to it (L821-1);
- who stays in a hospital or a prison keeps 30 % of the maximum, at most what was due (R821-8);
- the majoration for autonomous life needs the whole allowance, or a pension that it completes, and no earnings of the
  month (L821-1-2): the year without work was a condition of the complement that ended in 2019.
"""

from numpy import datetime64
from openfisca_france.model.base import (
    MONTH,
    Individu,
    Menage,
    TypesStatutOccupationLogement,
    Variable,
    max_,
    min_,
    not_,
    round_,
    set_input_dispatch_by_period,
    set_input_divide_by_period,
    where,
)

from guichet.law.extension.famille.enfants import atteint
from guichet.law.extension.minima.aah_ressources import smic

SANS_LIMITE = 1_000_000  # euros a month
PENSIONS = ("pensions_invalidite", "retraite_nette", "rente_accident_travail")


def _invalidite(parameters, period):
    return parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite


class aah_reprise_activite_moins_de_six_mois(Variable):
    value_type = bool
    entity = Individu
    label = "Emploi en milieu ordinaire repris depuis six mois au plus, cumulé en entier avec l'allocation"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    reference = "Code de la sécurité sociale, art. D821-9"


class aah_eligible(Variable):
    value_type = bool
    entity = Individu
    label = "Taux d'incapacité et âge qui ouvrent droit à l'allocation aux adultes handicapés"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L821-1, L821-2 et R821-1"

    def formula_2011_01_01(individu, period, parameters):
        aah = _invalidite(parameters, period).aah
        # The pension of who is unfit for work begins the month after that birthday (on that day, if it is a first).
        avant_la_retraite = individu("age_en_mois", period) < round(12 * aah.age_legal_retraite)
        entier = individu("taux_incapacite", period) >= aah.taux_capacite.taux_incapacite
        reduit = individu("aah_taux_ou_restriction", period) & avant_la_retraite
        encore_enfant = individu("est_enfant_dans_famille", period) & not_(individu("autonomie_financiere", period))
        jeune = atteint(individu, period, aah.age_fin_educ) & not_(encore_enfant)
        return (entier | reduit) & (atteint(individu, period, aah.age_minimal) | jeune)


class aah_travaille(Variable):
    value_type = bool
    entity = Individu
    label = "Bénéficiaire possible de l'allocation aux adultes handicapés qui a des revenus d'activité"
    definition_period = MONTH

    def formula(individu, period):
        return individu("aah_eligible", period) * (individu("aah_base_ressources_activite_eval_trimestrielle", period) > 0)


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
    """At most the maximum, less what cannot be received with it (L821-1), under the limit of D821-5; to the cent."""
    maximum = _invalidite(parameters, period).aah.montant
    reste = max_(maximum - individu("aah_base_non_cumulable", period), 0)
    limite = min_(reste, individu("aah_limite_en_milieu_protege", period))
    return individu("aah_eligible", period) * round_(min_(min_(maximum, max_(sous_le_plafond, 0)), limite), 2)


class aah_limite_en_milieu_protege(Variable):
    """With its pay guaranteed in a protected workshop, at most the gross minimum wage; 15 % more for a child at charge, and
    30 % for a couple until September 2023."""

    value_type = float
    entity = Individu
    label = "Limite de l'allocation aux adultes handicapés cumulée avec la rémunération garantie du milieu protégé"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. L821-1 et D821-5"

    def formula(individu, period, parameters):
        couple = _invalidite(parameters, period).aah.travail_esat.plafond.couple - 1
        return _limite_en_milieu_protege(individu, period, parameters, couple * individu.famille("en_couple", period))

    def formula_2023_10_01(individu, period, parameters):
        return _limite_en_milieu_protege(individu, period, parameters, 0)


def _limite_en_milieu_protege(individu, period, parameters, couple):
    remuneration = individu("aah_base_ressources_activite_milieu_protege", period)
    plafond = _invalidite(parameters, period).aah.travail_esat.plafond
    part = plafond.seul + couple + plafond.majoration * (individu.famille("af_nbenf", period) > 0)
    return where(remuneration > 0, max_(part * smic(parameters, period) - remuneration, 0), SANS_LIMITE)


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


class aah_base_non_cumulable(Variable):
    """Pensions of old age and invalidity, annuities for an accident at work, additional allowance of invalidity (L821-1).

    The ASPA too, by the same article: it is left out here, nothing says that who may claim it does.
    """

    value_type = float
    entity = Individu
    label = "Pensions et rentes que l'allocation aux adultes handicapés complète sans s'y ajouter"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. L821-1"

    def formula(individu, period):
        return sum(individu(nom, period) for nom in PENSIONS) + individu("asi", period.last_month)


class aah_pension_deduite(Variable):
    value_type = float
    entity = Individu
    label = "Pension ou rente, qui s'impute sur l'allocation aux adultes handicapés"
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


class aah_sejour_de_soixante_jours(Variable):
    value_type = bool
    entity = Individu
    label = "Soixante jours révolus d'hospitalisation ou de détention avant le mois"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R821-8"

    def formula(individu, period):
        soixante_jours_avant = datetime64(period.offset(-60, "day").start)
        hospitalise = individu("aah_date_debut_hospitalisation", period) <= soixante_jours_avant
        return hospitalise | (individu("aah_date_debut_incarceration", period) <= soixante_jours_avant)


class aah(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. L821-1, D821-2 et R821-8"

    def formula(individu, period, parameters):
        aah = _invalidite(parameters, period).aah
        entiere = individu("aah_base", period)
        conservee = min_(entiere, round_(aah.montant * aah.pourcentage_aah.prison_hospitalisation, 2))
        a_charge = (individu.foyer_fiscal("nb_pac", period.last_year) > 0) | (individu.famille("af_nbenf", period) > 0)
        return where(individu("aah_sejour_de_soixante_jours", period) & not_(a_charge), conservee, entiere)


class aah_reduction_sejour(Variable):
    value_type = float
    entity = Individu
    label = "Réduction de l'allocation aux adultes handicapés pendant une hospitalisation ou une détention"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return individu("aah_base", period) - individu("aah", period)


class mva_logement_independant(Variable):
    value_type = bool
    entity = Individu
    label = "Logement indépendant"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. R821-5-2"

    def formula(individu, period):
        foyer = individu.menage("statut_occupation_logement", period) == TypesStatutOccupationLogement.locataire_foyer
        chez_soi = individu.has_role(Menage.PERSONNE_DE_REFERENCE) | individu.has_role(Menage.CONJOINT)
        return chez_soi & not_(foyer)


class mva(Variable):
    """To whom has the whole AAH, or a pension that it completes, or the ASI (L821-1-2); from 80 % of disability."""

    value_type = float
    entity = Individu
    label = "Majoration pour la vie autonome"
    definition_period = MONTH
    set_input = set_input_divide_by_period
    reference = "Code de la sécurité sociale, art. L821-1-2, R821-5-1 et R821-5-2"

    def formula_2015_07_01(individu, period, parameters):
        invalidite = _invalidite(parameters, period)
        aah = individu("aah_base", period)
        sans_autre_reduction = (
            aah + individu("aah_pension_deduite", period) >= individu("aah_montant_maximal", period) - 0.005
        )
        aah_entiere = (aah > 0) & sans_autre_reduction
        asi = individu("asi_eligibilite", period) & (individu("asi", period) > 0)
        ouverte = (individu("taux_incapacite", period) >= invalidite.aah.taux_capacite.taux_incapacite) & (aah_entiere | asi)
        logement_aide = individu.famille("aide_logement_montant", period) > 0
        logement = individu("mva_logement_independant", period) & logement_aide
        suspendue = individu("aah_sejour_de_soixante_jours", period) | individu("aah_en_activite", period)
        return (ouverte & logement & not_(suspendue)) * invalidite.caah.majoration_vie_autonome


class caah(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2015_07_01(individu, period):
        ressources = individu("eligibilite_caah", period) * individu("complement_ressources_aah", period)
        return max_(ressources, individu("mva", period))

    def formula_2019_12_01(individu, period):
        return individu("mva", period)


class aah_versee(Variable):
    value_type = float
    entity = Individu
    label = "Allocation aux adultes handicapés et son complément"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(individu, period):
        return individu("aah", period) + individu("caah", period)
