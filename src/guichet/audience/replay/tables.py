"""The tables that an analyst of the replayed year would have: declarations, survey, contacts, sites."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from guichet.audience.replay import year

RESPONDENTS, WEIGHTS = 71_000, {0.8: 0.75, 1.6: 0.25}
"""Published: 71 000. Chosen: three in four were drawn more often than the others, and weigh less."""
ANSWERS = {"follow_file": 0.56, "certificate": 0.46, "form": 0.41, "right": 0.38, "change": 0.29}
"""Published, among those who connected in twelve months."""
CONNECTED = 0.66
"""Published: nearly two thirds."""
GROUPS = {"paje": (0.22, 0.33), "student_housing": (0.08, 0.43), "": (0.7, 0.233)}
"""Share of the sample (chosen), wish to do everything online (published for two groups and in all, 27 %)."""
CONTACTS = {2010: (0.42, 0.31), 2012: (0.58, 0.54)}
SITES, RANK = 120, 60
"""Published: between the 50th and the 70th rank, second of the social sphere. The others are invented."""


def write(folder: Path, kept: dict[str, float], figures: dict[str, Any], scale: float) -> None:
    """The four CSV files. Declarations: the kept share of each month, at the scale. The rest is the country's."""
    _csv(folder / "declarations.csv", ("month", "kind", "declarations"), _declarations(kept, scale))
    _csv(folder / "survey.csv", ("weight", "connected", *ANSWERS, "all_online", "paje", "student_housing"), _survey())
    contacts = (
        (asked, year.ALLOCATAIRES, round(year.ALLOCATAIRES * email), round(year.ALLOCATAIRES * consent))
        for asked, (email, consent) in CONTACTS.items()
    )
    _csv(folder / "contacts.csv", ("year", "allocataires", "email", "consent"), contacts)
    _csv(folder / "sites.csv", ("site", "sphere", "visitors", "pages", "ours"), _sites(figures, scale))


def _csv(path: Path, header: tuple[str, ...], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(header)
        written.writerows(rows)


def _declarations(kept: dict[str, float], scale: float) -> Iterable[tuple[object, ...]]:
    for kind, counts in year.declarations().items():
        numbers = year.whole(counts * scale)
        for month, share in kept.items():
            yield month, kind, round(numbers[year.MONTHS.index(month)] * share)


def _survey() -> Iterable[list[object]]:
    """In each group and each weight, whole numbers of answers: the weighted shares are the published ones."""
    for group, (share, online) in GROUPS.items():
        for weight, drawn in WEIGHTS.items():
            yield from _respondents(round(RESPONDENTS * share * drawn), weight, group, online)


def _respondents(number: int, weight: float, group: str, online: float) -> Iterable[list[object]]:
    random = np.random.default_rng(number)

    def answers(asked: int, share: float) -> list[int]:
        return [int(said) for said in random.permutation(np.arange(asked) < round(share * asked))]

    connected = answers(number, CONNECTED)
    purposes = [iter(answers(sum(connected), share)) for share in ANSWERS.values()]
    for row, everything in zip(connected, answers(number, online), strict=True):
        said = [next(purpose) if row else "" for purpose in purposes]
        yield [weight, row, *said, everything, int(group == "paje"), int(group == "student_housing")]


def _sites(figures: dict[str, Any], scale: float) -> Iterable[tuple[object, ...]]:
    """Ours, at the country's size, between those that are more visited and those that are less."""
    days = len(figures["pages_day"])
    visitors = sum(figures["visitors_day"].values()) / days / scale
    pages = figures["pages"] / days / scale
    for place in range(1, SITES + 1):
        size = (RANK / place) ** 0.8
        sphere = "social" if place in (RANK // 2, RANK, RANK + 20, RANK + 40) else "other"
        site = "guichet.example" if place == RANK else f"site-{place:03}.example"
        yield site, sphere, round(visitors * size), round(pages * size), int(place == RANK)
