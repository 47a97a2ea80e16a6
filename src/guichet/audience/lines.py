"""The loop over the bytes of a log, compiled by numba once and kept on disk (see `cache.py`).

Addresses are unsigned 64-bit integers: a line is looked at eight bytes at a time, so a buffer ends with `MARGIN` bytes
that may be read and mean nothing. Times are seconds: `instant` since 1970 in UTC, `local` as the line writes it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from guichet.audience.dates import EMPTY, LOW, SECONDS, day_of, offset_at, time_of, two_digits, word
from guichet.audience.memory import load1, load8, low_zeros, store8

LONGEST = 65_000  # bytes of a line; a longer one is bad
MARGIN = 65_600  # room for one more line, and for eight bytes read beyond
WORD = np.uint64(8)
ONE = np.uint64(1)
ZERO = np.uint64(0)
HIGH = np.uint64(0x8080808080808080)
LOWER = np.uint64(0x2020202020202020)
NEWLINE, SPACE, QUOTE, QUESTION, NUMBER, SEMICOLON = (np.uint64(ord(sign)) * LOW for sign in '\n "?#;')
MIX, MIX2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
BAD, STATUS, ASSET, METHOD, REQUEST, ROBOT = range(6)  # columns of the tally; each kind of robot has its own, then
PAGE_HOURS, HIT_HOURS, COLUMNS = 32, 56, 80  # come the pages and the hits of each hour
ROWS, SLOTS, LAST_CLOCK, LINES, STRETCHES, PAIRS, NEXT = range(7)  # what `state` holds
NO_DAY = 0  # the slot of the tally for bad lines, which have none


STATUS_MASK, STATUS_SPACES = np.uint64(0xFF000000FF00), np.uint64(0x200000002000)
FAV, ICON, ROB, TXT = (np.uint64(word(text)) for text in ("/fav", "icon.ico", "/ro", "bots.txt"))


# Bytes


@njit(inline="always")
def find(at, end, pattern):
    """Where the first byte of `pattern` (eight times the same) is; `end` if there is none."""
    while at < end:
        x = load8(at) ^ pattern
        hit = (x - LOW) & ~x & HIGH
        if hit != ZERO:
            return min(at + (low_zeros(hit) >> np.uint64(3)), end)
        at += WORD
    return end


@njit(inline="always")
def closing_quote(at, end):
    """Where the text that starts here ends: at the first quote that no backslash escapes."""
    start = at
    while True:
        quote = find(at, end, QUOTE)
        before, slashes = quote, 0
        while before > start and load1(before - ONE) == 92:
            before -= ONE
            slashes += 1
        if quote >= end or slashes % 2 == 0:
            return quote
        at = quote + ONE


# Texts: each distinct one has a number. A table is the address of eight words (`texts.py` makes them): arrays handed from
# function to function inside a loop would be counted by numba each time. A slot is half a hash and a number plus one; a
# place is where a text starts in the bytes, shifted by 16 bits, and its length.

SLOTS_AT, MASK, PLACES_AT, BYTES_AT, TEXTS_MAX, BYTES_MAX, TEXTS, BYTES = (np.uint64(8 * word) for word in range(8))
LENGTH, HALF = np.uint64(0xFFFF), np.uint64(0xFFFFFFFF)


@njit(inline="always")
def hashed(at, length):
    h, left = np.uint64(length) * MIX, length
    while left >= 8:
        h = (h ^ load8(at)) * MIX
        h ^= h >> np.uint64(29)
        at += WORD
        left -= 8
    if left > 0:
        h = (h ^ (load8(at) & ((ONE << np.uint64(8 * left)) - ONE))) * MIX2
        h ^= h >> np.uint64(32)
    return h ^ (h >> np.uint64(31))


@njit(inline="always")
def same(one, other, length):
    while length >= 8:
        if load8(one) != load8(other):
            return False
        one += WORD
        other += WORD
        length -= 8
    if length > 0:
        mask = (ONE << np.uint64(8 * length)) - ONE
        return (load8(one) & mask) == (load8(other) & mask)
    return True


@njit(inline="always")
def has_room(table):
    return load8(table + TEXTS) < load8(table + TEXTS_MAX) and load8(table + BYTES) < load8(table + BYTES_MAX)


@njit(inline="always")
def number(table, at, length):
    """The number of a text: the next one if it is new. Texts are compared, never only their hashes."""
    h = hashed(at, length)
    slots, mask, places, data = load8(table), load8(table + MASK), load8(table + PLACES_AT), load8(table + BYTES_AT)
    slot = h & mask
    while True:
        known = load8(slots + slot * WORD)
        if known == ZERO:
            break
        if known >> np.uint64(32) == h >> np.uint64(32):
            place = load8(places + ((known & HALF) - ONE) * WORD)
            if np.int64(place & LENGTH) == length and same(data + (place >> np.uint64(16)), at, length):
                return np.int64(known & HALF) - 1
        slot = (slot + ONE) & mask
    count, used = load8(table + TEXTS), load8(table + BYTES)
    store8(slots + slot * WORD, ((h >> np.uint64(32)) << np.uint64(32)) | (count + ONE))
    store8(places + count * WORD, (used << np.uint64(16)) | np.uint64(length))
    for k in range(0, length, 8):
        store8(data + used + np.uint64(k), load8(at + np.uint64(k)))
    store8(table + TEXTS, count + ONE)
    store8(table + BYTES, used + np.uint64(length))
    return np.int64(count)


@njit(cache=True, nogil=True)
def place_again(table):
    """Fill the slots of a table that has grown."""
    slots, mask, places, data = load8(table), load8(table + MASK), load8(table + PLACES_AT), load8(table + BYTES_AT)
    for known in range(load8(table + TEXTS)):
        place = load8(places + np.uint64(known) * WORD)
        h = hashed(data + (place >> np.uint64(16)), np.int64(place & LENGTH))
        slot = h & mask
        while load8(slots + slot * WORD) != ZERO:
            slot = (slot + ONE) & mask
        store8(slots + slot * WORD, ((h >> np.uint64(32)) << np.uint64(32)) | (np.uint64(known) + ONE))


@njit(cache=True, nogil=True)
def renumber(table, data, places, begin, numbers):
    """Give other texts their numbers in this table, until it is full: how many have one."""
    base = np.uint64(data.ctypes.data)
    for k in range(begin, places.size):
        if not has_room(table):
            return k
        numbers[k] = number(table, base + (places[k] >> np.uint64(16)), np.int64(places[k] & LENGTH))
    return places.size


@njit(inline="always")
def slot_of(days, state, day):
    """Where the tally keeps a day."""
    mask = days.size - 1
    slot = (day * 2654435761) & mask
    while days[slot] != day:
        if days[slot] == EMPTY:
            days[slot] = day
            state[SLOTS] += 1
            break
        slot = (slot + 1) & mask
    return slot


# Lines


@njit(inline="always")
def who_and_when(line, stop):
    """Ends of the address and of the user, starts of the user and of the date (0: the line is none of ours)."""
    host_end = find(line, stop, SPACE)
    user = find(host_end + ONE, stop, SPACE) + ONE
    word_end = user_end = find(user, stop, SPACE)
    while user_end + ONE < stop and load1(user_end + ONE) != 91:  # a user may hold spaces
        user_end = find(user_end + ONE, stop, SPACE)
    date = user_end + np.uint64(2)
    # A field more, such as a virtual host: a user with spaces comes behind an identity, or begins with "-".
    unknown = load8(host_end) & np.uint64(0xFFFFFF) == np.uint64(0x202D20)
    shifted = user_end > word_end and (not unknown or load8(user) & LENGTH == np.uint64(0x202D))
    if host_end == line or user == host_end + np.uint64(2) or shifted or date + np.uint64(30) >= stop:
        return host_end, user, user_end, ZERO
    return host_end, user, user_end, date


@njit(inline="always")
def what_and_how(request, stop):
    """End of the request, status (0: the line is none of ours), start and end of the agent."""
    request_end = closing_quote(request, stop)
    size = request_end + np.uint64(6)
    if size + ONE >= stop:
        return request_end, np.int64(0), ZERO, ZERO
    word = load8(request_end)  # `" 200 12`
    hundreds, units = two_digits(word, 2) // 10, two_digits(word, 3)
    size_end = find(size, stop, SPACE)
    wrong = (word & STATUS_MASK) != STATUS_SPACES or hundreds < 1 or units < 0 or size_end == size
    if wrong or size_end + np.uint64(4) > stop or load1(size_end + ONE) != 34:
        return request_end, np.int64(0), ZERO, ZERO
    status = hundreds * 100 + units
    agent = closing_quote(size_end + np.uint64(2), stop) + np.uint64(3)
    if agent >= stop or load1(agent - ONE) != 34 or load1(agent - np.uint64(2)) != 32:
        return request_end, np.int64(0), ZERO, ZERO
    agent_end = closing_quote(agent, stop)
    return request_end, status if agent_end < stop else np.int64(0), agent, agent_end


@njit(inline="always")
def kind_of(path, end, extensions, awstats):
    """Of an address asked for: 0 page, 1 asset, 2 what AWStats counts nowhere (favicon.ico, robots.txt)."""
    at = find(path, find(path, end, QUESTION), NUMBER)
    if awstats:
        at = find(path, at, SEMICOLON)
    dot, length = at, 0
    while dot > path and length <= 8:
        dot -= ONE
        c = load1(dot)
        if c == 46:
            break
        if c == 47:
            return 0
        length += 1
    if length < 1 or length > 8 or load1(dot) != 46:
        return 0
    if awstats and at - path >= np.uint64(12):
        ending, before = load8(at - WORD) | LOWER, load8(at - np.uint64(12)) | LOWER
        if ending == ICON and (before & np.uint64(0xFFFFFFFF)) == FAV:
            return 2
    if awstats and at - path >= np.uint64(11):
        ending, before = load8(at - WORD) | LOWER, load8(at - np.uint64(11)) | LOWER
        if ending == TXT and (before & np.uint64(0xFFFFFF)) == ROB:
            return 2
    word = load8(dot + ONE)
    if length < 8:
        word &= (ONE << np.uint64(8 * length)) - ONE
    sevens = word & ~HIGH  # capitals become small letters, all eight at once
    capitals = ~word & HIGH & ((sevens + np.uint64(63) * LOW) ^ (sevens + np.uint64(37) * LOW))
    word |= capitals >> np.uint64(2)
    slot = (word * MIX) >> np.uint64(55)
    while load8(extensions + slot * WORD) != ZERO:
        if load8(extensions + slot * WORD) == word:
            return 1
        slot = (slot + ONE) & np.uint64(511)
    return 0


@njit(cache=True, nogil=True)
def parse(buffer, start, end, limit, rules, zone, hosts, users, agents, rows, tally, state):
    """Read whole lines until `limit` or until a table is full: where the next line starts.

    Each line is either counted in the tally, by its reason, or written as a row to be judged by its agent.
    """
    extensions, methods, awstats = np.uint64(rules[0].ctypes.data), rules[1], rules[2]
    row_host, row_user, row_agent, row_instant, row_offset = rows
    days, counts = tally
    base = np.uint64(buffer.ctypes.data)
    at, last = base + np.uint64(start), base + np.uint64(end)
    since, _ = zone
    span = np.zeros(3, np.int64)
    words, more, day, local, slot = ZERO, ZERO, np.int64(0), EMPTY, np.int64(NO_DAY)
    while at < last and state[LINES] < limit and state[ROWS] < row_host.size and state[SLOTS] * 2 < days.size:
        if not (has_room(hosts) and has_room(users) and has_room(agents)):
            break
        stop = find(at, last, NEWLINE)
        line = at
        at = stop + ONE
        state[LINES] += 1
        if stop - line > np.uint64(LONGEST):
            counts[NO_DAY, BAD] += 1
            continue
        host_end, user, user_end, date = who_and_when(line, stop)
        if date == ZERO:
            counts[NO_DAY, BAD] += 1
            continue
        w, m = load8(date), load8(date + np.uint64(3))
        second, offset = time_of(date)
        request = date + np.uint64(29)
        request_end, status, agent, agent_end = what_and_how(request, stop)
        if second < 0 or status == 0:
            counts[NO_DAY, BAD] += 1
            continue
        if w != words or m != more:
            new_day = day_of(w, m)
            if new_day == EMPTY:
                counts[NO_DAY, BAD] += 1
                continue
            day, words, more = new_day, w, m
        instant, today = day * SECONDS + second - offset, day
        if since.size:
            offset = offset_at(instant, zone, span)
            today = (instant + offset) // SECONDS
        if today != local:
            local = today
            slot = slot_of(days, state, local)
        path = find(request, request_end, SPACE) + ONE
        if awstats:
            if path > request_end or not known_method(request, path - ONE, methods):
                counts[slot, METHOD] += 1
                continue
            state[LAST_CLOCK] = max(state[LAST_CLOCK], instant + offset)
        if status != 200 and status != 304:
            counts[slot, STATUS] += 1
            continue
        if path >= request_end:
            counts[slot, REQUEST] += 1
            continue
        kind = kind_of(path, find(path, request_end, SPACE), extensions, awstats)
        if kind != 0:
            counts[slot, ASSET] += 1
            if kind == 2 or not awstats:
                continue
        row = state[ROWS]
        state[ROWS] = row + 1
        row_host[row] = number(hosts, line, np.int64(host_end - line)) if kind == 0 else -1
        nobody = user_end == user or (user_end - user == ONE and load1(user) == 45)
        nobody = nobody or (user_end - user == np.uint64(2) and load8(user) & LENGTH == np.uint64(0x2222))  # "": none given
        row_user[row] = -1 if nobody else number(users, user, np.int64(user_end - user))
        row_agent[row] = number(agents, agent, np.int64(agent_end - agent))
        row_instant[row] = instant
        row_offset[row] = offset
    return np.int64(min(at, last) - base)


@njit(inline="always")
def known_method(at, end, methods):
    word, length = load8(at), np.int64(end - at)
    if length < 8:
        word &= (ONE << np.uint64(8 * length)) - ONE
    for known in methods:
        if known == word:
            return True
    return False
