"""An access log of any size, in order of time: a month of visits to pages with their assets, robots, and a few bad lines."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

START = 1_357_000_000  # 1 January 2013, in Paris
DAYS = 30
HOURS = [8, 5, 3, 3, 3, 4, 10, 22, 45, 72, 80, 76, 66, 60, 74, 72, 66, 56, 48, 42, 40, 38, 30, 16]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
SYSTEMS = ("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64", "Linux; Android 14")
PEOPLE = [
    f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"
    for version in range(60, 200)
    for system in SYSTEMS
]
ROBOTS = ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "-", "AhrefsBot/7.0"]
PAGES = ["/", "/mon-compte", "/simulation/logement?etape=1", *(f"/aides/fiche-{number}" for number in range(1000))]
ASSETS = [f"/static/{name}.{kind}" for name in range(40) for kind in ("css", "js", "png", "woff2")]
BAD = b'garbage\n10.9.8.7 - - [10/Jan/2013:10:00:00 +0100] "GET /cut\n'
CHUNK = 500_000


def write(path: Path, lines: int, seed: int = 7) -> None:
    """Of the lines, nearly half are pages, four a visit, by visitors of very different habits."""
    rng = np.random.default_rng(seed)
    visits = max(lines // 9, 1)
    visitors = max(visits // 3, 1)
    visitor = (visitors * rng.power(0.6, visits)).astype(np.int64)
    start = rng.integers(0, DAYS, visits) * 86_400 + rng.choice(24, visits, p=np.array(HOURS) / sum(HOURS)) * 3600
    start += rng.integers(0, 3600, visits)
    of_visit = rng.integers(0, visits, lines)
    at = start[of_visit] + rng.exponential(240, lines).astype(np.int64)
    order = np.argsort(at, kind="stable")
    of_visit, at = of_visit[order], at[order] + START
    addresses = np.unique(rng.integers(1 << 24, 1 << 32, visitors * 2))
    rng.shuffle(addresses)
    robot = rng.random(visits) < 0.07
    agent = np.where(robot, len(PEOPLE) + rng.integers(0, len(ROBOTS), visits), rng.integers(0, len(PEOPLE), visits))
    with path.open("wb") as file:
        for begin in range(0, lines, CHUNK):
            chosen = of_visit[begin : begin + CHUNK]
            file.write(_lines(rng, at[begin : begin + CHUNK], addresses[visitor[chosen]], agent[chosen]))
            file.write(BAD)


def _lines(rng: np.random.Generator, at: np.ndarray, address: np.ndarray, agent: np.ndarray) -> bytes:
    number = len(at)
    paths = pa.array(PAGES + ASSETS)
    page = (len(PAGES) * rng.power(0.4, number)).astype(np.int64)
    path = np.where(rng.random(number) < 0.52, len(PAGES) + rng.integers(0, len(ASSETS), number), page)
    status = rng.choice([200, 304, 302, 404], number, p=[0.94, 0.02, 0.02, 0.02])
    size = rng.integers(300, 90_000, number)
    octets = [pc.cast(pa.array(address >> shift & 255), pa.string()) for shift in (24, 16, 8, 0)]
    pieces = [
        pc.binary_join_element_wise(*octets, "."), " - - [", _dates(at), ' +0100] "GET ', paths.take(pa.array(path)),
        ' HTTP/1.1" ', pc.cast(pa.array(status), pa.string()), " ", pc.cast(pa.array(size), pa.string()),
        ' "https://www.example.org/aides" "', pa.array(PEOPLE + ROBOTS).take(pa.array(agent)), '"\n',
    ]  # fmt: skip
    joined = pc.binary_join_element_wise(*pieces, "")
    return b"".join(text.encode() for text in joined.to_pylist())


def _dates(at: np.ndarray) -> pa.Array:
    """In Paris, in winter: `07/Jan/2013:09:12:03`."""
    local = at + 3600
    days, place = np.unique(local // 86_400, return_inverse=True)
    names = [f"{day:%d}/{MONTHS[day.month - 1]}/{day:%Y}:" for day in days.astype("datetime64[D]").tolist()]
    clock = [f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" for second in range(86_400)]
    return pc.binary_join_element_wise(
        pa.array(names).take(pa.array(place)), pa.array(clock).take(pa.array(local % 86_400)), ""
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
