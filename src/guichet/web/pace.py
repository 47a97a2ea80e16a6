"""Who sends more than people do is slowed down; nobody is shut out.

What is sent (POST) begins drafts, writes and calculates. Each address may send a burst, then `RATE` a second to each
worker: an office or a campus behind one address never meets it. Beyond, a request waits its turn. Few may wait at once,
so that the others still find a thread: one too many is told to come back in a second.
"""

from __future__ import annotations

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
ADDRESSES = 10_000
"""Kept in memory; the least recent is forgotten, and has its burst again."""


class Paced:
    """Django middleware: each address has a schedule, on which each of its requests takes the next place."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse], clock: Callable[[], float] = time.monotonic) -> None:
        self.answer = answer
        self.clock = clock
        self._next: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting = threading.Semaphore(MOST_WAITING)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wait = self._wait(request.META.get("REMOTE_ADDR", "")) if request.method == "POST" else 0.0
        if wait > 0:
            if not self._waiting.acquire(blocking=False):
                return too_many(request)
            try:
                time.sleep(min(wait, LONGEST_WAIT))
            finally:
                self._waiting.release()
        return self.answer(request)

    def _wait(self, address: str) -> float:
        """Seconds until the place of this request on the schedule of its address."""
        with self._lock:
            now = self.clock()
            # A schedule never lags by more than a burst, nor runs ahead by more than the longest wait.
            place = min(max(self._next.pop(address, 0.0), now - BURST / RATE), now + LONGEST_WAIT)
            self._next[address] = place + 1 / RATE
            while len(self._next) > ADDRESSES:
                self._next.popitem(last=False)
        return place - now


def too_many(request: HttpRequest) -> HttpResponse:
    response = answer(request, 429)
    response.headers["Retry-After"] = "1"
    return response
