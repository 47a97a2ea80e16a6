"""Clients on loopback: as many as are asked, each sends a request, waits for the answer, and begins again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from statistics import quantiles

HEADERS = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n\r\n"


@dataclass(frozen=True)
class Load:
    """Requests a second, and the milliseconds under which 95 of a hundred are answered."""

    rate: float
    p95: float


def load(port: int, path: str, clients: int, seconds: float) -> Load:
    """What a server answers to so many clients. Raises RuntimeError when an answer is not a page."""
    durations = asyncio.run(_all(port, path, clients, seconds))
    if len(durations) < 2:
        return Load(len(durations) / seconds, seconds * 1000)
    return Load(len(durations) / seconds, quantiles(durations, n=20)[-1] * 1000)


async def _all(port: int, path: str, clients: int, seconds: float) -> list[float]:
    until = time.perf_counter() + seconds
    each = await asyncio.gather(*(_client(port, path, until) for _ in range(clients)))
    return [duration for durations in each for duration in durations]


async def _client(port: int, path: str, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    durations = []
    while (start := time.perf_counter()) < until:
        writer.write(f"GET {path} HTTP/1.1\r\n{HEADERS}".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if " 200 " not in head.partition("\r\n")[0]:
            raise RuntimeError(f"{path}: {head.partition(chr(13))[0]}")
        await reader.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0]))
        durations.append(time.perf_counter() - start)
    writer.close()
    return durations
