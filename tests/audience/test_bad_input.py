"""Whatever a file holds: one sentence, or every line counted."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import random
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import zstandard

from guichet.audience import logs
from guichet.audience.errors import AudienceError
from guichet.audience.measure import measure
from guichet.audience.period import Period
from tests.audience import traffic
from tests.audience.test_truth import Here

LINES = traffic.log(traffic.requests(5, 3000))
CONTENT = b"".join(line + b"\n" for line in LINES)


PEOPLE = "Mozilla/5.0 (X11; Linux x86_64) Firefox/115.0"
ONE = f'192.0.2.1 - - [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 200 12 "-" "{PEOPLE}"\n'.encode()


def written(tmp_path, content, name="access.log"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def refusal(path) -> str:
    with pytest.raises(AudienceError) as refused:
        measure([path])
    assert str(path) in str(refused.value)
    return str(refused.value)


def test_a_hundred_thousand_mutated_lines(tmp_path):
    rng = random.Random(11)
    mutated = []
    while len(mutated) < 100_000:
        line = bytearray(rng.choice(LINES))
        for _ in range(rng.randrange(1, 4)):
            how, at = rng.randrange(4), rng.randrange(len(line) or 1)
            if how == 0 and line:
                line[at] = rng.randrange(256)
            elif how == 1:
                del line[at : at + rng.randrange(40)]
            elif how == 2:
                line[at:at] = rng.choice(LINES)[: rng.randrange(300)]
            else:
                line[at:at] = rng.choice([b'"', b"\\", b" ", b"[", b"\0", b"\xff", b'" "', b"]", b"\r"])
        mutated.append(bytes(line))
    content = b"".join(line + b"\n" for line in [LINES[0], *mutated])

    figures = measure([written(tmp_path, content)])

    assert figures.lines == content.count(b"\n")
    assert figures.pages + sum(figures.set_aside.values()) == figures.lines
    assert sum(figures.pages_hour.values()) == sum(figures.pages_day.values()) == figures.pages
    assert 10_000 < figures.bad < 90_000


@pytest.mark.parametrize("zone", [None, "America/New_York", "Asia/Tokyo"])
def test_a_year_that_no_calendar_has_is_a_bad_line(tmp_path, zone):
    """Wherever the visitor is: a time zone moves no line out of the years that a date may have."""
    years = (b"0000", b"0001", b"0002", b"9998", b"9999")
    days = (b"01/Jan/%s:00:12:03 +1200", b"31/Dec/%s:23:12:03 -1200")
    line = b'192.0.2.1 - - [%s] "GET / HTTP/1.1" 200 12 "-" "Mozilla/5.0 (X11; Linux x86_64) Firefox/10.0"\n'
    path = written(tmp_path, b"".join(line % (day % year) for year in years for day in days))

    figures = measure([path], timezone=zone)

    assert (figures.lines, figures.bad) == (10, 6)
    months = list(figures.pages_month)
    assert Period.read(f"{months[0]}..{months[-1]}").months[0] == months[0]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"Feb 16 12:14:14 web nginx[12]: " + LINES[0] + b"\n", "the journal of a system"),
        (CONTENT.decode("latin-1").encode("utf-16"), "text in UTF-16"),
        (b'{"ip": "192.0.2.1"}\n' * 3, "JSON"),
        (b"#Software: Microsoft Internet Information Services 10.0\n#Fields: date time\n", "W3C"),
        (b"2013/01/07 09:12:03 [error] 1234#0: *1 open() failed\n" * 2000, "an error log of nginx"),
        (b"[Mon Jan 07 09:12:03.1 2013] [core:error] [pid 1] x\n", "an error log of Apache"),
        (b'192.0.2.1 - - [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 200 12\n' * 5, "a common log, without referers"),
        (b'w 192.0.2.1 - - [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 200 1 "-" "x"\n', "virtual hosts"),
        (b"a;b;c\n1;2;3\n", "CSV"),
        (b"<!doctype html>\n", "HTML"),
        (b"\n" * 20, "only blank lines"),
        (b"\x7fELF\0\0\0\n" * 9, "binary data"),
        (b"Lorem ipsum\n" * 9, "an unknown format"),
        (b"Lorem ipsum", "an unknown format"),
    ],
)
def test_another_format_is_named(tmp_path, content, what):
    sentence = refusal(written(tmp_path, content))

    assert what in sentence
    assert '[07/Jan/2013:09:12:03 +0100] "GET /page HTTP/1.1"' in sentence


def test_a_thousand_lines_say_the_format(tmp_path):
    assert measure([written(tmp_path, b"x\n" * 999 + CONTENT)]).bad == 999
    refusal(written(tmp_path, b"x\n" * 1000 + CONTENT))


def test_what_is_no_file(tmp_path):
    assert "No such file" in refusal(tmp_path / "absent.log")
    assert "a folder" in refusal(tmp_path)


def test_a_damaged_archive(tmp_path):
    for pack in (gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress, bz2.compress, lzma.compress):
        packed = pack(CONTENT)
        for damaged in (packed[: len(packed) // 2], packed[:-3], packed[:100] + b"\0\1\2" + packed[103:]):
            assert "damaged" in refusal(written(tmp_path, damaged))


def test_archives_end_to_end(tmp_path):
    halves = CONTENT[: len(CONTENT) // 2], CONTENT[len(CONTENT) // 2 :]
    plain = written(tmp_path, CONTENT)
    assert not logs.is_compressed(plain)
    whole = measure([plain])

    for pack in (gzip.compress, zstandard.ZstdCompressor().compress, bz2.compress, lzma.compress):
        log = written(tmp_path, b"".join(map(pack, halves)))
        assert logs.is_compressed(log)
        assert measure([log]) == whole


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar"])
def test_an_archive_of_files(tmp_path, kind):
    """Not read as a log of which a line or two would be bad."""
    written(tmp_path, CONTENT)
    archive = shutil.make_archive(str(tmp_path / "made"), kind, tmp_path, "access.log")
    stored = tmp_path / "stored.zip"
    with zipfile.ZipFile(stored, "w") as made:
        made.writestr("access.log", CONTENT)

    for path in (Path(archive), stored):
        assert "unpack it" in refusal(path)


def test_a_mark_before_the_first_line(tmp_path):
    assert measure([written(tmp_path, b"\xef\xbb\xbf" + ONE + ONE)]).visitors_total == 1


def test_an_empty_log(tmp_path):
    figures = measure([written(tmp_path, b"")])

    assert (figures.lines, figures.pages, figures.visits, figures.mean_duration) == (0, 0, 0, 0.0)


def test_a_last_line_without_its_end(tmp_path):
    assert measure([written(tmp_path, CONTENT[:-1])]) == measure([written(tmp_path, CONTENT)])


def test_lines_of_windows(tmp_path):
    assert measure([written(tmp_path, CONTENT.replace(b"\n", b"\r\n"))]) == measure([written(tmp_path, CONTENT)])


def test_what_is_set_aside_belongs_to_the_day_of_the_time_zone(tmp_path):
    """Half past eleven in the evening, in UTC, is the next day in Paris: for a page, and for an error."""
    line = '192.0.2.1 - - [06/Jan/2013:23:30:00 +0000] "GET /{} HTTP/1.1" {} 12 "-" "{}"\n'
    requests = [("", 200, PEOPLE), ("", 404, PEOPLE), ("a.css", 200, PEOPLE), ("", 200, "curl/8")]
    path = written(tmp_path, "".join(line.format(*one) for one in requests).encode())

    days = {day: measure([path], timezone="Europe/Paris", period=Period.read(f"2013-01-0{day}")) for day in (6, 7)}

    assert (days[6].lines, days[7].lines) == (0, 4)
    assert days[7].set_aside == {"status": 1, "asset": 1, "robot: listed": 1}


@pytest.mark.parametrize("part", [None, 300, 5000])
def test_a_bad_line_has_no_day(tmp_path, part):
    """It is counted for any period, so that order and parts change nothing."""
    lines = [line for line in LINES[:200] for line in (line, b"rubbish")]
    period = Period.read("2025-10-21")
    one_way, other_way = (
        measure([written(tmp_path, b"\n".join(several) + b"\n")], period=period, executor=part and Here(), part=part or 0)
        for several in (lines, lines[::-1])
    )

    assert one_way == other_way
    assert one_way.bad == 200


def test_the_second_that_is_added_to_a_year_is_of_that_year(tmp_path):
    line = f'192.0.2.1 - - [31/Dec/2016:23:59:60 +0000] "GET / HTTP/1.1" 200 12 "-" "{PEOPLE}"\n'

    figures = measure([written(tmp_path, line.encode())])

    assert (figures.pages_day, figures.pages_hour["23"]) == ({"2016-12-31": 1}, 1)


@pytest.mark.parametrize(
    "before",
    ["Feb  6 12:14:14 web nginx: ", "Feb 16 12:14:14 web nginx[12]: ", "web_1  | ", "192.0.2.7, ", "www.example.org:443 "],
)
@pytest.mark.parametrize("user", ["-", "alice"])
def test_fields_before_the_address_are_no_address(tmp_path, before, user):
    """The journal of a system, a container, a proxy or a virtual host before each line: refused, no visitor."""
    line = f'{before}192.0.2.1 - {user} [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 200 12 "-" "{PEOPLE}"\n'

    refusal(written(tmp_path, line.encode() * 3))


@pytest.mark.parametrize(
    ("sign", "other"),
    [
        ("07/Jan", "07:Jan"), ("Jan/2013", "Jan12013"), ("2013:", "201x:"), ("2013:", "x013:"),
        ("2013:09", "2013/09"), ("09:12", "09.12"), ("12:03", "12803"),
        ("03 +0100", "03-+0100"), ('1" 200', '1"  200'), ('" 200', '"_200'), (" 200 ", " 20 "), (" 200 ", " 2000 "),
        (" 200 ", " 20x "), (" 200 ", " 204+"), (" 12 ", "  "), ('"-" "Moz', '"-"_"Moz'), (".1 - -", ".1  -"),
    ],
)  # fmt: skip
def test_a_line_of_another_punctuation_is_bad(tmp_path, sign, other):
    """Nothing of it is guessed."""
    assert ONE.count(sign.encode()) == 1

    figures = measure([written(tmp_path, ONE + ONE.replace(sign.encode(), other.encode()))])

    assert (figures.pages, figures.bad, figures.lines) == (1, 1, 2)


@pytest.mark.parametrize(("user", "users"), [("-", 0), ("", 0), ('""', 0), ("alice", 1), ("Jean Dupont", 1)])
def test_a_user_has_a_name(tmp_path, user, users):
    line = f'192.0.2.1 - {user} [07/Jan/2013:09:12:03 +0100] "GET / HTTP/1.1" 200 12 "-" "{PEOPLE}"\n'

    figures = measure([written(tmp_path, line.encode())])

    assert (figures.pages, figures.users) == (1, users)


def highest() -> int:
    """Bytes of memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def test_a_line_of_a_hundred_megabytes(tmp_path):
    path = tmp_path / "access.log"
    with path.open("wb") as file:
        file.write(CONTENT)
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + CONTENT)
    before = highest()

    figures = measure([path])

    assert figures.bad == 1
    assert figures.lines == 2 * len(LINES) + 1
    assert highest() - before < 60_000_000


