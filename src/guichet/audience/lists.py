"""What is no page: the extensions of assets, and the agents of robots. Data, and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

ASSETS = {
    "style": "css less scss",
    "script": "js mjs class swf wasm map",
    "image": "gif jpg jpeg png bmp ico svg svgz webp avif tif tiff heic",
    "font": "eot woff woff2 ttf otf",
    "sound and film": "mp3 mp4 m4a ogg oga ogv webm wav avi mov mpg mpeg flv",
    "document": "pdf doc docx xls xlsx ppt pptx odt ods odp rtf epub",
    "archive": "zip gz tgz bz2 xz zst 7z rar tar jar exe dmg iso",
    "data": "xml rss atom json csv txt ics",
}
# Robots that the maintained list does not know: the reason that is shown, and what their agents hold.
DECLARED = {
    "robot: program": r"(?i:\b(?:libwww|httpclient|http_request|okhttp|curl|wget|python|perl|java|ruby|php)[/-])",
    "robot: says so": r"(?i:(?<!cu)bot\b|crawl|spider|slurp|archiver|scanner|monitoring|headless|lighthouse)",
}
NO_AGENT = "robot: no agent"
LISTED = "robot: listed"
BATCH = 40  # patterns tried at once: long alternations are slow


@dataclass(frozen=True)
class Lists:
    """The extensions that are no pages, and the robots: reason -> patterns of their agents, in the order of trial."""

    extensions: frozenset[str]
    robots: Mapping[str, Sequence[str]]
    flags: int = 0

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a request of an agent is set aside; the verdict on an agent is a place here, or None."""
        return (NO_AGENT, *self.robots)

    def verdict(self, agent: bytes) -> int | None:
        if agent in (b"", b"-"):
            return 0
        for place, patterns in enumerate(self._compiled, 1):
            if any(pattern.search(agent) for pattern in patterns):
                return place
        return None

    @cached_property
    def _compiled(self) -> list[list[re.Pattern[bytes]]]:
        return [
            [
                re.compile("|".join(f"(?:{one})" for one in patterns[start : start + BATCH]).encode(), self.flags)
                for start in range(0, len(patterns), BATCH)
            ]
            for patterns in self.robots.values()
        ]


def ours() -> Lists:
    """The list of crawler-user-agents, kept by its community, and the rules declared above."""
    import crawleruseragents

    listed = [one["pattern"] for one in crawleruseragents.CRAWLER_USER_AGENTS_DATA]
    extensions = frozenset(extension for kind in ASSETS.values() for extension in kind.split())
    return Lists(extensions, {LISTED: listed, **{reason: [pattern] for reason, pattern in DECLARED.items()}})
