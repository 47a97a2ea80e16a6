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


@dataclass(frozen=True)
class Ask:
    """What a client sends: `headers` are lines, `form` is that of a POST. `address` is whom the proxy says it comes from."""

    path: str
    status: int = 200
    headers: str = ""
    form: str = ""

    def written(self, address: str) -> bytes:
        method = "POST" if self.form else "GET"
        body = (
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(self.form)}\r\n" if self.form else ""
        )
        lines = f"{method} {self.path} HTTP/1.1\r\nX-Forwarded-For: {address}\r\n{self.headers}{body}{HEADERS}{self.form}"
        return lines.encode()


def load(port: int, asked: str | Ask, clients: int, seconds: float) -> Load:
    """What a server answers to so many clients. Raises RuntimeError when an answer is not the one expected."""
    ask = Ask(asked) if isinstance(asked, str) else asked
    durations = asyncio.run(_all(port, ask, clients, seconds))
    if len(durations) < 2:
        return Load(len(durations) / seconds, seconds * 1000)
    return Load(len(durations) / seconds, quantiles(durations, n=20)[-1] * 1000)


async def _all(port: int, ask: Ask, clients: int, seconds: float) -> list[float]:
    until = time.perf_counter() + seconds
    each = await asyncio.gather(*(_client(port, ask, until, rank) for rank in range(clients)))
    return [duration for durations in each for duration in durations]


async def _client(port: int, ask: Ask, until: float, rank: int) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    durations: list[float] = []
    while (start := time.perf_counter()) < until:
        number = len(durations)
        writer.write(ask.written(f"10.{rank}.{number // 250 % 250}.{number % 250}"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if f" {ask.status} " not in head.partition("\r\n")[0]:
            raise RuntimeError(f"{ask.path}: {head.partition(chr(13))[0]}")
        await reader.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0]))
        durations.append(time.perf_counter() - start)
    writer.close()
    return durations
