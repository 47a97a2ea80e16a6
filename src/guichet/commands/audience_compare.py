"""`guichet audience-compare`: the figures of the 2013 study beside those of a site."""

from __future__ import annotations

import argparse
import json
import sys

from guichet.commands import _logs, _streams, _values, _workers, audience_tables


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("logs", nargs="*", metavar="LOG", type=_logs.given, help="as `guichet audience` reads them")
    parser.add_argument("--rule", choices=("exact", "awstats"), default="exact", help="our definitions, or AWStats 7.8's")
    parser.add_argument("--timezone", type=_values.zone, metavar="ZONE", help="of days and hours; else that of each line")
    parser.add_argument("--period", type=_values.period, metavar="FROM..TO", help="months, such as 2012-06..2013-06")
    parser.add_argument("--workers", type=_values.workers, default=1, metavar="N", help="processes (1)")
    audience_tables.add_files(parser)
    parser.add_argument(
        "--scale", type=_values.scale, default=1.0, metavar="S", help="the part of the site that the files hold (1)"
    )
    parser.add_argument("--json", action="store_true", help="a list of objects, one a figure")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from guichet.audience import compare
    from guichet.audience.errors import AudienceError

    given = {name: getattr(options, name) for name in ("logs", "events", "declarations", "survey", "contacts", "sites")}
    if not any(given.values()):
        options.refuse("give access logs, events or tables")
    if _logs.has_pipe(options.logs):
        options.refuse("a pipe is read once, and logs are read twice here: give files")
    given |= {name: _logs.once("audience-compare", given[name]) for name in ("logs", "events")}
    try:
        bar = tqdm(unit="B", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty())
        with _workers.executor(options.workers) as executor, bar:
            sources = compare.read(
                compare.Given(**given, scale=options.scale),
                rule=options.rule,
                timezone=options.timezone,
                period=options.period,
                executor=executor,
                progress=bar.update,
            )
    except AudienceError as error:
        return _streams.say("audience-compare", error)
    found = compare.rows(sources)
    if options.json:
        said = json.dumps([row.to_json() for row in found], ensure_ascii=False, indent=1)
    else:
        said = "\n".join([*compare.table(found), "", *compare.notes(sources, found)])
    try:
        _streams.write(said.encode() + b"\n")
    except OSError as error:
        return _streams.failed("audience-compare", error)
    return 0
