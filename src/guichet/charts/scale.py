"""What the charts share: scales, ticks that a reader counts by, words that are escaped."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

NICE = (1, 2, 2.5, 5, 10)
"""Times a power of ten: what a reader counts by."""


Scale = Callable[[float], float]


def scale(low: float, high: float, start: float, end: float) -> Scale:
    """Values from `low` to `high` become lengths from `start` to `end`, positive, to a tenth."""
    length, span = end - start, (high - low) or math.inf
    # To a whole number of tenths: `round(…, 1)` takes ten times as long, and a curve has sixty of them.
    return lambda value: round(10 * (start + length * ((value - low) / span))) / 10


def ticks(highest: float, whole: bool = False) -> list[float]:
    """From zero to `highest` or the next one above, by the least nice step that makes six of them at the most; `whole`
    numbers for what is counted."""
    if highest / 5 <= 0:  # the least of all numbers too
        return [0, 1]
    power = 10 ** math.floor(math.log10(highest / 5))
    steps = [nice * power for nice in NICE if not whole or nice * power % 1 == 0]
    step = next((step for step in steps if step * 5 >= highest), 1)
    return [step * rank for rank in range(math.ceil(highest / step) + 1)]


def text(x: float, y: float, anchor: str, words: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def opened(width: int, height: int, name: str, title: str, description: str) -> str:
    """The beginning of a drawing, which says its title and description to who does not see it. `name` is its own in the
    page."""
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
