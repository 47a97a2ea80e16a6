"""What a file that is no combined log looks like."""

from __future__ import annotations

import re
from pathlib import Path

EXPECTED = 'address - user [07/Jan/2013:09:12:03 +0100] "GET /page HTTP/1.1" 200 1234 "referer" "agent"'
DATE = rb"\[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHERS = (
    ("JSON", rb"\s*[\[{]\s*[\"{\]}]"),
    ("a W3C log, as IIS writes it", rb"#(?:Software|Version|Date|Fields):|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ "),
    ("an error log of nginx", rb"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[\w+\]"),
    ("an error log of Apache", rb"\[\w{3} \w{3} \d\d \d\d:\d\d:\d\d"),
    ("the journal of a system", rb"(?:<\d+>)?\w{3} [ \d]\d \d\d:\d\d:\d\d \S+ "),
    ("a log with virtual hosts before the addresses", rb"\S+ \S+ \S+ [^\[]+ " + DATE + rb' ".*" \d{3} \S+ ".*" ".*"'),
    ("a common log, without referers nor agents", rb"\S+ \S+ [^\[]+ " + DATE + rb' ".*" \d{3} \S+\s*$'),
    ("a log with other dates", rb'\S+ \S+ [^\[]+ \[[^\]]+\] ".*" \d{3} \S+ ".*" ".*"'),
    ("XML or HTML", rb"\s*<[!?\w]"),
    ("a table (CSV)", rb"[^,;\t]+(?:[,;\t][^,;\t]*){2,}$"),
)


def described(path: Path, head: bytes) -> str:
    """One sentence on a file that is another format, from its first lines."""
    some = [line for line in head[: 1 << 16].splitlines()[:1000] if line.strip()]
    if not some:
        what = "only blank lines"
    elif head[:2] in UTF_16:
        what = "text in UTF-16"
    elif b"\0" in head[:1000]:
        what = "binary data"
    else:
        first = some[0][:2000]
        what = next((name for name, pattern in OTHERS if re.match(pattern, first)), "lines of an unknown format")
    return f"{path}: no line of it is of a combined log; it looks like {what}; expected: {EXPECTED}"
