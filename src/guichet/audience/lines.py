"""The loop over the bytes of a log, compiled by numba once and kept on disk (see `cache.py`).

Addresses are unsigned 64-bit integers: a line is looked at eight bytes at a time, so a buffer ends with `MARGIN` bytes
that may be read and mean nothing. Times are seconds: `instant` since 1970 in UTC, `local` as the line writes it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from guichet.audience.memory import load1, load8, low_zeros, store8

LONGEST = 65_000  # bytes of a line; a longer one is bad
MARGIN = 65_600  # room for one more line, and for eight bytes read beyond
SECONDS = 86_400
WORD = np.uint64(8)
ONE = np.uint64(1)
ZERO = np.uint64(0)
BYTE = np.uint64(255)
LOW = np.uint64(0x0101010101010101)
HIGH = np.uint64(0x8080808080808080)
LOWER = np.uint64(0x2020202020202020)
NEWLINE, SPACE, QUOTE, QUESTION, NUMBER, SEMICOLON = (np.uint64(ord(sign)) * LOW for sign in '\n "?#;')
MIX, MIX2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
EMPTY = np.int64(-(1 << 62))  # a free slot of the tally
BAD, STATUS, ASSET, METHOD, REQUEST, ROBOT = range(6)  # columns of the tally; each kind of robot has its own, then
PAGE_HOURS, HIT_HOURS, COLUMNS = 32, 56, 80  # come the pages and the hits of each hour
ROWS, SLOTS, LAST_CLOCK, LINES, STRETCHES, PAIRS, NEXT = range(7)  # what `state` holds
NO_DAY = 0  # the slot of the tally for bad lines, which have none


def _word(text: str) -> int:
    return int.from_bytes(text.encode(), "little")


MONTHS = np.array([_word(name) for name in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()], np.uint64)
MONTH_DAYS = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)
FIRST_YEAR, LAST_YEAR = 2, 9998  # a date has them, and so have the days to which a time zone moves it
FAV, ICON, ROB, TXT = (np.uint64(_word(text)) for text in ("/fav", "icon.ico", "/ro", "bots.txt"))


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


@njit(inline="always")
def two_digits(word, place):
    tens = np.int64((word >> np.uint64(8 * place)) & BYTE) - 48
    units = np.int64((word >> np.uint64(8 * place + 8)) & BYTE) - 48
    return tens * 10 + units if 0 <= tens <= 9 and 0 <= units <= 9 else -1000


@njit(inline="always")
def civil_day(year, month, day):
    """Days since 1 January 1970 (Hinnant's algorithm)."""
    year -= 1 if month <= 2 else 0
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


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
def offset_at(instant, zone, span):
    """The offset of a time zone; `span` remembers the last answer: from, until, offset."""
    if instant < span[0] or instant >= span[1]:
        since, offsets = zone
        k = np.searchsorted(since, instant, side="right") - 1
        span[0], span[2] = since[k], offsets[k]
        span[1] = since[k + 1] if k + 1 < since.size else np.int64(1 << 62)
    return span[2]


@njit(inline="always")
def day_of(words, more):
    """The day of `07/Jan/2013`; below EMPTY + 1 if it is none."""
    day, month = two_digits(words, 0), 0
    name = (words >> np.uint64(24)) & np.uint64(0xFFFFFF)
    for k in range(12):
        if MONTHS[k] == name:
            month = k + 1
    year = two_digits(more, 4) * 100 + two_digits(more, 6)
    if month == 0 or year < FIRST_YEAR or year > LAST_YEAR or day < 1 or day > MONTH_DAYS[month - 1]:
        return EMPTY
    if month == 2 and day == 29 and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0)):
        return EMPTY
    return civil_day(year, month, day)


@njit(inline="always")
def time_of(date):
    """The second of the day (of 60 the 59th, which is of the same day) and the offset from UTC; (-1, 0) if it is none."""
    word = load8(date + np.uint64(12))
    hour, minute, second = two_digits(word, 0), two_digits(word, 3), two_digits(word, 6)
    word = load8(date + np.uint64(21))
    sign, hours, minutes = np.int64(word & BYTE), two_digits(word, 1), two_digits(word, 3)
    wrong = hour < 0 or hour > 23 or minute < 0 or minute > 59 or second < 0 or second > 60
    wrong = wrong or hours < 0 or hours > 14 or minutes < 0 or minutes > 59 or (sign != 43 and sign != 45)
    if wrong or ((word >> np.uint64(40)) & np.uint64(0xFFFFFF)) != np.uint64(0x22205D):
        return np.int64(-1), np.int64(0)
    offset = hours * 3600 + minutes * 60
    return hour * 3600 + minute * 60 + min(second, 59), -offset if sign == 45 else offset


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
    if host_end == line or shifted or date + np.uint64(30) >= stop:
        return host_end, user, user_end, ZERO
    return host_end, user, user_end, date


@njit(inline="always")
def what_and_how(request, stop):
    """End of the request, status (0: the line is none of ours), start and end of the agent."""
    request_end = closing_quote(request, stop)
    at = request_end + np.uint64(2)
    if at + np.uint64(5) >= stop:
        return request_end, np.int64(0), ZERO, ZERO
    word = load8(at)
    status = two_digits(word, 0) * 10 + np.int64((word >> np.uint64(16)) & BYTE) - 48
    size_end = find(at + np.uint64(4), stop, SPACE)
    if status < 100 or status > 999 or size_end + np.uint64(4) > stop or load1(size_end + ONE) != 34:
        return request_end, np.int64(0), ZERO, ZERO
    agent = closing_quote(size_end + np.uint64(2), stop) + np.uint64(3)
    if agent >= stop or load1(agent - ONE) != 34:
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
