"""The dependants of the housing aid: CCH, art. L823-2, R823-4, R823-10 to R823-13; overseas L861-6, L862-3.

What differs from OpenFisca-France, and why:
- a child ceases to count with the month of its birthday, as for the family benefits (R823-12, R823-13): OpenFisca
  takes the age on the first day, so a month more;
- overseas, a student or an apprentice counts until 22 years (D861-9, R862-2);
- an incapacity of 80 % is enough (R823-4, 3°: "au moins égale"), OpenFisca asks more;
- the limit of six dependants overseas (arrêté du 27 septembre 2019, art. 46, 1°, until 2022) bears on the figures that
  it names, not on the number of dependants: `bareme_locatif`, `accession_plafonds` and `accession_foyer` apply it.
"""

from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Individu, Variable, not_, set_input_dispatch_by_period

from guichet.law.extension.famille.enfants import atteint, depasse

ANS = 21  # R823-4, 1°
ANS_DES_ETUDIANTS_OUTRE_MER = 22  # D861-9
INCAPACITE = 0.8  # R823-4, 3°
MULTIPLE_DU_PLAFOND_ASPA = 1.25  # R823-4, 2° and 3°


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


class al_adulte_handicape_a_charge(Variable):
    """Parents and relatives, who have the role of a child in the family; the limit of resources is R823-4's."""

    value_type = bool
    entity = Individu
    label = "Adulte handicapé à charge au sens des aides au logement"
    definition_period = MONTH
    reference = "Code de la construction et de l'habitation, art. R823-4"

    def formula(individu, period, parameters):
        aspa = parameters(period.n_2.stop).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
        plafond = aspa.plafond_ressources.personnes_seules * MULTIPLE_DU_PLAFOND_ASPA
        handicap = (individu("taux_incapacite", period) >= INCAPACITE) | individu("inapte_travail", period)
        modeste = individu("prestations_familiales_base_ressources_individu", period) <= plafond
        adulte = depasse(individu, period, ANS) & not_(individu("al_enfant_a_charge", period))
        return individu("est_enfant_dans_famille", period) & handicap & modeste & adulte


class al_nb_personnes_a_charge(Variable):
    value_type = int
    entity = Famille
    label = "Nombre de personnes à charge au sens des aides au logement"
    definition_period = MONTH
    set_input = set_input_dispatch_by_period

    def formula(famille, period):
        enfants = famille.sum(famille.members("al_enfant_a_charge", period))
        return enfants + famille.sum(famille.members("al_adulte_handicape_a_charge", period))
