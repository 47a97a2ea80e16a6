"""The shape of the replayed year: what the study prints, and the simplest choice where it prints nothing.

All counts are those of the whole country; a scale is applied when they become whole events. What is published is
named in `guichet.audience.study`; what follows the word "chosen" here is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIRST, LAST = date(2012, 6, 1), date(2013, 6, 30)
DAYS = [FIRST + timedelta(days) for days in range((LAST - FIRST).days + 1)]
MONTHS = list(dict.fromkeys(f"{day:%Y-%m}" for day in DAYS))


def in_month(days: Sequence[date], month: str) -> list[int]:
    """The places of the days of a month."""
    return [k for k, day in enumerate(days) if f"{day:%Y-%m}" == month]


IN_MONTH = {month: in_month(DAYS, month) for month in MONTHS}

WEEKDAYS = (691_000, 660_000, 630_000, 607_000, 578_000, 422_000, 331_000)
"""Mean visits, Monday first. Published: Monday, Sunday, a decrease from day to day, 559 000 a day in all."""
SEASON = (0.95, 0.97, 0.93, 1.05, 1.16, 0.98, 0.88, 1.22, 1.0, 0.97, 0.96, 0.93, 0.96)
"""Months, June 2012 first. Published: the peaks of October and January."""
AROUND_THE_5TH = {2: 1.1, 3: 1.25, 4: 1.3, 5: 1.35, 6: 1.3, 7: 1.25, 8: 1.1}
"""Days of the month. Published: the two or three days before and after the 5th are full."""
HOURS = (
    *(0.8, 1.0, 0.6, 0.5, 0.45, 0.45, 0.3, 1.0, 3.0, 7.6, 8.6, 8.4),
    *(7.4, 8.2, 8.6, 8.1, 5.8, 4.2, 3.6, 3.9, 5.0, 5.2, 4.4, 2.9),
)
"""Percent of the pages. Published: 9-16 h nearly 57, 20-24 h 17.5, 1-6 h 3 (clock times: 9:00:00 to 15:59:59)."""
VISITORS_A_VISIT = 13 / 17
"""Distinct addresses of a month for each of its visits. Published: 13 and 17 million; chosen: the same every month."""
NEW_VISITORS = 0.55
"""Chosen: the share of a month's visitors who were not there the month before."""
ALLOCATAIRES, ALLOCATAIRES_WEB, NEW_ALLOCATAIRES_WEB = 11_500_000, 3_500_000, 0.1
"""Published: the two numbers; chosen: the share of new ones each month."""

MAINTIEN = (53.2, 372, 24, 6, 2, 1, 1, 1, 1, 1, 2, 8, 112.4)
"""Thousands. Published: the two Junes, June and July above all, 6 % of téléprocédures in all: July is what is left."""
AIDE_LOGEMENT = (70, 95, 120, 165, 110, 70, 55, 90, 65, 58, 55, 58, 72)
"""Thousands. Published: a peak in September, a lower one in January."""
RESSOURCES = (6, 6, 6, 25, 55, 22, 15, 65, 20, 8, 6, 6, 6)
"""Thousands, chosen after the campaigns that the study tells (October, January)."""
LOGEMENT = (0.9, 1.15, 1.6, 1.7, 1.4, 0.8, 0.6, 0.85, 0.75, 0.75, 0.75, 0.85, 0.95)
"""Simulations of the housing aid. Published: the peaks from August to October."""
DTR_RSA, DTR_SHARE = 439_000, tuple(0.36 + 0.12 * (k / 12) ** 0.7 for k in range(13))
"""Share of the RSA declarations made online. Published: 36 % in June 2012, 48 % in June 2013, 43 % in all."""
OTHER_SHARES = {
    "changement_situation": 0.3,
    "ressources_annuelles": 0.35,
    "aide_logement": 0.6,
    "maintien_dans_les_lieux": 0.8,
    "cmg_paje": 0.4,
    "dtr_aah": 0.3,
}
"""Chosen: the share of the other declarations made online."""
FOUND, AVOIDED = 0.8, 0.6
"""Chosen: the opinions that say yes."""


