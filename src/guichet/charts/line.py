"""A line: a quantity against another, with a point of the reader's own.

Colours and sizes are the style sheet's (`.chart`), so that light, dark and forced colours hold. The drawing is 400 units
wide: on a telephone a unit is less than a pixel, and the words stay readable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guichet.charts.scale import Scale, opened, scale, text, ticks

WIDTH, HEIGHT = 400, 230
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 14, 34

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
        across = scale(self.points[0][0], self.points[-1][0], LEFT, WIDTH - RIGHT)
        ticks_y = ticks(max(y for _, y in self.points))
        up = scale(0, ticks_y[-1], HEIGHT - BOTTOM, TOP)
        ticks_x = [tick for tick in ticks(self.points[-1][0]) if tick <= self.points[-1][0]]
        parts = [
            opened(WIDTH, HEIGHT, "chart", self.title, self.description),
            f'<path class="grid" d="{"".join(f"M{LEFT} {up(tick)}H{WIDTH - RIGHT}" for tick in ticks_y)}"/>',
            *(text(LEFT - 6, up(tick) + 4, "end", self.y(tick)) for tick in ticks_y),
            *(text(across(tick), HEIGHT - 14, "middle", self.x(tick)) for tick in ticks_x if across(tick) < WIDTH - 24),
            f'<path class="line" d="M{" ".join(f"{across(x):.1f} {up(y):.1f}" for x, y in self.points)}"/>',
            self._you(across, up),
            "</svg>",
        ]
        return "".join(parts)

    def _you(self, across: Scale, up: Scale) -> str:
        x, y = across(self.you[0]), up(self.you[1])
        # Most curves of rights go down: above and to the right there is room, unless there is no right.
        at_the_end = x > WIDTH * 0.75
        words = text(x + (4 if at_the_end else 9), max(y - 9, TOP + 6), "end" if at_the_end else "start", self.label)
        return f'<g class="you"><circle cx="{x}" cy="{y}" r="5.5"/>{words}</g>'
