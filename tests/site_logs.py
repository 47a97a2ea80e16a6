"""Access logs and events of a site that is used a little, as it writes them."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

from guichet import clock

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def visited(folder: Path, day: date, visits: int, pages: int = 2) -> None:
    """Add to the log of a day as many visits of as many pages, ten seconds apart, an address each."""
    folder.mkdir(exist_ok=True)
    with (folder / f"access-{day}.log").open("a") as log:
        for visit in range(visits):
            for page in range(pages):
                at = datetime(day.year, day.month, day.day, 9, tzinfo=clock.PARIS) + timedelta(
                    seconds=60 * visit + 10 * page
                )
                log.write(f'192.0.2.{visit} - - [{at:%d/%b/%Y:%H:%M:%S %z}] "GET / HTTP/1.1" 200 5 "-" "{BROWSER}"\n')


def happened(folder: Path, day: date, event: str, kind: str, times: int) -> None:
    """Add as many events to the file of a day."""
    folder.mkdir(exist_ok=True)
    line = {"at": f"{day}T10:00:00+01:00", "event": event, "kind": kind, "who": None, "who_period": None, "value": None}
    with (folder / f"{day}.jsonl").open("a") as file:
        file.write(f"{json.dumps(line)}\n" * times)