# The command


def figures_of(path):
    return measure([path]).to_json()


def audience(*arguments, **named):
    return subprocess.run(
        [sys.executable, "-m", "guichet.cli", "audience", *map(str, arguments)],
        capture_output=True, text=True, check=False, **named,
    )  # fmt: skip


def test_the_command(tmp_path):
    path = written(tmp_path, CONTENT)

    done = audience(path, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == measure([path]).to_json()

    table = audience(path, "--period", "2025-10-21")
    assert table.returncode == 0
    assert "2025-10-21 to 2025-10-21" in table.stdout


def test_a_pipe(tmp_path):
    path = written(tmp_path, CONTENT)

    for name in ("-", "/dev/stdin"):
        assert json.loads(
            audience(name, "--json", input=CONTENT.decode("latin-1"), encoding="latin-1").stdout
        ) == figures_of(path)


@pytest.mark.parametrize("option", ["--store", "--html", "--csv"])
def test_a_pipe_that_would_be_read_twice(tmp_path, option):
    done = audience("-", option, tmp_path / "made", input=ONE.decode())

    assert (done.returncode, done.stdout) == (2, "")
    assert "a pipe is read once" in done.stderr
    assert not (tmp_path / "made").exists()


def test_a_file_given_twice_is_read_once(tmp_path):
    path, other = written(tmp_path, CONTENT), tmp_path / "other.log"
    other.symlink_to(path)

    done = audience(path, other, path, "--json")

    assert json.loads(done.stdout) == figures_of(path)
    assert done.stderr.count("the same file as") == 2


def test_no_half_result(tmp_path):
    done = audience(written(tmp_path, CONTENT), tmp_path / "absent.log", "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"guichet audience: {tmp_path / 'absent.log'}: No such file or directory\n"


def test_an_empty_log_is_told(tmp_path):
    done = audience(written(tmp_path, b""), "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["visits"] == 0
    assert done.stderr.endswith("is empty\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["--visit-gap", "0", "x"], ["--rule", "other", "x"], ["--timezone", "Mars/Phobos", "x"],
        ["--period", "2013-13", "x"], ["--period", "2013-02..2013-01", "x"], ["--workers", "0", "x"], ["--follow", "x"],
        ["--rule", "awstats", "--store", "x", "y"], ["--rule", "awstats", "--visit-gap", "60", "x"],
    ],
)  # fmt: skip
def test_badly_called(arguments):
    done = audience(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.getuid() == 0, reason="root reads everything")
def test_an_unreadable_log(tmp_path):
    path = written(tmp_path, CONTENT)
    path.chmod(0)

    assert "Permission denied" in refusal(path)
