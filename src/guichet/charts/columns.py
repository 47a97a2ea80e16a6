"""Columns side by side: quantities at hours, days or months, of one series or of a few.

Series are told apart without a colour: full, hollow, then pale. Sizes and colours are the style sheet's (`.chart`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guichet.charts.scale import Scale, opened, scale, text, ticks

WIDTH, HEIGHT = 400, 200
LEFT, RIGHT, TOP, BOTTOM = 52, 4, 12, 26
MOST_LABELS = 8
"""Under the columns: more would touch one another on a telephone."""
FILLED = 0.76
"""Of the room of a label, what its columns take."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`series` are counts or means of counts, from zero up, one for each of `labels`. `y` writes a tick; `name` is its own
    in the page."""

    name: str
    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Sequence[float]]
    y: Callable[[float], str]

    def svg(self) -> str:
        ticks_y = ticks(max((value for values in self.series for value in values), default=0), whole=True)
        up = scale(0, ticks_y[-1], HEIGHT - BOTTOM, TOP)
        room = (WIDTH - LEFT - RIGHT) / max(len(self.labels), 1)
        every = -(-len(self.labels) // MOST_LABELS)
        middles = [LEFT + room * (rank + 0.5) for rank in range(len(self.labels))]
        return "".join(
            [
                opened(WIDTH, HEIGHT, self.name, self.title, self.description),
                f'<path class="grid" d="{"".join(f"M{LEFT} {up(tick)}H{WIDTH - RIGHT}" for tick in ticks_y)}"/>',
                *(text(LEFT - 6, up(tick) + 4, "end", self.y(tick)) for tick in ticks_y),
                *(self._columns(rank, values, room, up) for rank, values in enumerate(self.series)),
                *(
                    text(round(middle, 1), HEIGHT - 8, "middle", label)
                    for rank, (middle, label) in enumerate(zip(middles, self.labels, strict=True))
                    if rank % every == 0
                ),
                "</svg>",
            ]
        )

    def _columns(self, rank: int, values: Sequence[float], room: float, up: Scale) -> str:
        wide = room * FILLED / len(self.series)
        left = LEFT + room * (1 - FILLED) / 2 + rank * wide
        drawn = (
            f"M{left + room * place:.1f} {HEIGHT - BOTTOM}V{up(value)}h{wide:.1f}V{HEIGHT - BOTTOM}z"
            for place, value in enumerate(values)
            if value
        )
        return f'<path class="series-{rank + 1}" d="{"".join(drawn)}"/>'
