"""The figures of a period, from the rows of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import numpy as np

from guichet.audience import dates
from guichet.audience.count import Count
from guichet.audience.figures import Figures
from guichet.audience.period import Period, shifted
from guichet.audience.reading import Rules
from guichet.audience.rows import Rows
from guichet.audience.texts import Array

NOBODY = np.zeros(0, np.int64)
NO_KEY = (
    "distinct {what} are counted by a key: over {span} there is none, and a sum of shorter periods would be wrong; "
    "there is one for each month, and for {periods}"
)


class Kept(Protocol):
    """What a store keeps."""

    @property
    def rules(self) -> Rules: ...

    @property
    def months(self) -> Mapping[str, object]: ...

    @property
    def periods(self) -> Sequence[str]: ...

    @property
    def tally(self) -> Mapping[int | None, Array]: ...

    def stretches(self, month: str) -> Rows: ...

    def users(self, month: str) -> Rows: ...


def recounted(store: Kept, period: Period | None) -> Figures:
    """See `Store.figures`. Raises OSError."""
    kept = sorted(store.months)
    wanted = [month for month in (period.months if period else kept) if month in store.months]
    # A visit belongs to the day of its first page: the months around say where it begins and where it ends.
    around = {shifted(month, step) for month in wanted for step in (-1, 0, 1)} & set(kept)
    months = {month: store.stretches(month) for month in sorted(around)}
    days = np.unique(np.concatenate([rows["day"] for rows in months.values()] or [np.zeros(0, np.int32)]))
    count = Count(replace(store.rules, period=period), days.tolist())
    names, before = np.zeros(0, np.uint64), ""
    for month, rows in months.items():
        visitors, host = np.unique(rows["visitor"], return_inverse=True)
        follows = before == shifted(month, -1)
        count.carry(len(visitors), *(_same(names, rows["previous"], host) if follows else (NOBODY, NOBODY)))
        offset = rows["day"].astype(np.int64) * dates.SECONDS - rows["first"]  # any that gives this local day
        last = rows["first"] + rows["seconds"]
        count.add((host.astype(np.int32), rows["first"], last, rows["pages"], offset.astype(np.int32)))
        names, before = visitors, month
    count.finish()
    totals, refused = _distinct(store, period, wanted, months)
    return count.figures(store.tally, totals["visitors"], totals["users"], refused)


def _same(names: Array, previous: Array, host: Array) -> tuple[Array, Array]:
    """Visitors of two months who are the same: their places in the first one, and in the second."""
    early = np.flatnonzero(previous)
    if not len(names):
        return NOBODY, NOBODY
    place = np.minimum(np.searchsorted(names, previous[early]), len(names) - 1)
    known = names[place] == previous[early]
    return place[known], host[early][known]


def _distinct(
    store: Kept, period: Period | None, months: list[str], stretches: dict[str, Rows]
) -> tuple[dict[str, int | None], dict[str, str]]:
    """Visitors and users, each counted by the one key that covers the span; else why they are not."""
    key = _key(store, period, months)
    totals: dict[str, int | None] = {"visitors": None, "users": None}
    if not months:
        totals = {"visitors": 0, "users": 0}
    elif key is not None:
        inside = [_inside(stretches[month], period) for month in months]
        column = "visitor" if len(months) == 1 else "period"
        totals["visitors"] = _number([rows[column] for rows in inside])
        if period is None or all(period.holds(Period.read(month)) for month in months):
            totals["users"] = _number([store.users(month)["user" if len(months) == 1 else "period"] for month in months])
    names = {"visitors": "visitors_total", "users": "users"}
    said = {"span": str(period or "all that is kept"), "periods": " and ".join(store.periods) or "no other period"}
    refused = {names[what]: NO_KEY.format(what=what, **said) for what, total in totals.items() if total is None}
    return totals, refused


def _key(store: Kept, period: Period | None, months: list[str]) -> str | None:
    """The name of the key of a span: that of its month, or that of the reporting period that it is."""
    if len(period.months if period else months) == 1:
        return (period.months if period else months)[0]
    for name in store.periods:
        reporting = Period.read(name)
        if period == reporting or (period is None and all(month in reporting.months for month in months)):
            return name
    return None


def _inside(rows: Rows, period: Period | None) -> Rows:
    if period is None:
        return rows
    epoch = date(1970, 1, 1)
    chosen = (rows["day"] >= (period.first - epoch).days) & (rows["day"] <= (period.last - epoch).days)
    return {name: column[chosen] for name, column in rows.items()}


def _number(columns: list[Array]) -> int:
    return len(np.unique(np.concatenate(columns))) if columns else 0
