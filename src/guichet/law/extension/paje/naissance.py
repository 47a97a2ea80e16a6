"""Primes à la naissance et à l'adoption (CSS, art. L531-2, D531-2, R531-1)."""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, Individu, not_

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.famille.bareme import SANS_LIMITE, plafond_par_enfant


class paje_prime_naissance_due(Variable):
    """The month in which the grant of a child is due, its month of birth being what is known of the pregnancy.

    The seventh month of pregnancy is taken as the second month before that of the birth.
    """

    value_type = bool
    entity = Individu
    label = "Enfant au titre duquel la prime à la naissance est due ce mois-ci"
    definition_period = MONTH

    def formula(individu, period):
        return _naissance(individu, period, -2, -2)

    def formula_2015(individu, period):
        # Before the end of the second month after the birth (D531-2 II, décret 2014-1714): the right of the month
        # that follows the birth is paid in the second one. Births until February 2015 were paid before.
        return individu.filled_array(False)

    def formula_2015_04(individu, period):
        return _naissance(individu, period, 1, 1)

    def formula_2021_04(individu, period):
        # LFSS 2021 (loi 2020-1576), art. 75 III: in April for the pregnancies begun from June to September 2020.
        return _naissance(individu, period, -2, 1)

    def formula_2021_05(individu, period):
        # LFSS 2021, art. 75 I: before the end of the month that follows the sixth month of pregnancy.
        return _naissance(individu, period, -2, -2)


def _naissance(individu, period, premier, dernier):
    mois = individu("paje_mois_depuis_arrivee", period)
    ne_de_la_famille = individu("est_enfant_dans_famille", period) & not_(individu("adoption", period))
    return ne_de_la_famille & (mois >= premier) & (mois <= dernier)


class paje_prime_adoption_due(Variable):
    """D531-2: paid in the second month after the arrival at the latest, hence the right of the first one."""

    value_type = bool
    entity = Individu
    label = "Enfant au titre duquel la prime à l'adoption est due ce mois-ci"
    definition_period = MONTH

    def formula(individu, period, parameters):
        age_limite = parameters(period).prestations_sociales.prestations_familiales.def_pac.enfants.age_limite
        arrive = individu("adoption", period) & (individu("paje_mois_depuis_arrivee", period) == 1)
        mineur = individu("age", period) < age_limite
        return individu("est_enfant_dans_famille", period) & arrive & mineur


class paje_prime_naissance_nombre(Variable):
    value_type = int
    entity = Famille
    label = "Nombre de primes à la naissance"
    definition_period = MONTH

    def formula(famille, period):
        return famille.sum(famille.members("paje_prime_naissance_due", period))


class paje_prime_adoption_nombre(Variable):
    value_type = int
    entity = Famille
    label = "Nombre de primes à l'adoption"
    definition_period = MONTH

    def formula(famille, period):
        return famille.sum(famille.members("paje_prime_adoption_due", period))


class paje_prime_plafond(Variable):
    value_type = float
    entity = Famille
    label = "Plafond de ressources des primes à la naissance et à l'adoption"
    definition_period = MONTH

    def formula(famille, period, parameters):
        regle = _plafonds(parameters, period).ne_adopte_avant_04_2014
        majorations = regle.majorations_enfants
        return _plafond(famille, period, regle, majorations.premier_2eme_enfant, majorations.troisieme_plus_enfant)

    def formula_2014_04(famille, period, parameters):
        regle = _plafonds(parameters, period).ne_adopte_04_2014_et_03_2018
        taux = regle.majorations_enfants.majoration_enfant_supp
        return _plafond(famille, period, regle.taux_partiel, taux, taux)

    def formula_2018_05(famille, period, parameters):
        # Due the month after the arrival: the children of April 2018 and after.
        regle = _plafonds(parameters, period).ne_adopte_apres_04_2018
        majorations = regle.majorations_enfants
        return _plafond(
            famille, period, regle.taux_partiel, majorations.premier_2eme_enfant, majorations.troisieme_plus_enfant
        )


def _plafonds(parameters, period):
    return parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_plaf


def _plafond(famille, period, regle, deux_premiers, suivants):
    nombre = famille("paje_enfants_nes_ou_a_naitre", period)
    majore = famille("biactivite", period) | not_(famille("en_couple", period))
    taux = ((deux_premiers, 2), (suivants, SANS_LIMITE))
    return plafond_par_enfant(regle.plafond_ressources_0_enfant, taux, nombre) + majore * regle.biactifs_parents_isoles


class paje_prime_sous_plafond(Variable):
    value_type = bool
    entity = Famille
    label = "Ressources sous le plafond des primes"
    definition_period = MONTH

    def formula(famille, period):
        return famille("prestations_familiales_base_ressources", period) <= famille("paje_prime_plafond", period)


class paje_prime_due(Variable):
    value_type = bool
    entity = Famille
    label = "Une prime à la naissance ou à l'adoption vient à échéance ce mois-ci"
    definition_period = MONTH

    def formula(famille, period):
        naissances = famille("paje_prime_naissance_nombre", period)
        return naissances + famille("paje_prime_adoption_nombre", period) > 0


class paje_prime_base(Variable):
    """Frozen at its value of April 2013 for the children born or adopted until March 2018, whose grant is due the month
    after (LFSS 2014, art. 74; LFSS 2018, art. 37; instruction DSS/SD2B/2019/65 of 25 March 2019).
    """

    value_type = float
    entity = Famille
    label = "Base mensuelle des allocations familiales retenue pour les primes"
    definition_period = MONTH

    def formula(famille, period, parameters):
        gelee = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.base_gelee
        return famille.filled_array(gelee)

    def formula_2018_05(famille, period, parameters):
        return famille.filled_array(parameters(period).prestations_sociales.prestations_familiales.bmaf.bmaf)

    def formula_2021_04(famille, period, parameters):
        # Décret 2021-367: the amount in force when the situation is examined, the first day of the month after the
        # fifth month of pregnancy, a month before the grant is due.
        examen = period.offset(-1, "month")
        return famille.filled_array(parameters(examen).prestations_sociales.prestations_familiales.bmaf.bmaf)


class paje_naissance(Variable):
    value_type = float
    entity = Famille
    label = "Prime à la naissance de la Paje, brute de CRDS"
    definition_period = MONTH

    def formula(famille, period, parameters):
        taux = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cm2.montant
        prime = np.round(famille("paje_prime_base", period).astype(float) * taux.prime_naissance, 2)
        droit = famille("paje_prime_sous_plafond", period) & famille("pf_hors_mayotte", period)
        return droit * prime * famille("paje_prime_naissance_nombre", period)


class paje_adoption(Variable):
    value_type = float
    entity = Famille
    label = "Prime à l'adoption de la Paje, brute de CRDS"
    definition_period = MONTH

    def formula(famille, period, parameters):
        taux = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cm2.montant
        prime = np.round(famille("paje_prime_base", period).astype(float) * taux.prime_adoption, 2)
        droit = famille("paje_prime_sous_plafond", period) & famille("pf_hors_mayotte", period)
        return droit * prime * famille("paje_prime_adoption_nombre", period)


class paje_prime_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur les primes à la naissance et à l'adoption"
    definition_period = MONTH

    def formula(famille, period):
        return crds((famille("paje_naissance", period) + famille("paje_adoption", period)).astype(float))


class paje_prime_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Primes à la naissance et à l'adoption de la Paje, nettes de CRDS"
    definition_period = MONTH

    def formula(famille, period):
        return net_de_crds((famille("paje_naissance", period) + famille("paje_adoption", period)).astype(float))
