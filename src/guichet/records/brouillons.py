"""Drafts: the answers of a simulation, kept thirty days under a link that nobody can guess.

The database holds a digest of the link, so that a copy of it opens no draft.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction

from guichet import clock

DUREE = timedelta(days=30)
OCTETS_DU_LIEN = 24
"""192 bits, 32 characters."""


class BrouillonInconnuError(LookupError):
    """No such draft, or it has expired."""


class Brouillon(models.Model):
    """`reponses` are the texts of a journey's answers, by question, as they were typed."""

    empreinte = models.CharField(max_length=64, primary_key=True)
    genre = models.CharField(max_length=20)
    reponses = models.JSONField(default=dict)
    expire = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "brouillon"

    def __str__(self) -> str:
        return f"{self.genre}, jusqu'au {self.expire:%Y-%m-%d}"


def commence(genre: str, reponses: Mapping[str, str]) -> str:
    """Keep the first answers of a draft; the link is returned, and can't be found again. Expired drafts go."""
    purge()
    lien = secrets.token_urlsafe(OCTETS_DU_LIEN)
    Brouillon.objects.create(empreinte=_empreinte(lien), genre=genre, reponses=dict(reponses), expire=clock.now() + DUREE)
    return lien


def reponses(genre: str, lien: str) -> dict[str, str]:
    """The answers of a draft. Raises BrouillonInconnuError.

    In SQL: every page of a simulation begins with it, and Django takes longer to write this query than PostgreSQL to
    answer it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reponses FROM brouillon WHERE empreinte = %s AND genre = %s AND expire > %s",
            [_empreinte(lien), genre, clock.now()],
        )
        ligne = cursor.fetchone()
    if ligne is None:
        raise BrouillonInconnuError(genre)
    lues: dict[str, str] = json.loads(ligne[0])
    return lues


def complete(genre: str, lien: str, nouvelles: Mapping[str, str]) -> dict[str, str]:
    """Add answers to a draft, whatever another tab does meanwhile; all of them are returned, kept thirty days more."""
    with transaction.atomic():
        brouillon = _trouve(Brouillon.objects.select_for_update(), genre, lien)
        brouillon.reponses |= nouvelles
        brouillon.expire = clock.now() + DUREE
        brouillon.save(update_fields=["reponses", "expire"])
    return brouillon.reponses


def purge() -> int:
    """Forget the drafts that have expired; how many is returned."""
    return Brouillon.objects.filter(expire__lte=clock.now()).delete()[0]


def _trouve(brouillons: Any, genre: str, lien: str) -> Brouillon:
    try:
        trouve: Brouillon = brouillons.get(empreinte=_empreinte(lien), genre=genre, expire__gt=clock.now())
    except Brouillon.DoesNotExist:
        raise BrouillonInconnuError(genre) from None
    return trouve


def _empreinte(lien: str) -> str:
    return hashlib.sha256(lien.encode("utf-8", "replace")).hexdigest()
