"""A line: a quantity against another, with a point of the reader's own.

Colours and sizes are the style sheet's (`.chart`), so that light, dark and forced colours hold. The drawing is 400 units
wide: on a telephone a unit is less than a pixel, and the words stay readable.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 400, 230
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 14, 34
NICE = (1, 2, 2.5, 5, 10)
"""Times a power of ten: what a reader counts by."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """`points` by rising abscissa; `you` is one of the curve, shown with its `label`. `x` and `y` write a tick."""

    title: str
    description: str
    points: Sequence[Point]
    you: Point
    label: str
    x: Callable[[float], str]
    y: Callable[[float], str]

    def svg(self) -> str:
        """The drawing. It says its title and description to who does not see it."""
        across = _Scale(self.points[0][0], self.points[-1][0], LEFT, WIDTH - RIGHT)
        ticks_y = ticks(max(y for _, y in self.points))
        up = _Scale(0, ticks_y[-1], HEIGHT - BOTTOM, TOP)
        ticks_x = [tick for tick in ticks(self.points[-1][0]) if tick <= self.points[-1][0]]
        parts = [
            f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="chart-title chart-desc">',
            f'<title id="chart-title">{escape(self.title)}</title><desc id="chart-desc">{escape(self.description)}</desc>',
            f'<path class="grid" d="{"".join(f"M{LEFT} {up(tick)}H{WIDTH - RIGHT}" for tick in ticks_y)}"/>',
            *(_text(LEFT - 6, up(tick) + 4, "end", self.y(tick)) for tick in ticks_y),
            *(_text(across(tick), HEIGHT - 14, "middle", self.x(tick)) for tick in ticks_x if across(tick) < WIDTH - 24),
            f'<path class="line" d="M{" ".join(f"{across(x)} {up(y)}" for x, y in self.points)}"/>',
            self._you(across, up),
            "</svg>",
        ]
        return "".join(parts)

    def _you(self, across: _Scale, up: _Scale) -> str:
        x, y = across(self.you[0]), up(self.you[1])
        # Most curves of rights go down: above and to the right there is room, unless there is no right.
        at_the_end = x > WIDTH * 0.75
        words = _text(x + (4 if at_the_end else 9), max(y - 9, TOP + 6), "end" if at_the_end else "start", self.label)
        return f'<g class="you"><circle cx="{x}" cy="{y}" r="5.5"/>{words}</g>'


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values from `low` to `high` become lengths from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        return round(self.start + (self.end - self.start) * ((value - self.low) / span if span else 0), 1)


def ticks(highest: float) -> list[float]:
    """From zero to `highest` or the next one above, by the least nice step that makes six of them at the most."""
    if highest <= 0:
        return [0, 1]
    power = 10 ** math.floor(math.log10(highest / 5))
    step = next(nice * power for nice in NICE if nice * power * 5 >= highest)
    return [step * rank for rank in range(math.ceil(highest / step) + 1)]


def _text(x: float, y: float, anchor: str, words: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