@dataclass(frozen=True)
class Kind:
    """Events of one kind, by month; `named` when they are an allocataire's."""

    event: str
    kind: str
    months: Floats
    named: bool = False
    yes: float | None = None
    """Of an opinion, the share of 1."""


def visits() -> Floats:
    """Expected visits of each of `DAYS`; the mean of each weekday is its published one."""
    weights = np.array(
        [SEASON[MONTHS.index(f"{day:%Y-%m}")] * AROUND_THE_5TH.get(day.day, 1.0) * WEEKDAYS[day.weekday()] for day in DAYS]
    )
    weekdays = np.array([day.weekday() for day in DAYS])
    for weekday, mean in enumerate(WEEKDAYS):
        weights[weekdays == weekday] *= mean / weights[weekdays == weekday].mean()
    return weights


def by_month(days: Floats) -> Floats:
    return np.array([days[IN_MONTH[month]].sum() for month in MONTHS])


def events() -> list[Kind]:
    """All kinds of events, as the study counts them."""
    flat = by_month(visits())
    january = MONTHS.index("2013-01")
    named = [
        Kind("authentification", "mon_compte", _spread(473_000 * len(DAYS) / 13, flat, {january: 17_800_000}), True),
        Kind("rubrique", "situation", _spread(18_500_000, flat), True),
        Kind("rubrique", "paiements", _spread(9_500_000, flat), True),
        Kind("rubrique", "courriers", _spread(6_600_000, flat), True),
        Kind("rubrique", "demarches", _spread(4_600_000, flat), True),
        Kind("rubrique", "ressources", _spread(450_000, flat, {january: 1_060_000}), True),
        Kind("telechargement", "attestation_paiement", _spread(900_000, flat), True),  # chosen
    ]
    anonymous = [
        Kind("simulation", "logement", _spread(1_860_000, np.array(LOGEMENT))),
        Kind("simulation", "rsa", _spread(850_000, flat)),
        Kind("simulation", "paje", _spread(390_000, flat)),
        Kind("avis", "trouve", _spread(30_000, flat), yes=FOUND),
        Kind("avis", "contact_evite", _spread(30_000, flat), yes=AVOIDED),
    ]
    return named + _teleprocedures(flat) + anonymous


def _teleprocedures(flat: Floats) -> list[Kind]:
    """The seven; the trimestrielle AAH is what the published total leaves, a CMG of 16 000 a month being chosen."""
    months = {
        "dtr_rsa": _spread(DTR_RSA, np.array(DTR_SHARE)),
        "changement_situation": _spread(145_000, flat),
        "ressources_annuelles": np.array(RESSOURCES) * 1000.0,
        "aide_logement": np.array(AIDE_LOGEMENT) * 1000.0,
        "maintien_dans_les_lieux": np.array(MAINTIEN) * 1000.0,
        "cmg_paje": _spread(16_000, flat),
    }
    months["dtr_aah"] = _spread(787_000 - sum(counts.mean() for counts in months.values()), flat)
    return [Kind("teleprocedure", kind, counts, True) for kind, counts in months.items()]


def declarations() -> dict[str, Floats]:
    """Declarations by every channel, by kind and month."""
    online = {kind.kind: kind.months for kind in events() if kind.event == "teleprocedure"}
    shares = {"dtr_rsa": np.array(DTR_SHARE), **{kind: np.full(13, share) for kind, share in OTHER_SHARES.items()}}
    return {kind: counts / shares[kind] for kind, counts in online.items()}


def _spread(mean: float, shape: Floats, pinned: dict[int, float] | None = None) -> Floats:
    """Thirteen counts of this mean, in proportion of `shape` but for those that are known."""
    pinned = pinned or {}
    weights = np.array([0.0 if month in pinned else weight for month, weight in enumerate(shape)])
    counts: Floats = (mean * len(shape) - sum(pinned.values())) * weights / weights.sum()
    for month, count in pinned.items():
        counts[month] = count
    return counts


def whole(expected: NDArray[np.floating[Any]]) -> Ints:
    """Whole numbers whose running sum is never half a unit away from that of `expected`."""
    return np.diff(np.rint(np.cumsum(expected)), prepend=0).astype(np.int64)
