"""What has changed in a file: because it was learnt since, or because its day has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from guichet.domain.faits import LE_FOYER, NATURES, Fait, Genre, Montant, Presence
from guichet.domain.vocabulaire import ZERO, Euros, Mois


class Changement(NamedTuple):
    """From `jour` on, what is true of `sujet` is `apres`, and no longer `avant`; None is nothing."""

    genre: int
    sujet: int
    jour: date
    avant: Any
    apres: Any


_History = Mapping[tuple[int, int], list[Fait]]


def learnt(then: Iterable[Fait], now: Iterable[Fait], end: date) -> Iterator[Changement]:
    """What is known (`now`) and is not what was known (`then`): of each thing, the first day before `end` that differs.

    Why somebody left is no difference, nor are the days on which they were not there, then or now.
    """
    past, present = _history(then), _history(now)
    for key in dict.fromkeys((*present, *past)):
        days = {day for history in (past, present) for day in _days(history, key) if day < end}
        for day in sorted(days):
            before, after = _value_on(past, key, day), _value_on(present, key, day)
            if before != after and _counts(past, key, day) and _counts(present, key, day):
                yield Changement(*key, day, before, after)
                break


def come_about(now: Iterable[Fait], start: date, end: date) -> Iterator[Changement]:
    """What becomes other on a day after `start`, `end` at the latest, while those whom it is about are there."""
    history = _history(now)
    for key in history:
        for day in sorted({day for day in _days(history, key) if start < day <= end}):
            eve = day - timedelta(days=1)
            before, after = _value_on(history, key, eve), _value_on(history, key, day)
            if before != after and _counts(history, key, eve) and _counts(history, key, day):
                yield Changement(*key, day, before, after)


def revenus(faits: Iterable[Fait], du: Mois, au: Mois, day: date) -> dict[tuple[int, int], Euros]:
    """What those who are there on `day` received from the month `du` to the month `au`, by kind and person."""
    history = _history(faits)
    received: dict[tuple[int, int], Euros] = {}
    for key, own in history.items():
        if key[0] in NATURES and _counts(history, key, day):
            total = sum((fait.valeur.mensuel * _common_months(fait, du, au) for fait in own), ZERO)
            if total:
                received[key] = total
    return received


def _common_months(fait: Fait, du: Mois, au: Mois) -> int:
    first, last = max(du, Mois.of(fait.du)), min(au, fait.last_mois)
    return max(last.months_since(first) + 1, 0)


def _history(faits: Iterable[Fait]) -> _History:
    history: defaultdict[tuple[int, int], list[Fait]] = defaultdict(list)
    for fait in faits:
        history[fait.genre, fait.sujet].append(fait)
    return history


def _days(history: _History, key: tuple[int, int]) -> Iterator[date]:
    """The days on which a thing may change: its own, and those of the presence of whom it is about."""
    for fait in (*history.get(key, ()), *history.get((Genre.PRESENCE, key[1]), ())):
        yield fait.du
        yield fait.avant


def _value_on(history: _History, key: tuple[int, int], day: date) -> Any:
    value = next((fait.valeur for fait in history.get(key, ()) if fait.holds_on(day)), None)
    if isinstance(value, Presence):
        return replace(value, motif="")
    return None if isinstance(value, Montant) and not value.mensuel and not value.imposable else value


def _counts(history: _History, key: tuple[int, int], day: date) -> bool:
    """What somebody is or receives counts while they are there."""
    genre, sujet = key
    if genre == Genre.PRESENCE or sujet == LE_FOYER:
        return True
    return any(presence.holds_on(day) for presence in history.get((Genre.PRESENCE, sujet), ()))
