"""The dependants of the housing aid: CCH, art. L823-2, R823-4, R823-10 to R823-13; overseas L861-6, L862-3.

What differs from OpenFisca-France, and why:
- a child ceases to count with the month of its birthday, as for the family benefits (R823-12, R823-13): OpenFisca
  takes the age on the first day, so a month more;
- overseas, a student or an apprentice counts until 22 years (D861-9, R862-2);
- an incapacity of 80 % is enough (R823-4, 3°: "au moins égale"), OpenFisca asks more;
- parents and grandparents who have the age of a full pension count too (R823-4, 2°);
- the limit of six dependants overseas (arrêté du 27 septembre 2019, art. 46, 1°, until 2022) bears on the figures that
  it names, not on the number of dependants: `bareme_locatif`, `accession_plafonds` and `accession_foyer` apply it.
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Individu, Variable, not_, set_input_dispatch_by_period

from guichet.law.extension.famille.enfants import atteint, depasse

ANS = 21  # R823-4, 1°
ANS_DES_ETUDIANTS_OUTRE_MER = 22  # D861-9
INCAPACITE = 0.8  # R823-4, 3°
MULTIPLE_DU_PLAFOND_ASPA = 1.25  # R823-4, 2° and 3°
TAUX_PLEIN = 65 * 12  # CSS, art. L351-8, 1°, in months: for who was born before July 1951
TAUX_PLEIN_PLUS_TARD = (("1951-07", 4), ("1952-01", 5), ("1953-01", 5), ("1954-01", 5), ("1955-01", 5))
"""The months more for who was born from that month on: 67 years in the end (CSS, art. L161-17-2 and D161-2-1-9)."""


class al_enfant_a_charge(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant à charge au sens des aides au logement"
    definition_period = MONTH
    reference = "Code de la construction et de l'habitation, art. R823-4, R823-10 et R823-12"

    def formula(individu, period):
        return _enfant(individu, period) & not_(depasse(individu, period, ANS))

    def formula_2019_09(individu, period):
        etudes = individu("etudiant", period) | individu("alternant", period)
        outre_mer = individu.famille.demandeur.menage("residence_aides_logement_outre_mer", period)
        plus_tard = etudes & outre_mer & not_(depasse(individu, period, ANS_DES_ETUDIANTS_OUTRE_MER))
        return _enfant(individu, period) & (not_(depasse(individu, period, ANS)) | plus_tard)


def _enfant(individu, period):
    """Born before the month, and without earnings of its own."""
    sans_revenu = not_(individu("autonomie_financiere", period))
    return individu("est_enfant_dans_famille", period) & atteint(individu, period, 0) & sans_revenu


class al_plafond_proche_a_charge(Variable):
    """What aged parents and disabled relatives may have at the most, each, to count."""

    value_type = float
    entity = Famille
    label = "Ressources annuelles d'un proche à charge, au plus"
    definition_period = MONTH
    reference = "Code de la construction et de l'habitation, art. R823-4, 2° et 3°"

    def formula(famille, period, parameters):
        aspa = parameters(period.n_2.stop).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
        plafond = aspa.plafond_ressources.personnes_seules * MULTIPLE_DU_PLAFOND_ASPA
        return np.full(famille.count, plafond)


class al_ascendant_a_charge(Variable):
    """An aged parent or grandparent, who has the role of a child in the family."""

    value_type = bool
    entity = Individu
    label = "Ascendant âgé à charge au sens des aides au logement"
    definition_period = MONTH
    reference = "Code de la construction et de l'habitation, art. R823-4, 2°"

    def formula(individu, period):
        naissance = individu("date_naissance", period)
        age = TAUX_PLEIN + sum(mois * (naissance >= np.datetime64(depuis, "D")) for depuis, mois in TAUX_PLEIN_PLUS_TARD)
        age_atteint = individu("pf_mois_depuis_naissance", period) > age
        return individu("est_enfant_dans_famille", period) & age_atteint & _modeste(individu, period)


def _modeste(individu, period):
    plafond = individu.famille("al_plafond_proche_a_charge", period)
    return individu("prestations_familiales_base_ressources_individu", period) <= plafond


class al_adulte_handicape_a_charge(Variable):
    """Relatives of an incapacity of 80 %, or unfit for work, who have the role of a child in the family."""

    value_type = bool
    entity = Individu
    label = "Adulte handicapé à charge au sens des aides au logement"
    definition_period = MONTH
    reference = "Code de la construction et de l'habitation, art. R823-4"

    def formula(individu, period):
        handicap = (individu("taux_incapacite", period) >= INCAPACITE) | individu("inapte_travail", period)
        adulte = depasse(individu, period, ANS) & not_(individu("al_enfant_a_charge", period))
        return individu("est_enfant_dans_famille", period) & handicap & adulte & _modeste(individu, period)


class al_proches_a_charge(Variable):
    """An input: those who live there, are not members of the family of OpenFisca, and meet R823-4, 2° or 3°."""

    value_type = int
    entity = Famille
    label = "Nombre de parents âgés et de proches handicapés à charge, en plus des personnes décrites"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period


class al_nb_personnes_a_charge(Variable):
    value_type = int
    entity = Famille
    label = "Nombre de personnes à charge au sens des aides au logement"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        ages_ou_handicapes = famille.members("al_ascendant_a_charge", period) | famille.members(
            "al_adulte_handicape_a_charge", period
        )
        enfants = famille.sum(famille.members("al_enfant_a_charge", period))
        return enfants + famille.sum(ages_ou_handicapes) + famille("al_proches_a_charge", period)
