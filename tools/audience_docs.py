"""Write what docs/audience.md shows of the replayed year: the study's figures beside ours, chart by chart.

`python -m tools.audience_docs` (`--check`: has it drifted? The year is replayed; the tests ask it of theirs).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from guichet.audience import compare
from guichet.audience.compare import Row, printed
from guichet.audience.measures import MIDPOINTS, Sources, weekday_means
from guichet.audience.replay import replay
from tools._page import DOCS, between, main

PAGE = DOCS / "audience.md"
SCALE = 0.001
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHARTS = {
    1: "Mean visits by weekday",
    2: "Share of the week",
    3: "Pages by hour",
    4: "Visits and visitors by month",
    5: "Simulations by kind",
    6: "Téléprocédures by kind",
    7: "Housing requests and maintien dans les lieux by month",
    None: "Beside the charts",
}


def written(page: str) -> str:
    """The page of a year that is replayed for it."""
    with tempfile.TemporaryDirectory() as folder:
        year = Path(folder) / "year"
        replay(date(2012, 6, 1), date(2013, 6, 30), SCALE, year, day_done=lambda: None)
        return written_of(page, compare.read(given(year)))


def given(year: Path) -> compare.Given:
    """All files of a replayed year."""
    tables = {name: year / f"{name}.csv" for name in ("declarations", "survey", "contacts", "sites")}
    return compare.Given(sorted(year.glob("access-*")), sorted(year.glob("events-*")), **tables, scale=SCALE)


def written_of(page: str, sources: Sources) -> str:
    """The page, with its generated parts made again."""
    return between(between(page, "study", study(sources)), "awstats", two_rules(sources))


def study(sources: Sources) -> str:
    """Each chart as ours draws it, and the published figures of its text."""
    found, parts = compare.rows(sources), []
    for chart, title in CHARTS.items():
        table = _table([row for row in found if row.published.chart == chart])
        drawn = f"```mermaid\n{_chart(chart, sources)}```\n\n" if chart else ""
        parts.append(f"### {f'Chart {chart}: ' if chart else ''}{title}\n\n{drawn}{table}")
    return "\n".join(parts)


def _chart(chart: int, sources: Sources) -> str:
    """In Mermaid's words; counts in thousands, of a mean month where the study has means."""
    year, june, events = sources.audience, sources.last_month, sources.events
    assert year is not None
    assert june is not None
    assert events is not None
    means = weekday_means(year)
    if chart == 1:
        return _bars("visits, thousands", WEEKDAYS, [_thousands(mean, sources) for mean in means.values()])
    if chart == 2:
        return _pie(dict(zip(WEEKDAYS, means.values(), strict=True)))
    if chart == 3:
        return _bars("pages, thousands", june.pages_hour, [_thousands(pages, sources) for pages in june.pages_hour.values()])
    if chart == 4:
        both = (year.visits_month, year.visitors_month)
        return _bars(
            "visits and visitors, thousands",
            year.visits_month,
            *([_thousands(n, sources) for n in of.values()] for of in both),
        )
    if chart in (5, 6):
        event = "simulation" if chart == 5 else "teleprocedure"
        return _pie({kind: sum(months.values()) for kind, months in events.counts[event].items()})
    both = [events.of("teleprocedure", kind) for kind in ("aide_logement", "maintien_dans_les_lieux")]
    counts = ([_thousands(of.get(month, 0), sources) for month in events.months] for of in both)
    return _bars("housing requests and maintien dans les lieux, thousands", events.months, *counts)


def _thousands(number: float, sources: Sources) -> int:
    return round(number / sources.scale / 1000)


def _bars(title: str, names: Iterable[str], first: list[int], *lines: list[int]) -> str:
    names, top = ", ".join(f'"{name}"' for name in names), max(map(max, (first, *lines)))
    drawn = f'xychart-beta\n  x-axis [{names}]\n  y-axis "{title}" 0 --> {top}\n  bar {first}\n'
    return drawn + "".join(f"  line {line}\n" for line in lines)


def _pie(parts: dict[str, float]) -> str:
    total = sum(parts.values())
    ordered = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    return "pie showData\n" + "".join(f'  "{name}" : {100 * part / total:.1f}\n' for name, part in ordered)


def _table(rows: Iterable[Row]) -> str:
    lines = ["| figure | the study says | printed | ours | difference | by | |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        unit = row.published.unit
        value = "" if row.value is None else printed(row.value, unit)
        difference = "" if row.difference is None else printed(row.difference, unit, signed=True)
        said = [
            row.published.name,
            f"« {row.published.says} »",
            row.published.printed,
            value,
            difference,
            row.published.rule,
        ]
        lines.append(f"| {' | '.join([*said, row.verdict])} |")
    return "\n".join(lines) + "\n"


def two_rules(sources: Sources) -> str:
    """June 2013 by both rules, and what AWStats's buckets make of durations."""
    year, june = sources.audience, sources.last_month
    assert year is not None
    assert june is not None
    month = max(year.visits_month)
    visits, pages = year.visits_month[month], year.pages_month[month]
    middles = sum(number * middle for number, middle in zip(year.durations.values(), MIDPOINTS, strict=True))
    return (
        "| | 30 minutes | AWStats 7.8 |\n|---|---|---|\n"
        f"| pages, {month} | {pages} | {june.pages} |\n"
        f"| visits, {month} | {visits} | {june.visits} |\n"
        f"| pages a visit, {month} | {pages / visits:.3f} | {june.pages_per_visit:.3f} |\n"
        f"| visitors, {month} | {year.visitors_month[month]} | {june.visitors_month[month]} |\n"
        f"| seconds a visit, the same visits of 13 months | {year.mean_duration:.1f} | "
        f"{middles / sum(year.durations.values()):.1f} by the middles of its buckets |\n"
        f"| visitors, 13 months | {year.visitors_total} distinct | {sum(year.visitors_month.values())}, a sum of months |\n"
    )


if __name__ == "__main__":
    main(PAGE, written)
