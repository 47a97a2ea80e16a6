"""The rule and the lists of AWStats 7.8, so that a site that uses it can check us.

Its lists are read from AWStats itself, where Debian installs it: they are its authors' work, and change with its version.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from guichet.audience.errors import AudienceError
from guichet.audience.lists import Lists

GAP = 3600  # its 10000 is an hour on a clock written as a number
FOLDERS = (
    "/usr/share/awstats/lib",
    "/usr/lib/awstats/lib",
    "/usr/local/awstats/wwwroot/cgi-bin/lib",
    "/usr/share/awstats/wwwroot/cgi-bin/lib",
)
NOT_PAGES = "css js class gif jpg jpeg png bmp ico rss xml swf eot woff woff2"  # NotPageList, as AWStats is delivered
LISTED = "robot: listed by AWStats"
ROBOT_LISTS = ("list1", "list2", "listgen")  # LevelForRobotsDetection=2, as AWStats is delivered


@cache
def lists() -> Lists:
    """What its robots.pm and mime.pm say. Raises AudienceError where AWStats is not installed."""
    folder = next((Path(name) for name in FOLDERS if (Path(name) / "robots.pm").is_file()), None)
    if folder is None:
        raise AudienceError("the rule of AWStats needs AWStats's own lists: install AWStats (apt install awstats)")
    robots = (folder / "robots.pm").read_text("latin-1")
    types = dict(re.findall(r"^'(\w+)',\s*\['\w*','(\w*)'\]", (folder / "mime.pm").read_text("latin-1"), re.MULTILINE))
    assets = {extension for extension, kind in types.items() if kind not in ("", "p")} | set(NOT_PAGES.split())
    patterns = [pattern for name in ROBOT_LISTS for pattern in _perl_list(robots, name)]
    extensions = frozenset(extension for extension in assets if len(extension) <= 6)
    return Lists(extensions, {LISTED: patterns}, frozenset([LISTED]))


def _perl_list(source: str, name: str) -> list[str]:
    """The patterns of `@RobotsSearchIDOrder_name = ('one', 'two');`."""
    found = re.search(rf"^@RobotsSearchIDOrder_{name}\s*=\s*\((.*?)^\);", source, re.MULTILINE | re.DOTALL)
    patterns = re.findall(r"^'((?:[^'\\]|\\.)*)'", found[1], re.MULTILINE) if found else []
    return [pattern.replace(r"[\x20]", " ") for pattern in patterns]  # a space, which makes many of them plain texts
