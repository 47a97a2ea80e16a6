"""Allocations familiales: CSS L521-1 to L521-3, D521-1 to D521-3; overseas L755-11, L755-12, D755-5; Mayotte apart.

What differs from OpenFisca-France, and why:
- Mayotte has its own scale (ordonnance 2002-149, art. 7; décret 2002-423, art. 7 and 19), OpenFisca grants nothing;
- overseas, one child alone is outside the modulation by resources and the dégressif (L755-12), two and more inside; the
  allowance for one child is not added to the base allowance of the PAJE, nor its majoration (L755-19);
- the dégressif of the 20-year allowance counts that child in the ceiling, as its modulation does (D521-2);
- one eldest child only, by the day of birth, even among twins (L521-3); born before May 1997, the ages of 1999;
- each part is rounded to the cent; the CRDS is cut to the cent.
"""

from numpy import datetime64, timedelta64
from openfisca_france.model.base import (
    MONTH,
    Famille,
    Individu,
    Variable,
    max_,
    min_,
    not_,
    round_,
    set_input_divide_by_period,
    where,
)

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.famille.bareme import parametres
from guichet.law.extension.famille.enfants import atteint

# R521-1, nota (décret 2008-409, art. 2): eleventh birthday before 1 May 2008.
NAISSANCE_ANCIENS_AGES = datetime64("1997-05-01")
# R521-1 as of 1 March 2026 (décret 2026-138): fourteenth birthday before 1 March 2026.
NAISSANCE_QUATORZE_ANS = datetime64("2012-03-01")
VEILLE_DE_LA_REFORME_DE_2008 = "2008-04-30"
JAMAIS = 1_000_000  # a day, counted from 1970


class af_residence_mayotte(Variable):
    value_type = bool
    entity = Famille
    label = "La famille réside à Mayotte"
    definition_period = MONTH

    def formula(famille, period):
        return famille.demandeur.menage("residence_mayotte", period)


class af_residence_outre_mer(Variable):
    value_type = bool
    entity = Famille
    label = "La famille réside dans un département d'outre-mer, Mayotte comprise"
    definition_period = MONTH

    def formula(famille, period):
        return famille.demandeur.menage("residence_dom", period)


class af_un_enfant_outre_mer(Variable):
    value_type = bool
    entity = Famille
    label = "Un seul enfant à charge, outre-mer et hors Mayotte"
    definition_period = MONTH

    def formula(famille, period):
        return famille("af_eligibilite_dom", period) * (famille("af_nbenf", period) == 1)


class af_bareme_general(Variable):
    value_type = bool
    entity = Famille
    label = "Allocations familiales au barème général"
    definition_period = MONTH

    def formula(famille, period):
        return not_(famille("af_un_enfant_outre_mer", period)) * not_(famille("af_residence_mayotte", period))


class af_eligibilite_mayotte(Variable):
    value_type = bool
    entity = Famille
    label = "Allocations familiales de Mayotte : un enfant à charge au moins"
    definition_period = MONTH

    def formula_2012_01_01(famille, period):
        return famille("af_residence_mayotte", period) * (famille("af_nbenf", period) >= 1)


class af_non_remplacees(Variable):
    """Both are for the same child: the base allowance, five times as high, is the one that is paid."""

    value_type = bool
    entity = Famille
    label = "Pas d'allocation de base de la Paje, qui remplace les allocations familiales d'un seul enfant outre-mer"
    definition_period = MONTH
    reference = "Code de la sécurité sociale, art. L755-19"

    def formula(famille, period):
        return not_(famille("af_un_enfant_outre_mer", period) & (famille("paje_base", period) > 0))


class af_condition_enfants(Variable):
    value_type = bool
    entity = Famille
    label = "Nombre d'enfants à charge suffisant pour les allocations familiales"
    definition_period = MONTH

    def formula(famille, period):
        return (
            famille("af_eligibilite_base", period)
            + famille("af_eligibilite_dom", period)
            + famille("af_eligibilite_mayotte", period)
        )


