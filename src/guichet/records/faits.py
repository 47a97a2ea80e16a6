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

from guichet.domain import faits as domaine
from guichet.domain.faits import LE_FOYER, OPEN_END, SENSITIVE, Identite, Source
from guichet.records import sql, vault
from guichet.records.dossiers import Dossier, Personne
from guichet.records.sql import Question


def _seul(expression: Any) -> Func:
    """A number as a range of itself: equality for a GiST index without its extension."""
    return Func(expression, expression, Value("[]"), function="int8range")


class Fait(models.Model):
    """See `guichet.domain.faits.Fait`. Sensitive values are encrypted in `valeur`; read, they still are (`Ferme`)."""

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
                    (_seul(F("dossier_id")), RangeOperators.OVERLAPS),
                    (_seul(Coalesce(F("personne_id"), Value(LE_FOYER))), RangeOperators.OVERLAPS),
                    (_seul(F("genre")), RangeOperators.OVERLAPS),
                    ("valide", RangeOperators.OVERLAPS),
                    ("connu", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"fait {self.pk}"


class Ferme(str):
    """A value that is still encrypted: `vault.decrypt` reads it. It is noted again as it is."""


@dataclass(frozen=True, slots=True)
class Connu:
    """A fact, since when we have known it, and the number of its row; `avant`: since when we know better."""

    fait: domaine.Fait
    connu_le: datetime
    numero: int
    avant: datetime | None = None


_LUS = """
SELECT {colonnes} dossier_id, coalesce(personne_id, 0), genre, valeur, lower(valide), upper(valide), source
FROM fait WHERE dossier_id = ANY(%s) AND connu @> %s::timestamptz {choix}
ORDER BY dossier_id, personne_id NULLS FIRST, genre, valide
"""


def vrais(dossiers: Sequence[int], le: datetime) -> dict[int, list[domaine.Fait]]:
    """The facts of each of `dossiers` that a right may depend on, as they were known at the instant `le`. In SQL: a payday
    reads millions of them."""
    trouves: dict[int, list[domaine.Fait]] = {dossier: [] for dossier in dossiers}
    with connection.cursor() as cursor:
        sans_effet = list(domaine.WITHOUT_EFFECT)
        cursor.execute(_LUS.format(colonnes="", choix="AND genre <> ALL(%s)"), [list(dossiers), le, sans_effet])
        for dossier, *fait in cursor:
            trouves[dossier].append(_fait(*fait))
    return trouves


def connus(dossiers: Sequence[int], le: datetime, genres: Sequence[int] | None = None) -> dict[int, list[Connu]]:
    """All of them, or those of the kinds `genres`, with the row of each and since when we have known it."""
    choix = "" if genres is None else "AND genre = ANY(%s)"
    trouves: dict[int, list[Connu]] = {dossier: [] for dossier in dossiers}
    with connection.cursor() as cursor:
        arguments = [list(dossiers), le, *([] if genres is None else [list(genres)])]
        cursor.execute(_LUS.format(colonnes="lower(connu), id,", choix=choix), arguments)
        for connu_le, numero, dossier, *fait in cursor:
            trouves[dossier].append(Connu(_fait(*fait), connu_le, numero))
    return trouves


def _fait(personne: int, genre: int, valeur: str, du: date | None, avant: date | None, source: int) -> domaine.Fait:
    lue = _lue(genre, json.loads(valeur)) if genre in SENSITIVE else _lue_une_fois(genre, valeur)
    return domaine.Fait(genre, personne, lue, du or date.min, avant or OPEN_END, SOURCES[source])


SOURCES = {source.value: source for source in Source}


def du_dossier(dossier: int, le: datetime) -> list[Connu]:
    """Those of one file."""
    return connus([dossier], le)[dossier]


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


_ENTRE = """
SELECT coalesce(f.personne_id, 0), f.genre, f.valeur, lower(f.valide), upper(f.valide), f.source, lower(f.connu), f.id,
       CASE WHEN upper(f.connu) <= %s THEN upper(f.connu) END, p.naissance, p.nom, p.prenoms
FROM fait f LEFT JOIN personne p ON p.id = f.personne_id
WHERE f.dossier_id = %s AND f.connu && tstzrange(%s, %s, '[]')
ORDER BY f.personne_id NULLS FIRST, f.genre, f.valide
"""


def entre(dossier: int, depuis: datetime, le: datetime) -> tuple[list[Connu], dict[int, Identite]]:
    """The facts of one file that were known at any time from `depuis` to `le`, and who they are about.

    Those known at `le` have no `avant`; those known at `depuis` have a `connu_le` no later.
    """
    ((trouves, identites),) = sql.ask(lus_entre(dossier, depuis, le))
    return trouves, identites


def lus_entre(dossier: int, depuis: datetime, le: datetime) -> Question:
    """The same, to be asked with something else."""
    return Question(_ENTRE, [le, dossier, depuis, le], _connus_et_identites)


def _connus_et_identites(lignes: list[tuple[Any, ...]]) -> tuple[list[Connu], dict[int, Identite]]:
    trouves: list[Connu] = []
    identites: dict[int, Identite] = {}
    for sujet, *fait, connu_le, numero, su_avant, naissance, nom, prenoms in lignes:
        trouves.append(Connu(_fait(sujet, *fait), connu_le, numero, su_avant))
        if sujet not in identites and naissance:
            identites[sujet] = Identite(naissance, nom, prenoms)
    return trouves, identites


def changes(depuis: Mapping[int, datetime], le: datetime) -> dict[int, date]:
    """For each file of which what is known at `le` is not what was known at its instant: the first day that differs.

    Only what a right may depend on: not where letters go, not why somebody left, not what they earned before they came.
    What was noted again when a fact was cut is no difference.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGES,
            {
                "dossiers": list(depuis),
                "depuis": list(depuis.values()),
                "le": le,
                "presence": domaine.Genre.PRESENCE,
                "sans_effet": list(domaine.WITHOUT_EFFECT),
            },
        )
        return dict(cursor.fetchall())


@transaction.atomic
def apprend(dossier: int, nouveaux: Iterable[domaine.Fait], le: datetime) -> None:
    """Note what was learnt at the instant `le`. What it contradicts stops being known then, and what remains of that (the
    days before, the days after) is noted again."""
    Dossier.objects.select_for_update().only("pk").get(pk=dossier)
    a_noter: list[domaine.Fait] = []
    for nouveau in nouveaux:
        a_noter += [nouveau, *_ferme(dossier, nouveau, le)]
    note(dossier, a_noter, le)


def note(dossier: int, faits: Iterable[domaine.Fait], le: datetime) -> None:
    """Add facts that contradict nothing."""
    Fait.objects.bulk_create([ligne(dossier, fait, le) for fait in faits])


def ligne(dossier: int, fait: domaine.Fait, le: datetime) -> Fait:
    """The row of a fact known from `le` on."""
    return Fait(
        dossier_id=dossier,
        personne_id=fait.sujet or None,
        genre=fait.genre,
        valeur=_fermee(fait.genre, domaine.to_json(fait)),
        valide=Range(fait.du, None if fait.avant == OPEN_END else fait.avant),
        connu=Range(le, None),
        source=fait.source,
    )


def _ferme(dossier: int, nouveau: domaine.Fait, le: datetime) -> Iterable[domaine.Fait]:
    """Close what `nouveau` contradicts; what remains of it is returned."""
    sujet: dict[str, Any] = {"personne_id": nouveau.sujet} if nouveau.sujet else {"personne": None}
    valide = Range(nouveau.du, None if nouveau.avant == OPEN_END else nouveau.avant)
    contredits = Fait.objects.filter(
        dossier_id=dossier, genre=nouveau.genre, valide__overlap=valide, connu__contains=le, **sujet
    )
    for ancien in list(contredits):
        Fait.objects.filter(pk=ancien.pk).update(connu=Range(ancien.connu.lower, le))
        du, avant = ancien.valide.lower, ancien.valide.upper or OPEN_END
        valeur = _lue(ancien.genre, ancien.valeur)
        yield from domaine.Fait(ancien.genre, nouveau.sujet, valeur, du, avant, Source(ancien.source)).outside(nouveau)


def _fermee(genre: int, ecrite: dict[str, Any]) -> dict[str, Any]:
    claires = {nom: ecrite[nom] for nom in SENSITIVE.get(genre, ()) if not isinstance(ecrite[nom], Ferme)}
    return ecrite | {nom: vault.encrypt(valeur) for nom, valeur in claires.items()}


def _lue(genre: int, gardee: dict[str, Any]) -> Any:
    return domaine.from_json(genre, gardee | {nom: Ferme(gardee[nom]) for nom in SENSITIVE.get(genre, ())})


@functools.lru_cache(maxsize=20_000)
def _lue_une_fois(genre: int, texte: str) -> Any:
    """The same few values are read again and again, of one file after another, one payday after another."""
    return domaine.from_json(genre, json.loads(texte))
