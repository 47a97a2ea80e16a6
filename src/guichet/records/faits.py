"""The facts of a file, each dated twice: when it is true (`valide`), and when we knew it (`connu`).

A fact is never changed and never erased. What replaces it closes its `connu`, once: « what did we know on 3 March about
January » is a query. The database refuses anything else (a trigger), and two facts of one kind that would be true of one
subject at once (an exclusion constraint).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import connection, models, transaction
from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce
from psycopg.types.range import Range

from guichet.domain import faits as domain
from guichet.domain.faits import LE_FOYER, OPEN_END, SENSITIVE, Identite, Source
from guichet.records import sql, vault
from guichet.records.dossiers import Dossier, Personne
from guichet.records.sql import Question


def _alone(expression: Any) -> Func:
    """A number as a range of itself: equality for a GiST index without its extension."""
    return Func(expression, expression, Value("[]"), function="int8range")


class Fait(models.Model):
    """See `guichet.domain.faits.Fait`. Sensitive values are encrypted in `valeur`; read, they still are (`Encrypted`)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT)
    personne = models.ForeignKey(Personne, models.PROTECT, null=True)
    genre = models.SmallIntegerField()
    valeur = models.JSONField()
    valide = DateRangeField()
    connu = DateTimeRangeField()
    source = models.SmallIntegerField(choices=[(s.value, s.name) for s in Source])

    class Meta:
        db_table = "fait"
        constraints = [
            ExclusionConstraint(
                name="fait_vrai_une_fois",
                expressions=[
                    (_alone(F("dossier_id")), RangeOperators.OVERLAPS),
                    (_alone(Coalesce(F("personne_id"), Value(LE_FOYER))), RangeOperators.OVERLAPS),
                    (_alone(F("genre")), RangeOperators.OVERLAPS),
                    ("valide", RangeOperators.OVERLAPS),
                    ("connu", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"fait {self.pk}"


class Encrypted(str):
    """A value that is still encrypted: `vault.decrypt` reads it. It is noted again as it is."""


@dataclass(frozen=True, slots=True)
class Connu:
    """A fact, since when we have known it, and the number of its row; `avant`: since when we know better."""

    fait: domain.Fait
    connu_le: datetime
    number: int
    avant: datetime | None = None


_KNOWN = """
SELECT {columns} dossier_id, coalesce(personne_id, 0), genre, valeur, lower(valide), upper(valide), source
FROM fait WHERE dossier_id = ANY(%s) AND connu @> %s::timestamptz {condition}
ORDER BY dossier_id, personne_id NULLS FIRST, genre, valide
"""


def with_effect(dossiers: Sequence[int], at: datetime) -> dict[int, list[domain.Fait]]:
    """The facts of each of `dossiers` that a right may depend on, as they were known at the instant `at`. In SQL: a payday
    reads millions of them."""
    found: dict[int, list[domain.Fait]] = {dossier: [] for dossier in dossiers}
    with connection.cursor() as cursor:
        without_effect = list(domain.WITHOUT_EFFECT)
        cursor.execute(_KNOWN.format(columns="", condition="AND genre <> ALL(%s)"), [list(dossiers), at, without_effect])
        for dossier, *fait in cursor:
            found[dossier].append(_fait(*fait))
    return found


def known(dossiers: Sequence[int], at: datetime, genres: Sequence[int] | None = None) -> dict[int, list[Connu]]:
    """All of them, or those of the kinds `genres`, with the row of each and since when we have known it."""
    condition = "" if genres is None else "AND genre = ANY(%s)"
    found: dict[int, list[Connu]] = {dossier: [] for dossier in dossiers}
    with connection.cursor() as cursor:
        arguments = [list(dossiers), at, *([] if genres is None else [list(genres)])]
        cursor.execute(_KNOWN.format(columns="lower(connu), id,", condition=condition), arguments)
        for connu_le, number, dossier, *fait in cursor:
            found[dossier].append(Connu(_fait(*fait), connu_le, number))
    return found


def _fait(personne: int, genre: int, valeur: str, du: date | None, avant: date | None, source: int) -> domain.Fait:
    value = _read(genre, json.loads(valeur)) if genre in SENSITIVE else _read_once(genre, valeur)
    return domain.Fait(genre, personne, value, du or date.min, avant or OPEN_END, SOURCES[source])


SOURCES = {source.value: source for source in Source}


def of_dossier(dossier: int, at: datetime) -> list[Connu]:
    """The facts of one file, as known at the instant `at`."""
    return known([dossier], at)[dossier]


_CHANGES = """
WITH vu AS (
    SELECT dossier, depuis FROM unnest(%(dossiers)s::bigint[], %(depuis)s::timestamptz[]) AS vu(dossier, depuis)
    WHERE EXISTS (
        SELECT FROM fait WHERE dossier_id = dossier AND (
            (lower(connu) > depuis AND lower(connu) <= %(le)s) OR (upper(connu) > depuis AND upper(connu) <= %(le)s)
        )
    )
), venue AS (
    SELECT personne_id, min(lower(valide)) AS jour FROM fait JOIN vu ON dossier_id = dossier
    WHERE genre = %(presence)s GROUP BY personne_id
), jours AS (
    SELECT dossier_id, personne_id,
        coalesce(range_agg(valide) FILTER (WHERE connu @> depuis), '{}'::datemultirange) AS avant,
        coalesce(range_agg(valide) FILTER (WHERE connu @> %(le)s::timestamptz), '{}'::datemultirange) AS apres
    FROM fait JOIN vu ON dossier_id = dossier WHERE genre <> ALL(%(sans_effet)s)
    GROUP BY dossier_id, personne_id, genre, valeur - 'motif'
), ecarts AS (SELECT dossier_id, personne_id, (avant - apres) + (apres - avant) AS ecart FROM jours)
SELECT dossier_id, min(greatest(coalesce(lower(ecart), date '0001-01-01'), venue.jour))
FROM ecarts LEFT JOIN venue USING (personne_id) WHERE NOT isempty(ecart) GROUP BY dossier_id
"""


_KNOWN_BETWEEN = """
SELECT coalesce(f.personne_id, 0), f.genre, f.valeur, lower(f.valide), upper(f.valide), f.source, lower(f.connu), f.id,
       CASE WHEN upper(f.connu) <= %s THEN upper(f.connu) END, p.naissance, p.nom, p.prenoms
FROM fait f LEFT JOIN personne p ON p.id = f.personne_id
WHERE f.dossier_id = %s AND f.connu && tstzrange(%s, %s, '[]')
ORDER BY f.personne_id NULLS FIRST, f.genre, f.valide
"""


def known_between(dossier: int, since: datetime, at: datetime) -> tuple[list[Connu], dict[int, Identite]]:
    """The facts of one file that were known at any time from `since` to `at`, and who they are about.

    Those known at `at` have no `avant`; those known at `since` have a `connu_le` no later.
    """
    ((found, identites),) = sql.ask(known_between_question(dossier, since, at))
    return found, identites


def known_between_question(dossier: int, since: datetime, at: datetime) -> Question:
    """`known_between` as a `Question`, to be sent with others in one exchange."""
    return Question(_KNOWN_BETWEEN, [at, dossier, since, at], _known_and_identites)


def _known_and_identites(rows: list[tuple[Any, ...]]) -> tuple[list[Connu], dict[int, Identite]]:
    found: list[Connu] = []
    identites: dict[int, Identite] = {}
    for sujet, *fait, connu_le, number, avant, naissance, nom, prenoms in rows:
        found.append(Connu(_fait(sujet, *fait), connu_le, number, avant))
        if sujet not in identites and naissance:
            identites[sujet] = Identite(naissance, nom, prenoms)
    return found, identites


def changes(since: Mapping[int, datetime], at: datetime) -> dict[int, date]:
    """For each file of which what is known at `at` is not what was known at its instant: the first day that differs.

    Only what a right may depend on: not where letters go, not why somebody left, not what they earned before they came.
    What was noted again when a fact was cut is no difference.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGES,
            {
                "dossiers": list(since),
                "depuis": list(since.values()),
                "le": at,
                "presence": domain.Genre.PRESENCE,
                "sans_effet": list(domain.WITHOUT_EFFECT),
            },
        )
        return dict(cursor.fetchall())


@transaction.atomic
def learn(dossier: int, new: Iterable[domain.Fait], at: datetime) -> None:
    """Note what was learnt at the instant `at`. What it contradicts stops being known then, and what remains of that (the
    days before, the days after) is noted again."""
    Dossier.objects.select_for_update().only("pk").get(pk=dossier)
    to_note: list[domain.Fait] = []
    for one in new:
        to_note += [one, *_close(dossier, one, at)]
    note(dossier, to_note, at)


def note(dossier: int, faits: Iterable[domain.Fait], at: datetime) -> None:
    """Add facts that contradict nothing."""
    Fait.objects.bulk_create([row(dossier, fait, at) for fait in faits])


def row(dossier: int, fait: domain.Fait, at: datetime) -> Fait:
    """The row of a fact known from `at` on."""
    return Fait(
        dossier_id=dossier,
        personne_id=fait.sujet or None,
        genre=fait.genre,
        valeur=_encrypted(fait.genre, domain.to_json(fait)),
        valide=Range(fait.du, None if fait.avant == OPEN_END else fait.avant),
        connu=Range(at, None),
        source=fait.source,
    )


def _close(dossier: int, new: domain.Fait, at: datetime) -> Iterable[domain.Fait]:
    """Close what `new` contradicts; what remains of it is returned."""
    sujet: dict[str, Any] = {"personne_id": new.sujet} if new.sujet else {"personne": None}
    valide = Range(new.du, None if new.avant == OPEN_END else new.avant)
    contradicted = Fait.objects.filter(
        dossier_id=dossier, genre=new.genre, valide__overlap=valide, connu__contains=at, **sujet
    )
    for old in list(contradicted):
        Fait.objects.filter(pk=old.pk).update(connu=Range(old.connu.lower, at))
        du, avant = old.valide.lower, old.valide.upper or OPEN_END
        valeur = _read(old.genre, old.valeur)
        yield from domain.Fait(old.genre, new.sujet, valeur, du, avant, Source(old.source)).outside(new)


def _encrypted(genre: int, written: dict[str, Any]) -> dict[str, Any]:
    clear = {name: written[name] for name in SENSITIVE.get(genre, ()) if not isinstance(written[name], Encrypted)}
    return written | {name: vault.encrypt(value) for name, value in clear.items()}


def _read(genre: int, kept: dict[str, Any]) -> Any:
    return domain.from_json(genre, kept | {name: Encrypted(kept[name]) for name in SENSITIVE.get(genre, ())})


@functools.lru_cache(maxsize=20_000)
def _read_once(genre: int, text: str) -> Any:
    """A value of a fact: the same few are read again and again, of one file after another, one payday after another."""
    return domain.from_json(genre, json.loads(text))
