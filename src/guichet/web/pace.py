"""Who sends more than people do is slowed down; nobody is shut out.

What is sent (POST) begins drafts, writes and calculates. Each address may send a burst, then `RATE` a second to each
worker: an office or a campus behind one address never meets it. Beyond, a request waits its turn. Few may wait at once,
so that the others still find a thread: one too many is told to come back in a second.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guichet.web.problems import answer

RATE = 50
BURST = 300
MOST_WAITING = 3
LONGEST_WAIT = 2.0
KEYS = 10_000
"""Kept in memory; the least recent is forgotten, and has its burst again."""


def origin(request: HttpRequest) -> str:
    """Where a request comes from: an address, or for IPv6 its network, whose owner has as many addresses as wanted."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    try:
        return str(ipaddress.IPv6Interface(f"{text}/64").network)
    except ValueError:  # of IPv4, or none
        return text


class Schedule:
    """Each key (an address, an account) has a schedule, on which each request takes the next place: `burst` at once, then
    `rate` a second."""

    def __init__(self, rate: float, burst: int, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self.longest, self.clock = rate, burst, longest, clock
        self._next: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str) -> float:
        """Take a place: the seconds until it comes."""
        with self._lock:
            now = self.clock()
            # A schedule never lags by more than a burst, nor runs ahead by more than the longest wait.
            place = min(max(self._next.pop(key, -math.inf), now - self.burst / self.rate), now + self.longest)
            self._next[key] = place + 1 / self.rate
            while len(self._next) > KEYS:
                self._next.popitem(last=False)
        return place - now

    def forget(self, key: str) -> None:
        """Give a key its whole burst again."""
        with self._lock:
            self._next.pop(key, None)


class Turns:
    """Who waits for its place on a schedule, a few at once."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self._waiting = threading.Semaphore(MOST_WAITING)

    def take(self, key: str) -> bool:
        """Wait for one's turn; False, at once, when too many wait already."""
        wait = self.schedule.wait(key)
        if wait > 0:
            if not self._waiting.acquire(blocking=False):
                return False
            try:
                time.sleep(min(wait, self.schedule.longest))
            finally:
                self._waiting.release()
        return True


class Paced:
    """Django middleware: each address has a schedule."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse], clock: Callable[[], float] = time.monotonic) -> None:
        self.answer = answer
        self.turns = Turns(Schedule(RATE, BURST, LONGEST_WAIT, clock))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not self.turns.take(origin(request)):
            return too_many(request)
        return self.answer(request)


def too_many(request: HttpRequest) -> HttpResponse:
    response = answer(request, 429)
    response.headers["Retry-After"] = "1"
    return response
