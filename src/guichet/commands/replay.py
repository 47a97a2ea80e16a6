"""`guichet replay`: the year of the 2013 study, written again at a chosen scale."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from guichet.commands import _streams, _values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=_values.day, default=date(2012, 6, 1), metavar="DAY", help="2012-06-01")
    parser.add_argument("--to", dest="last", type=_values.day, default=date(2013, 6, 30), metavar="DAY", help="2013-06-30")
    parser.add_argument(
        "--scale", type=_values.scale, default=0.001, metavar="S", help="of the country's traffic (0.001), at most 1"
    )
    parser.add_argument("--seed", type=_seed, default=1, metavar="N", help="another one draws another year (1)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write: new, or empty")


def _seed(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) < 19):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number such as 1")
    return int(text)


def run(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from guichet.audience.errors import AudienceError
    from guichet.audience.replay import replay

    days = (options.last - options.first).days + 1
    try:
        with tqdm(total=max(days, 0), unit=" days", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            replay(options.first, options.last, options.scale, options.out, seed=options.seed, day_done=bar.update)
    except AudienceError as error:
        return _streams.say("replay", error)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _streams.say("replay", f"{where}{error.strerror or error}; nothing is written")
    print(f"{options.out}: {days} days; what must be found in them is in truth.json")
    return 0
