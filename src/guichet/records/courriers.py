"""The letters of a file, as they were sent."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from guichet import horloge
from guichet.domain.courriers import courrier as domaine
from guichet.domain.faits import Genre
from guichet.records.acces import Compte
from guichet.records.dossiers import Dossier
from guichet.records.faits import Fait


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
    """The code of an attestation, as `domain.courriers.verification.lire` reads it; none for a letter."""
    envoye_le = models.DateTimeField()
    lu_le = models.DateTimeField(null=True)
    neuf = False
    """Whether it was not there before: `garde` says it."""

    class Meta:
        db_table = "courrier"
        constraints = [models.UniqueConstraint("dossier", "sujet", name="courrier_unique")]
        indexes = [models.Index(fields=["dossier", "-envoye_le"], name="courrier_du_dossier")]

    def __str__(self) -> str:
        return str(self.cle)

    @property
    def lettre(self) -> domaine.Courrier:
        return domaine.from_json(self.contenu)

    def ouvre(self) -> None:
        """Its owner reads it: the first time is kept, delays of appeal may run from it."""
        if self.lu_le is None:
            self.lu_le = horloge.maintenant()
            Courrier.objects.filter(pk=self.pk, lu_le=None).update(lu_le=self.lu_le)


def du_compte(compte: Compte) -> QuerySet[Courrier]:
    """The letters that the holder of this account may read, the latest first: those of the file; for another adult than
    the allocataire, those of the time when both lived together."""
    siens = Courrier.objects.filter(dossier=compte.dossier_id).order_by("-envoye_le", "-pk")
    if compte.titulaire:
        return siens
    presences = Fait.objects.filter(
        personne=compte.personne_id,
        genre=Genre.PRESENCE,
        connu__contains=horloge.maintenant(),
        valide__contains=OuterRef("jour"),
    )
    return siens.annotate(jour=TruncDate("envoye_le", tzinfo=horloge.PARIS)).filter(Exists(presences))


def garde(dossier: int, lettre: domaine.Courrier, le: datetime, sujet: str = "") -> Courrier:
    """Keep a letter sent at the instant `le` in a file, to be read there. `sujet` is its reference when it is about nothing
    that comes back; one that the file has already is returned as it was sent."""
    courrier, courrier.neuf = Courrier.objects.get_or_create(
        dossier_id=dossier,
        sujet=sujet or lettre.enveloppe.reference,
        defaults={
            "genre": lettre.genre,
            "objet": lettre.objet,
            "contenu": domaine.to_json(lettre),
            "verification": lettre.verification.code if lettre.verification else None,
            "envoye_le": le,
        },
    )
    return courrier


def deja(dossiers: Sequence[int], sujet: str) -> set[int]:
    """Those of `dossiers` that have a letter about `sujet`."""
    return set(Courrier.objects.filter(dossier__in=dossiers, sujet=sujet).values_list("dossier_id", flat=True))
