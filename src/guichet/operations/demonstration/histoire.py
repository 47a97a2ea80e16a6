"""The story of a file before it is in the database: who is in it, what was learnt of them, when.

What is learnt later contradicts what was known, exactly as `records.faits.learn` does it one fact at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from guichet.domain.faits import OPEN_END, Fait, Source
from guichet.domain.identifiants import Nir


@dataclass(frozen=True, slots=True)
class Individu:
    nom: str
    prenoms: str
    sexe: str
    naissance: date
    nir: Nir | None
    """None for a child who has just been born."""
    lieu_naissance: str


@dataclass(frozen=True, slots=True)
class Note:
    """A fact, known from `since` on, until `until` (None: it still is)."""

    fait: Fait
    since: datetime
    until: datetime | None = None


@dataclass(slots=True)
class Story:
    """What is learnt of one file, in its order."""

    matricule: str
    ouvert_le: date
    individus: list[Individu] = field(default_factory=list)
    _learnt: list[tuple[datetime, Fait]] = field(default_factory=list)

    def add(self, individu: Individu) -> int:
        """The subject of what will be learnt of `individu`."""
        self.individus.append(individu)
        return len(self.individus)

    def learn(
        self,
        at: datetime,
        genre: int,
        sujet: int,
        valeur: Any,
        since: date,
        until: date = OPEN_END,
        source: Source = Source.ALLOCATAIRE,
    ) -> None:
        """A fact is learnt at the instant `at`, in any order of calls; one that holds no day says nothing."""
        if since < until:
            self._learnt.append((at, Fait(genre, sujet, valeur, since, until, source)))

    def end(self, at: datetime, genre: int, sujet: int, since: date) -> None:
        """At the instant `at` it is learnt that nothing of the kind is true any more, from `since` on."""
        self._learnt.append((at, Fait(genre, sujet, None, since)))

    def notes(self, until: datetime) -> Iterator[Note]:
        """All that has been known until `until`, in the order in which it was learnt."""
        known: list[Note] = []
        for at, new in sorted(self._learnt, key=lambda learnt: learnt[0]):
            if at > until:
                break
            yield from _contradicted(known, new, at)
            if new.valeur is not None:
                known.append(Note(new, at))
        yield from known


def _contradicted(known: list[Note], new: Fait, at: datetime) -> Iterator[Note]:
    """What `new` contradicts leaves `known`, where what remains of it is noted again. Two facts learnt at one instant
    are one: the last."""
    contradicted = [note for note in known if new.contradicts(note.fait)]
    for note in contradicted:
        known.remove(note)
        known += [Note(rest, at) for rest in note.fait.outside(new)]
        if note.since < at:
            yield Note(note.fait, note.since, at)
