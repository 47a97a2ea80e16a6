"""From which month an event counts, benefit by benefit: on which days of a month the household is looked at.

Family benefits and housing aid open on the first day of the month after an event and end on the first day of the month of
an event (CSS, art. R552-2 and R552-3; CCH, art. R823-10 to R823-14): of what the first and the last day of a month open,
the lesser is due. A separation or a death counts from the next month whatever it opens (CSS, art. R552-3; CCH, art.
R823-13). Who moves without a gap has the aid of the new dwelling from the month of the move (CCH, art. R823-14).

The RSA counted the month of the event (CASF, art. D262-34 as in 2012). Since January 2017 it looks at the first day of the
month, but for a separation, which counts at once.

What is not done yet: before 2017, a child who leaves and a death, which the RSA counted from the next month (D262-34,
R262-35); a child who dies, who counts until the end of the third month (CSS, art. R552-3 of 2022); since 2017, an amount
that does not move within its quarter (CASF, art. R262-4-1). So an income that stopped for certain, which the RSA leaves out
(CASF, art. R262-13), is left out in the month that follows it, and counts again in the means of the next two.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from guichet.domain.droits import Prestation
from guichet.domain.faits import SANS_EFFET, Fait, Genre, Regard
from guichet.domain.vocabulaire import Mois

RSA_PAR_TRIMESTRE = Mois(2017, 1)
"""Décret 2016-1945 du 28/12/2016: changes of situation no longer count in the month of the event."""
DU_JOUR = frozenset(Genre) - frozenset(SANS_EFFET)
"""What a household is made of on a day; incomes and demands hold for whole months."""
DU_MINIMUM = frozenset((Prestation.RSA, Prestation.PPA))


def dernier_jour(mois: Mois) -> date:
    return date(mois.annee, mois.numero, calendar.monthrange(mois.annee, mois.numero)[1])


def change_en_cours(faits: Iterable[Fait], mois: Mois) -> bool:
    """Whether something that a household is made of begins or ends within `mois`: else one look is enough."""
    premier, dernier = mois.premier_jour, dernier_jour(mois)
    return any(premier < f.du <= dernier or premier < f.avant <= dernier for f in faits if f.genre in DU_JOUR)


def regards(prestation: Prestation, mois: Mois, separation: bool) -> tuple[Regard, ...]:
    """How the household is looked at for `prestation`; of what several looks open, the lesser is due.

    `separation`: a partner leaves, or dies, within the month.
    """
    premier, dernier = mois.premier_jour, dernier_jour(mois)
    if prestation in DU_MINIMUM:
        if mois < RSA_PAR_TRIMESTRE:
            return (Regard(enfants=dernier, conjoint=dernier, logement=dernier, reste=dernier),)
        return (Regard(enfants=premier, conjoint=dernier if separation else premier, logement=premier, reste=premier),)
    logement = dernier if prestation is Prestation.AIDE_LOGEMENT else premier
    fin = Regard(enfants=dernier, conjoint=premier if separation else dernier, logement=logement, reste=dernier)
    return (Regard(enfants=premier, conjoint=premier, logement=logement, reste=premier), fin)
