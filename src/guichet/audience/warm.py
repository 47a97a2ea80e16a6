"""Everything that is compiled, compiled now: `python -m guichet.audience.warm`, once, at install."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from guichet.audience.measure import measure

LINE = b'192.0.2.1 - - [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 200 1 "-" "Mozilla/5.0 Firefox/115.0"\n'


def up() -> None:
    """What reads logs: half a minute the first time; then nothing to speak of."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        log.write_bytes(LINE)
        measure([log])


if __name__ == "__main__":
    from guichet.audience import rows

    up()
    rows.merged({name: np.zeros(1, kind) for name, kind in rows.STRETCHES.items()}, 1800)
