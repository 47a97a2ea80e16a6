"""From pages to visits: the loops after that over bytes (`lines.py`), compiled by numba once and kept on disk.

A stretch is what one visitor reads without pausing longer than the gap, on one local day, under one offset from UTC:
(visitor, first, last, pages, offset). Stretches that touch are joined later (`chain`), so that lines may come in any
order: those of a sorted log make about one stretch a visit. Times are seconds.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from guichet.audience.dates import EMPTY, SECONDS, civil_month
from guichet.audience.lines import (
    HIT_HOURS,
    NEXT,
    PAGE_HOURS,
    PAIRS,
    ROWS,
    SLOTS,
    STRETCHES,
    slot_of,
)

BUCKETS = np.array([30, 120, 300, 900, 1800, 3600], np.int64)  # AWStats's, in seconds; a seventh is open


@njit(inline="always")
def emit(opened, host, stretches, state):
    out_host, out_first, out_last, out_pages, out_offset = stretches
    n = state[STRETCHES]
    out_host[n], out_first[n], out_last[n] = host, opened[host, 0], opened[host, 1]
    out_pages[n], out_offset[n] = opened[host, 2] >> 20, (opened[host, 2] & 0xFFFFF) - SECONDS
    state[STRETCHES] = n + 1


@njit(cache=True, nogil=True)
def gather(rows, verdicts, gap, wanted, opened, stretches, months_of, pairs, tally, state):
    """Judge the rows by the verdicts on their agents, and lengthen the stretches of those who read pages.

    There is room for all that they bring, but in the tally: true when it is full; `state[NEXT]` is the row to go on from.
    """
    row_host, row_user, row_agent, row_instant, row_offset = rows
    days, counts = tally
    pair_user, pair_month = pairs
    day, slot, month = EMPTY, np.int64(0), np.int64(0)
    while state[NEXT] < state[ROWS]:
        if state[SLOTS] * 2 >= days.size:
            return True
        row = state[NEXT]
        state[NEXT] = row + 1
        instant, offset = row_instant[row], row_offset[row]
        local = instant + offset
        if local // SECONDS != day:
            day = local // SECONDS
            slot = slot_of(days, state, day)
            month = civil_month(day)
        host, verdict = row_host[row], verdicts[row_agent[row]]
        if verdict != 0:
            if host >= 0:
                counts[slot, verdict] += 1
            continue
        hour = local % SECONDS // 3600
        counts[slot, HIT_HOURS + hour] += 1
        if host < 0:
            continue
        counts[slot, PAGE_HOURS + hour] += 1
        user = row_user[row]
        if user >= 0 and months_of[user] != month and wanted[0] <= day <= wanted[1]:
            months_of[user] = month
            n = state[PAIRS]
            pair_user[n], pair_month[n] = user, month
            state[PAIRS] = n + 1
        packed = opened[host, 2]
        touches = opened[host, 0] - gap <= instant <= opened[host, 1] + gap
        if touches and packed & 0xFFFFF == offset + SECONDS and opened[host, 3] == day:
            opened[host, 0] = min(opened[host, 0], instant)
            opened[host, 1] = max(opened[host, 1], instant)
            opened[host, 2] = packed + (1 << 20)
            continue
        if packed != 0:
            emit(opened, host, stretches, state)
        opened[host, 0] = opened[host, 1] = instant
        opened[host, 2] = (np.int64(1) << 20) | (offset + SECONDS)
        opened[host, 3] = day
    return False


@njit(cache=True, nogil=True)
def close(opened, count, stretches, state):
    """Emit the stretches that are still open."""
    for host in range(count):
        if opened[host, 2] != 0:
            emit(opened, host, stretches, state)
            opened[host, 2] = 0


# Visits


@njit(inline="always")
def first_sight(seen, place, around, value):
    """Is it the first time that a visitor is seen on this day (or month)? Only those around `around` are remembered."""
    base, mask = seen[place] >> 8, seen[place] & 255
    if base != around - 2:
        moved = around - 2 - base
        mask = mask >> moved if 0 <= moved < 8 else 0
        base = around - 2
    bit = np.int64(1) << (value - base)
    seen[place] = (base << 8) | mask | bit
    return mask & bit == 0


@njit(inline="always")
def end_visit(visit, by_day, buckets, timed):
    duration, place = visit[1] - visit[0], visit[2]
    by_day[place, 0] += 1
    by_day[place, 1] += duration
    if timed:
        buckets[place, np.searchsorted(BUCKETS, duration)] += 1
    visit[2] = -1


@njit(cache=True, nogil=True)
def chain(stretches, days, wanted, gap, awstats, visit, seen, by_day, buckets, by_month):
    """Join stretches, sorted by visitor and first page, into visits; each call comes later in time.

    `visit` is each visitor's open one: first, last, place of its day in `days` (-1: none). `seen`: the days and the
    months where a visitor was just seen, and whether it ever was. By day: visits, seconds, pages, visitors.
    """
    host, first, last, pages, offset = stretches
    place = 0
    for i in range(host.size):
        h, shift = host[i], offset[i]
        day = (first[i] + shift) // SECONDS
        if days[place] != day:
            place = np.searchsorted(days, day)
        if wanted[0] <= day <= wanted[1]:
            by_day[place, 2] += pages[i]
            seen[h, 2] = 1
            if first_sight(seen[h], 0, first[i] // SECONDS, day):
                by_day[place, 3] += 1
            month = civil_month(day)
            if first_sight(seen[h], 1, civil_month(first[i] // SECONDS), month):
                by_month[month - civil_month(days[0])] += 1
        # AWStats compares the clocks of the lines, and no visit outlives its day.
        begin, end = (first[i] + shift, last[i] + shift) if awstats else (first[i], last[i])
        open_ = visit[h, 2]
        if open_ >= 0 and begin <= visit[h, 1] + gap and not (awstats and days[open_] != day):
            visit[h, 0] = min(visit[h, 0], begin)
            visit[h, 1] = max(visit[h, 1], end)
        else:
            if open_ >= 0:
                end_visit(visit[h], by_day, buckets, True)
            visit[h, 0], visit[h, 1], visit[h, 2] = begin, end, place


@njit(cache=True, nogil=True)
def finish(visit, days, gap, last_clock, by_day, buckets):
    """End the visits that are still open; those that could go on after `last_clock` are in no bucket, as in AWStats."""
    for h in range(visit.shape[0]):
        if visit[h, 2] >= 0:
            today = days[visit[h, 2]] == last_clock // SECONDS
            end_visit(visit[h], by_day, buckets, not (today and visit[h, 1] + gap >= last_clock))


@njit(cache=True, nogil=True)
def coalesce(visitor, day, first, seconds, pages, gap):
    """Join, in place, stretches sorted by visitor, day and first page: whether each row is left."""
    left = np.zeros(visitor.size, np.bool_)
    into = 0
    for row in range(visitor.size):
        joined = row > 0 and visitor[row] == visitor[into] and day[row] == day[into]
        if joined and first[row] <= first[into] + seconds[into] + gap:
            seconds[into] = max(seconds[into], first[row] + seconds[row] - first[into])
            pages[into] += pages[row]
        else:
            into = row
            left[into] = True
    return left
