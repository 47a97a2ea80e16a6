"""Every figure that the study of caf.fr prints (June 2012 to June 2013): what it says, and what measures it.

The figures are data, `study.csv`. A printed figure holds for whatever rounds to it, from `low` to `high`; where the
study uses words (« près de », « un peu plus de »), the bounds are ours. Hours, durations and pages a visit are AWStats's.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guichet.audience import measures
from guichet.audience.measures import Measure

RULES = {
    "visits": "access logs, by the rule asked for",
    "AWStats": "access logs of the last month, by AWStats's rule",
    "events": "events",
    "declarations": "events and the table of declarations",
    "survey": "the table of a survey",
    "contacts": "the table of contacts",
    "sites": "the table of sites",
}
MONTHS = "2012-06 to 2013-06"
UNITS = ("", "M", "%", "min", "times", "words")
"""Of what is printed: `words` for a measure that is told (months in order) and must be what is printed."""


@dataclass(frozen=True)
class Published:
    """A printed figure: `low` and what follows, `high` excluded, in units (visits, percent, minutes)."""

    name: str
    says: str
    printed: str
    low: float
    high: float
    unit: str
    rule: str
    chart: int | None
    measure: Measure


@cache
def figures() -> tuple[Published, ...]:
    """In the order of the study."""
    with (Path(__file__).parent / "study.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_published(row) for row in csv.DictReader(file, delimiter=";"))


def _published(row: dict[str, str]) -> Published:
    name, *words = row["measure"].split()
    measure = getattr(measures, name)
    return Published(
        row["name"],
        row["says"],
        row["printed"],
        float(row["low"] or 0),
        float(row["high"] or 0),
        row["unit"],
        row["rule"],
        int(row["chart"]) if row["chart"] else None,
        measure(*words) if words else measure,
    )
