"""Who tries passwords and codes is slowed; no account is ever closed for it.

Each account that is named, and each address that tries, has some tries at once; then a try waits for its place, some
seconds at most. Few may wait at once, one from each address: one too many is told to try again, and what it typed is shown
again. A right password gives the account its tries back. So a program guesses at most once every few seconds, and whoever
is aimed at from a few addresses still gets in. From many at once the line of that account is full: its owner comes in from a
browser where the account was opened before, which has a line of its own (`web.browsers`), or by FranceConnect, which does
not pass here; elsewhere they are told to try again until it stops.

In the memory of each worker, as in `web.pace`: nothing is read nor written for the 25 logins a second of January, no
address is kept on a disk, and what a restart or a second worker forgets is some tries more against 50 bits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from guichet.web.pace import Schedule, origin

LONGEST_WAIT = 8.0
MOST_WAITING = 3
ACCOUNTS = Schedule(rate=0.2, burst=10, longest=LONGEST_WAIT)
ADDRESSES = Schedule(rate=2, burst=100, longest=LONGEST_WAIT)
"""An office or a campus behind one address."""
SHORT_CODES = Schedule(rate=1 / 300, burst=5, longest=300)
"""A code of six digits is guessed, given time: beyond five tries, one in five minutes, by who has the password."""
_waiting: set[str] = set()
_lock = threading.Lock()


@contextmanager
def turn(request: HttpRequest, line: str) -> Iterator[bool]:
    """Wait for one's turn to try, in the line of an account or of a browser; False when too many wait already."""
    whence = origin(request)
    wait = max(ACCOUNTS.wait(line), ADDRESSES.wait(whence))
    if wait <= 0:
        yield True
        return
    with _lock:
        admitted = len(_waiting) < MOST_WAITING and whence not in _waiting
        if admitted:
            _waiting.add(whence)
    if not admitted:
        yield False
        return
    try:
        time.sleep(min(wait, LONGEST_WAIT))
    finally:
        with _lock:
            _waiting.discard(whence)
    yield True


def succeeded(line: str) -> None:
    """The account, or the browser, has its tries back; the address has not: its owner may try others."""
    ACCOUNTS.forget(line)
