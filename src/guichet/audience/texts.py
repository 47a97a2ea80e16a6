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

    def some(self, numbers: Array) -> tuple[list[bytes], Array]:
        """The distinct texts of these numbers, and for each number the place of its text among them."""
        chosen, places = np.unique(numbers, return_inverse=True)
        return Bytes(self.data, self.places[chosen]).tolist(), places

    def tolist(self) -> list[bytes]:
        data = self.data.tobytes()
        places = ((place >> 16, place & 0xFFFF) for place in self.places.tolist())
        return [data[start : start + length] for start, length in places]


class Texts:
    """A table of texts that grows between two calls of the compiled loops, which know it by the address of its words."""

    def __init__(self, bits: int = 12) -> None:
        self._slots = np.zeros(1 << bits, np.uint64)
        self._places = np.zeros(len(self._slots) // 2, np.uint64)
        self._data = np.zeros(4 * lines.MARGIN, np.uint8)
        self._words = np.zeros(8, np.uint64)
        self._write_down()

    def __len__(self) -> int:
        return int(self._words[6])

    @property
    def room(self) -> int:
        """How many texts it can hold before it grows."""
        return len(self._places)

    @property
    def table(self) -> np.uint64:
        return np.uint64(self._words.ctypes.data)

    def _write_down(self) -> None:
        self._words[0] = self._slots.ctypes.data
        self._words[1] = len(self._slots) - 1
        self._words[2] = self._places.ctypes.data
        self._words[3] = self._data.ctypes.data
        self._words[4] = len(self._places)
        self._words[5] = len(self._data) - lines.MARGIN

    def grow(self) -> None:
        """Make room if there is little left."""
        number, used = len(self), int(self._words[7])
        if len(self._data) - used < 2 * lines.MARGIN:
            self._data = resized(self._data, 2 * len(self._data), used)
        full = number >= len(self._places)
        if full:
            self._slots = np.zeros(4 * len(self._slots), np.uint64)
            self._places = resized(self._places, len(self._slots) // 2, number)
        self._write_down()
        if full:
            lines.place_again(self.table)

    def since(self, number: int) -> list[bytes]:
        """The texts from this one on."""
        places = self._places[number : len(self)]
        start = int(places[0]) >> 16 if len(places) else 0
        return Bytes(self._data[start : int(self._words[7])], places - np.uint64(start << 16)).tolist()

    def bytes(self) -> Bytes:
        return Bytes(self._data[: int(self._words[7]) + 8].copy(), self._places[: len(self)].copy())

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
