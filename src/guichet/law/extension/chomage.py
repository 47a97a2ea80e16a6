"""Who is unemployed, since when, or on a parental leave: what the housing aid (CCH R822-11 to R822-17) and the family
benefits (CSS R532-4 and R532-7) ask."""

from datetime import date

import numpy as np
from openfisca_france.model.base import TypesActivite


def au_chomage_avant(individu, period, mois):
    """Unemployed since before the first of the month `mois` months ago (0: of this one); without a date, since the
    last wages.

    Wages of the month end it, from the first of the month in which work resumes.
    """
    debut = individu("date_debut_chomage", period)
    salaires = sum(individu("salaire_imposable", period.offset(-recul, "month")) for recul in range(1, mois + 1))
    sans_date = (debut == np.datetime64(date.max)) * (salaires == 0)
    depuis_longtemps = (debut < np.datetime64(period.offset(-mois, "month").start)) + sans_date
    sans_salaire = individu("salaire_imposable", period) == 0
    return (individu("activite", period) == TypesActivite.chomeur) * depuis_longtemps * sans_salaire


def indemnise(individu, period):
    return (individu("chomage_imposable", period) > 0) + (individu("chomage_net", period) > 0)


def sans_allocation(individu, period):
    """Without the benefit of unemployment, or with the ASS."""
    return (1 - indemnise(individu, period)) + (individu("ass", period) > 0) > 0


def en_conge_parental(individu, period):
    """Of one of a couple only: « le conjoint ou concubin » who leaves work for a child."""
    conge = individu("type_conges", period)
    return (conge == conge.possible_values.conge_parental) * individu.famille("en_couple", period)
