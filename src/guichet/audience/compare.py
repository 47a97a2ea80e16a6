"""The figures of the study beside those of a site: what differs, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from guichet.audience import awstats, events, study, tables
from guichet.audience.errors import AudienceError
from guichet.audience.figures import EventFigures
from guichet.audience.measure import measure
from guichet.audience.measures import Measured, Sources
from guichet.audience.period import Period
from guichet.audience.study import Published

Verdict = Literal["rounds to it", "within one event", "differs", "not given"]
REASONS: dict[Verdict, str] = {
    "rounds to it": "as printed",
    "within one event": "one event more or less would give the printed figure",
    "differs": "another site or other months; for visits, perhaps another rule",
    "not given": "nothing that was given measures it",
}


@dataclass(frozen=True)
class Given:
    """Files to read; `scale` is the part of the site's traffic that they hold."""

    logs: Sequence[Path] = ()
    events: Sequence[Path] = ()
    declarations: Path | None = None
    survey: Path | None = None
    contacts: Path | None = None
    sites: Path | None = None
    scale: float = 1.0


def read(
    given: Given,
    *,
    rule: Literal["exact", "awstats"] = "exact",
    timezone: str | None = None,
    period: Period | None = None,
    executor: Executor | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> Sources:
    """Read everything, the small tables first. Raises AudienceError. The logs are read twice: once by AWStats's rule."""
    survey = tables.survey(given.survey) if given.survey else None
    contacts = tables.contacts(given.contacts) if given.contacts else {}
    sites = tuple(tables.sites(given.sites)) if given.sites else ()
    happened = events.read(given.events, period=period, progress=progress) if given.events else None
    declarations = tables.online_shares(given.declarations, happened or EventFigures()) if given.declarations else {}
    audience = last_month = no_awstats = None
    if given.logs:
        measured = partial(measure, given.logs, timezone=timezone, executor=executor, progress=progress)
        audience, no_awstats = measured(rule=rule, period=period), _no_awstats()
        if audience.visits_month and not no_awstats:
            last_month = measured(rule="awstats", period=Period.read(max(audience.visits_month)))
    return Sources(audience, last_month, no_awstats, happened, declarations, survey, contacts, sites, given.scale)


def _no_awstats() -> str | None:
    """Why AWStats's rule cannot be had."""
    try:
        awstats.lists()
    except AudienceError as error:
        return str(error)
    return None


@dataclass(frozen=True)
class Row:
    """A published figure beside the measured one, at the size of the whole site."""

    published: Published
    value: float | str | None
    difference: float | None
    verdict: Verdict

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.published.name,
            "says": self.published.says,
            "chart": self.published.chart,
            "published": self.published.printed,
            "measured": self.value,
            "difference": self.difference,
            "rule": study.RULES[self.published.rule],
            "verdict": self.verdict,
            "reason": REASONS[self.verdict],
        }


def rows(sources: Sources) -> list[Row]:
    """One for each published figure, in the order of the study."""
    return [_row(published, published.measure(sources), sources.scale) for published in study.figures()]


def _row(published: Published, measured: Measured | None, scale: float) -> Row:
    if measured is None:
        return Row(published, None, None, "not given")
    if isinstance(measured.value, str):
        return Row(published, measured.value, None, "rounds to it" if measured.value == published.printed else "differs")
    size = scale if measured.counted else 1
    value, one = measured.value / size, measured.one / size
    verdict: Verdict = "differs"
    if published.low <= value < published.high:
        verdict = "rounds to it"
    elif published.low - one <= value <= published.high + one:
        verdict = "within one event"
    return Row(published, value, _difference(published, value), verdict)


def _difference(published: Published, value: float) -> float:
    """From the printed number, or from the nearest of two (`50 to 70`) if it is not between them."""
    unit = 1e6 if published.unit == "M" else 1
    printed = [float(number.replace(" ", "")) * unit for number in re.findall(r"\d[\d ]*(?:\.\d+)?", published.printed)]
    return value - min(max(value, min(printed)), max(printed))


WIDTHS = (32, 12, 12, 11, 12, 16)
"""100 columns, with the spaces between."""


def table(found: Sequence[Row]) -> list[str]:
    """Plain text, then what the columns do not say."""
    lines = [_line("", "the study", "measured", "difference", "by", ""), _line(*("-" * width for width in WIDTHS))]
    for row in found:
        published = row.published
        measured = "" if row.value is None else printed(row.value, published.unit)
        difference = "" if row.difference is None else printed(row.difference, published.unit, signed=True)
        lines.append(_line(published.name, published.printed, measured, difference, published.rule, row.verdict))
    return lines


def _line(name: str, *cells: str) -> str:
    *numbers, rule, verdict = cells
    middle = " ".join(f"{cell:>{width}}" for cell, width in zip(numbers, WIDTHS[1:4], strict=True))
    return f"{name:<{WIDTHS[0]}} {middle} {rule:<{WIDTHS[4]}} {verdict}".rstrip()


def printed(value: float | str, unit: str, *, signed: bool = False) -> str:
    """As a figure of this unit is printed."""
    if isinstance(value, str):
        return value
    sign = "+" if signed else ""
    if unit == "M":
        return f"{_rounded(value / 1e6, 3):{sign}.3f} M"
    if unit == "":
        return f"{_rounded(value, 0):{sign},.0f}".replace(",", " ")
    suffix = {"%": " %", "min": " min"}.get(unit, "")
    return f"{_rounded(value, 2):{sign}.2f}{suffix}"


def _rounded(value: float, digits: int) -> float:
    """Never a zero with a minus."""
    return round(value, digits) + 0.0


def notes(sources: Sources, found: Sequence[Row]) -> list[str]:
    """How many figures are equal; the months read; the scale; what AWStats's rule changes in the last month."""
    verdicts = Counter(row.verdict for row in found)
    said = [f"{len(found)} figures: " + ", ".join(f"{number} {verdict}" for verdict, number in verdicts.items()) + "."]
    read = {
        "Access logs": sources.audience.visits_month if sources.audience else (),
        "Events": sources.events.months if sources.events else (),
    }
    said += [
        f"{what}: {min(months)} to {max(months)}; the study: {study.MONTHS}." for what, months in read.items() if months
    ]
    if sources.scale != 1:
        said.append(
            f"Counts are those of the files divided by {sources.scale:g}: an event stands for {1 / sources.scale:,.0f}."
        )
    if sources.audience and sources.last_month and sources.last_month.visits:
        month = max(sources.audience.visits_month)
        said.append(
            f"{month}: {sources.audience.visits_month[month]} visits by the rule asked for, {sources.last_month.visits} "
            "by AWStats's, which ends a visit after an hour, and at midnight (docs/audience.md)."
        )
    if sources.no_awstats:
        said.append(f"Not by AWStats: {sources.no_awstats}.")
    if verdicts["differs"]:
        said.append(f"What differs: {REASONS['differs']}.")
    if missing := sorted({row.published.rule for row in found if row.verdict == "not given"}):
        said.append(f"Not given: {', '.join(study.RULES[rule] for rule in missing)}.")
    return said
