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

from collections.abc import Collection, Iterable, Iterator, Mapping

from guichet.domain.composition import Regard
from guichet.domain.droits import Prestation
from guichet.domain.faits import NATURES, REVENUS_DU_TRAVAIL, WITHOUT_EFFECT, Fait, Genre
from guichet.domain.foyer import Role
from guichet.domain.periodes import LOGEMENT_QUARTERLY_FROM, MONTHS_OF_LOGEMENT
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois

QUARTERLY_FROM = Mois(2017, 1)
"""Décret 2017-122 du 1/2/2017: the RSA does not move within its quarter."""
OF_A_DAY = frozenset(Genre) - frozenset(WITHOUT_EFFECT)
"""What a household is made of on a day; incomes and claims hold for whole months."""
QUARTERLY = frozenset((Prestation.RSA, Prestation.PPA))


def changes_within(faits: Iterable[Fait], mois: Mois) -> bool:
    """Whether something that a household is made of begins or ends within `mois`: else one look is enough."""
    return _moves(faits, OF_A_DAY, mois, mois)


def start_of_trimestre(demande: Mois, mois: Mois) -> Mois:
    """The first month of the quarter in which `mois` is; quarters run from the month of the claim (CASF, art. R262-4)."""
    return mois - mois.months_since(demande) % 3


def mois_looked_at(
    faits: Collection[Fait], prestations: Iterable[Prestation], mois: Mois, demandes: Mapping[Prestation, Mois]
) -> dict[Mois, set[Prestation]]:
    """The months whose household the rights of `mois` depend on. It is `mois` itself, but for what is settled for a quarter:
    of what several months open then, the greatest is due."""
    looked_at = {mois: set(prestations)}
    for prestation in QUARTERLY & looked_at[mois]:
        looked_at[mois].remove(prestation)
        for one in _looked_at(faits, mois, demandes[prestation]):
            looked_at.setdefault(one, set()).add(prestation)
    return looked_at


def _looked_at(faits: Collection[Fait], mois: Mois, demande: Mois) -> Iterator[Mois]:
    if mois < QUARTERLY_FROM:
        yield mois
        return
    first = start_of_trimestre(demande, mois)
    yield first
    for other in (first + 1).until(mois):
        if separation(faits, other) or _opens_majoration(faits, other) or _stops_earning(faits, other):
            yield other


def _moves(faits: Iterable[Fait], genres: Collection[int], first: Mois, mois: Mois) -> bool:
    """Whether something of these kinds begins or ends after the first day of `first`, until the end of `mois`."""
    start, end = first.first_day, mois.last_day
    return any(start < fait.du <= end or start < fait.avant <= end for fait in faits if fait.genre in genres)


def mois_of_logement_ressources(faits: Collection[Fait], mois: Mois, demandes: Mapping[Prestation, Mois]) -> Mois:
    """The month as of which the housing aid of `mois` looks at the incomes: the first one of its quarter."""
    if mois < LOGEMENT_QUARTERLY_FROM or Prestation.AIDE_LOGEMENT not in demandes:
        return mois
    order = (Prestation.RSA, Prestation.PPA, Prestation.AAH, Prestation.AIDE_LOGEMENT)
    demande = next(demandes[prestation] for prestation in order if prestation in demandes)
    first = max(start_of_trimestre(demande, mois), demandes[Prestation.AIDE_LOGEMENT])
    return first if first != mois and _moves(faits, NATURES, first - MONTHS_OF_LOGEMENT, mois) else mois


def revision(prestation: Prestation, mois: Mois) -> Phrase | None:
    """What who receives `prestation` should know of when it is looked at again; None when that is each month."""
    if prestation in QUARTERLY and mois >= QUARTERLY_FROM:
        return Phrase(
            "Ce montant est fixé pour trois mois. Ce qui change entre-temps compte au trimestre d'après, sauf ce qui "
            "n'attend pas et vous donne davantage : une séparation, un parent seul qui attend ou accueille un enfant, un "
            "revenu du travail qui s'arrête."
        )
    if prestation is Prestation.AIDE_LOGEMENT and mois >= LOGEMENT_QUARTERLY_FROM:
        return Phrase(
            "Les revenus qui comptent sont revus tous les trois mois ; le loyer, le logement et la famille comptent tout de "
            "suite."
        )
    return None


def separation(faits: Iterable[Fait], mois: Mois) -> bool:
    """A partner leaves, or dies, within the month."""
    return any(
        fait.genre == Genre.PRESENCE and fait.valeur.role is Role.CONJOINT and Mois.of(fait.avant) == mois for fait in faits
    )


def _opens_majoration(faits: Collection[Fait], mois: Mois) -> bool:
    """Who has no partner expects a child, or receives one, within the month (CASF, art. L262-9)."""
    first, last = mois.first_day, mois.last_day
    begins = any(
        first <= fait.du <= last
        for fait in faits
        if fait.genre == Genre.GROSSESSE or (fait.genre == Genre.PRESENCE and fait.valeur.role is Role.ENFANT)
    )
    return begins and not any(
        fait.genre == Genre.PRESENCE and fait.valeur.role is Role.CONJOINT and fait.holds_on(last) for fait in faits
    )


def _stops_earning(faits: Collection[Fait], mois: Mois) -> bool:
    """`mois` is the first one without an income from work, or in its place, that somebody had until then."""
    first = mois.first_day
    earned = [fait for fait in faits if fait.genre in REVENUS_DU_TRAVAIL and fait.valeur.mensuel]
    followed = {(fait.genre, fait.sujet) for fait in earned if fait.holds_on(first)}
    return any(fait.avant == first and (fait.genre, fait.sujet) not in followed for fait in earned)


def regards(prestation: Prestation, mois: Mois, separated: bool) -> tuple[Regard, ...]:
    """How the household of `mois` is looked at for `prestation`; of what several looks open, the lesser is due.

    `separated`: a partner left, or died, within it (`separation`).
    """
    first, last = mois.first_day, mois.last_day
    if prestation in QUARTERLY:
        if mois < QUARTERLY_FROM:
            return (Regard.of_day(last),)
        return (Regard(enfants=first, conjoint=last if separated else first, logement=first, reste=first),)
    logement = last if prestation is Prestation.AIDE_LOGEMENT else first
    end = Regard(enfants=last, conjoint=first if separated else last, logement=logement, reste=last)
    return (Regard(enfants=first, conjoint=first, logement=logement, reste=first), end)
