"""Write what docs/audience.md shows of the replayed year: the study's figures beside ours, chart by chart.

`python -m tools.audience_docs`; tests/audience/test_compare.py says whether the page has drifted.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from guichet.audience import compare
from guichet.audience.compare import Row, printed
from guichet.audience.measures import MIDPOINTS, Sources
from guichet.audience.replay import replay

PAGE = Path(__file__).parents[1] / "docs" / "audience.md"
SCALE = 0.001
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


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        year = Path(folder) / "year"
        replay(date(2012, 6, 1), date(2013, 6, 30), SCALE, year, day_done=lambda: None)
        sources = compare.read(given(year))
    PAGE.write_text(written(PAGE.read_text("utf-8"), sources), "utf-8")
    return 0


def given(year: Path) -> compare.Given:
    """All files of a replayed year."""
    tables = {name: year / f"{name}.csv" for name in ("declarations", "survey", "contacts", "sites")}
    return compare.Given(sorted(year.glob("access-*")), sorted(year.glob("events-*")), **tables, scale=SCALE)


def written(page: str, sources: Sources) -> str:
    """The page, with its generated parts made again."""
    for name, content in (("study", study(compare.rows(sources))), ("awstats", two_rules(sources))):
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}{content}{end}{rest.partition(end)[2]}"
    return page


def study(rows: Iterable[Row]) -> str:
    found = list(rows)
    parts = []
    for chart, title in CHARTS.items():
        table = _table([row for row in found if row.published.chart == chart])
        parts.append(f"### {f'Chart {chart}: ' if chart else ''}{title}\n\n{table}")
    return "\n".join(parts)


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
    sys.exit(main())
