"""The operator's colour: `GUICHET_THEME="#0b5a67 #84ccd6"`, one for light screens, one for dark ones.

The policy of our pages allows no style but a sheet's: the colour is one, `/theme.css`, which the pages ask for only when
it is set. The tints that go with a colour (under the pointer, behind a choice) are drawn from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
RGB = tuple[float, float, float]
WHITE, BLACK = (255.0, 255.0, 255.0), (0.0, 0.0, 0.0)
ENOUGH = 4.5
"""Contrast of a text and what is behind it (WCAG 2.2, 1.4.3)."""
DEEPER, PALER = 0.3, 0.88


@dataclass(frozen=True)
class Scheme:
    """What the style sheet has behind texts and links, and where a deeper colour goes."""

    name: str
    paper: str
    ground: str
    deeper: RGB


LIGHT = Scheme("light", "#ffffff", "#f7f4ee", BLACK)
DARK = Scheme("dark", "#1b2128", "#11151a", WHITE)


@dataclass(frozen=True)
class Theme:
    light: str
    dark: str

    @property
    def schemes(self) -> tuple[tuple[Scheme, str], ...]:
        return ((LIGHT, self.light), (DARK, self.dark))

    def css(self) -> str:
        light, dark = (_variables(scheme, colour) for scheme, colour in self.schemes)
        return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"

    def too_pale(self) -> Iterator[str]:
        """A sentence for each scheme in which the colour is hard to read, as a text or behind one."""
        for scheme, colour in self.schemes:
            pale = _hex(_mixed(_rgb(colour), _rgb(scheme.paper), PALER))
            least = min(contrast(colour, behind) for behind in (scheme.paper, scheme.ground, pale))
            if least < ENOUGH:
                yield (
                    f"{colour} has a contrast of {least:.1f} on the {scheme.name} pages, {ENOUGH} is needed: "
                    f"choose a {'darker' if scheme is LIGHT else 'lighter'} one."
                )


def read(text: str) -> Theme | None:
    """The theme that `text` says, None when it is empty; raises ValueError with what to write."""
    colours = text.split()
    if not colours:
        return None
    if len(colours) != 2 or not all(COLOUR.fullmatch(colour) for colour in colours):
        raise ValueError('two colours, for light and for dark screens, as "#0b5a67 #84ccd6"')
    return Theme(*(colour.lower() for colour in colours))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black on white), as WCAG 2.2 defines it."""
    darker, lighter = sorted(_luminance(_rgb(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _variables(scheme: Scheme, colour: str) -> str:
    deep = _hex(_mixed(_rgb(colour), scheme.deeper, DEEPER))
    pale = _hex(_mixed(_rgb(colour), _rgb(scheme.paper), PALER))
    return f"--brand:{colour};--brand-deep:{deep};--brand-pale:{pale}"


def _rgb(colour: str) -> RGB:
    red, green, blue = (float(int(colour[rank : rank + 2], 16)) for rank in (1, 3, 5))
    return red, green, blue


def _hex(colour: RGB) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)


def _mixed(colour: RGB, other: RGB, share: float) -> RGB:
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: RGB) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
