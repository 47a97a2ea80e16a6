"""AWStats itself, as Debian installs it, run on a log."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

PROGRAM = Path("/usr/lib/cgi-bin/awstats.pl")
CONFIGURATION = """LogFile="{log}"
LogType=W
LogFormat=1
SiteDomain="site"
HostAliases="site"
DNSLookup=0
DirData="{folder}"
NotPageList="css js class gif jpg jpeg png bmp ico rss xml swf eot woff woff2"
"""


def run(log: Path, folder: Path) -> dict[str, object]:
    """Its counts: pages, visits by day, visitors by month, hits by hour, durations by bucket."""
    folder.mkdir()
    (folder / "awstats.site.conf").write_text(CONFIGURATION.format(log=log, folder=folder))
    command = [str(PROGRAM), "-config=site", "-update", f"-configdir={folder}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "TZ": "UTC"})
    assert done.returncode == 0, done.stdout + done.stderr
    counts = {"pages": 0, "visits_day": {}, "visitors_month": {}, "hits_hour": dict.fromkeys(map(str, range(24)), 0)}
    buckets: dict[str, int] = dict.fromkeys(["0s-30s", "30s-2mn", "2mn-5mn", "5mn-15mn", "15mn-30mn", "30mn-1h", "1h+"], 0)
    for path in sorted(folder.glob("awstats??????.site.txt")):
        text = path.read_text("latin-1")
        month = f"{path.name[9:13]}-{path.name[7:9]}"
        for day, pages, *_, visits in _section(text, "DAY"):
            counts["pages"] += int(pages)
            if int(visits):
                counts["visits_day"][f"{day[:4]}-{day[4:6]}-{day[6:]}"] = int(visits)
        for hour, _, hits, *_ in _section(text, "TIME"):
            counts["hits_hour"][hour] += int(hits)
        for bucket, visits in _section(text, "SESSION"):
            buckets[bucket] += int(visits)
        if unique := int(re.search(r"^TotalUnique (\d+)", text, re.MULTILINE)[1]):
            counts["visitors_month"][month] = unique
    return {**counts, "durations": list(buckets.values())}


def _section(text: str, name: str) -> Iterator[list[str]]:
    found = re.search(rf"^BEGIN_{name} \d+\n(.*?)^END_{name}", text, re.MULTILINE | re.DOTALL)
    return (line.split() for line in found[1].splitlines()) if found else iter(())
