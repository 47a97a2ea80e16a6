"""Under its rule and with its own lists, AWStats's figures to the unit, on logs sorted by time."""

from __future__ import annotations

import gzip
import os
import random
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from guichet.audience.awstats import lists
from guichet.audience.errors import AudienceError
from guichet.audience.measure import measure
from tests.audience import awstats, traffic

# 10 000 lines of a real site, May 2015: apache_logs of https://github.com/elastic/examples (Apache 2.0).
REAL = Path(__file__).parents[1] / "data" / "access_logs" / "elastic_apache_10000.log.gz"
DATE = re.compile(rb"\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]")
needs_awstats = pytest.mark.skipif(
    not awstats.PROGRAM.exists() and os.environ.get("CI") != "true", reason="AWStats is not installed: apt install awstats"
)


def date(line: bytes) -> datetime:
    return datetime.strptime(DATE.search(line)[1].decode(), "%d/%b/%Y:%H:%M:%S %z")


def real() -> list[bytes]:
    lines = [line for line in gzip.decompress(REAL.read_bytes()).splitlines() if DATE.search(line)]
    return sorted(lines, key=lambda line: date(line).timestamp())


def later(lines: list[bytes], days: int) -> list[bytes]:
    def moved(found: re.Match[bytes]) -> bytes:
        return f"[{date(found[0]) + timedelta(days=days):%d/%b/%Y:%H:%M:%S %z}]".encode()

    return [DATE.sub(moved, line, count=1) for line in lines]


def generated() -> list[bytes]:
    bad = random.Random(3).choices(traffic.BAD, k=50)
    return traffic.log(traffic.requests(3, 12_000, days=15, zones=False), bad)


def over_month_ends() -> list[bytes]:
    """May to June, then December to January, then the end of a February."""
    return [line for days in (13, 227, 288) for line in later(real(), days)]


@needs_awstats
@pytest.mark.parametrize("log", [generated, real, over_month_ends])
def test_the_same_to_the_unit(tmp_path, log):
    path = tmp_path / "access.log"
    path.write_bytes(b"".join(line + b"\n" for line in log()))
    theirs = awstats.run(path, tmp_path / "awstats")

    ours = measure([path], rule="awstats")

    durations = list(ours.durations.values())
    assert {name: getattr(ours, name) for name in theirs} | {"durations": durations} == theirs
    assert ours.visits == sum(theirs["visits_day"].values())
    assert ours.visitors_total == sum(theirs["visitors_month"].values())
    assert ours.pages + sum(ours.set_aside.values()) == ours.lines


def test_without_awstats(monkeypatch):
    monkeypatch.setattr("guichet.audience.awstats.FOLDERS", ())
    lists.cache_clear()

    with pytest.raises(AudienceError, match="install AWStats"):
        lists()
    lists.cache_clear()


@needs_awstats
def test_its_lists_are_read_whole():
    read = lists()

    assert len(read.robots["robot: listed by AWStats"]) > 1000
    assert {"css", "pdf", "png", "zip"} <= read.extensions
    assert not {"html", "php"} & read.extensions
