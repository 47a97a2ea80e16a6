"""Numbered texts: each distinct address, user or agent once, as the compiled loops want them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from guichet.audience import lines

Array = np.ndarray[Any, Any]


class Bytes(NamedTuple):
    """Texts end to end, and the place of each: where it starts, shifted by 16 bits, and its length."""

    data: Array
    places: Array

    def __len__(self) -> int:
        return len(self.places)

    def tolist(self, since: int = 0) -> list[bytes]:
        data = self.data.tobytes()
        places = ((int(place) >> 16, int(place) & 0xFFFF) for place in self.places[since:].tolist())
        return [data[start : start + length] for start, length in places]


class Texts:
    """A table of texts that grows between two calls of the compiled loops."""

    def __init__(self, bits: int = 12) -> None:
        self.slots = np.full(1 << bits, -1, np.int32)
        self.entries = np.zeros((len(self.slots) // 2 + 1, 2), np.uint64)
        self.data = np.zeros(2 * lines.MARGIN, np.uint8)
        self.used = np.zeros(2, np.int64)

    def __len__(self) -> int:
        return int(self.used[0])

    @property
    def table(self) -> tuple[Array, ...]:
        return self.slots, self.entries, self.data, self.used

    def grow(self) -> None:
        """Make room if there is little left."""
        if len(self) * 2 >= len(self.slots):
            self.slots = np.full(4 * len(self.slots), -1, np.int32)
            self.entries = resized(self.entries, len(self.slots) // 2 + 1, len(self))
            lines.place_again(self.slots, self.entries, len(self))
        if len(self.data) - self.used[1] < 2 * lines.MARGIN:
            self.data = resized(self.data, 2 * len(self.data), int(self.used[1]))

    def bytes(self) -> Bytes:
        return Bytes(self.data[: self.used[1] + 8].copy(), self.entries[: len(self), 1].copy())

    def numbers(self, texts: Bytes) -> Array:
        """The numbers of other texts in this table."""
        numbers, done = np.empty(len(texts), np.int32), 0
        while done < len(texts):
            self.grow()
            done = lines.renumber(self.table, texts.data, texts.places, done, numbers)
        return numbers


def resized(array: Array, size: int, used: int) -> Array:
    """A larger array that starts with the same values; the others are zero."""
    larger = np.zeros((size, *array.shape[1:]), array.dtype)
    larger[:used] = array[:used]
    return larger
