"""Stops the embedded server once nobody uses it any more, however its last user ended.

Who leaves properly stops the server; who is killed cannot. So each server has a keeper, a process of its own that is
started with it, looks every other second, and ends with it.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from pathlib import Path

SECONDS = 2


def main(data_dir: Path) -> None:
    """Leave who started us, then keep the server of `data_dir`, unless another keeper does."""
    if os.fork():
        return
    os.setsid()
    from guichet.records.embedded.server import EmbeddedServer

    os.chdir("/")
    server = EmbeddedServer(data_dir)
    try:
        keeping = os.open(server.home / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(keeping, fcntl.LOCK_EX | fcntl.LOCK_NB)
        while not server.stop_if_unused(then=lambda: os.close(keeping)):
            time.sleep(SECONDS)
    except (FileNotFoundError, BlockingIOError):
        pass  # the folder was removed; or it has a keeper


if __name__ == "__main__":
    main(Path(sys.argv[1]))
