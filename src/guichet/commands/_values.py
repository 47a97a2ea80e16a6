"""What options take, read once for all commands: a value that is none is told in one sentence."""

from __future__ import annotations

import argparse
import contextlib
import math
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guichet.audience.period import Period
    from guichet.domain.vocabulaire import Mois


YEARS = range(1900, 2100)


def seconds(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 86_400):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds, from 1 to 86400")
    return int(text)


def workers(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 512):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return int(text)


def zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, KeyError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time zone, such as Europe/Paris") from None


def period(text: str) -> Period:
    from guichet.audience.period import Period

    try:
        return Period.read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def month(text: str) -> Mois:
    from guichet.domain.vocabulaire import Mois

    with contextlib.suppress(ValueError):
        if (mois := Mois.parse(text)).annee in YEARS:
            return mois
    raise argparse.ArgumentTypeError(f"{text!r} is not a month: write it as 2026-10")


def months(text: str) -> tuple[Mois, Mois]:
    """A month, or FROM..TO where an end that is not written is that of the law that we know."""
    from guichet.domain.vocabulaire import FIRST_MONTH, LAST_CHECKED_MONTH

    first, dots, last = text.partition("..")
    begin = month(first) if first else FIRST_MONTH
    end = month(last) if last else begin if first and not dots else LAST_CHECKED_MONTH
    return max(begin, FIRST_MONTH), end


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it as 2026-11-05") from None


def payday(text: str) -> date:
    """A day between 1900 and 2099, so that its neighbours exist."""
    if (read := day(text)).year in YEARS:
        return read
    raise argparse.ArgumentTypeError(f"{text!r} is not a day of ours")


def file(text: str) -> Path:
    """Where a file is to be written."""
    if not Path(text).name:
        raise argparse.ArgumentTypeError(f"{text!r} does not name a file")
    return Path(text)


def scale(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a scale such as 0.001, at most 1")
    return number
