"""From which month an event counts, benefit by benefit: on which days of a month the household is looked at.

Family benefits and housing aid open on the first day of the month after an event and end on the first day of the month of
an event (CSS, art. R552-2 and R552-3; CCH, art. R823-10 to R823-14): of what the first and the last day of a month open,
the lesser is due. The CMG opens on the first day of the month of an event and ends on that of the next one (the same
articles, II, 2° and 1°): the greater is due. The PreParE of one child, or the shorter one, opens and ends on the first day
of the month of an event (R552-2, II, 1°). A separation or a death counts from the next month whatever it opens (CSS, art.
R552-3; CCH, art. R823-13). Who moves without a gap has the aid of the new dwelling from the month of the move (CCH, art.
R823-14).

The RSA counted the month of the event (CASF, art. D262-34 as in 2012). Since January 2017 it is settled for a quarter, as
is the prime d'activité, on the household and the incomes of its first month (CASF, art. R262-4; CSS, art. R843-1 and
L843-4): what happens counts from the next quarter. The amount of the RSA is « révisé » within the quarter, from the first
day of the month of the event, by three of them (CASF, art. R262-4-1): an income from work or in its place that stops, with
nothing instead (R262-13), which is not counted in the quarters that follow either; the end of the life as a couple; a lone
parent's pregnancy or child (L262-9). That of the prime by the last one (CSS, art. R843-2 and L842-7), since March 2025 by
the end of the life as a couple too, by no income. No text says that it is only where this brings more: what the revised
household opens is due, more or less; its incomes are still those that the quarter began with. A death that leaves no lone
parent counts from the next month (CASF, art. R262-35, of which the prime has no equal).

Since January 2021 the incomes of the housing aid are looked at again every three months, in the quarters of the RSA, of the
prime d'activité or of the AAH of who has one (CCH, art. R822-3 and R823-6); the rest of the household counts at once.

What is not done yet: the month before its claim in which a CMG opens (R552-2, II, 2°); before 2017, a child who leaves and a
death, which the RSA counted from the next month (D262-34, R262-35); a child who dies, who counts until the end of the third
month (CSS, art. R552-3, IV, since 2022): no fact tells of a child that it died.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from guichet.domain.composition import Regard
from guichet.domain.droits import Prestation
from guichet.domain.faits import NATURES, RESSOURCES, REVENUS_DU_TRAVAIL, WITHOUT_EFFECT, Fait, Genre
from guichet.domain.foyer import DU_TRAVAIL, PENSIONS, Role
from guichet.domain.periodes import LOGEMENT_QUARTERLY_FROM, MONTHS_OF_LOGEMENT, TRIMESTRE_SHIFTED
from guichet.domain.phrases import Phrase
from guichet.domain.vocabulaire import Mois

QUARTERLY_FROM = Mois(2017, 1)
"""Décret 2017-122 du 1/2/2017: the RSA does not move within its quarter."""
OF_A_DAY = frozenset(Genre) - frozenset(WITHOUT_EFFECT)
"""What a household is made of on a day; incomes and claims hold for whole months."""
QUARTERLY = frozenset((Prestation.RSA, Prestation.PPA))
GREATEST = frozenset((Prestation.PAJE_CMG,))
"""Of what the two ends of a month open, the greater is due; of the others, the lesser."""
_LIVED_ON = frozenset(RESSOURCES[nature] for nature in DU_TRAVAIL | PENSIONS)
DECES = "deces"
"""The motive of who left by dying."""


def changes_within(faits: Iterable[Fait], mois: Mois) -> bool:
    """Whether something that a household is made of begins or ends within `mois`: else one look is enough."""
    return _moves(faits, OF_A_DAY, mois, mois)


def start_of_trimestre(demande: Mois, mois: Mois) -> Mois:
    """The first month of the quarter in which `mois` is; quarters run from the month of the claim (CASF, art. R262-4)."""
    return mois - mois.months_since(demande) % 3


def demande_of(prestation: Prestation, demandes: Mapping[Prestation, Mois]) -> Mois | None:
    """The month from which the quarters of `prestation` run, None when it was not asked for. The prime d'activité is looked
    at again when a RSA opens (CSS, art. D846-1): its quarters are those of the RSA from then on."""
    demande = demandes.get(prestation)
    if demande is None or prestation is not Prestation.PPA:
        return demande
    return max(demande, demandes.get(Prestation.RSA, demande))


class Settling(NamedTuple):
    """A month's right is settled on the household of `seen`, with the incomes that `first`, the first month of the quarter,
    saw; the three are one month for what is not settled for a quarter."""

    seen: Mois
    first: Mois


def settlings(
    faits: Collection[Fait], prestations: Iterable[Prestation], mois: Mois, demandes: Mapping[Prestation, Mois]
) -> dict[Settling, set[Prestation]]:
    """What settles the rights of `mois`: the month itself, but for what is settled for a quarter."""
    by_itself = set(prestations)
    found = {Settling(mois, mois): by_itself}
    for prestation in QUARTERLY & by_itself:
        demande = demande_of(prestation, demandes)
        if mois < QUARTERLY_FROM or demande is None:
            continue
        first = start_of_trimestre(demande, mois)
        revised = [other for other in (first + 1).until(mois) if revises(faits, prestation, other)]
        by_itself.remove(prestation)
        found.setdefault(Settling(revised[-1] if revised else first, first), set()).add(prestation)
    return found


def revises(faits: Collection[Fait], prestation: Prestation, mois: Mois) -> bool:
    """Whether something of `mois` has the amount of a quarter looked at again (CASF, art. R262-4-1; CSS, art. R843-2)."""
    if opens_majoration(faits, mois):
        return True
    if prestation is Prestation.PPA and mois < TRIMESTRE_SHIFTED:
        return False
    died = _leaves(faits, mois - 1, dies=True) and not opens_majoration(faits, mois - 1)
    earns_nothing_more = prestation is Prestation.RSA and _stops_earning(faits, mois)
    return died or earns_nothing_more or _leaves(faits, mois, dies=False)


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
        if prestation is Prestation.RSA:
            return Phrase(
                "Ce montant est fixé pour trois mois. Ce qui change entre-temps compte au trimestre d'après, sauf ce qui "
                "compte dès le mois où cela arrive : une séparation, un parent seul qui attend ou accueille un enfant, un "
                "revenu du travail qui s'arrête et que rien ne remplace."
            )
        if mois < TRIMESTRE_SHIFTED:
            return Phrase(
                "Ce montant est fixé pour trois mois. Ce qui change entre-temps, un revenu qui s'arrête compris, compte au "
                "trimestre d'après, sauf ce qui compte dès le mois où cela arrive : un parent seul, ou qui le devient, "
                "attend ou élève un enfant."
            )
        return Phrase(
            "Ce montant est fixé pour trois mois. Ce qui change entre-temps, un revenu qui s'arrête compris, compte au "
            "trimestre d'après, sauf ce qui compte dès le mois où cela arrive : une séparation, un parent seul qui attend "
            "ou accueille un enfant."
        )
    if prestation is Prestation.AIDE_LOGEMENT and mois >= LOGEMENT_QUARTERLY_FROM:
        return Phrase(
            "Les revenus qui comptent sont revus tous les trois mois ; le loyer, le logement et la famille comptent tout de "
            "suite."
        )
    return None


def separation(faits: Iterable[Fait], mois: Mois) -> bool:
    """A partner leaves, or dies, within the month."""
    return any(Mois.of(fait.avant) == mois for fait in _conjoints(faits))


def _leaves(faits: Iterable[Fait], mois: Mois, *, dies: bool) -> bool:
    """A partner leaves within the month; dies within it, when `dies`."""
    return any(Mois.of(fait.avant) == mois and (fait.valeur.motif == DECES) is dies for fait in _conjoints(faits))


def _conjoints(faits: Iterable[Fait]) -> Iterator[Fait]:
    return (fait for fait in faits if fait.genre == Genre.PRESENCE and fait.valeur.role is Role.CONJOINT)


def opens_majoration(faits: Collection[Fait], mois: Mois) -> bool:
    """Who has no partner expects or has a child, and one of the two begins within the month (CASF, art. L262-9; CSS, art.
    L842-7)."""
    first, last = mois.first_day, mois.last_day
    if any(fait.holds_on(last) for fait in _conjoints(faits)):
        return False
    children = [
        fait
        for fait in faits
        if (fait.genre == Genre.GROSSESSE or (fait.genre == Genre.PRESENCE and fait.valeur.role is Role.ENFANT))
        and fait.holds_on(last)
    ]
    return any(first <= fait.du for fait in children) or (bool(children) and separation(faits, mois))


def _stops_earning(faits: Collection[Fait], mois: Mois) -> bool:
    """`mois` is the first one in which somebody has nothing any more of what they earned from work, or in its place, nor a
    pension (CASF, art. R262-13)."""
    first = mois.first_day
    lived_on = [fait for fait in faits if fait.genre in _LIVED_ON and fait.valeur.mensuel]
    left_with_something = {fait.sujet for fait in lived_on if fait.holds_on(first)}
    return any(
        fait.avant == first and fait.genre in REVENUS_DU_TRAVAIL and fait.sujet not in left_with_something
        for fait in lived_on
    )


def opens_at_once(faits: Collection[Fait], prestation: Prestation, mois: Mois) -> bool:
    """Whether `prestation` opens on the first day of the month of the event (CSS, art. R552-2, II, 1°): the PreParE of who
    has one child, or has chosen the higher and shorter one."""
    if prestation is not Prestation.PAJE_PREPARE:
        return False
    there = [fait for fait in faits if fait.holds_on(mois.last_day)]
    children = sum(fait.genre == Genre.PRESENCE and fait.valeur.role is Role.ENFANT for fait in there)
    majoree = any(fait.genre == Genre.CESSATION and fait.valeur.get("cessation_majoree") for fait in there)
    return children == 1 or majoree


def regards(
    prestation: Prestation, mois: Mois, *, parted: bool, revised: bool = False, at_once: bool = False
) -> tuple[Regard, ...]:
    """How the household of `mois` is looked at for `prestation`; of what several looks open, the lesser is due, or the
    greater (`GREATEST`).

    `parted`: a separation or a death within the month (`separation`). `revised`: the quarter is looked at again for what
    happened in it (`revises`): who is there is who is there in the end. `at_once`: see `opens_at_once`.
    """
    first, last = mois.first_day, mois.last_day
    if prestation in QUARTERLY:
        if mois < QUARTERLY_FROM:
            return (Regard.of_day(last),)
        return (Regard(enfants=last, conjoint=last, logement=first, reste=first) if revised else Regard.of_day(first),)
    logement = last if prestation is Prestation.AIDE_LOGEMENT else first
    end = Regard(enfants=last, conjoint=first if parted else last, logement=logement, reste=last)
    return (end,) if at_once else (Regard(enfants=first, conjoint=first, logement=logement, reste=first), end)
