"""What measures the figures of the study: functions of what is known, None where it is not.

The study's June 2012 is the first month measured, its June 2013 the last, its January the first one met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from guichet.audience.figures import EventFigures, Figures
from guichet.audience.period import Period
from guichet.audience.tables import Contacts, Site, Survey, share

PLACES = {"first": 0, "last": -1}
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MIDPOINTS = (15, 75, 210, 600, 1350, 2700, 3600)
"""Seconds that AWStats 7.8 counts for a visit of each of its buckets."""


@dataclass(frozen=True)
class Measured:
    """A figure, and what one event more would change in it; `counted` if it grows with the scale of what was read."""

    value: float | str
    one: float = 0.0
    counted: bool = False


@dataclass(frozen=True)
class Sources:
    """What was read. `last_month`: the last month, under AWStats's rule, or `no_awstats` says why it cannot be had.

    `scale` is the part of the site's traffic that was read.
    """

    audience: Figures | None = None
    last_month: Figures | None = None
    no_awstats: str | None = None
    events: EventFigures | None = None
    declarations: Mapping[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    survey: Survey | None = None
    contacts: Mapping[int, Contacts] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()
    scale: float = 1.0


Measure = Callable[[Sources], Measured | None]
Months = Mapping[str, int]


def _audience(measure: Callable[[Figures], Measured | None]) -> Measure:
    return lambda sources: measure(sources.audience) if sources.audience and sources.audience.visits else None


def _last_month(measure: Callable[[Figures], Measured | None]) -> Measure:
    return lambda sources: measure(sources.last_month) if sources.last_month and sources.last_month.visits else None


def _events(measure: Callable[[EventFigures], Measured | None]) -> Measure:
    return lambda sources: measure(sources.events) if sources.events and sources.events.counts else None


def _count(number: float, over: float = 1) -> Measured | None:
    return Measured(number / over, 1 / over, counted=True) if over else None


def _share(part: float, of: float) -> Measured | None:
    return Measured(100 * part / of, 100 / of) if of else None


def _of_year(month: str) -> str:
    """`01` for any January."""
    return f"{Period.read(month).first:%m}"


def _mean(months: Months) -> Measured | None:
    return _count(sum(months.values()), len(months))


def _of_january(months: Months) -> Measured | None:
    return next((_count(number) for month, number in months.items() if _of_year(month) == "01"), None)


def peaks(months: Months, number: int) -> str:
    """The highest of the months that are above the one before and the one after, in order."""
    names = sorted(months)
    tops = [
        now
        for before, now, after in zip(names, names[1:], names[2:], strict=False)
        if months[before] < months[now] > months[after]
    ]
    return highest({month: months[month] for month in tops}, number)


def _span(days: Months) -> list[date]:
    """All days from the first one that is counted to the last one."""
    first, last = (date.fromisoformat(day) for day in (min(days), max(days)))
    return [first + timedelta(day) for day in range((last - first).days + 1)]


def highest(months: Months, number: int) -> str:
    """In the order of time: `Oct Jan`."""
    found = sorted(sorted(months, key=lambda month: (-months[month], month))[:number])
    return " ".join(NAMES[int(_of_year(month)) - 1] for month in found)


# Access logs, by the rule asked for.


def days(found: Figures) -> list[date]:
    """From the first day of a visit to the last one."""
    return _span(found.visits_day)


def weekday_means(found: Figures) -> dict[int, float]:
    """Visits of a mean Monday (0), Tuesday...; of the weekdays that were met."""
    met = Counter(day.weekday() for day in days(found))
    return {weekday: found.visits_weekday[str(weekday)] / met[weekday] for weekday in sorted(met)}


def weekday(name: str) -> Measure:
    """Visits of a mean Monday (`0`), of a mean Sunday (`6`)."""

    def measure(found: Figures) -> Measured | None:
        met = sum(day.weekday() == int(name) for day in days(found))
        return _count(found.visits_weekday[name], met)

    return _audience(measure)


def _share_of_monday(found: Figures) -> Measured | None:
    means = weekday_means(found)
    return Measured(100 * means.get(0, 0) / sum(means.values()), 100 / found.visits)


def _order_of_weekdays(found: Figures) -> Measured:
    means = weekday_means(found)
    return Measured("".join(str(weekday + 1) for weekday in sorted(means, key=lambda weekday: (-means[weekday], weekday))))


def _monday_for_a_sunday(found: Figures) -> Measured | None:
    means = weekday_means(found)
    return Measured(means[0] / means[6]) if means.get(6) and 0 in means else None


def _around_the_5th(found: Figures) -> Measured | None:
    near = [day for day in days(found) if 3 <= day.day <= 7]
    far = [day for day in days(found) if not 3 <= day.day <= 7]
    if not near or not far:
        return None
    mean_near, mean_far = (sum(found.visits_day.get(str(day), 0) for day in some) / len(some) for some in (near, far))
    return Measured(mean_near / mean_far) if mean_far else None


visits_a_day = _audience(lambda found: _count(found.visits, len(days(found))))
visits_a_month = _audience(lambda found: _mean(found.visits_month))
visitors_a_month = _audience(lambda found: _mean(found.visitors_month))
share_of_monday = _audience(_share_of_monday)
order_of_weekdays = _audience(_order_of_weekdays)
monday_for_a_sunday = _audience(_monday_for_a_sunday)
peaks_of_visits = _audience(lambda found: Measured(peaks(found.visits_month, 2)))
around_the_5th = _audience(_around_the_5th)


# Access logs of the last month, by AWStats's rule.


def hours(first: str, last: str) -> Measure:
    """Percent of the pages from `first` o'clock to `last` o'clock."""

    def measure(found: Figures) -> Measured:
        pages = sum(found.pages_hour[str(hour)] for hour in range(int(first), int(last)))
        return Measured(100 * pages / found.pages, 100 / found.visits)

    return _last_month(measure)


def _minutes(found: Figures) -> Measured | None:
    closed = sum(found.durations.values())
    seconds = sum(number * seconds for number, seconds in zip(found.durations.values(), MIDPOINTS, strict=True))
    return Measured(seconds / closed / 60, 1 / closed) if closed else None


minutes_a_visit = _last_month(_minutes)
pages_a_visit = _last_month(lambda found: Measured(found.pages_per_visit, 1 / found.visits))


# Events.


def events_a_month(event: str, kind: str | None = None) -> Measure:
    return _events(lambda found: _count(sum(found.of(event, kind).values()), len(found.months)))


def _authentications_a_day(found: EventFigures) -> Measured | None:
    counts = found.authentications_day
    return _count(sum(counts.values()), len(_span(counts))) if counts else None


def in_january(event: str, kind: str | None = None) -> Measure:
    return _events(lambda found: _of_january(found.of(event, kind)))


def in_month(place: str, event: str, kind: str) -> Measure:
    """Of the first month (`first`) or the last one (`last`)."""
    return _events(lambda found: _count(found.of(event, kind).get(found.months[PLACES[place]], 0)))


def growth(event: str, kind: str) -> Measure:
    def measure(found: EventFigures) -> Measured | None:
        before, after = (found.of(event, kind).get(found.months[place], 0) for place in PLACES.values())
        return Measured(after / before, after / before / before) if before else None

    return _events(measure)


def share_of(event: str, kind: str) -> Measure:
    """Percent of all events of its sort that are of this kind."""
    return _events(lambda found: _share(sum(found.of(event, kind).values()), sum(found.of(event).values())))


def share_in(event: str, kind: str, *months: str) -> Measure:
    """Percent of the events of a kind that are of these months of the year (`06`)."""

    def measure(found: EventFigures) -> Measured | None:
        counts = found.of(event, kind)
        inside = sum(number for month, number in counts.items() if _of_year(month) in months)
        return _share(inside, sum(counts.values()))

    return _events(measure)


def kinds(event: str) -> Measure:
    return _events(lambda found: Measured(float(len(found.counts.get(event, {})))))


def peaks_of(event: str, kind: str, number: str) -> Measure:
    return _events(lambda found: Measured(peaks(found.of(event, kind), int(number))))


def highest_of(event: str, kind: str, number: str) -> Measure:
    return _events(lambda found: Measured(highest(found.of(event, kind), int(number))))


def _connections(found: EventFigures) -> Measured | None:
    users = sum(found.users_month.values())
    return Measured(sum(found.of("authentification").values()) / users, 1 / users) if users else None


users_a_month = _events(lambda found: _mean(found.users_month))
connections = _events(_connections)
authentications_a_day = _events(_authentications_a_day)


# An analyst's tables.


def online(kind: str, place: str | None = None) -> Measure:
    """Percent of the declarations made online: in all, in the `first` month, in the `last` one."""

    def measure(sources: Sources) -> Measured | None:
        months = sources.declarations.get(kind, {})
        month = sorted(months)[PLACES[place]] if months and place else None
        found, total = share(months, month), sum(of for name, (_, of) in months.items() if month in (None, name))
        return None if found is None else Measured(100 * found, 100 / total)

    return measure


def said(answer: str, among: str | None = None) -> Measure:
    def measure(sources: Sources) -> Measured | None:
        found = sources.survey.share(answer, among) if sources.survey else None
        return None if found is None else Measured(100 * found)

    return measure


def respondents(sources: Sources) -> Measured | None:
    return Measured(float(len(sources.survey.weights))) if sources.survey else None


def contact(year: str, column: str) -> Measure:
    def measure(sources: Sources) -> Measured | None:
        found = sources.contacts.get(int(year))
        return _share(getattr(found, column), found.allocataires) if found else None

    return measure


def allocataires(sources: Sources) -> Measured | None:
    return Measured(float(sources.contacts[max(sources.contacts)].allocataires)) if sources.contacts else None


def rank(column: str) -> Measure:
    return lambda sources: next((Measured(float(getattr(site, column))) for site in sources.sites if site.ours), None)
