"""Arrays into text: lines of a combined log, lines of JSON. Nobody's address: those that the Internet reserves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from guichet.audience.replay.visits import ASSET, ERROR, PAGE, ROBOT, RUBBISH, Clock, Lines
from guichet.audience.replay.year import Ints

CHUNK = 250_000
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIMES = pa.array([f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" for second in range(86400)])
BYTES = pa.array([str(byte) for byte in range(256)])
WORDS = pa.array([f"{word:x}" for word in range(65536)])
NUMBERS = pa.array([str(number) for number in range(90_000)])

ADDRESSES = {
    PAGE: [
        *("/", "/mon-compte", "/mon-compte/situation", "/mon-compte/paiements", "/mon-compte/courriers"),
        *("/mon-compte/demarches", "/mon-compte/ressources", "/simulation/logement?etape=1", "/simulation/rsa"),
        *("/simulation/paje", "/recherche?q=aide+au+logement", "/contact", "/demarches/dtr_rsa"),
        *(f"/prestations/fiche-{number}" for number in range(1, 41)),
    ],
    ASSET: [
        *("/static/guichet.css", "/static/guichet.js", "/favicon.ico"),
        *(f"/static/image-{number}.{kind}" for kind in ("png", "jpg", "gif") for number in range(5)),
    ],
    ERROR: ["/ancienne-adresse", "/mon-compte/session-expiree", "/prestations/fiche-0"],
}
ADDRESSES[ROBOT] = ADDRESSES[RUBBISH] = ADDRESSES[PAGE]
STATUSES = {PAGE: ["200"] * 49 + ["304"], ASSET: ["200", "304"], ERROR: ["302", "404", "404", "500"]}
STATUSES[ROBOT] = STATUSES[RUBBISH] = ["200"]
PERSONS = [
    *(f"Mozilla/5.0 (compatible; MSIE {v}.0; Windows NT 6.1; Trident/{v - 4}.0)" for v in (8, 9, 10)),
    *(f"Mozilla/5.0 (Windows NT 6.1; WOW64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0" for v in range(13, 22)),
    *(
        f"Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.11 (KHTML, like Gecko) Chrome/{v}.0.1271.64 Safari/537.11"
        for v in range(19, 28)
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 6_0 like Mac OS X) AppleWebKit/536.26 Version/6.0 Mobile/10A403 Safari/8536.25",
    r"Mozilla/5.0 (Linux; U; Android 4.0.3; fr-fr; \"Tab\" 10) AppleWebKit/534.30 Version/4.0 Safari/534.30",
]
ROBOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
]
BAD_LINES = [
    b"\n",
    b"no structure at all\n",
    b'240.0.0.1 - - [31/Foo/2012:99:99:99 +0200] "GET / HTTP/1.1" 200 12 "-" "x"\n',
    b'240.0.0.1 - - [10/Oct/2012:10:00:00 +0200] "GET /cut\n',
    b"\xff\xfe\x00\x01 binary \x80\x81\n",
]
SORTS = (PAGE, ASSET, ERROR, ROBOT, RUBBISH)
IPV6 = 50
"""One person in so many has an IPv6 address."""


def _taken(table: pa.Array, indices: NDArray[np.generic]) -> pa.Array:
    return table.take(pa.array(indices.astype(np.int32)))


def access_text(random: np.random.Generator, clock: Clock, lines: Lines) -> Iterator[bytes]:
    """The lines, in their order, in combined format."""
    for begin in range(0, len(lines), CHUNK):
        part = lines[begin : begin + CHUNK]
        yield _text(_access_lines(random, clock, part))


def _access_lines(random: np.random.Generator, clock: Clock, lines: Lines) -> pa.Array:
    number = len(lines)
    chance = random.integers(0, 1 << 31, number)
    robots = lines.sort == ROBOT
    agents = np.where(robots, len(PERSONS) + lines.who % len(ROBOTS), lines.who * 7 % len(PERSONS))
    found = pc.binary_join_element_wise(
        _addresses(lines),
        " - - [",
        *_date_and_time(clock, lines.at),
        '] "GET ',
        _of_the_sort(ADDRESSES, lines.sort, chance),
        ' HTTP/1.1" ',
        _of_the_sort(STATUSES, lines.sort, chance >> 8),
        " ",
        _taken(NUMBERS, 200 + chance % 80_000),
        _taken(pa.array([' "-" "', ' "https://www.guichet.example/" "']), chance >> 16 & 1),
        _taken(pa.array(PERSONS + ROBOTS), agents),
        '"\n',
        "",
    ).cast(pa.binary())
    rubbish = lines.sort == RUBBISH
    if rubbish.any():
        found = pc.replace_with_mask(
            found, pa.array(rubbish), _taken(pa.array(BAD_LINES), lines.who[rubbish] % len(BAD_LINES))
        )
    return found


def _of_the_sort(choices: dict[int, list[str]], sort: NDArray[np.int8], chance: Ints) -> pa.Array:
    """For each line, one of the choices of its sort, the first ones more often."""
    sizes = np.array([len(choices[kind]) for kind in SORTS])
    begins = np.cumsum(sizes) - sizes
    skewed = ((chance % 1024 / 1024) ** 2 * sizes[sort]).astype(np.int64)
    return _taken(pa.array([choice for kind in SORTS for choice in choices[kind]]), begins[sort] + skewed)


def _addresses(lines: Lines) -> pa.Array:
    """240.0.0.0/4 (reserved) and 2001:db8::/32 (documentation) for persons, 192.0.2.0/24 (documentation) for robots."""
    mixed = lines.who * 0x9E3779B1 % (1 << 28)  # odd: nobody has the address of somebody else
    v4 = np.where(lines.sort >= ROBOT, (192 << 24) + (2 << 8) + lines.who, (240 << 24) + mixed)
    found = pc.binary_join_element_wise(*(_taken(BYTES, v4 >> shift & 255) for shift in (24, 16, 8, 0)), ".")
    is_v6 = (lines.who % IPV6 == 0) & (lines.sort < ROBOT)
    v6 = mixed[is_v6]
    written = pc.binary_join_element_wise("2001:db8", _taken(WORDS, v6 >> 16), _taken(WORDS, v6 & 65535), ":1", ":")
    return pc.replace_with_mask(found, pa.array(is_v6), written)


def _date_and_time(clock: Clock, at: Ints) -> list[pa.Array | str]:
    """07/Jan/2013:09:12:03 +0100."""
    offsets = clock.offsets(at)
    day = date(1970, 1, 1) + timedelta(days=(clock.midnight + clock.offset) // 86400)
    zones = pa.array([f" {offset // 3600:+03}00" for offset in (0, 3600, 7200)])
    written = f"{day.day:02}/{MONTHS[day.month - 1]}/{day.year}:"
    return [written, _taken(TIMES, (at + offsets) % 86400), _taken(zones, offsets // 3600)]


def event_text(clock: Clock, at: Ints, kinds: pa.Array, month: Ints, period: Ints, values: Ints) -> Iterator[bytes]:
    """Events in their order: `kinds` is `"event": …, "kind": …`, persons are hashes (-1: nobody), values -1 are null."""
    for begin in range(0, len(at), CHUNK):
        chosen = slice(begin, begin + CHUNK)
        yield _text(_event_lines(clock, at[chosen], kinds[chosen], month[chosen], period[chosen], values[chosen]))


def _event_lines(clock: Clock, at: Ints, kinds: pa.Array, month: Ints, period: Ints, values: Ints) -> pa.Array:
    offsets = clock.offsets(at)
    day = date(1970, 1, 1) + timedelta(days=(clock.midnight + clock.offset) // 86400)
    zones = pa.array([f"{offset // 3600:+03}:00" for offset in (0, 3600, 7200)])
    return pc.binary_join_element_wise(
        f'{{"at": "{day.isoformat()}T',
        _taken(TIMES, (at + offsets) % 86400),
        _taken(zones, offsets // 3600),
        '", ',
        kinds,
        ', "who": ',
        _hashes(month),
        ', "who_period": ',
        _hashes(period),
        ', "value": ',
        _taken(pa.array(["null", "0", "1"]), values + 1),
        "}\n",
        "",
    )


def _hashes(keyed: Ints) -> pa.Array:
    """32 hexadecimal digits between quotes, or null for nobody."""
    words = np.stack([_mixed(keyed.astype(np.uint64)), _mixed(~keyed.astype(np.uint64))], axis=1)
    digits = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(32), len(keyed), [None, pa.py_buffer(words.tobytes().hex().encode())]
    )
    quoted = pc.binary_join_element_wise('"', digits.cast(pa.binary()).cast(pa.string()), '"', "")
    return pc.if_else(pa.array(keyed < 0), "null", quoted)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64: different numbers stay different."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _text(lines: pa.Array) -> bytes:
    """Strings of an array, end to end."""
    if not len(lines):
        return b""
    _, offsets, data = lines.buffers()
    ends = np.frombuffer(offsets, np.int32, len(lines) + 1, lines.offset * 4)
    return memoryview(data)[ends[0] : ends[-1]].tobytes()
