"""The ceilings of a buyer's instalment, by the date of the loan: arrays in, arrays out.

The tables are parameters (`accession.formule.plafonds_selon_le_pret`), one row a date: `DEBUTS_*` are these dates. Rows
are not values of a parameter in time, for a month of 2026 reads those of every loan since 1992.
"""

import functools

import numpy as np

PREMIER_PRET = "1992-07-01"
FRANCS_PAR_EURO = 6.55957
_EN_EUROS = (
    "2002-01-01",
    "2002-07-01",
    "2003-07-01",
    "2005-09-01",
    "2007-01-01",
    "2008-01-01",
    "2009-01-01",
    "2010-01-01",
    "2011-01-01",
    "2012-01-01",
    "2013-01-01",
    "2014-10-01",
    "2015-10-01",
    "2017-10-01",
    "2019-10-01",
)
DEBUTS_APL = ("1992-07-01", "1994-11-28", "2000-07-01", "2001-07-01", *_EN_EUROS)
DEBUTS_AL = (
    "1992-07-01",
    "1994-07-01",
    "1997-07-01",
    "1998-07-01",
    "1999-07-01",
    "2000-07-01",
    "2001-07-01",
    *_EN_EUROS,
)


@functools.cache
def en_jours(date):
    """Days since 1970."""
    return int((np.datetime64(date) - np.datetime64("1970-01-01")) / np.timedelta64(1, "D"))


def rang(date, debuts):
    """The row in force at each `date` (days since 1970); the first one for an older loan."""
    return sum((date >= en_jours(debut)) * 1 for debut in debuts[1:])


def en_euros(montant, date):
    return np.where(date < en_jours("2002-01-01"), montant / FRANCS_PAR_EURO, montant)


def _apl(ligne, couple, pac):
    famille = ligne.une_personne + np.maximum(pac - 1, 0) * ligne.par_personne
    return np.where(pac > 0, famille, np.where(couple, ligne.couple, ligne.isole))


def plafond_apl(tables, date, zone, couple, pac, *, ancien, amelioration):
    """Arrêté du 27/09/2019, art. 18. An improved home has a row of its own until 27/11/1994, then that of `ancien`."""
    numero = rang(date, DEBUTS_APL)
    neuf = _apl(tables.apl_neufs[numero][zone], couple, pac)
    existant = _apl(tables.apl_agrandis[numero][zone], couple, pac)
    ameliore = _apl(tables.apl_amelioration, couple, pac)
    montant = np.select([amelioration * (date < en_jours("1994-11-28")), ancien], [ameliore, existant], neuf)
    return en_euros(montant, date)


def plafond_al(tables, date, zone, couple, pac):
    """Arrêté du 27/09/2019, art. 33."""
    ligne = tables.al[rang(date, DEBUTS_AL)][zone]
    montant = np.select(
        [pac == 0, pac == 1, pac == 2, pac == 3, pac == 4],
        [
            np.where(couple, ligne.couple, ligne.isole),
            ligne.une_personne,
            ligne.deux_personnes,
            ligne.trois_personnes,
            ligne.quatre_personnes,
        ],
        ligne.cinq_personnes + np.maximum(pac - 5, 0) * ligne.par_personne,
    )
    return en_euros(montant, date)
