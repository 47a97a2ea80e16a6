"""`openfisca serve`, started on loopback and stopped with the measure."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import psutil

SECONDS_TO_ANSWER = 120


class Server:
    """One worker: the engine works alone, and its caches are those of every request."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.address = f"http://127.0.0.1:{port}/calculate"
        self.process = psutil.Process(process.pid)

    def calculate(self, situation: dict[str, Any], variables: tuple[str, ...], mois: str) -> tuple[float, float]:
        """Milliseconds of the server's processor, and total, of one request."""
        famille, content = next(iter(situation["familles"].items()))
        question = situation | {"familles": {famille: content | {variable: {mois: None} for variable in variables}}}
        request = urllib.request.Request(
            self.address, json.dumps(question).encode(), headers={"Content-Type": "application/json"}
        )
        begin = self._processor()
        with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:
            read = json.load(answer)
        took = (self._processor() - begin) * 1000
        return took, sum(read["familles"][famille][variable][mois] for variable in variables)

    def _processor(self) -> float:
        """Seconds of the server and of its worker."""
        times = [process.cpu_times() for process in (self.process, *self.process.children(recursive=True))]
        return sum(t.user + t.system for t in times)


@contextlib.contextmanager
def openfisca_serve() -> Iterator[Server]:
    """A server that answers; raises RuntimeError, with what it says, when it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "openfisca_core.scripts.openfisca_command", "serve"]
    options = ["--country-package", "openfisca_france", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([*command, *options], stdout=log, stderr=log)
        try:
            while not _listens(port):
                if process.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(f"openfisca serve does not start:\n{log.read().decode()[-2000:]}")
                time.sleep(0.1)
            yield Server(port, process)
        finally:
            process.terminate()
            process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
