"""Where the prime d'activité ends for a household, for its refusal to say: no amount depends on it.

Each euro earned adds a share of itself to the flat amount, and the whole of itself to the resources: a limit on the
resources that moves with them tells nobody what to earn. The limits here suppose that all else stays as it is.
"""

import numpy as np
from openfisca_core.periods import MONTH
from openfisca_france.model.base import Famille, Variable

from guichet.law.extension.minima.ppa import bonus_de
from guichet.law.extension.minima.ppa_foyer import de_la_ppa, revenus_des_travailleurs
from guichet.law.extension.minima.trimestre import en_moyenne

ROUNDS = 8
"""On the way down the bonus of a partner who earns less may shrink: each round brings the limit nearer."""
CENT = 0.01


def revenus_limites(famille, period, parameters):
    """The function that gives, if each worker earned a part of what they earn now, the same every month, their bonuses
    and the income from work at which they leave the prime at the threshold of payment."""
    ppa, membres = de_la_ppa(parameters, period), famille.members
    revenus = en_moyenne(membres, period, lambda mois: revenus_des_travailleurs(membres, period, mois))
    smic = en_moyenne(membres, period, lambda mois: parameters(mois).marche_travail.salaire_minimum.smic.smic_b_horaire)
    total = revenus_du_travail(famille, period)
    reste = famille("ppa_forfait_moyen", period) - famille("ppa_autres_ressources_et_logement", period)
    garde = 1 - ppa.pa_m.majoration_ressources_revenus_activite

    def limite(gagnes):
        bonification = famille.sum(bonus_de(famille.project(gagnes / total) * revenus, ppa, smic))
        return bonification, (reste + bonification - ppa.pa_m.montant_minimum_verse) / garde

    return limite


def revenus_du_travail(famille, period):
    """Never zero: who has none is refused for that."""
    return np.maximum(famille("ppa_revenus_moyens", period), CENT)


class ppa_autres_ressources_et_logement(Variable):
    value_type = float
    entity = Famille
    label = "Ressources autres que les revenus d'activité, forfait logement compris, moyenne des trois mois"
    definition_period = MONTH

    def formula_2016(famille, period):
        return famille("ppa_autres_ressources_moyennes", period) + famille("ppa_forfait_logement_moyen", period)


class ppa_revenus_limites(Variable):
    value_type = float
    entity = Famille
    label = "Revenus d'activité du foyer à partir desquels la prime n'est plus versée"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        limite, trouvee = revenus_limites(famille, period, parameters), revenus_du_travail(famille, period)
        for _ in range(ROUNDS):
            _, trouvee = limite(trouvee)
        return trouvee


class ppa_revenus_limites_connus(Variable):
    """False where lower earnings alone would open no prime, or where the bonuses still move at the limit found."""

    value_type = bool
    entity = Famille
    label = "La limite des revenus d'activité dit quand la prime s'arrête"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        pa_m = de_la_ppa(parameters, period).pa_m
        trouvee = famille("ppa_revenus_limites", period)
        bonification, suivante = revenus_limites(famille, period, parameters)(trouvee)
        # Below the flat amount the prime is no longer what the resources leave, but the bonus and the share alone.
        paye = bonification + pa_m.majoration_ressources_revenus_activite * trouvee > pa_m.montant_minimum_verse
        return (abs(suivante - trouvee) < CENT) * paye * (trouvee < revenus_du_travail(famille, period))


class ppa_autres_ressources_limites(Variable):
    value_type = float
    entity = Famille
    label = "Ressources autres que les revenus d'activité à partir desquelles la prime n'est plus versée"
    definition_period = MONTH

    def formula_2016(famille, period, parameters):
        maximum = famille("ppa_maximum_garanti", period) - famille("ppa_revenus_moyens", period)
        return maximum - de_la_ppa(parameters, period).pa_m.montant_minimum_verse


class ppa_autres_ressources_limites_connues(Variable):
    value_type = bool
    entity = Famille
    label = "Moins d'autres ressources ouvriraient la prime"
    definition_period = MONTH

    def formula_2016(famille, period):
        limites = famille("ppa_autres_ressources_limites", period)
        plus_bas = limites < famille("ppa_autres_ressources_et_logement", period)
        return np.logical_not(famille("ppa_revenus_limites_connus", period)) * plus_bas * (limites > 0)


class ppa_limites_inconnues(Variable):
    value_type = bool
    entity = Famille
    label = "Ni les revenus d'activité ni les autres ressources n'ont de limite à dire"
    definition_period = MONTH

    def formula_2016(famille, period):
        connues = famille("ppa_revenus_limites_connus", period) + famille("ppa_autres_ressources_limites_connues", period)
        return np.logical_not(connues)
