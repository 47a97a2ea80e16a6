"""What is no page: the extensions of assets, and the agents of robots. Data, and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
# Robots that the maintained list does not know: the reason that is shown, and what their agents hold, in any case.
DECLARED = {
    "robot: program": [
        r"\b(?:libwww|httpclient|http_request|okhttp|curl|wget|python|perl|java|ruby|php)[/-]",
        r"\b(?:dart|guzzlehttp|faraday|reqwest|undici|postmanruntime|apachebench|prometheus)[/ ]",
    ],
    "robot: probe": [
        "internal dummy connection", "kube-probe/", "elb-healthchecker/", "googlehc/", "health-check", "healthcheck",
        "haproxy",
    ],
    "robot: says so": [
        r"bot\b(?<!cubot)", "crawl", "spider", "slurp", "archiver", "scanner", "monitoring", "headless", "lighthouse",
    ],
}  # fmt: skip
NO_AGENT = "robot: no agent"
LISTED = "robot: listed"
PLAIN = re.compile(r"(?:[^\\^$.|?*+()\[\]{}]|\\[^\w]){4,}")  # a pattern that is only a text, escaped
KNOWN = 100_000  # forms of agents whose verdicts are remembered
FEW = 100  # texts that are tried one by one
HEAD = 4  # bytes of a text by which it is looked up: its pattern holds as many characters at least
NUMBERS = re.compile(rb"\d+")
# A pattern that finds as much in an agent whose numbers are all written 0: it holds no digit, nor what may stand for some.
NO_NUMBER = re.compile(r"(?:[^\d.\\\[]|\\[^\w]|\\b|\[(?:[^\d\\\]^-]|\\[^\w]|\\s)+-?\])+")


@dataclass(frozen=True)
class Lists:
    """The extensions that are no pages, and the robots: reason -> patterns of their agents, in the order of trial.

    `any_case`: the reasons whose patterns hold for capitals and small letters.
    """

    extensions: frozenset[str]
    robots: Mapping[str, Sequence[str]]
    any_case: frozenset[str] = frozenset()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a request of an agent is set aside; the verdict on an agent is a place here, or None."""
        return (NO_AGENT, *self.robots)

    def verdict(self, agent: bytes) -> int | None:
        """Agents differ by the numbers of their versions most of all: what does not depend on them is judged once."""
        if agent in (b"", b"-"):
            return 0
        form = NUMBERS.sub(b"0", agent)
        if form not in self._known:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[form] = self._judged(form)
        place, left = self._known[form]
        places = [one for one, patterns in left if patterns.are_in(agent)]
        return min(places if place is None else [place, *places], default=None)

    @cached_property
    def _known(self) -> dict[bytes, tuple[int | None, list[tuple[int, Patterns]]]]:
        return {}

    def _judged(self, form: bytes) -> tuple[int | None, list[tuple[int, Patterns]]]:
        """The first reason that holds for all agents of a form; and the patterns to be tried on each, with their reasons."""
        place = next((place for place, patterns in enumerate(self._without_numbers, 1) if patterns.are_in(form)), None)
        left = [(place, patterns.left_of(form)) for place, patterns in enumerate(self._with_numbers, 1)]
        return place, [(place, patterns) for place, patterns in left if patterns.texts or patterns.others]

    @cached_property
    def _without_numbers(self) -> list[Patterns]:
        return self._compiled(lambda pattern: NO_NUMBER.fullmatch(pattern) is not None)

    @cached_property
    def _with_numbers(self) -> list[Patterns]:
        return self._compiled(lambda pattern: NO_NUMBER.fullmatch(pattern) is None)

    def _compiled(self, chosen: Callable[[str], bool]) -> list[Patterns]:
        return [
            Patterns.of([pattern for pattern in patterns if chosen(pattern)], reason in self.any_case)
            for reason, patterns in self.robots.items()
        ]


@dataclass(frozen=True)
class Patterns:
    """Texts, and the other patterns: a thousand patterns are slow, a thousand texts, by their first bytes, are not."""

    texts: Sequence[bytes]
    others: re.Pattern[bytes] | None
    any_case: bool

    @classmethod
    def of(cls, patterns: Sequence[str], any_case: bool) -> Patterns:
        plain = [pattern.lower() if any_case else pattern for pattern in filter(PLAIN.fullmatch, patterns)]
        texts = [re.sub(r"\\(.)", r"\1", pattern).encode() for pattern in plain]
        others = "|".join(f"(?:{pattern})" for pattern in patterns if not PLAIN.fullmatch(pattern))
        return cls(texts, re.compile(others.encode(), re.IGNORECASE if any_case else 0) if others else None, any_case)

    @cached_property
    def _by_head(self) -> Mapping[bytes, Sequence[bytes]]:
        found: dict[bytes, list[bytes]] = {}
        for text in self.texts:
            found.setdefault(text[:HEAD], []).append(text)
        return found

    def left_of(self, form: bytes) -> Patterns:
        """Those that an agent of this form may hold."""
        form = form.lower() if self.any_case else form
        return replace(self, texts=[text for text in self.texts if NUMBERS.sub(b"0", text) in form])

    def are_in(self, agent: bytes) -> bool:
        """Is one of them?"""
        agent = agent.lower() if self.any_case else agent
        texts = self.texts
        if len(texts) > FEW:
            heads = {agent[at : at + HEAD] for at in range(len(agent) - HEAD + 1)}
            texts = [text for head in heads & self._by_head.keys() for text in self._by_head[head]]
        return any(text in agent for text in texts) or bool(self.others and self.others.search(agent))


@cache
def ours() -> Lists:
    """The list of crawler-user-agents, kept by its community, and the rules declared above."""
    import crawleruseragents

    listed = [one["pattern"] for one in crawleruseragents.CRAWLER_USER_AGENTS_DATA]
    extensions = frozenset(extension for kind in ASSETS.values() for extension in kind.split())
    return Lists(extensions, {LISTED: listed, **DECLARED}, frozenset(DECLARED))
