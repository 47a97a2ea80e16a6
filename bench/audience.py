"""`python -m bench.audience [LINES]`: a log measured by us, GoAccess, AWStats and DuckDB, in one run, on one core each.

Ten million lines by default, some ten minutes, most of them AWStats's. `cat` and `wc -l` say what reading alone costs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from guichet.audience import lists

LINES = 10_000_000
BUDGETS = {"GoAccess": 20, "AWStats": 50}  # times our user CPU
MEGABYTES = 600
SPEEDUP = 1.6  # of two processes
AWSTATS = """LogFile="{log}"
LogType=W
LogFormat=1
SiteDomain="site"
HostAliases="site"
DNSLookup=0
DirData="{folder}"
LevelForBrowsersDetection=0
LevelForOSDetection=0
LevelForRefererAnalyze=0
LevelForSearchEnginesDetection=0
LevelForKeywordsDetection=0
"""
DUCKDB = r"""
import sys, duckdb
log, extensions, folder = sys.argv[1:]
connection = duckdb.connect(config={"threads": 1, "temp_directory": folder})
connection.execute("SET enable_progress_bar = false")
print(connection.execute(f'''
WITH quoted AS (
  SELECT string_split(line, '"') AS q
  FROM read_csv(?, columns={{'line': 'VARCHAR'}}, delim='\x01', quote='', escape='', header=false, ignore_errors=true)),
fields AS (
  SELECT split_part(q[1], ' ', 1) AS host, split_part(split_part(q[1], '[', 2), ']', 1) AS date,
         split_part(split_part(split_part(q[2], ' ', 2), '?', 1), '/', -1) AS name, q[3][2:4] AS status, q[6] AS agent
  FROM quoted WHERE len(q) >= 7),
pages AS (
  SELECT host, epoch(strptime(date, '%d/%b/%Y:%H:%M:%S %z')) AS instant FROM fields
  WHERE status IN ('200', '304') AND agent NOT IN ('-', '') AND NOT contains(lower(agent), 'bot')
    AND (NOT contains(name, '.') OR lower(split_part(name, '.', -1)) NOT IN ({extensions}))),
gaps AS (SELECT host, instant - lag(instant) OVER (PARTITION BY host ORDER BY instant) AS gap FROM pages)
SELECT count(*), count(*) FILTER (gap IS NULL OR gap > 1800), count(DISTINCT host) FROM gaps''', [log]).fetchone())
"""


@dataclass
class Cost:
    """Of one command: seconds of the processor for itself, seconds passed, memory at its highest in MB."""

    name: str
    user: float
    wall: float
    memory: float


def main(arguments: Sequence[str]) -> None:
    lines = int(arguments[0]) if arguments else LINES
    with TemporaryDirectory(prefix="guichet-bench-") as name:
        folder = Path(name)
        log = folder / "access.log"
        # In another process: a child starts with the memory of its parent, and would be judged by it.
        subprocess.run([sys.executable, "-m", "bench.traffic", str(log), str(lines)], check=True)
        print(f"{lines:,} lines, {log.stat().st_size / 1e6:,.0f} MB, {os.cpu_count()} cores", flush=True)
        print(table([cost(*command, folder) for command in commands(log, folder)]))


def commands(log: Path, folder: Path) -> list[tuple[str, list[str]]]:
    """What is run, in this order; what is not installed is left out."""
    ours = [sys.executable, "-m", "guichet.cli", "audience", str(log), "--json"]
    (folder / "awstats.site.conf").write_text(AWSTATS.format(log=log, folder=folder))
    extensions = ", ".join(f"'{extension}'" for extension in sorted(lists.ours().extensions))
    report = str(folder / "goaccess.json")
    asked = [
        ("cat", ["cat", str(log)]),
        ("wc -l", ["wc", "-l", str(log)]),
        ("Guichet", ours),
        ("Guichet, 2 processes", [*ours, "--workers", "2"]),
        (
            "DuckDB",
            [sys.executable, "-c", DUCKDB, str(log), extensions, str(folder)],
        ),
        (
            "GoAccess",
            ["goaccess", str(log), "--log-format=COMBINED", "--no-global-config", "--no-progress", "-o", report],
        ),
        ("AWStats", ["/usr/lib/cgi-bin/awstats.pl", "-config=site", "-update", f"-configdir={folder}"]),
    ]
    return [(name, command) for name, command in asked if shutil.which(command[0])]


def cost(name: str, command: list[str], folder: Path) -> Cost:
    """Run it. Raises RuntimeError if it fails."""
    with (folder / "output").open("w") as output:
        started = time.perf_counter()
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)])
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - started
    if status:
        raise RuntimeError(f"{name} failed")
    return Cost(name, usage.ru_utime, wall, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1024))


def table(costs: Sequence[Cost]) -> str:
    """Ratios are to our user CPU, on one core."""
    ours = next(one for one in costs if one.name == "Guichet")
    rows = [f"{'':22}{'user s':>9}{'wall s':>9}{'MB':>7}{'ratio':>9}   budget"]
    for one in costs:
        budget = f"{BUDGETS[one.name]} x at least" if one.name in BUDGETS else ""
        if one is ours:
            budget = f"{MEGABYTES} MB at most"
        elif one.name.startswith("Guichet"):
            budget = f"{ours.wall / one.wall:.2f} x faster; {SPEEDUP} at least"
        rows.append(f"{one.name:22}{one.user:9.2f}{one.wall:9.2f}{one.memory:7.0f}{one.user / ours.user:8.2f}x   {budget}")
    return "\n".join(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
