"""Bars under one another: the parts of a whole, the largest readable by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guichet.charts.scale import opened, scale, text

WIDTH, ROW, BAR = 400, 40, 14
ROOM_FOR_A_VALUE = 84


@dataclass(frozen=True, slots=True)
class Bars:
    """A name and a quantity from zero up, a row each; `value` writes one. `name` is the chart's own in the page."""

    name: str
    title: str
    description: str
    rows: Sequence[tuple[str, float]]
    value: Callable[[float], str]

    def svg(self) -> str:
        across = scale(0, max((value for _, value in self.rows), default=0) or 1, 0, WIDTH - ROOM_FOR_A_VALUE)
        drawn = [opened(WIDTH, ROW * len(self.rows), self.name, self.title, self.description)]
        for rank, (label, value) in enumerate(self.rows):
            y = ROW * rank
            drawn += [
                text(0, y + 14, "start", label),
                f'<path class="series-1" d="M0 {y + 20}h{across(value)}v{BAR}h-{across(value)}z"/>',
                text(across(value) + 6, y + 32, "start", self.value(value)),
            ]
        return "".join([*drawn, "</svg>"])