class af_nombre_enfants_requis(Variable):
    value_type = int
    entity = Famille
    label = "Nombre d'enfants à charge à partir duquel les allocations familiales sont dues"
    definition_period = MONTH

    def formula(famille, period, parameters):
        af, _ = parametres(parameters, period)
        return where(famille("af_residence_outre_mer", period), 1, af.af_cm.nb_enfants_min_pour_allocation)


class af_base(Variable):
    value_type = float
    entity = Famille
    label = "Allocations familiales, montant de base"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012_01_01(famille, period, parameters):
        af, bmaf = parametres(parameters, period)
        enfants = famille("af_nbenf", period)
        rang_2, rang_3 = af.af_cm.taux.nb_enf2, af.af_cm.taux.nb_enf3

        au_deuxieme = (enfants >= rang_2) * min_(enfants - (rang_2 - 1), rang_3 - rang_2) * af.af_cm.taux.enf2
        a_partir_du_troisieme = max_(enfants - (rang_3 - 1), 0) * af.af_cm.taux.enf3
        seul_outre_mer = famille("af_un_enfant_outre_mer", period) * af.af_maj_dom.allocations_familiales_un_enfant
        taux = where(
            famille("af_residence_mayotte", period),
            taux_de_mayotte(af.mayotte, enfants),
            au_deuxieme + a_partir_du_troisieme + seul_outre_mer,
        )
        # D521-1 writes the rates of each band: 16 % of 478.16 is 76.51, half of 153.01 would be 76.50.
        part = famille("af_coeff_garde_alternee", period) * famille("af_taux_modulation", period)
        ouvert = famille("af_condition_enfants", period) * famille("af_non_remplacees", period)
        return ouvert * round_(bmaf * taux * part, 2)


def taux_de_mayotte(mayotte, enfants):
    """The rate, in parts of the BMAF, for `enfants` children in Mayotte (décret 2002-423, art. 7 and 19)."""
    a_partir_du_troisieme = mayotte.troisieme_enfant + max_(enfants - 3, 0) * mayotte.enfant_suivant
    return (enfants == 1) * mayotte.un_enfant + (enfants >= 2) * (
        mayotte.deux_enfants + (enfants >= 3) * a_partir_du_troisieme
    )


