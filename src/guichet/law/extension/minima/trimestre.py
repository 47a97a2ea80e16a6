"""Which three months a right of RSA or prime d'activité looks at."""

from datetime import date

import numpy as np

# Décret 2024-693 of 5 July 2024: a trial in five departments, from 1 October 2024 to 28 February 2025.
EXPERIMENTATION = date(2024, 10, 1)
# Décret 2025-185 of 26 February 2025, art. 1 and 2 (CASF R262-7, CSS R843-1): everywhere.
GENERALISATION = date(2025, 3, 1)


def au_trimestre(population, period, calcul):
    """`calcul(months)` for the three reference months of `period`, a Period of three months.

    They are the three months before the right; since March 2025, and during the trial where
    `departement_experimentation_rsa` says so, the fourth, third and second months before it.
    """
    m3, m4 = period.last_3_months, period.last_month.last_3_months
    if period.start.date >= GENERALISATION:
        return calcul(m4)
    if period.start.date < EXPERIMENTATION:
        return calcul(m3)
    famille = population if population.entity.key == "famille" else population.famille
    return np.where(famille("departement_experimentation_rsa", period), calcul(m4), calcul(m3))


def en_moyenne(population, period, calcul):
    """The mean over the three reference months of `calcul(month)`."""
    return au_trimestre(population, period, lambda mois: sum(calcul(un) for un in les_mois(mois)) / 3)


def les_mois(mois):
    """The months of a Period of several months."""
    return [mois.first_month.offset(rang, "month") for rang in range(mois.size)]
