"""The story of a file before it is in the database: who is in it, what was learnt of them, when.

What is learnt later contradicts what was known, exactly as `records.faits.apprend` does it one fact at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from guichet.domain.faits import OPEN_END, Fait, Source
from guichet.domain.identifiants import Iban, Nir


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
    """A fact, known from `du` on, until `avant` (None: it still is)."""

    fait: Fait
    du: datetime
    avant: datetime | None = None


@dataclass(slots=True)
class Histoire:
    """`refus` are the accounts of the file to which the bank sends a payment back."""

    matricule: str
    ouvert_le: date
    individus: list[Individu] = field(default_factory=list)
    refus: set[Iban] = field(default_factory=set)
    _appris: list[tuple[datetime, Fait]] = field(default_factory=list)

    def ajoute(self, individu: Individu) -> int:
        """The subject of what will be learnt of `individu`."""
        self.individus.append(individu)
        return len(self.individus)

    def apprend(
        self,
        le: datetime,
        genre: int,
        sujet: int,
        valeur: Any,
        du: date,
        avant: date = OPEN_END,
        source: Source = Source.ALLOCATAIRE,
    ) -> None:
        """At the instant `le`, in any order; a fact that holds no day says nothing."""
        if du < avant:
            self._appris.append((le, Fait(genre, sujet, valeur, du, avant, source)))

    def cesse(self, le: datetime, genre: int, sujet: int, du: date) -> None:
        """At the instant `le` it is learnt that nothing of the kind is true any more, from `du` on."""
        self._appris.append((le, Fait(genre, sujet, None, du)))

    def notes(self, jusqu_a: datetime) -> Iterator[Note]:
        """All that has been known until `jusqu_a`, in the order in which it was learnt."""
        connues: list[Note] = []
        for le, nouveau in sorted(self._appris, key=lambda appris: appris[0]):
            if le > jusqu_a:
                break
            yield from _fermees(connues, nouveau, le)
            if nouveau.valeur is not None:
                connues.append(Note(nouveau, le))
        yield from connues


def _fermees(connues: list[Note], nouveau: Fait, le: datetime) -> Iterator[Note]:
    """What `nouveau` contradicts leaves `connues`, where what remains of it is noted again. Two facts learnt at one instant
    are one: the last."""
    contredites = [note for note in connues if nouveau.contradicts(note.fait)]
    for note in contredites:
        connues.remove(note)
        connues += [Note(reste, le) for reste in note.fait.outside(nouveau)]
        if note.du < le:
            yield Note(note.fait, note.du, le)