class af_garde_alternee(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant au moins est en garde alternée"
    definition_period = MONTH

    def formula(famille, period):
        return famille("af_coeff_garde_alternee", period) < 1


class af_naissance_de_l_aine(Variable):
    value_type = int
    entity = Famille
    label = "Jour de naissance de l'aîné des enfants à charge, en jours depuis le 1er janvier 1970"
    definition_period = MONTH

    def formula(famille, period):
        a_charge = famille.members("prestations_familiales_enfant_a_charge", period)
        # No child: after any birth. famille.max would answer minus infinity.
        return -max_(famille.max(where(a_charge, -_jour_de_naissance(famille.members, period), -JAMAIS)), -JAMAIS)


def _jour_de_naissance(individu, period):
    return (individu("date_naissance", period) - datetime64("1970-01-01")) / timedelta64(1, "D")


class af_nombre_aines(Variable):
    value_type = int
    entity = Famille
    label = "Nombre d'enfants à charge nés le jour de l'aîné"
    definition_period = MONTH

    def formula(famille, period):
        return famille.sum(famille.members("af_ne_le_jour_de_l_aine", period))


class af_ne_le_jour_de_l_aine(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant à charge né le jour de l'aîné"
    definition_period = MONTH

    def formula(individu, period):
        a_charge = individu("prestations_familiales_enfant_a_charge", period)
        return a_charge * (_jour_de_naissance(individu, period) == individu.famille("af_naissance_de_l_aine", period))


class af_majoration_enfant(Variable):
    value_type = float
    entity = Individu
    label = "Majoration pour âge de l'enfant, avant modulation selon les ressources"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012_01_01(individu, period, parameters):
        return _majoration(individu, period, parameters, 1)


def _majoration(individu, period, parameters, modulation):
    """The age majoration of each child, to the cent, `modulation` being the part that the resources leave (D521-1)."""
    af, bmaf = parametres(parameters, period)
    enfants = individu.famille("af_nbenf", period)
    seul, tranches = af.af_maj_dom.majoration_premier_enfant, af.af_maj_dom.tranches_age
    taux_seul = where(
        atteint(individu, period, tranches.age_debut_deuxieme_tranche),
        seul.taux_tranche_2,
        atteint(individu, period, tranches.age_debut_premiere_tranche) * seul.taux_tranche_1,
    )
    taux = where(enfants == 1, taux_seul, _taux_de_la_majoration(individu, period, parameters))

    # With two children the eldest has none (L521-3); among twins, one of them is the eldest.
    aines = max_(individu.famille("af_nombre_aines", period), 1)
    part = 1 - (enfants == 2) * individu("af_ne_le_jour_de_l_aine", period) / aines
    garde = where(individu("garde_alternee", period), af.af_cm.facteur_garde_alternee, 1)
    ouverte = (individu.famille("af_base", period) > 0) * not_(individu.famille("af_residence_mayotte", period))
    a_charge = individu("prestations_familiales_enfant_a_charge", period)
    return a_charge * ouverte * round_(bmaf * taux * part * garde * modulation, 2)


def _taux_de_la_majoration(individu, period, parameters):
    majoration = parametres(parameters, period)[0].af_maj.maj_age_deux_enfants
    ancienne = parametres(parameters, VEILLE_DE_LA_REFORME_DE_2008)[0].af_maj.maj_age_deux_enfants
    naissance = individu("date_naissance", period)
    quatorze_ans = naissance < NAISSANCE_QUATORZE_ANS
    actuelle = where(quatorze_ans, atteint(individu, period, 14), atteint(individu, period, majoration.age1))
    return where(
        naissance < NAISSANCE_ANCIENS_AGES,
        where(
            atteint(individu, period, ancienne.age2),
            ancienne.taux2,
            atteint(individu, period, ancienne.age1) * ancienne.taux1,
        ),
        actuelle * majoration.taux1,
    )


class af_majoration_enfant_modulee(Variable):
    value_type = float
    entity = Individu
    label = "Majoration pour âge de l'enfant"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012_01_01(individu, period, parameters):
        return _majoration(individu, period, parameters, individu.famille("af_taux_modulation", period))


class af_majoration(Variable):
    value_type = float
    entity = Famille
    label = "Allocations familiales, majoration pour âge"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012_01_01(famille, period):
        return famille.sum(famille.members("af_majoration_enfant_modulee", period), role=Famille.ENFANT)


class af_allocation_forfaitaire(Variable):
    value_type = float
    entity = Famille
    label = "Allocation forfaitaire pour un enfant de 20 ans"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula_2012_01_01(famille, period, parameters):
        af, bmaf = parametres(parameters, period)
        forfait = af.af_maj.majoration_enfants.allocation_forfaitaire
        de_20_ans = famille("af_allocation_forfaitaire_nb_enfants", period)
        assez_d_enfants = famille("af_nbenf", period) + de_20_ans >= forfait.nb_enfants_min
        ouverte = assez_d_enfants * not_(famille("af_residence_mayotte", period))
        # D521-2 writes 20,234, 10,117 and 5,059 %.
        taux = round_(forfait.taux * famille("af_allocation_forfaitaire_taux_modulation", period) + 1e-9, 5)
        return ouverte * de_20_ans * round_(bmaf * taux, 2)


class af_retenue_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS retenue sur les allocations familiales"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        # The CRDS bears on the benefits of the CSS; those of Mayotte are of ordonnance 2002-149.
        return not_(famille("af_residence_mayotte", period)) * crds(famille("af", period))


class crds_af(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur les allocations familiales"
    definition_period = MONTH

    def formula(famille, period):
        return -famille("af_retenue_crds", period)


class af_nettes_crds(Variable):
    value_type = float
    entity = Famille
    label = "Allocations familiales nettes de CRDS"
    definition_period = MONTH
    set_input = set_input_divide_by_period

    def formula(famille, period):
        brutes = famille("af", period)
        return where(famille("af_residence_mayotte", period), round_(brutes, 2), net_de_crds(brutes))
