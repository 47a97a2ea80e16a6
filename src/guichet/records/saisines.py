"""What an allocataire writes to the caisse, and what it answers (`domain.saisines`). Messages are only added."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import QuerySet

from guichet.domain.saisines import Auteur, Etat, Genre
from guichet.records import sql
from guichet.records.courriers import Courrier
from guichet.records.dossiers import Dossier, Personne
from guichet.records.sql import Question


class Saisine(models.Model):
    """A question, or the contest of what a letter decides. `cle` comes with the form: sent twice, it is kept once.

    `prestations` are those contested, and `organe` is who hears it; `avant_le` is the day by which somebody must act.
    """

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT)
    personne = models.ForeignKey(Personne, models.PROTECT)
    genre = models.CharField(max_length=20)
    etat = models.CharField(max_length=20, default=Etat.RECUE.value)
    sujet = models.CharField(max_length=20, blank=True)
    courrier = models.ForeignKey(Courrier, models.PROTECT, null=True, related_name="contestations")
    organe = models.CharField(max_length=40, blank=True)
    prestations = models.JSONField(default=list)
    accuse = models.ForeignKey(Courrier, models.PROTECT, null=True, related_name="+")
    """The letter that acknowledges it."""
    recue_le = models.DateTimeField()
    avant_le = models.DateField(null=True)

    class Meta:
        db_table = "saisine"
        constraints = [models.UniqueConstraint("courrier", "organe", name="saisine_unique")]
        indexes = [models.Index(fields=["personne", "-recue_le"], name="saisine_de_la_personne")]

    def __str__(self) -> str:
        return str(self.cle)

    @property
    def situation(self) -> tuple[Genre, Etat]:
        """What the tables of `domain.saisines` are read with."""
        return Genre(self.genre), Etat(self.etat)


def of_personne(personne: int) -> QuerySet[Saisine]:
    """What somebody wrote, the latest first; of the letters contested and of those that acknowledge, what leads there."""
    shown = ("cle", "genre", "etat", "sujet", "recue_le", "avant_le", "courrier__cle", "courrier__objet", "accuse__cle")
    own = Saisine.objects.filter(personne=personne).select_related("courrier", "accuse")
    return own.only(*shown).order_by("-recue_le", "-pk")


def messages_of(saisine: Saisine) -> list[Message]:
    """What was written in an exchange, in order."""
    return list(Message.objects.filter(saisine=saisine).order_by("pk"))


def unanswered(personne: int | None) -> Question:
    """What somebody wrote and that has no answer yet, the oldest first; the letters contested are not read."""
    return sql.rows(Saisine, "WHERE personne_id = %s AND etat <> %s ORDER BY recue_le", [personne, Etat.REPONDUE])


class Message(models.Model):
    saisine = models.ForeignKey(Saisine, models.PROTECT, related_name="messages")
    auteur = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Auteur])
    texte = models.TextField()
    le = models.DateTimeField()

    class Meta:
        db_table = "message"

    def __str__(self) -> str:
        return f"message {self.pk}"
