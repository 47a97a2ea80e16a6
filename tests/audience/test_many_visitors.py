"""More visitors at once than what a part of a log holds."""

from __future__ import annotations

from guichet.audience import logs, reading
from guichet.audience.measure import measure

LINE = '10.{}.{}.{} - - [07/Jan/2013:09:00:00 +0100] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0 Firefox/15.0"\n'


def test_visits_that_are_still_open_find_room(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "STRETCHES", 1 << 12)
    monkeypatch.setattr(logs, "BLOCK", 1 << 16)
    path = tmp_path / "access.log"
    path.write_text("".join(LINE.format(host >> 16, host >> 8 & 255, host & 255) for host in range(9000)))

    found = measure([path])

    assert (found.visits, found.visitors_total, found.pages) == (9000, 9000, 9000)
