"""What is no page: the extensions of assets, and the agents of robots. Data, and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

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
PLAIN = re.compile(r"(?:[^\\^$.|?*+()\[\]{}]|\\[^\w]){4,}")  # a pattern that is only a text, escaped
KNOWN = 100_000  # agents whose verdicts are remembered
HEAD = 4  # bytes of a text by which it is looked up: its pattern holds as many characters at least


@dataclass(frozen=True)
class Lists:
    """The extensions that are no pages, and the robots: reason -> patterns of their agents, in the order of trial."""

    extensions: frozenset[str]
    robots: Mapping[str, Sequence[str]]
    any_case: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a request of an agent is set aside; the verdict on an agent is a place here, or None."""
        return (NO_AGENT, *self.robots)

    def verdict(self, agent: bytes) -> int | None:
        if agent not in self._known:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[agent] = self._judged(agent)
        return self._known[agent]

    @cached_property
    def _known(self) -> dict[bytes, int | None]:
        return {}

    def _judged(self, agent: bytes) -> int | None:
        if agent in (b"", b"-"):
            return 0
        agent = agent.lower() if self.any_case else agent
        heads = [(agent[at : at + HEAD], at) for at in range(len(agent) - HEAD + 1)]
        for place, (texts, pattern) in enumerate(self._compiled, 1):
            if texts and any(head in texts and agent.startswith(texts[head], at) for head, at in heads):
                return place
            if pattern and pattern.search(agent):
                return place
        return None

    @cached_property
    def _compiled(self) -> list[tuple[dict[bytes, tuple[bytes, ...]], re.Pattern[bytes] | None]]:
        """Texts, by their first bytes (a thousand patterns are slow, a thousand texts are not), and the other patterns."""
        return [self._split(patterns) for patterns in self.robots.values()]

    def _split(self, patterns: Sequence[str]) -> tuple[dict[bytes, tuple[bytes, ...]], re.Pattern[bytes] | None]:
        plain = [pattern for pattern in patterns if PLAIN.fullmatch(pattern)]
        texts: dict[bytes, tuple[bytes, ...]] = {}
        for pattern in plain:
            text = re.sub(r"\\(.)", r"\1", pattern.lower() if self.any_case else pattern).encode()
            texts[text[:HEAD]] = (*texts.get(text[:HEAD], ()), text)
        others = "|".join(f"(?:{pattern})" for pattern in patterns if not PLAIN.fullmatch(pattern))
        return texts, re.compile(others.encode(), re.IGNORECASE if self.any_case else 0) if others else None


@cache
def ours() -> Lists:
    """The list of crawler-user-agents, kept by its community, and the rules declared above."""
    import crawleruseragents

    listed = [one["pattern"] for one in crawleruseragents.CRAWLER_USER_AGENTS_DATA]
    extensions = frozenset(extension for kind in ASSETS.values() for extension in kind.split())
    return Lists(extensions, {LISTED: listed, **{reason: [pattern] for reason, pattern in DECLARED.items()}})
