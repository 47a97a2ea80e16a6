"""`guichet audience-tables`: what an analyst's tables say: survey, contacts, rank, declarations made online."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guichet.commands import _logs, _streams


def add_files(parser: argparse.ArgumentParser) -> None:
    """The files that an analyst has beside the access logs."""
    files = parser.add_argument_group("what else is known", "formats: docs/audience.md")
    files.add_argument("--events", nargs="+", default=(), type=Path, metavar="FILE", help="the application's events")
    files.add_argument("--declarations", type=Path, metavar="CSV", help="by every channel: month, kind, declarations")
    files.add_argument("--survey", type=Path, metavar="CSV", help="weight, and a column an answer")
    files.add_argument("--contacts", type=Path, metavar="CSV", help="year, allocataires, email, consent")
    files.add_argument("--sites", type=Path, metavar="CSV", help="site, visitors, pages, means a day over a month")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("--among", metavar="COLUMN", help="of the survey: only those who said 1 there")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    from guichet.audience.errors import AudienceError

    if options.declarations and not options.events:
        options.refuse("--declarations needs --events: those that were made online")
    if options.among and not options.survey:
        options.refuse("--among needs --survey")
    if not any((options.declarations, options.survey, options.contacts, options.sites)):
        options.refuse("give --declarations, --survey, --contacts or --sites")
    try:
        found = _found(options)
        text = json.dumps(found, ensure_ascii=False, indent=1) if options.json else "\n".join(_lines(found))
        _streams.write(text.encode() + b"\n")
    except AudienceError as error:
        return _streams.say("audience-tables", error)
    except OSError as error:
        return _streams.failed("audience-tables", error)
    return 0


def _found(options: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """The lines of each table that is asked for."""
    from guichet.audience import events, tables
    from guichet.audience.errors import AudienceError

    found: dict[str, list[dict[str, Any]]] = {}
    if options.declarations:
        shares = tables.online_shares(options.declarations, events.read(_logs.once("audience-tables", options.events)))
        found["declarations"] = [
            {"kind": kind, "month": month, "online": online, "in all": total, "% online": _percent(online, total)}
            for kind, months in sorted(shares.items())
            for month, (online, total) in sorted([*months.items(), ("all", _sum(months))])
        ]
    if options.survey:
        survey = tables.survey(options.survey)
        if options.among and options.among not in survey.answers:
            raise AudienceError(f"{options.survey}: no column {options.among}; the columns are {', '.join(survey.answers)}")
        found["survey"] = [
            {
                "answer": answer,
                "weighted %": None if (share := survey.share(answer, options.among)) is None else round(100 * share, 2),
            }
            for answer in survey.answers
        ]
    if options.contacts:
        found["contacts"] = [
            {
                "year": year,
                "% e-mail": _percent(said.email, said.allocataires),
                "% consent": _percent(said.consent, said.allocataires),
            }
            for year, said in tables.contacts(options.contacts).items()
        ]
    if options.sites:
        found["sites"] = [
            {
                "rank": site.rank,
                "site": site.site,
                "score": round(site.score),
                "sphere": site.sphere,
                "rank in sphere": site.rank_in_sphere,
            }
            for site in tables.sites(options.sites)
        ]
    return found


def _sum(months: dict[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(online for online, _ in months.values()), sum(total for _, total in months.values())


def _percent(part: int, of: int) -> float | None:
    return round(100 * part / of, 2) if of else None


def _lines(found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    for name, rows in found.items():
        columns = list(rows[0]) if rows else []
        cells = [columns, *([("" if row[column] is None else str(row[column])) for column in columns] for row in rows)]
        widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
        yield name
        for row in cells:
            yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        yield ""
