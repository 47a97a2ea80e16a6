"""What the database keeps as a number that has a name for people. Django's `IntegerChoices` is that, without types."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class Numero(IntEnum):
    """Members are written `NAME = number, "label"`; read from a number, a member has its own label."""

    _value_: int
    label: str

    def __new__(cls, number: int, label: str = "") -> Self:
        member = int.__new__(cls, number)
        member._value_, member.label = number, label
        return member

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        """As Django's fields ask for them."""
        return [(member.value, member.label) for member in cls]
