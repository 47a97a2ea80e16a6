"""Who read a file: each time that an agent opens one, its owner can see it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from guichet.records import sql
from guichet.records.dossiers import Dossier
from guichet.records.sql import Question


class Lecture(models.Model):
    """`par` names the agent as their caisse does, `motif` says why the file was read. Rows are only added."""

    dossier = models.ForeignKey(Dossier, models.PROTECT)
    par = models.CharField(max_length=100)
    le = models.DateTimeField()
    motif = models.CharField(max_length=200)

    class Meta:
        db_table = "lecture"
        indexes = [models.Index(fields=["dossier", "-le"], name="lecture_du_dossier")]

    def __str__(self) -> str:
        return f"lecture {self.pk}"


def note(dossier: int, par: str, motif: str, at: datetime) -> None:
    """Keep who reads a file and why, before anything of it is shown."""
    Lecture.objects.create(dossier_id=dossier, par=par, motif=motif, le=at)


def latest(dossier: int, number: int) -> Question:
    """The last `number` readings of a file, the latest first."""
    return sql.rows(Lecture, "WHERE dossier_id = %s ORDER BY le DESC LIMIT %s", [dossier, number])
