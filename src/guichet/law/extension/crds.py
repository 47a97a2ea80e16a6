"""Contribution au remboursement de la dette sociale: 0,5 % of a benefit, cut to the cent below.

Ordonnance no 96-50 of 24 January 1996, art. 14 and 19. No text says how it is rounded: every published net amount of
2012-2013 is reproduced by cutting (AF for two children, April 2013: 129.21 - 0.64 = 128.57), none by rounding only.
"""

import numpy as np

CENTIMES_PAR_CENTIME_DE_CRDS = 200  # 0.5 %


def crds(brut):
    """The CRDS on each amount of `brut` (euros, array), cut to the cent below."""
    return np.floor(np.round(brut * 100) / CENTIMES_PAR_CENTIME_DE_CRDS) / 100


def net_de_crds(brut):
    """Each amount of `brut` (euros, array), to the cent, less its CRDS."""
    centimes = np.round(brut * 100)
    return (centimes - np.floor(centimes / CENTIMES_PAR_CENTIME_DE_CRDS)) / 100
