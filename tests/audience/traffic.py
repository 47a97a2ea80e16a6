"""Access logs with a known truth, for tests: random requests, their lines, and what must be counted of them.

The truth is found from the requests by the definitions alone, one request after another, without any code of the engine.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
PAGES = [
    "/",
    "/mon-compte",
    "/simulation/logement?etape=2",
    "/a.b/page",
    "/recherche?q=l%27%C3%A9t%C3%A9.css",
    "/index.html",
    "/v1.2",
]
ASSETS = [
    "/style.css",
    "/app.js?v=3",
    "/logo.PNG",
    "/police.woff2",
    "/guide.pdf",
    "/donnees.csv",
    "/favicon.ico",
    "/a.zip#x",
]
PEOPLE = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    r"Mozilla/5.0 (Windows NT 10.0; \"Odd\" build\\) Gecko/20100101 Firefox/115.0",
]
ROBOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "curl/8.0",
    "-",
    "",
    "python-requests/2.31",
]
BAD = [
    b"",
    b"garbage",
    b"\xff\xfe\x00\x01 \x80",
    b"x" * 70_000,
    b'10.0.0.1 - - [31/Foo/2025:99:99:99 +0200] "GET / HTTP/1.1" 200 12 "-" "x"',
    b'10.9.8.7 - - [30/Feb/2025:10:00:00 +0200] "GET / HTTP/1.1" 200 1 "-" "x"',
    b'10.9.8.7 - - [10/Oct/2025:10:00:00 +0200] "GET /trunc',
    b'10.0.0.1 - - [10/Oct/2025:10:00:00 +0200] "GET / HTTP/1.1" 200 12',
]


@dataclass(frozen=True)
class Request:
    """One request; `at` is aware. `kind`: page, asset or robot."""

    at: datetime
    host: str
    user: str
    agent: str
    path: str
    status: int
    kind: str
    method: str = "GET"

    def line(self) -> bytes:
        when = f"{self.at:%d}/{MONTHS[self.at.month - 1]}/{self.at:%Y:%H:%M:%S %z}"
        request = f'"{self.method} {self.path} HTTP/1.1" {self.status} 512'
        return f'{self.host} - {self.user} [{when}] {request} "https://example.org/\\"x" "{self.agent}"'.encode()


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def requests(seed: int, number: int, *, days: int = 8, zones: bool = True) -> list[Request]:
    """In order of time, from 20 October 2025 on: a change of clock and, with 15 days, an end of month.

    With `zones`, some lines are written in another time zone.
    """
    rng = random.Random(seed)
    start = datetime(2025, 10, 20, tzinfo=PARIS).astimezone(UTC)
    hosts = [f"192.0.2.{rng.randrange(256)}" for _ in range(number // 15 + 1)] + [
        "2001:db8::1",
        "2001:db8::1:1",
        "client.example",
    ]
    made: list[Request] = []
    while len(made) < number:
        host, at = rng.choice(hosts), start + timedelta(seconds=rng.randrange(days * 86_400))
        robot = rng.random() < 0.1
        agent = rng.choice(ROBOTS if robot else PEOPLE)
        user = rng.choice(["-", "-", "alice", "Jean Dupont", "bob"])
        zone = UTC if zones and rng.random() < 0.1 else PARIS
        for _ in range(1 + int(rng.expovariate(0.4))):
            path, kind = (
                (rng.choice(ASSETS), "asset") if rng.random() < 0.3 else (rng.choice(PAGES), "robot" if robot else "page")
            )
            status = rng.choice([200] * 8 + [304, 404, 302, 500])
            method = rng.choice(["GET"] * 9 + ["POST", "HEAD"])
            made.append(Request(at.astimezone(zone), host, user, agent, path, status, kind, method))
            at += timedelta(seconds=rng.choice([0, 1, 20, 200, 1799, 1800, 1801, 3600]))
    return sorted(made[:number], key=lambda one: one.at.timestamp())


def log(made: Sequence[Request], bad: Iterable[bytes] = ()) -> list[bytes]:
    """The lines, and bad ones among them."""
    written = [one.line() for one in made]
    rng = random.Random(len(written))
    for line in bad:
        written.insert(rng.randrange(len(written) + 1), line)
    return written


def truth(made: Iterable[Request], bad: int = 0, gap: int = 1800, zone: ZoneInfo | None = None) -> dict[str, Any]:
    """What must be counted."""
    everything = [replace(one, at=one.at.astimezone(zone)) if zone else one for one in made]
    seen = [one for one in everything if one.status in (200, 304)]
    pages = [one for one in seen if one.kind == "page"]
    by_host: dict[str, list[datetime]] = defaultdict(list)
    for page in sorted(pages, key=lambda one: (one.at.timestamp(), one.at.date())):
        by_host[page.host].append(page.at)
    visits: list[tuple[datetime, float]] = []
    for times in by_host.values():
        first = last = times[0]
        for at in times[1:]:
            if at.timestamp() - last.timestamp() > gap:  # a difference of dates of one time zone forgets its changes
                visits.append((first, last.timestamp() - first.timestamp()))
                first = at
            last = at
        visits.append((first, last.timestamp() - first.timestamp()))
    days = {(page.host, f"{page.at:%Y-%m-%d}") for page in pages}
    return {
        "lines": len(everything) + bad,
        "bad": bad,
        "pages": len(pages),
        "visits": len(visits),
        "seconds": int(sum(duration for _, duration in visits)),
        "visitors_total": len(by_host),
        "users": len({page.user for page in pages} - {"-"}),
        "robots": sum(one.kind == "robot" for one in seen),
        "visits_day": _count(f"{first:%Y-%m-%d}" for first, _ in visits),
        "visits_month": _count(f"{first:%Y-%m}" for first, _ in visits),
        "visitors_day": _count(day for _, day in days),
        "visitors_month": _count(month for _, month in {(host, day[:7]) for host, day in days}),
        "pages_day": _count(f"{page.at:%Y-%m-%d}" for page in pages),
        "pages_month": _count(f"{page.at:%Y-%m}" for page in pages),
        "visits_weekday": {str(day): sum(first.weekday() == day for first, _ in visits) for day in range(7)},
        "pages_hour": {str(hour): sum(page.at.hour == hour for page in pages) for hour in range(24)},
    }


def _count(keys: Iterable[str]) -> dict[str, int]:
    return dict(Counter(keys))


def moved(request: Request, days: int) -> Request:
    """The same, so many days later, at the same time of the clock."""
    return replace(request, at=request.at + timedelta(days=days))
