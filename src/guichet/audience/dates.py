"""Days, hours and time zones, for the loops over bytes and over pages."""

from __future__ import annotations

import numpy as np
from numba import njit

from guichet.audience.memory import load1, load8

SECONDS = 86_400
BYTE = np.uint64(255)
LOW = np.uint64(0x0101010101010101)
EMPTY = np.int64(-(1 << 62))  # no day


def word(text: str) -> int:
    return int.from_bytes(text.encode(), "little")


MONTHS = np.array([word(name) for name in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()], np.uint64)
MONTH_DAYS = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)
FIRST_YEAR, LAST_YEAR = 2, 9998  # a date has them, and so have the days to which a time zone moves it
DAY_MASK, TIME_MASK = np.uint64(0xFF000000FF0000), np.uint64(0xFF0000FF0000FF)
DAY_SLASHES, TIME_COLONS = DAY_MASK & (np.uint64(47) * LOW), TIME_MASK & (np.uint64(58) * LOW)


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


@njit(inline="always")
def civil_month(day):
    """Months since January 1970 (Hinnant's algorithm)."""
    z = day + 719468
    era = z // 146097
    of_era = z - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return (year + era * 400 + (1 if month <= 2 else 0) - 1970) * 12 + month - 1


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
    century, of_century = two_digits(more, 4), two_digits(more, 6)
    year = century * 100 + of_century if century >= 0 and of_century >= 0 else -1
    if (
        (words & DAY_MASK) != DAY_SLASHES
        or month == 0
        or year < FIRST_YEAR
        or year > LAST_YEAR
        or day < 1
        or day > MONTH_DAYS[month - 1]
    ):
        return EMPTY
    if month == 2 and day == 29 and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0)):
        return EMPTY
    return civil_day(year, month, day)


@njit(inline="always")
def time_of(date):
    """The second of the day (of 60 the 59th, which is of the same day) and the offset from UTC; (-1, 0) if it is none."""
    colons, word = load8(date + np.uint64(11)), load8(date + np.uint64(12))
    hour, minute, second = two_digits(word, 0), two_digits(word, 3), two_digits(word, 6)
    word = load8(date + np.uint64(21))
    sign, hours, minutes = np.int64(word & BYTE), two_digits(word, 1), two_digits(word, 3)
    wrong = hour < 0 or hour > 23 or minute < 0 or minute > 59 or second < 0 or second > 60
    wrong = wrong or (colons & TIME_MASK) != TIME_COLONS or load1(date + np.uint64(20)) != 32
    wrong = wrong or hours < 0 or hours > 14 or minutes < 0 or minutes > 59 or (sign != 43 and sign != 45)
    if wrong or ((word >> np.uint64(40)) & np.uint64(0xFFFFFF)) != np.uint64(0x22205D):
        return np.int64(-1), np.int64(0)
    offset = hours * 3600 + minutes * 60
    return hour * 3600 + minute * 60 + min(second, 59), -offset if sign == 45 else offset
