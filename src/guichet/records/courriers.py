"""The letters of a file, as they were sent."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guichet import clock
from guichet.domain.courriers import courrier as domain
from guichet.domain.faits import Genre
from guichet.records import sql
from guichet.records.acces import Compte
from guichet.records.dossiers import Dossier


class Courrier(models.Model):
    """A letter. `contenu` is all its words (`domain.courriers.courrier.to_json`): they never change (a trigger)."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT)
    sujet = models.CharField(max_length=60)
    """What it is about, once in a file: written again, it is the same letter."""
    genre = models.CharField(max_length=40)
    objet = models.CharField(max_length=200)
    contenu = models.JSONField()
    verification = models.CharField(max_length=24, null=True, unique=True)
    """The code of an attestation, as `domain.courriers.verification.read` reads it; none for a letter."""
    envoye_le = models.DateTimeField()
    lu_le = models.DateTimeField(null=True)
    is_new = False
    """Whether it was not there before: `keep` says it."""

    class Meta:
        db_table = "courrier"
        constraints = [models.UniqueConstraint("dossier", "sujet", name="courrier_unique")]
        indexes = [models.Index(fields=["dossier", "-envoye_le"], name="courrier_du_dossier")]

    def __str__(self) -> str:
        return str(self.cle)

    @property
    def letter(self) -> domain.Courrier:
        return domain.from_json(self.contenu)

    def open(self) -> None:
        """The letter is read by its owner: the first time is kept, delays of appeal may run from it."""
        if self.lu_le is None:
            self.lu_le = clock.now()
            Courrier.objects.filter(pk=self.pk, lu_le=None).update(lu_le=self.lu_le)


class Letters:
    """The letters that the holder of this account may read, the latest first, to be read by slices and without their words:
    those of the file; for another adult than the allocataire, those of the time when both lived together. In SQL: Django
    takes three times as long to write both questions."""

    def __init__(self, compte: Compte) -> None:
        self.condition, self.values = "courrier.dossier_id = %s", [compte.dossier_id]
        if not compte.titulaire:
            self.condition += (
                " AND EXISTS (SELECT FROM fait f WHERE f.personne_id = %s AND f.genre = %s AND f.connu @> %s::timestamptz "
                "AND f.valide @> (courrier.envoye_le AT TIME ZONE %s)::date)"
            )
            self.values += [compte.personne_id, Genre.PRESENCE, clock.now(), str(clock.PARIS)]

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM courrier WHERE {self.condition}", self.values)
            (number,) = cursor.fetchone()
        return int(number)

    def __getitem__(self, ranks: slice) -> list[Courrier]:
        clauses = f"WHERE {self.condition} ORDER BY envoye_le DESC, id DESC LIMIT %s OFFSET %s"
        return sql.read(Courrier, clauses, [*self.values, ranks.stop - ranks.start, ranks.start], without="contenu")


def of_compte(compte: Compte) -> QuerySet[Courrier]:
    """The letters that this account may read, as a queryset, for one to be found by its key."""
    letters = Letters(compte)
    theirs = RawSQL(letters.condition, letters.values, models.BooleanField())
    return Courrier.objects.filter(theirs).order_by("-envoye_le", "-pk")


def by_verification(code: str) -> Courrier | None:
    """The attestation that has this code, as `domain.courriers.verification.read` reads it."""
    courrier: Courrier | None = Courrier.objects.filter(verification=code).first()
    return courrier


def keep(dossier: int, letter: domain.Courrier, at: datetime, sujet: str = "") -> Courrier:
    """Keep a letter sent at the instant `at` in a file, to be read there. `sujet` is its reference when it is about nothing
    that comes back; one that the file has already is returned as it was sent."""
    courrier = Courrier(
        dossier_id=dossier,
        sujet=sujet or letter.enveloppe.reference,
        genre=letter.genre,
        objet=letter.objet,
        contenu=domain.to_json(letter),
        verification=letter.verification.code if letter.verification else None,
        envoye_le=at,
    )
    if not sql.add(courrier, "ON CONFLICT (dossier_id, sujet) DO NOTHING"):
        return Courrier.objects.get(dossier_id=dossier, sujet=courrier.sujet)
    courrier.is_new = True
    return courrier


def already_sent(dossiers: Sequence[int], sujet: str) -> set[int]:
    """Which files of `dossiers` have a letter about `sujet` already."""
    return set(Courrier.objects.filter(dossier__in=dossiers, sujet=sujet).values_list("dossier_id", flat=True))
