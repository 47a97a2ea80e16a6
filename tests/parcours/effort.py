"""What a simulation costs its visitor, in seconds, by a keystroke-level model: walks are counted, nobody is timed.

Card, Moran and Newell (The keystroke-level model, 1980) add up what hands and mind do, for who makes no error:

- `KEY`, K: a character, or a flick of the thumb that scrolls by a screen. 36.2 words a minute, five characters each, are
  typed on phones on average (Palin and others, MobileHCI 2019, 37 370 volunteers).
- `POINT`, P: to reach and touch a field, a choice or a button: theirs, for a mouse; a finger is faster.
- `THINK`, M: theirs, once for each question: to know one's answer and find it among the choices.
- `WAIT`, R: the next page, on a mobile network.
- Homing, H, is nothing: the hand holds the phone.

They leave reading out. We add it: titles and questions at `READ` (238 words a minute, Brysbaert 2019), boxes to tick at
`SCAN`, as who looks for what concerns them (600 words a minute, Carver 1992). Help, small print included, is for who
wants it. The slower figure that is told beside has every word of the pages read, help, choices and summary included.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gestures import Visitor

from reponses import COMMON

KEY, POINT, THINK, WAIT = 60 / (36.2 * 5), 1.10, 1.35, 0.5
READ, SCAN = 238 / 60, 600 / 60
BUDGET, PAGES, QUESTIONS = 90, 8, 15
ALONE = ("a single tenant", "a student in shared housing")
"""One person of common situation, whom the goal of 90 s is for."""
USERS = {
    "logement": tuple(COMMON["logement"]),
    "rsa": ("a single tenant", "a lone parent with RSA"),
    "paje": ("a couple with two children, one salary", "a pregnant couple"),
}
"""The common households, each in the simulators that it would use."""
SHOWN = """() => {
  const words = (...selectors) => [...document.querySelectorAll(selectors.map(s => "main " + s).join())]
    .reduce((sum, element) => sum + element.textContent.trim().split(/\\s+/).length, 0)
  return {
    questions: words("h1", "legend", ".field > label"),
    boxes: words(".choice:has([type=checkbox])") - words(".choice:has([type=checkbox]) small"),
    words: words("form", "h1", ".answers"),
    flicks: Math.max(0, document.documentElement.scrollHeight / innerHeight - 1),
  }
}"""
RESULT = {"questions": 15, "boxes": 0, "words": 15, "flicks": 0}
"""Seen at its top: its amount is the answer."""


@dataclass
class Effort:
    """What one walk asks of its visitor: what it shows, then what is done on it."""

    pages: int = 0
    places: set[str] = field(default_factory=set)
    shown: dict[str, float] = field(default_factory=lambda: dict.fromkeys(RESULT, 0))
    questions: int = 0
    touches: int = 0
    keys: float = 0

    def sees(self, page) -> None:
        self.pages += 1
        self.places.add(page.url.partition("#")[0])
        seen = RESULT if page.get_by_text("Et maintenant").count() else page.evaluate(SHOWN)
        self.shown = {name: count + seen[name] for name, count in self.shown.items()}

    def does(self, visitor: Visitor) -> None:
        """Each field and each choice is touched, and a button on each page but the last."""
        self.questions = len({visitor.question(name) for name in (*visitor.typed, *visitor.ticked)})
        self.touches = len(set(visitor.typed)) + len(visitor.ticked) + self.pages - 1
        self.keys = len(visitor.typed) + self.shown["flicks"]

    @property
    def acts(self) -> float:
        """Without any reading: the model as it was published."""
        return KEY * self.keys + POINT * self.touches + THINK * self.questions + WAIT * self.pages

    @property
    def seconds(self) -> float:
        return self.acts + self.shown["questions"] / READ + self.shown["boxes"] / SCAN

    @property
    def at_most(self) -> float:
        return self.acts + self.shown["words"] / READ

    def __str__(self) -> str:
        counted = f"{self.pages} pages, {self.questions} questions, {self.touches} touches, {self.keys:.0f} keys or flicks"
        return f"{self.seconds:.0f} s ({self.acts:.0f} without reading, {self.at_most:.0f} with every word): {counted}"

    def is_light(self, household: str) -> bool:
        """Few pages, the result aside, and few questions; ninety seconds for who is alone."""
        few = len(self.places) <= PAGES + 1 and self.questions <= QUESTIONS
        return few and (household not in ALONE or self.seconds <= BUDGET)
