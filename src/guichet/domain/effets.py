"""From which month an event counts, benefit by benefit: on which days of a month the household is looked at.

Family benefits and housing aid open on the first day of the month after an event and end on the first day of the month of
an event (CSS, art. R552-2 and R552-3; CCH, art. R823-10 to R823-14): of what the first and the last day of a month open,
the lesser is due. A separation or a death counts from the next month whatever it opens (CSS, art. R552-3; CCH, art.
R823-13). Who moves without a gap has the aid of the new dwelling from the month of the move (CCH, art. R823-14).

The RSA counted the month of the event (CASF, art. D262-34 as in 2012). Since January 2017 it is settled for a quarter, as
is the prime d'activité, on the household and the incomes of its first month (CASF, art. R262-4; CSS, art. R843-1): what
happens counts from the next quarter. Three things count at once, where they bring more (CASF, art. R262-4-1): a separation
or a death, a lone parent's pregnancy or child, an income from work or in its place that stops (art. R262-13), which is not
counted in the quarters that follow either.

Since January 2021 the incomes of the housing aid are looked at again every three months, in the quarters of the RSA, of the
prime d'activité or of the AAH of who has one (CCH, art. R822-3 and R823-6); the rest of the household counts at once.

What is not done yet: before 2017, a child who leaves and a death, which the RSA counted from the next month (D262-34,
R262-35); a child who dies, who counts until the end of the third month (CSS, art. R552-3 of 2022).
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from guichet.domain.droits import Prestation
from guichet.domain.faits import RESSOURCES, SANS_EFFET, Fait, Genre, Regard
from guichet.domain.foyer import DU_TRAVAIL, Role
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois

PAR_TRIMESTRE = Mois(2017, 1)
"""Décret 2017-122 du 1/2/2017: the RSA does not move within its quarter."""
LOGEMENT_PAR_TRIMESTRE = Mois(2021, 1)
"""Décret 2019-1574 of 30/12/2019, which began on 1/1/2021."""
MOIS_DU_LOGEMENT = 13
"""The earliest month whose incomes the housing aid looks at, before the first one of its quarter (CCH, art. R822-3)."""
DU_JOUR = frozenset(Genre) - frozenset(SANS_EFFET)
"""What a household is made of on a day; incomes and demands hold for whole months."""
TRIMESTRIELLES = frozenset((Prestation.RSA, Prestation.PPA))
_RESSOURCES = frozenset(RESSOURCES.values())
_DU_TRAVAIL = frozenset(RESSOURCES[nature] for nature in DU_TRAVAIL)


def dernier_jour(mois: Mois) -> date:
    return date(mois.annee, mois.numero, calendar.monthrange(mois.annee, mois.numero)[1])


def change_en_cours(faits: Iterable[Fait], mois: Mois) -> bool:
    """Whether something that a household is made of begins or ends within `mois`: else one look is enough."""
    return _bouge(faits, DU_JOUR, mois, mois)


def trimestre(demande: Mois, mois: Mois) -> Mois:
    """The first month of the quarter in which `mois` is; quarters run from the month of the demand (CASF, art. R262-4)."""
    return mois - mois.ecart(demande) % 3


def mois_vus(
    faits: Collection[Fait], prestations: Iterable[Prestation], mois: Mois, demandes: Mapping[Prestation, Mois]
) -> dict[Mois, set[Prestation]]:
    """The months whose household the rights of `mois` depend on. It is `mois` itself, but for what is settled for a quarter:
    of what several months open then, the greatest is due."""
    vus = {mois: set(prestations)}
    for prestation in TRIMESTRIELLES & vus[mois]:
        vus[mois].remove(prestation)
        for vu in _mois_vus(faits, mois, demandes[prestation]):
            vus.setdefault(vu, set()).add(prestation)
    return vus


def _mois_vus(faits: Collection[Fait], mois: Mois, demande: Mois) -> Iterator[Mois]:
    if mois < PAR_TRIMESTRE:
        yield mois
        return
    premier = trimestre(demande, mois)
    yield premier
    for autre in (premier + 1).jusqu_a(mois):
        if separation(faits, autre) or _majore(faits, autre) or _ne_gagne_plus(faits, autre):
            yield autre


def _bouge(faits: Iterable[Fait], genres: Collection[int], premier: Mois, mois: Mois) -> bool:
    """Whether something of these kinds begins or ends after the first day of `premier`, until the end of `mois`."""
    debut, fin = premier.premier_jour, dernier_jour(mois)
    return any(debut < f.du <= fin or debut < f.avant <= fin for f in faits if f.genre in genres)


def ressources_du_logement(faits: Collection[Fait], mois: Mois, demandes: Mapping[Prestation, Mois]) -> Mois:
    """The month as of which the housing aid of `mois` looks at the incomes: the first one of its quarter."""
    if mois < LOGEMENT_PAR_TRIMESTRE or Prestation.AIDE_LOGEMENT not in demandes:
        return mois
    ordre = (Prestation.RSA, Prestation.PPA, Prestation.AAH, Prestation.AIDE_LOGEMENT)
    demande = next(demandes[prestation] for prestation in ordre if prestation in demandes)
    premier = max(trimestre(demande, mois), demandes[Prestation.AIDE_LOGEMENT])
    return premier if premier != mois and _bouge(faits, _RESSOURCES, premier - MOIS_DU_LOGEMENT, mois) else mois


def revision(prestation: Prestation, mois: Mois) -> Phrase | None:
    """What who receives `prestation` should know of when it is looked at again; None when that is each month."""
    if prestation in TRIMESTRIELLES and mois >= PAR_TRIMESTRE:
        return Phrase(
            "Ce montant est fixé pour trois mois. Ce qui change entre-temps compte au trimestre d'après, sauf ce qui "
            "n'attend pas et vous donne davantage : une séparation, un parent seul qui attend ou accueille un enfant, un "
            "revenu du travail qui s'arrête."
        )
    if prestation is Prestation.AIDE_LOGEMENT and mois >= LOGEMENT_PAR_TRIMESTRE:
        return Phrase(
            "Les revenus qui comptent sont revus tous les trois mois ; le loyer, le logement et la famille comptent tout de "
            "suite."
        )
    return None


def separation(faits: Iterable[Fait], mois: Mois) -> bool:
    """A partner leaves, or dies, within the month."""
    return any(f.genre == Genre.PRESENCE and f.valeur.role is Role.CONJOINT and Mois.de(f.avant) == mois for f in faits)


def _majore(faits: Collection[Fait], mois: Mois) -> bool:
    """Who has no partner expects a child, or receives one, within the month (CASF, art. L262-9)."""
    premier, dernier = mois.premier_jour, dernier_jour(mois)
    commence = any(
        premier <= fait.du <= dernier
        for fait in faits
        if fait.genre == Genre.GROSSESSE or (fait.genre == Genre.PRESENCE and fait.valeur.role is Role.ENFANT)
    )
    return commence and not any(
        fait.genre == Genre.PRESENCE and fait.valeur.role is Role.CONJOINT and fait.tient(dernier) for fait in faits
    )


def _ne_gagne_plus(faits: Collection[Fait], mois: Mois) -> bool:
    """`mois` is the first one without an income from work, or in its place, that somebody had until then."""
    premier = mois.premier_jour
    gains = [f for f in faits if f.genre in _DU_TRAVAIL and f.valeur.mensuel]
    suivis = {(f.genre, f.sujet) for f in gains if f.tient(premier)}
    return any(f.avant == premier and (f.genre, f.sujet) not in suivis for f in gains)


def regards(prestation: Prestation, mois: Mois, separation: bool) -> tuple[Regard, ...]:
    """How the household of `mois` is looked at for `prestation`; of what several looks open, the lesser is due.

    `separation`: see the function of that name.
    """
    premier, dernier = mois.premier_jour, dernier_jour(mois)
    if prestation in TRIMESTRIELLES:
        if mois < PAR_TRIMESTRE:
            return (Regard.du_jour(dernier),)
        return (Regard(enfants=premier, conjoint=dernier if separation else premier, logement=premier, reste=premier),)
    logement = dernier if prestation is Prestation.AIDE_LOGEMENT else premier
    fin = Regard(enfants=dernier, conjoint=premier if separation else dernier, logement=logement, reste=dernier)
    return (Regard(enfants=premier, conjoint=premier, logement=logement, reste=premier), fin)
