"""An analyst's tables, in CSV: declarations by every channel, a survey, contacts, sites to be ranked.

A first line names the columns; commas or semicolons (with which a comma may be the decimal point); UTF-8. Raises
AudienceError, which names the file, the line and the column.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from guichet.audience.errors import AudienceError
from guichet.audience.events import EventFigures

MONTH, KIND, YEAR = r"(19|20)\d\d-(0[1-9]|1[0-2])", r"[a-z0-9_-]{1,60}", r"(19|20)\d\d"
SAID = 40
"""Characters of a wrong value that are repeated."""


@dataclass(frozen=True)
class Row:
    """A line of a table: its number in the file, and its cells by column."""

    path: Path
    line: int
    cells: dict[str, str]
    decimal: str

    def wrong(self, column: str, why: str) -> NoReturn:
        raise AudienceError(f"{self.path}, line {self.line}, column {column}: {why}")

    def text(self, column: str, pattern: str, what: str) -> str:
        cell = self.cells[column]
        if not re.fullmatch(pattern, cell):
            self.wrong(column, f"{cell[:SAID]!r} is not {what}")
        return cell

    def number(self, column: str, what: str = "a number, 0 or more") -> float:
        cell = self.cells[column].replace(self.decimal, ".")
        if not re.fullmatch(r"\d{1,15}(\.\d{1,15})?", cell, re.ASCII):
            self.wrong(column, f"{self.cells[column][:SAID]!r} is not {what}")
        return float(cell)

    def count(self, column: str) -> int:
        return int(self.text(column, r"[0-9]{1,15}", "a whole number"))


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The lines of a table that has at least these columns; blank lines are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline(1 << 16)
            delimiter = ";" if ";" in header else ","
            names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
            if missing := [column for column in columns if column not in names]:
                raise AudienceError(f"{path}, line 1: no column {missing[0]}; the columns are {', '.join(columns)}")
            if twice := [name for name in names if names.count(name) > 1]:
                raise AudienceError(f"{path}, line 1, column {twice[0]}: it is there twice")
            reader = csv.reader(file, delimiter=delimiter)
            for cells in reader:
                line = reader.line_num + 1
                if not cells:
                    continue
                if len(cells) != len(names):
                    raise AudienceError(f"{path}, line {line}: {len(cells)} cells, the first line names {len(names)}")
                found = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
                yield Row(path, line, found, "," if delimiter == ";" else ".")
    except UnicodeDecodeError as error:
        raise AudienceError(f"{path}: not in UTF-8 ({error.reason})") from error
    except csv.Error as error:
        raise AudienceError(f"{path}: not a table in CSV ({error})") from error
    except OSError as error:
        raise AudienceError(f"{path}: {error.strerror or error}") from error


def online_shares(path: Path, events: EventFigures) -> dict[str, dict[str, tuple[int, int]]]:
    """By kind and month: declarations made online, and by every channel (columns month, kind, declarations).

    Months of which there is no event at all are left out.
    """
    known = set(events.months)
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for row in rows(path, ("month", "kind", "declarations")):
        month, kind = row.text("month", MONTH, "a month such as 2013-01"), row.text("kind", KIND, "a kind such as dtr_rsa")
        total, online = row.count("declarations"), events.of("teleprocedure", kind).get(month, 0)
        if month in found.setdefault(kind, {}):
            row.wrong("month", f"{kind} of {month} is there twice")
        if online > total:
            row.wrong("declarations", f"{total} in all, when the events hold {online} made online")
        found[kind][month] = online, total
    return {kind: {month: of for month, of in months.items() if month in known} for kind, months in found.items()}


def share(months: dict[str, tuple[int, int]], month: str | None = None) -> float | None:
    """Made online in a month, or in all of them; None where nothing was declared."""
    chosen = [of for name, of in months.items() if month in (None, name)]
    total = sum(total for _, total in chosen)
    return sum(online for online, _ in chosen) / total if total else None


@dataclass(frozen=True)
class Survey:
    """Weights and answers (1, 0, or nan for those who were not asked)."""

    weights: NDArray[np.float64]
    answers: dict[str, NDArray[np.float64]]

    def share(self, answer: str, among: str | None = None) -> float | None:
        """Weighted share of 1 among those who answered, and who said 1 to `among`; None if there are none."""
        said = self.answers.get(answer)
        if said is None or (among and among not in self.answers):
            return None
        counted = ~np.isnan(said) & ((self.answers[among] == 1) if among else True)
        weight = float(self.weights[counted].sum())
        return float((self.weights * said)[counted].sum()) / weight if weight else None


def survey(path: Path) -> Survey:
    """One line a respondent: `weight`, and a column an answer, 1, 0 or empty."""
    weights: list[float] = []
    answers: dict[str, list[float]] = {}
    for row in rows(path, ("weight",)):
        weights.append(row.number("weight", "a weight, 0 or more"))
        for column, cell in row.cells.items():
            if column != "weight":
                if cell not in ("", "0", "1"):
                    row.wrong(column, f"{cell[:SAID]!r} is not an answer: 1, 0 or nothing")
                answers.setdefault(column, []).append(float(cell) if cell else math.nan)
    if not sum(weights):
        raise AudienceError(f"{path}: nobody answers, or with no weight")
    return Survey(np.array(weights), {column: np.array(said) for column, said in answers.items()})


@dataclass(frozen=True)
class Contacts:
    """Allocataires of a year, those whose e-mail is known, those who agree to be written to."""

    allocataires: int
    email: int
    consent: int


def contacts(path: Path) -> dict[int, Contacts]:
    """By year (columns year, allocataires, email, consent)."""
    found: dict[int, Contacts] = {}
    for row in rows(path, ("year", "allocataires", "email", "consent")):
        year = int(row.text("year", YEAR, "a year such as 2012"))
        if year in found:
            row.wrong("year", f"{year} is there twice")
        found[year] = Contacts(row.count("allocataires"), row.count("email"), row.count("consent"))
        if not found[year].allocataires:
            row.wrong("allocataires", "nobody: no rate can be told")
        for column in ("email", "consent"):
            if row.count(column) > found[year].allocataires:
                row.wrong(column, f"more than the {found[year].allocataires} allocataires")
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Site:
    """A site and its place, by Alexa's principle: the geometric mean of daily visitors and pages over a month."""

    site: str
    sphere: str
    score: float
    rank: int
    rank_in_sphere: int
    ours: bool


def sites(path: Path) -> list[Site]:
    """Ranked, the first one first (columns site, visitors, pages, means a day over a month; sphere and ours if known)."""
    found: dict[str, tuple[str, float, bool]] = {}
    for row in rows(path, ("site", "visitors", "pages")):
        site = row.text("site", r"\S.{0,199}", "the name of a site")
        if site in found:
            row.wrong("site", f"{site} is there twice")
        score = math.sqrt(row.number("visitors") * row.number("pages"))
        found[site] = row.cells.get("sphere", ""), score, row.cells.get("ours", "") not in ("", "0")
    ranked = sorted(found.items(), key=lambda item: (-item[1][1], item[0]))
    scores = [score for _, (_, score, _) in ranked]
    return [
        Site(site, sphere, score, 1 + scores.index(score), _rank_in(sphere, score, ranked), ours)
        for site, (sphere, score, ours) in ranked
    ]


def _rank_in(sphere: str, score: float, ranked: list[tuple[str, tuple[str, float, bool]]]) -> int:
    return 1 + sum(other == sphere and better > score for _, (other, better, _) in ranked)
